/** `look-ups`: who looked up a case that is not theirs, when and why; for whoever answers for privacy, on the hub's machine. */
import { z } from 'zod';
import { caseIdSchema } from '../../shared/id.ts';
import { instantOf, plainDateSchema, addDays } from '../../shared/time.ts';
import { SITE_ZONE } from '../site-zone.ts';
import { printJson, readOptions, withStore } from './read-options.ts';

const text = { type: 'string' } as const;
const optionsSchema = z.object({
  case: caseIdSchema.optional(), username: z.string().optional(), from: plainDateSchema.optional(), to: plainDateSchema.optional(), json: z.boolean().default(false),
});

export async function runLookUps(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { case: text, username: text, from: text, to: text, json: { type: 'boolean' } }, optionsSchema);
  const rows = await withStore(location, (store) => store.read(async (tx) => {
    let query = tx.selectFrom('look_ups').innerJoin('users', 'users.user_id', 'look_ups.user_id').leftJoin('cases', 'cases.case_id', 'look_ups.case_id')
      .select(['look_ups.at', 'users.username', 'look_ups.reason', 'look_ups.case_id', 'look_ups.call_id', 'look_ups.found', 'cases.customer_code']);
    if (options.case !== undefined) query = query.where('look_ups.case_id', '=', options.case);
    if (options.username !== undefined) query = query.where('users.username', '=', options.username);
    if (options.from !== undefined) query = query.where('look_ups.at', '>=', instantOf(options.from, '00:00', SITE_ZONE));
    if (options.to !== undefined) query = query.where('look_ups.at', '<', instantOf(addDays(options.to, 1), '00:00', SITE_ZONE));
    return query.orderBy('look_ups.at').orderBy('look_ups.look_up_id').execute();
  }));
  if (options.json) {
    printJson({ lookUps: rows.map((row) => ({ at: row.at, username: row.username, reason: row.reason, caseId: row.case_id, callId: row.call_id, found: row.found })) });
    return 0;
  }
  for (const row of rows) {
    process.stdout.write(`${new Date(row.at).toISOString()}\t${row.username}\t${row.reason}\t${row.case_id ?? '-'}\t${row.customer_code ?? '-'}\t${row.call_id ?? '-'}\t${String(row.found)}\n`);
  }
  return 0;
}
