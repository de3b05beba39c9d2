/**
 * Callbacks outlive shifts (domain §3.13): one that is due while its operator is not connected goes to somebody who is,
 * with its note, by the same way as any reassignment.
 *
 * Invariants: ten minutes before, or as soon after as the leases allow, and once per callback; never while a desk of its
 * operator may be working it without the network; of several hubs one does it: the row is looked at again under the
 * locks of the cases.
 */
import { CALLBACK_AHEAD_MS } from '../../shared/case/place-case.ts';
import type { CaseId, CustomerId, UserId } from '../../shared/id.ts';
import type { Clock } from '../../shared/time.ts';
import { findLiveLeases } from '../leases/grant-lease.ts';
import { lockCases } from '../receivables/load-case.ts';
import { reassignInTransaction } from '../receivables/reassign-customer.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import type { Presence } from './presence.ts';

/** Older ones are in the lead's list: whoever comes in first in the morning is not given the calls of all the others. */
const LATEST_MS = 2 * 3_600_000;
const MOST_AT_ONCE = 200;

interface DueCallback { case_id: CaseId; customer_id: CustomerId; owner_id: UserId; callback_at: number }

/** Answers how many customers went to somebody else. */
export async function handOverCallbacks(store: HubStore, clock: Clock, presence: Presence): Promise<number> {
  if (!presence.isSure) return 0;
  const due = await store.read((tx) => findDue(tx, clock.nowMs()));
  let handed = 0;
  for (const callback of due) {
    if (presence.isPresent(callback.owner_id)) continue;
    const takerId = await store.read((tx) => chooseTaker(tx, presence.everybody()));
    if (takerId === null) return handed;
    if (await store.write((tx) => handOver(tx, clock.nowMs(), callback, takerId))) handed += 1;
  }
  return handed;
}

function findDue(tx: Tx, nowMs: number): Promise<DueCallback[]> {
  return tx
    .selectFrom('case_overview')
    .innerJoin('cases', 'cases.case_id', 'case_overview.case_id')
    .innerJoin('assignments', 'assignments.customer_id', 'cases.customer_id')
    .select(['case_overview.case_id', 'cases.customer_id', 'assignments.owner_id', 'case_overview.callback_at'])
    .$narrowType<{ callback_at: number }>()
    .where('callback_at', '>', nowMs - LATEST_MS).where('callback_at', '<=', nowMs + CALLBACK_AHEAD_MS)
    .where('is_open', '=', 1).where('waiting', '=', 0).where('assignments.taken_from', 'is', null)
    .where((eb) => eb.or([eb('handed_callback_at', 'is', null), eb('handed_callback_at', '!=', eb.ref('callback_at'))]))
    .orderBy('callback_at').orderBy('case_overview.case_id').limit(MOST_AT_ONCE).execute();
}

/** The connected collector with the fewest customers. */
async function chooseTaker(tx: Tx, present: readonly UserId[]): Promise<UserId | null> {
  if (present.length === 0) return null;
  const row = await tx
    .selectFrom('users').leftJoin('assignments', 'assignments.owner_id', 'users.user_id').select('users.user_id')
    .where('users.role', '=', 'collector').where('users.user_id', 'in', [...present])
    .groupBy(['users.user_id', 'users.username']).orderBy((eb) => eb.fn.count('assignments.customer_id')).orderBy('users.username')
    .limit(1).executeTakeFirst();
  return row?.user_id ?? null;
}

async function handOver(tx: Tx, nowMs: number, callback: DueCallback, takerId: UserId): Promise<boolean> {
  const rows = await tx.selectFrom('cases').select('case_id').where('customer_id', '=', callback.customer_id).execute();
  await lockCases(tx, rows.map((row) => row.case_id));
  const still = (await findDue(tx, nowMs)).some((row) =>
    row.case_id === callback.case_id && row.callback_at === callback.callback_at && row.owner_id === callback.owner_id);
  if (!still) return false;
  // A desk without the network may be about to call: its lease ends when its operator signs out, or by itself.
  const leases = await findLiveLeases(tx, callback.owner_id, nowMs);
  if (leases.deviceIds.length > 0) return false;
  await tx.updateTable('case_overview').set({ handed_callback_at: callback.callback_at }).where('case_id', '=', callback.case_id).execute();
  const given = await reassignInTransaction(tx, nowMs, { customerId: callback.customer_id, ownerId: takerId });
  return given.ok;
}
