/**
 * Gives customers who are on the way to their new operator (ADR 0014).
 *
 * Invariants: only when every desk of the one they are taken from has applied the `remove`, or those leases have ended;
 * each in one transaction under the locks of the cases, so of several hubs one does it and no push sees half of it.
 */
import type { CaseId, CustomerId } from '../../shared/id.ts';
import type { Clock } from '../../shared/time.ts';
import { readRevision } from '../feed/read-feed.ts';
import type { DeskOfPerson } from '../leases/grant-lease.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import { lockCases } from './load-case.ts';
import { publishCase } from './publish-case.ts';

const BATCH = 50;
const RELEASE_EVERY_MS = 10_000;

/** Whoever's leases have ended; answers how many customers arrived. */
export async function releaseDueCustomers(store: HubStore, clock: Clock): Promise<number> {
  let released = 0;
  for (;;) {
    const nowMs = clock.nowMs();
    const due = await store.read((tx) => tx.selectFrom('assignments').select('customer_id').where('release_at', '<=', nowMs).limit(BATCH).execute());
    if (due.length === 0) return released;
    await store.write(async (tx) => {
      for (const customerId of await lockCustomers(tx, due.map((row) => row.customer_id))) {
        const row = await tx.selectFrom('assignments').select('release_at').where('customer_id', '=', customerId).executeTakeFirst();
        if (row !== undefined && row.release_at !== null && row.release_at <= nowMs) await releaseCustomer(tx, nowMs, customerId);
      }
    });
    released += due.length;
  }
}

/** Takes the cursor that a desk sends for its word that everything up to it was applied. */
export async function acknowledgeRemovals(store: HubStore, clock: Clock, desk: DeskOfPerson, cursor: string): Promise<void> {
  if (desk.deviceId === '') return;
  const found = await store.read(async (tx) => {
    const rows = await tx.selectFrom('transit_holders').select('customer_id').where('device_id', '=', desk.deviceId).execute();
    return rows.length === 0 ? null : { rows, revision: await readRevision(tx, cursor) };
  });
  const revision = found?.revision ?? null;
  if (found === null || revision === null) return;
  const { rows } = found;
  for (let start = 0; start < rows.length; start += BATCH) {
    await store.write(async (tx) => {
      for (const customerId of await lockCustomers(tx, rows.slice(start, start + BATCH).map((row) => row.customer_id))) {
        await acknowledge(tx, clock.nowMs(), desk, customerId, revision);
      }
    });
  }
}

async function acknowledge(tx: Tx, nowMs: number, desk: DeskOfPerson, customerId: CustomerId, revision: number): Promise<void> {
  const row = await tx.selectFrom('assignments').select('taken_from').where('customer_id', '=', customerId).executeTakeFirst();
  if (row?.taken_from !== desk.userId) return;
  const unseen = await tx
    .selectFrom('feed_log').innerJoin('cases', 'cases.case_id', 'feed_log.entity_id').select('feed_log.id')
    .where('cases.customer_id', '=', customerId).where('feed_log.kind', '=', 'case').where('feed_log.audience', '=', `user:${desk.userId}`)
    .where((eb) => eb.or([eb('feed_log.revision', 'is', null), eb('feed_log.revision', '>', revision)]))
    .limit(1).executeTakeFirst();
  if (unseen !== undefined) return;
  await tx.deleteFrom('transit_holders').where('customer_id', '=', customerId).where('device_id', '=', desk.deviceId).execute();
  const other = await tx.selectFrom('transit_holders').select('device_id').where('customer_id', '=', customerId).limit(1).executeTakeFirst();
  if (other === undefined) await releaseCustomer(tx, nowMs, customerId);
}

/** The caller holds the locks of the cases. */
async function releaseCustomer(tx: Tx, nowMs: number, customerId: CustomerId): Promise<void> {
  await tx.updateTable('assignments').set({ taken_from: null, release_at: null }).where('customer_id', '=', customerId).execute();
  await tx.deleteFrom('transit_holders').where('customer_id', '=', customerId).execute();
  for (const caseId of await readCaseIds(tx, [customerId])) await publishCase(tx, nowMs, caseId);
}

/** All cases of all of them in one order, as everybody locks; answers the customers. */
async function lockCustomers(tx: Tx, customerIds: readonly CustomerId[]): Promise<readonly CustomerId[]> {
  await lockCases(tx, await readCaseIds(tx, customerIds));
  return customerIds;
}

async function readCaseIds(tx: Tx, customerIds: readonly CustomerId[]): Promise<CaseId[]> {
  const rows = await tx.selectFrom('cases').select('case_id').where('customer_id', 'in', [...customerIds]).orderBy('case_id').execute();
  return rows.map((row) => row.case_id);
}

/** Looks every few seconds, for a hub that nobody asks; answers how to stop. */
export function keepReleasing(store: HubStore, clock: Clock, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    running ??= releaseDueCustomers(store, clock).catch(onError).finally(() => {
      running = null;
    });
  }, RELEASE_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
