/**
 * Puts a mail into the outbox.
 *
 * Invariants: in the transaction of what caused it, so neither is there without the other; one mail of a kind for each cause, however often it is
 * asked for; its Message-ID is given here, once. It waits until its file has arrived and its creditor has a sender.
 *
 * The caller answers for the address: it is the one that the person confirmed, who agreed to be told by mail. Nothing else is ever mailed about a debt.
 */
import type { CaseId, CreditorId, CustomerId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { MailedThing } from '../../shared/facts/mail-bodies.ts';
import type { lockedMailCodes } from '../../shared/protocol/mail-protocol.ts';
import type { DocumentLanguage } from '../../shared/documents/letterhead.ts';
import type { Tx } from '../store/tables.ts';

export interface MailOrder {
  /** The fact by which the person agreed. */
  causeFactId: FactId;
  kind: MailedThing;
  caseId: CaseId;
  customerId: CustomerId;
  creditorId: CreditorId;
  /** The fact that carries the file; it may come later than this order. */
  attachmentFactId: FactId;
  to: string;
  language: DocumentLanguage;
}

/** Ids alone: who reads the Message-ID on the way learns nothing. */
const MESSAGE_ID_DOMAIN = 'mail.premura.invalid';

/** @param locked why it never goes: it is kept for whoever looks */
export async function queueMail(tx: Tx, nowMs: number, order: MailOrder, locked: (typeof lockedMailCodes)[number] | null = null): Promise<void> {
  const mailId = newId<string>();
  await tx.insertInto('mail_outbox').values({
    mail_id: mailId, cause_fact_id: order.causeFactId, kind: order.kind, case_id: order.caseId, customer_id: order.customerId, creditor_id: order.creditorId,
    attachment_fact_id: order.attachmentFactId, to_address: order.to, language: order.language, message_id: `<${mailId}@${MESSAGE_ID_DOMAIN}>`,
    state: locked === null ? 'queued' : 'failed', attempts: 0, queued_at: nowMs, next_at: nowMs, claimed_until: null, sent_at: null, failure_code: locked, failure_status: null,
  }).onConflict((oc) => oc.columns(['cause_fact_id', 'kind']).doNothing()).execute();
}
