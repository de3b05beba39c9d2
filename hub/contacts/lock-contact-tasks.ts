/** One at a time moves tasks of contacts, until the commit. SQLite has one writer: there a transaction that writes holds everything already. */
import { sql } from 'kysely';
import { dialectOf } from '../store/dialect-of.ts';
import type { Tx } from '../store/tables.ts';

/** Names these tasks among the advisory locks of a database. */
const TASKS_LOCK = 7_203_118;

export async function lockContactTasks(tx: Tx): Promise<void> {
  if (dialectOf(tx) === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(TASKS_LOCK)})`.execute(tx);
}
