/**
 * Reader connections of the SQLite hub.
 *
 * Invariant: a connection serves one read at a time, inside BEGIN … COMMIT, so that everything one read sees is of
 * one moment, while the writer goes on. The driver is synchronous, so each read first lets the event loop turn: a
 * chain of reads starves neither the writer nor the network.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { HubTables, Tx } from '../tables.ts';

const MAX_READERS = 4;

export class ReaderPool {
  readonly #open: () => Kysely<HubTables>;
  readonly #all: Kysely<HubTables>[] = [];
  readonly #idle: Kysely<HubTables>[] = [];
  readonly #waiting: ((reader: Kysely<HubTables>) => void)[] = [];

  constructor(open: () => Kysely<HubTables>) {
    this.#open = open;
  }

  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    await new Promise((resolve) => setImmediate(resolve));
    const reader = await this.#take();
    try {
      await sql`begin`.execute(reader);
      try {
        return await work(reader);
      } finally {
        await sql`rollback`.execute(reader);
      }
    } finally {
      this.#giveBack(reader);
    }
  }

  /** One statement, on a connection that is between two reads: it needs no transaction and does not wait for a turn. */
  async lookup<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const reader = await this.#take();
    try {
      return await work(reader);
    } finally {
      this.#giveBack(reader);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((reader) => reader.destroy()));
  }

  async #take(): Promise<Kysely<HubTables>> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#all.length < MAX_READERS) {
      const reader = this.#open();
      this.#all.push(reader);
      return reader;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(reader: Kysely<HubTables>): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(reader);
    else next(reader);
  }
}
