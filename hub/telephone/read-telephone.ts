/**
 * The telephone as it is read: by administrators without any password, by a person's own desk with its own.
 *
 * Invariant: `readOwnTelephone` is the one place where a password is opened, for the person who asks.
 */
import type { UserId } from '../../shared/id.ts';
import type { OwnTelephone, TelephoneExchange, TelephoneOverview } from '../../shared/protocol/telephone-protocol.ts';
import { telephoneExchangeSchema } from '../../shared/protocol/telephone-protocol.ts';
import type { Tx } from '../store/tables.ts';
import { openSecret } from './seal-secret.ts';
import { purposeOf } from './set-telephone.ts';

export async function readTelephone(tx: Tx): Promise<TelephoneOverview> {
  const people = await tx.selectFrom('users').leftJoin('telephone_accounts', 'telephone_accounts.user_id', 'users.user_id')
    .select(['users.user_id', 'username', 'display_name', 'sip_user', 'authentication_user']).orderBy('display_name').orderBy('users.user_id').execute();
  const creditors = await tx.selectFrom('creditors').leftJoin('telephone_caller_ids', 'telephone_caller_ids.creditor_id', 'creditors.creditor_id')
    .select(['creditors.creditor_id', 'creditors.name', 'number']).orderBy('creditors.name').orderBy('creditors.creditor_id').execute();
  return {
    exchange: await readExchange(tx),
    people: people.map((row) => ({
      userId: row.user_id, username: row.username, displayName: row.display_name,
      account: row.sip_user === null ? null : { user: row.sip_user, authenticationUser: row.authentication_user },
    })),
    callerIds: creditors.map((row) => ({ creditorId: row.creditor_id, creditorName: row.name, number: row.number })),
  };
}

export async function readOwnTelephone(tx: Tx, key: () => Buffer, userId: UserId): Promise<OwnTelephone> {
  const exchange = await readExchange(tx);
  const row = await tx.selectFrom('telephone_accounts').selectAll().where('user_id', '=', userId).executeTakeFirst();
  const callerRows = await tx.selectFrom('telephone_caller_ids').select(['creditor_id', 'number']).orderBy('creditor_id').execute();
  const callerIds = callerRows.map((caller) => ({ creditorId: caller.creditor_id, number: caller.number }));
  if (exchange === null) return { account: null, reason: 'no-exchange', callerIds };
  if (row === undefined) return { account: null, reason: 'no-account', callerIds };
  const password = openSecret(key(), purposeOf(userId), row.sealed_password);
  if (password === null) return { account: null, reason: 'account-unreadable', callerIds };
  return { account: { ...exchange, user: row.sip_user, authenticationUser: row.authentication_user, password }, reason: null, callerIds };
}

export async function readExchange(tx: Tx): Promise<TelephoneExchange | null> {
  const row = await tx.selectFrom('telephone_exchange').select('body').executeTakeFirst();
  return row === undefined ? null : telephoneExchangeSchema.parse(JSON.parse(row.body));
}
