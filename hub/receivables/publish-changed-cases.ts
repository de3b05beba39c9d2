/**
 * Rebuilds the entities of the cases that an import or an assignment marked.
 *
 * Invariant: a case is marked in the transaction that changes it and unmarked in the one that publishes it, so a crash
 * between the two leaves it marked and the next run (an import, an assignment, or the start of a hub) publishes it.
 */
import type { Clock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import { lockCases } from './load-case.ts';
import { publishCases } from './publish-case.ts';

const BATCH = 100;

/** Answers how many cases were published; what `beforeBatch` throws ends it between two batches. */
export async function publishChangedCases(store: HubStore, clock: Clock, beforeBatch: () => Promise<void> = () => Promise.resolve()): Promise<number> {
  const isWaiting = await store.read((tx) => tx.selectFrom('cases').select('case_id').where('needs_publish', '=', 1).limit(1).executeTakeFirst());
  if (isWaiting === undefined) return 0;
  let published = 0;
  for (;;) {
    await beforeBatch();
    const count = await store.write((tx) => publishBatch(tx, clock.nowMs()));
    published += count;
    if (count < BATCH) return published;
  }
}

async function publishBatch(tx: Tx, nowMs: number): Promise<number> {
  const rows = await tx.selectFrom('cases').select('case_id').where('needs_publish', '=', 1).orderBy('case_id').limit(BATCH).execute();
  const caseIds = rows.map((row) => row.case_id);
  await publishCases(tx, nowMs, await lockCases(tx, caseIds));
  if (caseIds.length > 0) await tx.updateTable('cases').set({ needs_publish: 0 }).where('case_id', 'in', caseIds).execute();
  return caseIds.length;
}
