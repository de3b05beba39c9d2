/**
 * Numbers the feed log. Runs inside the transaction of whoever holds the sequencer's place: the single writer on
 * SQLite, the holder of the advisory lock on PostgreSQL.
 *
 * Invariant: revisions grow by one in the order of numbering, after commit, so no reader that has seen revision N
 * ever misses a row that commits later with a lower place. The newest row is never pruned: it carries the maximum.
 */
import { sql } from 'kysely';
import { runKept } from './kept-query.ts';
import type { Tx } from './tables.ts';

/** Answers the newest revision, 0 when there is none. */
export async function sequenceFeed(tx: Tx): Promise<number> {
  const waiting = await runKept(tx, 'waiting-rows', [1], () => tx.selectFrom('feed_log').select('id').where('revision', 'is', null).limit(1));
  if (waiting.length > 0) {
    await runKept(tx, 'number-rows', [], () => ({ compile: () => sql`
      update feed_log set revision = numbered.revision from (
        select id as row_id,
          (select coalesce(max(revision), 0) from feed_log) + row_number() over (order by id) as revision
        from feed_log where revision is null
      ) as numbered where feed_log.id = numbered.row_id`.compile(tx) }));
  }
  return newestRevision(tx);
}

/** The newest given revision, 0 when there is none. */
export async function newestRevision(tx: Tx): Promise<number> {
  const [row] = await runKept(tx, 'newest-revision', [], () => tx.selectFrom('feed_log').select((eb) => eb.fn.max('revision').as('revision')));
  return row?.revision ?? 0;
}
