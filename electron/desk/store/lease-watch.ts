/**
 * The lease that this store holds, and the highest instant that was seen under it (`shared/policy/read-lease.ts`).
 *
 * Invariants: the lease is written in the transaction of the feed's page it came with; what was seen is kept in memory exactly
 * and on the disk to the minute, so a restart forgets no more than that.
 */
import type { LeaseState } from '../../../shared/policy/read-lease.ts';
import { readLease } from '../../../shared/policy/read-lease.ts';
import { leaseEntitySchema } from '../../../shared/protocol/feed-protocol.ts';
import type { Sqlite } from './database.ts';
import { deleteMeta, readMeta, writeMeta } from './meta.ts';
import { prepared } from './statements.ts';
import { storeFailure } from './store-failure.ts';

const KEEP_EVERY_MS = 60_000;

export class LeaseWatch {
  readonly #db: Sqlite;
  #endsAtMs: number | null = null;
  #seenMs = 0;
  #keptMs = 0;

  constructor(db: Sqlite) {
    this.#db = db;
    this.reload();
  }

  /** After a page of the feed was committed. */
  reload(): void {
    const endsAt = readMeta(this.#db, 'leaseEndsAt');
    this.#endsAtMs = endsAt === null ? readOldLease(this.#db) : Number(endsAt);
    this.#keptMs = Number(readMeta(this.#db, 'clockSeen') ?? 0);
    this.#seenMs = this.#keptMs;
  }

  read(nowMs: number): LeaseState {
    const state = readLease({ endsAtMs: this.#endsAtMs, clockSeenMs: this.#seenMs }, nowMs);
    this.#seenMs = Math.max(this.#seenMs, nowMs);
    return state;
  }

  /** Called when nobody waits; a full disk lets it wait. */
  keep(): void {
    if (this.#endsAtMs === null || this.#seenMs < this.#keptMs + KEEP_EVERY_MS) return;
    try {
      writeMeta(this.#db, 'clockSeen', String(this.#seenMs));
      this.#keptMs = this.#seenMs;
    } catch (error) {
      if (storeFailure(error).error.code === 'store-damaged') throw error;
    }
  }
}

const watches = new WeakMap<Sqlite, LeaseWatch>();

/** The watch of an open store. */
export function leaseOf(db: Sqlite): LeaseWatch {
  const known = watches.get(db);
  if (known !== undefined) return known;
  const watch = new LeaseWatch(db);
  watches.set(db, watch);
  return watch;
}

/** Instants of the desk's clock. */
export interface GrantedLease { askedAtMs: number; endsAtMs: number }

/** Inside the transaction of the page. @param lease null: the hub does not give any */
export function writeLease(db: Sqlite, lease: GrantedLease | null, nowMs: number): void {
  if (lease === null) deleteMeta(db, 'leaseEndsAt');
  else writeMeta(db, 'leaseEndsAt', String(lease.endsAtMs));
  writeMeta(db, 'clockSeen', String(Math.max(nowMs, lease?.askedAtMs ?? 0)));
}

/** From a hub of before ADR 0014: one lease per person, among the entities. */
function readOldLease(db: Sqlite): number | null {
  const row = prepared<[], { body: string }>(db, "SELECT body FROM entities WHERE kind = 'lease' LIMIT 1").get();
  return row === undefined ? null : leaseEntitySchema.parse(JSON.parse(row.body)).untilMs;
}
