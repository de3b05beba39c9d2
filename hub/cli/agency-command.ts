/** `agency --name NAME`: on whose behalf the operators speak on the phone. */
import { z } from 'zod';
import { writeAgencyName } from '../store/hub-meta.ts';
import { readOptions, say, withStore } from './read-options.ts';

export async function nameAgency(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { name: { type: 'string' } }, z.object({ name: z.string({ error: 'the agency’s name is needed.' }).trim().min(1).max(100) }),
  );
  await withStore(location, (store) => store.write((tx) => writeAgencyName(tx, options.name)));
  say('Named. Operators say it from their next sign-in on.');
  return 0;
}
