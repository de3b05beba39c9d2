/**
 * Gives a customer, with all cases, to another operator.
 *
 *        ┌──────┐ no desk of A can be working      ┌──────┐
 *        │ A's  │─────────────────────────────────▶│ B's  │
 *        └──────┘                                  └──────┘
 *          │  ▲ back to A: at once                    ▲ every desk of A applied the `remove`,
 *          ▼  │                                       │ or A's leases have ended
 *        ┌───────────────────────────────┐            │
 *        │ on the way: nobody may see it │────────────┘
 *        └───────────────────────────────┘  to C instead: still on the way from A
 *
 * Invariant: one transaction writes the new owner and the `remove` for the old one; the full `upsert` for the new one stands
 * in the transaction in which no desk of the old one can be working the person any more (ADR 0014).
 */
import type { Selectable } from 'kysely';
import type { CustomerId, DeviceId, UserId } from '../../shared/id.ts';
import type { Clock } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { findLiveLeases } from '../leases/grant-lease.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { AssignmentsTable, Tx } from '../store/tables.ts';
import { lockCases } from './load-case.ts';
import { publishCase } from './publish-case.ts';
import { releaseDueCustomers } from './release-customers.ts';

export interface Reassignment {
  cases: number;
  /** The new owner has them now. */
  active: boolean;
  /** When the new owner has them at the latest; null when that is now. */
  untilMs: number | null;
}

export async function reassignCustomer(
  store: HubStore, clock: Clock, change: { customerId: CustomerId; ownerId: UserId },
): Promise<HubResult<Reassignment>> {
  await releaseDueCustomers(store, clock);
  return store.write((tx) => reassignInTransaction(tx, clock.nowMs(), change));
}

/** The same inside the transaction of whoever decided it (a lead's fact, a callback that is due). */
export async function reassignInTransaction(
  tx: Tx, nowMs: number, change: { customerId: CustomerId; ownerId: UserId },
): Promise<HubResult<Reassignment>> {
  const { customerId, ownerId } = change;
  const owner = await tx.selectFrom('users').select('role').where('user_id', '=', ownerId).executeTakeFirst();
  if (owner?.role !== 'collector') return refuse(400, 'not-a-collector', 'Customers are assigned to collectors only.');
  const rows = await tx.selectFrom('cases').select('case_id').where('customer_id', '=', customerId).execute();
  const held = await lockCases(tx, rows.map((row) => row.case_id));
  if (held.length === 0) return refuse(404, 'unknown-customer', 'There is no such customer.');
  const before = await tx.selectFrom('assignments').selectAll().where('customer_id', '=', customerId).executeTakeFirst();
  const transit = await planTransit(tx, nowMs, before, ownerId);
  const values = { owner_id: ownerId, assigned_at: nowMs, taken_from: transit?.takenFrom ?? null, release_at: transit?.releaseAt ?? null };
  await tx
    .insertInto('assignments').values({ customer_id: customerId, ...values })
    .onConflict((oc) => oc.column('customer_id').doUpdateSet(values)).execute();
  if (transit === null) await tx.deleteFrom('transit_holders').where('customer_id', '=', customerId).execute();
  else await addHolders(tx, customerId, transit.newHolders);
  for (const caseId of held) await publishCase(tx, nowMs, caseId);
  return accept({ cases: held.length, active: transit === null, untilMs: transit?.releaseAt ?? null });
}

interface Transit { takenFrom: UserId; releaseAt: number; newHolders: (DeviceId | '')[] }

/** Null: the new owner may have the customer now. */
async function planTransit(
  tx: Tx, nowMs: number, before: Selectable<AssignmentsTable> | undefined, ownerId: UserId,
): Promise<Transit | null> {
  if (before === undefined) return null;
  // On the way already: whoever it is taken from may still work it, whoever it was meant for never had it.
  const lastWorker = before.taken_from ?? before.owner_id;
  if (lastWorker === ownerId) return null;
  if (before.release_at !== null) return { takenFrom: lastWorker, releaseAt: before.release_at, newHolders: [] };
  const leases = await findLiveLeases(tx, lastWorker, nowMs);
  return leases.deviceIds.length === 0 ? null : { takenFrom: lastWorker, releaseAt: leases.endedAtMs, newHolders: leases.deviceIds };
}

async function addHolders(tx: Tx, customerId: CustomerId, deviceIds: readonly (DeviceId | '')[]): Promise<void> {
  if (deviceIds.length === 0) return;
  await tx.insertInto('transit_holders').values(deviceIds.map((deviceId) => ({ customer_id: customerId, device_id: deviceId }))).execute();
}
