/**
 * A pool whose connections keep what the server has compiled: the hub's statements are few and come again.
 *
 * Invariants: a text is prepared when it comes again, and only so many of them, so a server is not filled with texts of
 * every length of list; never a `*`: its columns change with a migration of another hub, and a kept statement would fail.
 */
import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

const MAX_NAMES = 300;
const MAX_TEXTS = 3000;
/** Longer ones carry many rows: the rows cost more than the compiling. */
const MAX_TEXT_LENGTH = 4000;

/** What Kysely asks of a pool, around the driver's own. */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new StatementNames();
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const known = wrapped.get(client);
      if (known !== undefined) return known;
      const preparingClient = wrap(client, names);
      wrapped.set(client, preparingClient);
      return preparingClient;
    },
    end: () => pool.end(),
  };
}

function wrap(client: pg.PoolClient, names: StatementNames): PostgresPoolClient {
  const query = (text: string, values: readonly unknown[]): Promise<pg.QueryResult> => {
    const name = names.nameOf(text);
    return client.query({ text, values: [...values], ...(name === null ? {} : { name }) });
  };
  return { query: query as unknown as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
}

class StatementNames {
  /** Null: seen once. */
  readonly #names = new Map<string, string | null>();
  #given = 0;

  nameOf(text: string): string | null {
    if (text.length > MAX_TEXT_LENGTH) return null;
    const known = this.#names.get(text);
    if (known !== undefined && known !== null) return known;
    if (known === undefined) {
      if (this.#names.size < MAX_TEXTS) this.#names.set(text, null);
      return null;
    }
    if (this.#given >= MAX_NAMES || text.includes('*') || !/^(?:select|insert|update|delete) /.test(text)) return null;
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    this.#names.set(text, name);
    this.#given += 1;
    return name;
  }
}
