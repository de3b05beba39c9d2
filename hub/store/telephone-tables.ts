/** The tables of the telephone (migration 0006). */
import type { CreditorId, UserId } from '../../shared/id.ts';
import type { JsonText } from './tables.ts';

/** At most one row: `only_one` is 1. */
export interface TelephoneExchangeTable { only_one: 1; body: JsonText; set_at: number; set_by: UserId | null }

/** A read of this table, without the hub's key, telephones for nobody. */
export interface TelephoneAccountsTable {
  user_id: UserId;
  sip_user: string;
  authentication_user: string | null;
  /** `hub/telephone/seal-secret.ts` */
  sealed_password: string;
  set_at: number;
  set_by: UserId | null;
}

export interface TelephoneCallerIdsTable { creditor_id: CreditorId; number: string; set_at: number; set_by: UserId | null }
