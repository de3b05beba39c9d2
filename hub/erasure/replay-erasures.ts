/**
 * Makes ledger and database agree, each time a hub opens (ADR 0011).
 *
 * Invariants: what the ledger says and the database does not have is erased before anybody is served: a database
 * restored from a backup, or a crash behind the ledger's line. What the database has and the ledger does not is added
 * to it: several hubs on one PostgreSQL each get the whole ledger, and a lost one is made again.
 */
import type { CaseId } from '../../shared/id.ts';
import type { HubStore } from '../store/hub-store.ts';
import { cleanRejects } from './clean-rejects.ts';
import { eraseInStore, readCaseIds, readErasures } from './erase-in-store.ts';
import { finishErasures } from './erase-person.ts';
import type { LedgerEntry } from './erasure-ledger.ts';
import { appendToLedger, readLedger } from './erasure-ledger.ts';
import { readTraces } from './read-traces.ts';

const REPLAYED = 'replayed from the ledger';

/** Answers how many persons were erased again. */
export async function replayErasures(store: HubStore, dataDir: string): Promise<number> {
  const ledger = mergeEntries(await readLedger(dataDir));
  const known = mergeEntries(await store.read(readErasures));
  await appendToLedger(dataDir, [...known.values()].filter((entry) => !covers(ledger.get(entry.customerId), entry)));
  const missing = [...ledger.values()].filter((entry) => !covers(known.get(entry.customerId), entry));
  for (const { customerId, caseIds, at } of missing) {
    // A restored database may hold the person's cases; one that was made after the ledger's line goes too.
    const all = await store.read(async (tx) => [...new Set([...caseIds, ...await readCaseIds(tx, customerId)])].sort());
    await cleanRejects(dataDir, await store.read((tx) => readTraces(tx, all)), false);
    await store.write((tx) => eraseInStore(tx, { customerId, caseIds: all, at, reason: REPLAYED }));
  }
  await finishErasures(store, dataDir);
  return missing.length;
}

/** One entry per person, with every case any of its entries names and the first time. */
function mergeEntries(entries: readonly LedgerEntry[]): Map<string, LedgerEntry> {
  const merged = new Map<string, LedgerEntry>();
  for (const entry of entries) {
    const before = merged.get(entry.customerId);
    const caseIds: CaseId[] = [...new Set([...(before?.caseIds ?? []), ...entry.caseIds])];
    merged.set(entry.customerId, { customerId: entry.customerId, caseIds, at: before?.at ?? entry.at });
  }
  return merged;
}

function covers(held: LedgerEntry | undefined, wanted: LedgerEntry): boolean {
  return held !== undefined && wanted.caseIds.every((caseId) => held.caseIds.includes(caseId));
}
