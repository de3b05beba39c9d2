/**
 * A desk says that it works nothing any more: its operator has signed out.
 *
 * Invariant: the desk has dropped its lease on its own disk before it says so; the row of the person is locked, as by
 * whoever gives a lease. Customers on their way from it still wait for its other desks (ADR 0014).
 */
import type { HubStore } from '../store/hub-store.ts';
import type { DeskOfPerson } from './grant-lease.ts';
import { lockPerson } from './grant-lease.ts';

export async function endLease(store: HubStore, desk: DeskOfPerson): Promise<void> {
  await store.write(async (tx) => {
    await lockPerson(tx, desk.userId);
    await tx.deleteFrom('desk_leases').where('user_id', '=', desk.userId).where('device_id', '=', desk.deviceId).execute();
  });
}
