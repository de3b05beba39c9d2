/** The tables of inbound calls (migration 0009). */
import type { CallId, CaseId, CreditorId, UserId } from '../../shared/id.ts';
import type { LookUpReason } from '../../shared/protocol/inbound-protocol.ts';
import type { JsonText } from './tables.ts';

/** Numbers and tax codes by which a case is reached, as `shared/directory/reach.ts` writes them; null `revision`: not numbered since its last change. */
export interface CaseReachesTable { case_id: CaseId; creditor_id: CreditorId; reaches: JsonText; revision: number | null }

/** Append-only. Null `case_id`: a search; what was searched for is not kept. */
export interface LookUpsTable {
  look_up_id: string;
  user_id: UserId;
  case_id: CaseId | null;
  reason: LookUpReason;
  call_id: CallId | null;
  /** How many cases the answer named. */
  found: number;
  at: number;
}

export interface InboundTables { case_reaches: CaseReachesTable; look_ups: LookUpsTable }
