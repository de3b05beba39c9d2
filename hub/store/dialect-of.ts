/** For the few statements that are not written once for both databases. */
import { PostgresAdapter } from 'kysely';
import type { Dialect } from './hub-store.ts';
import type { Tx } from './tables.ts';

/** Which database a transaction runs on. */
export function dialectOf(tx: Tx): Dialect {
  return tx.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}
