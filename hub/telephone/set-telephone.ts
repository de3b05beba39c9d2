/**
 * What an administrator says of the telephone.
 *
 * Invariants: one exchange; one account per person, no two with the same user at the exchange; a password that is not given anew is kept
 * as it was sealed. Desks hear of a change at their next connection.
 */
import { X509Certificate } from 'node:crypto';
import type { CreditorId, UserId } from '../../shared/id.ts';
import type { FeatureCodes, TelephoneAccountDraft, TelephoneExchange } from '../../shared/protocol/telephone-protocol.ts';
import { telephoneExchangeSchema } from '../../shared/protocol/telephone-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import { sealSecret } from './seal-secret.ts';

export interface SetBy { userId: UserId | null; nowMs: number }

/** What a person's password at the exchange is sealed for. */
export function purposeOf(userId: UserId): string {
  return `telephone:${userId}`;
}

/** Null: the agency has no exchange any more. */
export async function setExchange(tx: Tx, by: SetBy, exchange: TelephoneExchange | null): Promise<HubResult<null>> {
  if (exchange === null) {
    await tx.deleteFrom('telephone_exchange').execute();
    return accept(null);
  }
  if (exchange.privateAuthority !== null && !isCertificate(exchange.privateAuthority)) {
    return refuse(400, 'authority-unreadable', 'The private authority is no certificate in PEM form.', { field: 'privateAuthority' });
  }
  // Codes that are not given anew are kept.
  const features = exchange.features ?? (await readStanding(tx))?.features;
  const row = { body: JSON.stringify({ ...exchange, ...(features === undefined ? {} : { features }) }), set_at: by.nowMs, set_by: by.userId };
  await tx.insertInto('telephone_exchange').values({ only_one: 1, ...row }).onConflict((oc) => oc.column('only_one').doUpdateSet(row)).execute();
  return accept(null);
}

/** What is dialled for features of the exchange. */
export async function setFeatures(tx: Tx, by: SetBy, features: FeatureCodes): Promise<HubResult<null>> {
  const standing = await readStanding(tx);
  return standing === null ? refuse(404, 'no-exchange', 'There is no exchange yet: set it first.') : setExchange(tx, by, { ...standing, features });
}

async function readStanding(tx: Tx): Promise<TelephoneExchange | null> {
  const row = await tx.selectFrom('telephone_exchange').select('body').executeTakeFirst();
  return row === undefined ? null : telephoneExchangeSchema.parse(JSON.parse(row.body));
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

export async function setAccount(tx: Tx, by: SetBy, key: Buffer, userId: UserId, draft: TelephoneAccountDraft): Promise<HubResult<null>> {
  const person = await tx.selectFrom('users').select('user_id').where('user_id', '=', userId).executeTakeFirst();
  if (person === undefined) return refuse(404, 'unknown-user', 'There is no such user.');
  const other = await tx.selectFrom('telephone_accounts').select('user_id').where('sip_user', '=', draft.user).where('user_id', '!=', userId).executeTakeFirst();
  if (other !== undefined) return refuse(409, 'telephone-user-taken', 'Somebody else telephones as this user.', { field: 'user' });
  const before = await tx.selectFrom('telephone_accounts').select('sealed_password').where('user_id', '=', userId).executeTakeFirst();
  const sealed = draft.password === null ? before?.sealed_password : sealSecret(key, purposeOf(userId), draft.password);
  if (sealed === undefined) return refuse(400, 'telephone-password-missing', 'A new account needs its password.', { field: 'password' });
  const row = { sip_user: draft.user, authentication_user: draft.authenticationUser, sealed_password: sealed, set_at: by.nowMs, set_by: by.userId };
  await tx.insertInto('telephone_accounts').values({ user_id: userId, ...row }).onConflict((oc) => oc.column('user_id').doUpdateSet(row)).execute();
  return accept(null);
}

export async function removeAccount(tx: Tx, userId: UserId): Promise<HubResult<null>> {
  const removed = await tx.deleteFrom('telephone_accounts').where('user_id', '=', userId).returning('user_id').executeTakeFirst();
  return removed === undefined ? refuse(404, 'no-telephone-account', 'This person has no account at the exchange.') : accept(null);
}

/** The number that a creditor's customers see; null: whatever the exchange shows. */
export async function setCallerId(tx: Tx, by: SetBy, creditorId: CreditorId, number: string | null): Promise<HubResult<null>> {
  const creditor = await tx.selectFrom('creditors').select('creditor_id').where('creditor_id', '=', creditorId).executeTakeFirst();
  if (creditor === undefined) return refuse(404, 'unknown-creditor', 'There is no such creditor.');
  if (number === null) {
    await tx.deleteFrom('telephone_caller_ids').where('creditor_id', '=', creditorId).execute();
    return accept(null);
  }
  const row = { number, set_at: by.nowMs, set_by: by.userId };
  await tx.insertInto('telephone_caller_ids').values({ creditor_id: creditorId, ...row }).onConflict((oc) => oc.column('creditor_id').doUpdateSet(row)).execute();
  return accept(null);
}
