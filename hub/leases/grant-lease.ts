/**
 * Until when a desk may work what it holds: 12 h from the hub's last word to it (design §4).
 *
 * Invariants: what a desk is told never ends later than what stands here; a person's row is locked by whoever gives a lease
 * and by whoever takes a customer from that person, so a take-back either sees the lease or the desk's page is read
 * after it and carries the `remove`. Written anew every quarter of an hour, not at each page.
 */
import type { DeviceId, UserId } from '../../shared/id.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';

export const LEASE_LIFE_MS = 12 * 3_600_000;
const RENEW_AFTER_MS = 15 * 60_000;
/** A desk counts by its own clock, which may run a little slower than the hub's. */
export const LEASE_MARGIN_MS = 60_000;

/** A desk of a person; empty when it does not name itself. */
export interface DeskOfPerson { userId: UserId; deviceId: DeviceId | '' }

/** Answers for how long, from now; the page for this desk is read after it. */
export async function grantLease(store: HubStore, nowMs: number, desk: DeskOfPerson): Promise<number> {
  const untilMs = await store.read((tx) => readLeaseUntil(tx, desk));
  const leftMs = untilMs === null ? 0 : untilMs - nowMs;
  if (leftMs > LEASE_LIFE_MS - RENEW_AFTER_MS && leftMs <= LEASE_LIFE_MS) return leftMs;
  await store.write(async (tx) => {
    await lockPerson(tx, desk.userId);
    await tx.deleteFrom('desk_leases').where('user_id', '=', desk.userId).where('lease_until', '<=', nowMs - LEASE_MARGIN_MS).execute();
    const values = { lease_until: nowMs + LEASE_LIFE_MS };
    await tx
      .insertInto('desk_leases').values({ user_id: desk.userId, device_id: desk.deviceId, ...values })
      .onConflict((oc) => oc.columns(['user_id', 'device_id']).doUpdateSet(values)).execute();
  });
  return LEASE_LIFE_MS;
}

async function readLeaseUntil(tx: Tx, desk: DeskOfPerson): Promise<number | null> {
  const row = await tx
    .selectFrom('desk_leases').select('lease_until').where('user_id', '=', desk.userId).where('device_id', '=', desk.deviceId).executeTakeFirst();
  return row?.lease_until ?? null;
}

/** The desks of a person that may be working now, and when the last of them has ended for certain. */
export async function findLiveLeases(tx: Tx, userId: UserId, nowMs: number): Promise<{ deviceIds: (DeviceId | '')[]; endedAtMs: number }> {
  await lockPerson(tx, userId);
  const rows = await tx
    .selectFrom('desk_leases').select(['device_id', 'lease_until']).where('user_id', '=', userId).where('lease_until', '>', nowMs - LEASE_MARGIN_MS).execute();
  // None can be longer, unless the hub's own clock was set back since.
  const endedAtMs = Math.min(Math.max(nowMs, ...rows.map((row) => row.lease_until)), nowMs + LEASE_LIFE_MS) + LEASE_MARGIN_MS;
  return { deviceIds: rows.map((row) => row.device_id), endedAtMs };
}

/** Until the commit: whoever gives, ends or weighs a lease of this person waits. */
export async function lockPerson(tx: Tx, userId: UserId): Promise<void> {
  await tx.updateTable('users').set((eb) => ({ display_name: eb.ref('display_name') })).where('user_id', '=', userId).execute();
}
