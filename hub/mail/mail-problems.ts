/**
 * What a lead is shown of the outbox: what failed, and what waits for somebody.
 *
 * Invariant: no address; to which one stands in the case.
 */
import type { MailFailureCode, MailProblem } from '../../shared/protocol/mail-protocol.ts';
import { lockedMailCodes, mailFailureCodes } from '../../shared/protocol/mail-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { lockCases } from '../receivables/load-case.ts';
import type { Tx } from '../store/tables.ts';
import { failureSentence } from './mail-failure.ts';
import { showInCase } from './show-in-case.ts';

/** A file that is on its way from a desk is no problem yet. */
const FILE_MAY_TAKE_MS = 3_600_000;
const MOST_SHOWN = 500;

export async function listMailProblems(tx: Tx, nowMs: number): Promise<MailProblem[]> {
  const rows = await tx.selectFrom('mail_outbox')
    .innerJoin('creditors', 'creditors.creditor_id', 'mail_outbox.creditor_id')
    .innerJoin('cases', 'cases.case_id', 'mail_outbox.case_id')
    .leftJoin('mail_senders', 'mail_senders.creditor_id', 'mail_outbox.creditor_id')
    .leftJoin('attachments', 'attachments.fact_id', 'mail_outbox.attachment_fact_id')
    .selectAll('mail_outbox').select(['creditors.name', 'cases.name as customer_name', 'mail_senders.set_at as sender_set_at', 'attachments.stored_at'])
    .where('state', 'in', ['failed', 'queued'])
    // What was asked for anew, with another address or after a stop, is no problem any more.
    .where((eb) => eb.not(eb.exists(eb.selectFrom('mail_outbox as later').select('later.mail_id')
      .whereRef('later.attachment_fact_id', '=', 'mail_outbox.attachment_fact_id').whereRef('later.case_id', '=', 'mail_outbox.case_id').whereRef('later.queued_at', '>', 'mail_outbox.queued_at'))))
    .orderBy('queued_at').orderBy('mail_id').limit(MOST_SHOWN).execute();
  return rows.flatMap((row) => {
    const code = codeOf(row, nowMs);
    if (code === null || row.state === 'sent') return [];
    return [{
      mailId: row.mail_id, caseId: row.case_id, customerName: row.customer_name, creditorName: row.name, kind: row.kind, state: row.state, code, sentence: failureSentence(code), status: row.failure_status,
      attempts: row.attempts, queuedAt: row.queued_at, nextAt: row.state === 'queued' ? row.next_at : null,
    }];
  });
}

function codeOf(
  row: { state: string; failure_code: string | null; sender_set_at: number | null; stored_at: number | null; queued_at: number }, nowMs: number,
): MailFailureCode | null {
  if (row.state === 'queued' && row.sender_set_at === null) return 'no-sender';
  if (row.state === 'queued' && row.stored_at === null) return nowMs - row.queued_at > FILE_MAY_TAKE_MS ? 'file-missing' : null;
  return mailFailureCodes.find((code) => code === row.failure_code) ?? null;
}

/** A person wants it tried again, from the beginning. */
export async function retryMail(tx: Tx, nowMs: number, mailId: string): Promise<HubResult<null>> {
  const held = await tx.selectFrom('mail_outbox').select(['case_id', 'state', 'failure_code']).where('mail_id', '=', mailId).executeTakeFirst();
  if (held?.state === 'failed' && lockedMailCodes.some((code) => code === held.failure_code)) {
    return refuse(409, 'mail-locked', 'This mail may not be sent as it was asked for. It is asked for anew from its case.');
  }
  if (held !== undefined) await lockCases(tx, [held.case_id]);
  const queued = await tx.updateTable('mail_outbox').set({ state: 'queued', attempts: 0, next_at: nowMs, failure_code: null, failure_status: null })
    .where('mail_id', '=', mailId).where('state', '=', 'failed').returning('case_id').executeTakeFirst();
  if (queued === undefined) return refuse(404, 'no-failed-mail', 'There is no such mail that failed.');
  await showInCase(tx, queued, nowMs);
  return accept(null);
}
