/** How the mails of cases stand, for the cases themselves. */
import type { CaseMail } from '../../shared/case/case-entity.ts';
import type { CaseId, FactId } from '../../shared/id.ts';
import type { MailOutboxTable } from '../store/mail-tables.ts';
import type { Tx } from '../store/tables.ts';

/** As the case shows it. */
export function mailOfRow({ cause_fact_id: causeFactId, state, failure_code: code, sent_at: sentAt, queued_at: queuedAt }: Pick<MailOutboxTable, 'cause_fact_id' | 'state' | 'failure_code' | 'sent_at' | 'queued_at'>): CaseMail {
  return { causeFactId, state, code: state === 'sent' ? null : code, at: sentAt ?? queuedAt };
}

/** Only cases of which something was asked are looked up. */
export async function loadMails(tx: Tx, causeIds: readonly FactId[]): Promise<Map<CaseId, CaseMail[]>> {
  if (causeIds.length === 0) return new Map();
  const rows = await tx.selectFrom('mail_outbox').select(['case_id', 'cause_fact_id', 'state', 'failure_code', 'sent_at', 'queued_at'])
    .where('cause_fact_id', 'in', causeIds).orderBy('queued_at').orderBy('mail_id').execute();
  const found = new Map<CaseId, CaseMail[]>();
  for (const row of rows) found.set(row.case_id, [...(found.get(row.case_id) ?? []), mailOfRow(row)]);
  return found;
}
