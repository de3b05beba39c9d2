/** `erase --customer CODE --creditor NAME --reason TEXT`, or `erase --customer-id ID --reason TEXT`: forgets a person. */
import { z } from 'zod';
import { customerIdSchema } from '../../shared/id.ts';
import { systemClock } from '../../shared/time.ts';
import type { ErasureReport, ErasureTarget } from '../erasure/erase-person.ts';
import { erasePerson } from '../erasure/erase-person.ts';
import { printJson, readOptions, say, UsageError, withStore } from './read-options.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const optionsSchema = z.object({
  customer: z.string().trim().min(1).optional(),
  creditor: z.string().trim().min(1).optional(),
  'customer-id': customerIdSchema.optional(),
  reason: z.string({ error: 'why is this person erased? The reason is kept, so it names nobody.' }).trim().min(3).max(500),
  'dry-run': z.boolean().default(false),
  json: z.boolean().default(false),
});

export async function runErase(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { customer: text, creditor: text, 'customer-id': text, reason: text, 'dry-run': flag, json: flag }, optionsSchema,
  );
  const target = targetOf(options.customer, options.creditor, options['customer-id']);
  return withStore(location, async (store) => {
    const erased = await erasePerson(
      { store, dataDir: location.dataDir, clock: systemClock }, { target, reason: options.reason, dryRun: options['dry-run'] },
    );
    if (!erased.ok) {
      say(erased.refusal.message);
      return 1;
    }
    if (options.json) printJson(erased.value);
    else describe(erased.value, location.postgresUrl !== null);
    return 0;
  });
}

function targetOf(customerCode?: string, creditorName?: string, customerId?: z.infer<typeof customerIdSchema>): ErasureTarget {
  if (customerId !== undefined && customerCode === undefined && creditorName === undefined) return { customerId };
  if (customerId === undefined && customerCode !== undefined && creditorName !== undefined) return { customerCode, creditorName };
  throw new UsageError('erase needs --customer CODE together with --creditor NAME, or --customer-id ID.');
}

function describe(report: ErasureReport, onPostgres: boolean): void {
  const { rejects } = report;
  const lines = [
    report.dryRun ? 'Dry run: nothing was erased. This would go:' : 'Erased.',
    `Customer ${report.customerId}: ${String(report.caseIds.length)} cases (of all creditors), ${String(report.invoices)} invoices, ` +
      `${String(report.facts)} facts (their links stay), ${String(report.attachments)} attachments, ${String(report.entities)} entities of the feed.`,
    ...rejects.cleaned.map(({ file, rows }) => `Rows taken out of ${file}: ${String(rows)}.`),
    ...(rejects.toCheck.length === 0 ? [] : ['Lines that may be about this person and were left; look at them:']),
    ...rejects.toCheck.map(({ file, line }) => `  ${file}, line ${String(line)}`),
    'Not reached from here: the creditor’s own files, backups (their restored databases are cleaned at the next start), letters and e-mail already sent.',
    ...(onPostgres ? ['On PostgreSQL also: rejects files of other hubs, archived log and base backups; keep them for a short time only.'] : []),
    ...(report.dryRun || report.scrubbed ? [] : ['The database’s files could not be rewritten now (in use, or the disk is full): the next start of a hub does it.']),
    ...(report.dryRun ? [] : ['Desks erase at their next contact. If the creditor sends this customer again, it comes in as a new one.']),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
