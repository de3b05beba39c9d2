/** `script-answers --from DATE --to DATE --csv|--json`: what was answered along the scripts, by nobody in particular. */
import { z } from 'zod';
import { addDays, instantOf, plainDateSchema, zoneSchema } from '../../shared/time.ts';
import { listScriptAnswers } from '../conduct/list-script-answers.ts';
import { toCsvLine } from '../imports/write-rejects.ts';
import { SITE_ZONE } from '../site-zone.ts';
import { printJson, readOptions, UsageError, withStore } from './read-options.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const columns = ['creditor', 'caseCode', 'call', 'pack', 'version', 'locale', 'at', 'step', 'answer', 'field', 'value'] as const;

export async function runScriptAnswers(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { from: text, to: text, csv: flag, json: flag, 'site-zone': text },
    z.object({
      from: plainDateSchema, to: plainDateSchema, csv: z.boolean().default(false), json: z.boolean().default(false),
      'site-zone': zoneSchema.default(SITE_ZONE),
    }),
  );
  if (options.csv === options.json) throw new UsageError('script-answers needs one of: --csv, --json (one answer per line).');
  if (options.to < options.from) throw new UsageError('--to lies before --from.');
  const zone = options['site-zone'];
  // Both days count whole.
  const range = { fromMs: instantOf(options.from, '00:00', zone), toMs: instantOf(addDays(options.to, 1), '00:00', zone) };
  await withStore(location, async (store) => {
    if (options.csv) process.stdout.write(`\ufeff${toCsvLine(columns)}`);
    for await (const answer of listScriptAnswers(store, range)) {
      const at = new Date(answer.at).toISOString();
      if (options.json) printJson({ ...answer, at });
      else process.stdout.write(toCsvLine(columns.map((column) => (column === 'at' ? at : answer[column] ?? ''))));
    }
  });
  return 0;
}
