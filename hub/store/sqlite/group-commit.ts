/**
 * Group commit: writes that wait at the same time share one BEGIN IMMEDIATE … COMMIT, so one sync to disk serves
 * all of them.
 *
 * Invariants: a failing write takes back only itself (each of several runs in its own savepoint; one alone is its whole
 * transaction, for a savepoint copies every page that is changed under it); a write resolves only after the COMMIT; when the COMMIT (or the whole transaction) fails, every write of the group is rejected. The
 * feed log is numbered inside the same transaction: on SQLite the single writer is the sequencer.
 */
import type Database from 'better-sqlite3';
import { sequenceFeed } from '../sequence-feed.ts';
import type { Tx } from '../tables.ts';

const MAX_GROUP = 128;

interface Waiting {
  work: (tx: Tx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

export class GroupCommit {
  readonly #database: Database.Database;
  readonly #tx: Tx;
  readonly #onRevision: (revision: number) => void;
  readonly #queue: Waiting[] = [];
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(database: Database.Database, tx: Tx, onRevision: (revision: number) => void) {
    this.#database = database;
    this.#tx = tx;
    this.#onRevision = onRevision;
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('the store is closed'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Runs synchronous work on the connection while no group is open. */
  async runAlone<T>(work: () => T): Promise<T> {
    while (this.#running !== null) await this.#running;
    return work();
  }

  /** Lets what waits finish, then takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // One turn of the event loop: requests that have arrived meanwhile join the group.
      await new Promise((resolve) => setImmediate(resolve));
      await this.#runGroup(this.#queue.splice(0, MAX_GROUP));
    }
    this.#running = null;
  }

  async #runGroup(group: Waiting[]): Promise<void> {
    const done: (() => void)[] = [];
    const open = new Set(group);
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const waiting of group) {
        const result = group.length === 1 ? { ok: true as const, value: await waiting.work(this.#tx) } : await this.#runInSavepoint(waiting.work);
        if (result.ok) {
          done.push(() => waiting.resolve(result.value));
        } else {
          done.push(() => waiting.reject(result.error));
        }
      }
      const revision = await sequenceFeed(this.#tx);
      this.#database.exec('COMMIT');
      for (const settle of done) settle();
      open.clear();
      this.#onRevision(revision);
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      for (const waiting of open) waiting.reject(error);
    }
  }

  async #runInSavepoint(work: Waiting['work']): Promise<{ ok: true; value: unknown } | { ok: false; error: unknown }> {
    this.#database.exec('SAVEPOINT one_write');
    try {
      const value = await work(this.#tx);
      this.#database.exec('RELEASE one_write');
      return { ok: true, value };
    } catch (error) {
      // A full disk ends the whole transaction by itself: then nothing of the group may be answered as stored.
      if (!this.#database.inTransaction) throw error;
      this.#database.exec('ROLLBACK TO one_write');
      this.#database.exec('RELEASE one_write');
      return { ok: false, error };
    }
  }
}
