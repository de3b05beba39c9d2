/** `report`: the totals of the hub. */
import { z } from 'zod';
import { dateOfInstant, plainDateSchema, systemClock } from '../../shared/time.ts';
import { readReport } from '../report/read-report.ts';
import { printJson, readOptions, withStore } from './read-options.ts';

export async function runReport(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { json: { type: 'boolean' }, 'as-of': { type: 'string' }, 'site-zone': { type: 'string' } },
    z.object({ json: z.boolean().default(false), 'as-of': plainDateSchema.optional(), 'site-zone': z.string().default('Europe/Rome') }),
  );
  const today = options['as-of'] ?? dateOfInstant(systemClock.nowMs(), options['site-zone']);
  const report = await withStore(location, (store) => store.read((tx) => readReport(tx, today)));
  if (options.json) printJson(report);
  else for (const [name, value] of Object.entries(report)) process.stdout.write(`${name}: ${JSON.stringify(value)}\n`);
  return 0;
}
