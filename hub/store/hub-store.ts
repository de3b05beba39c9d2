/**
 * The one interface to a hub's database: SQLite when embedded, PostgreSQL when outgrown.
 *
 * Invariants:
 * - `write` resolves only after the durable commit; when it rejects, nothing of it was stored.
 * - A function given to `read` or `write` does database work only (no network, no timer, no other wait) and may be
 *   run again from the start after a deadlock or when another has stored the same meanwhile, so it has no effect outside its transaction.
 * - Revisions are given after commit, by one sequencer at a time; after `sequence()` resolves, everything that was
 *   committed before the call has its revision.
 */
import type { Tx } from './tables.ts';

export type Dialect = 'sqlite' | 'postgres';

export interface HubStore {
  readonly dialect: Dialect;
  /** One consistent snapshot. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement that reads: a snapshot by itself, without the cost of a transaction. */
  lookup<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One durable transaction. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Numbers the committed rows of the feed log that have no revision yet; answers the newest revision. */
  sequence(): Promise<number>;
  /** Called with the newest revision whenever it grows, whoever wrote; answers how to stop listening. */
  onRevision(listener: (revision: number) => void): () => void;
  /** Tells the other hub processes on this store something that is nowhere kept; below 8,000 bytes. */
  whisper(text: string): Promise<void>;
  /** Called with what other processes whisper; answers how to stop listening. */
  onWhisper(listener: (text: string) => void): () => void;
  /**
   * Leaves no byte of what was deleted in the tables of persons and in the log. Writes wait meanwhile; what PostgreSQL
   * keeps elsewhere (archived log, base backups) is its operator's (ADR 0011). False when that cannot be done now (a
   * full disk, somebody who reads for long): nothing is lost, and it is to be tried again.
   */
  scrub(): Promise<boolean>;
  close(): Promise<void>;
}
