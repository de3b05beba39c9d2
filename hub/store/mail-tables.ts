/** The tables of mail (migration 0008). */
import type { CaseId, CreditorId, CustomerId, FactId, UserId } from '../../shared/id.ts';
import type { JsonText } from './tables.ts';

/** In whose name and over which server a creditor's mail goes. */
export interface MailSendersTable {
  creditor_id: CreditorId;
  /** `shared/protocol/mail-protocol.ts`, without the password. */
  body: JsonText;
  /** `hub/telephone/seal-secret.ts`; null: the server asks for none. */
  sealed_password: string | null;
  set_at: number;
  set_by: UserId | null;
}

export type MailState = 'queued' | 'sent' | 'failed';

export interface MailOutboxTable {
  mail_id: string;
  /** What caused it; one mail of a kind for each. */
  cause_fact_id: FactId;
  kind: string;
  case_id: CaseId;
  customer_id: CustomerId;
  creditor_id: CreditorId;
  /** The fact that carries the file. */
  attachment_fact_id: FactId;
  to_address: string;
  language: string;
  /** For ever the same, however often it is sent. */
  message_id: string;
  state: MailState;
  attempts: number;
  queued_at: number;
  next_at: number;
  /** Somebody is sending it; over when this moment has passed. */
  claimed_until: number | null;
  sent_at: number | null;
  failure_code: string | null;
  /** What the server answered, as a number. */
  failure_status: number | null;
}
