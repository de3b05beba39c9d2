/** How a mail stands, shown where it was asked for: in its case. */
import { lockCases } from '../receivables/load-case.ts';
import { publishCases } from '../receivables/publish-case.ts';
import type { MailOutboxTable } from '../store/mail-tables.ts';
import type { Tx } from '../store/tables.ts';

/** Call in the transaction that moved the mail. */
export async function showInCase(tx: Tx, { case_id: caseId }: Pick<MailOutboxTable, 'case_id'>, nowMs: number): Promise<void> {
  await publishCases(tx, nowMs, await lockCases(tx, [caseId]));
}
