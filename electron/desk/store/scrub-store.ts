/**
 * Leaves no byte of what was deleted in the store's files (ADR 0011).
 *
 * A deleted row stays readable in free pages, in the slack of pages that were split, in older versions of its own row,
 * in the search index until its segments merge, in the log, and in whole copies: those made before a migration, and
 * damaged stores that were set aside. So: merge the index, write the whole file anew, cut the log, remove the copies.
 *
 * Invariant: the mark that asks for this commits with the deletion and goes only when all of it is done, so a crash or
 * a full disk in between only puts it off to the next page of the feed.
 */
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Sqlite } from './database.ts';
import { readMeta } from './meta.ts';
import { prepared } from './statements.ts';

/** Scrubs where an erasure asked for it. Call outside a transaction. */
export function scrubWhereDue(db: Sqlite): void {
  if (readMeta(db, 'scrubDue') === null) return;
  db.pragma('secure_delete = ON');
  try {
    prepared(db, "INSERT INTO case_search (case_search) VALUES ('optimize')").run();
    db.exec('VACUUM');
    cutLog(db);
    removeCopies(db.name);
    prepared(db, "DELETE FROM meta WHERE key = 'scrubDue'").run();
  } finally {
    db.pragma('secure_delete = OFF');
  }
}

function cutLog(db: Sqlite): void {
  const [answer] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (answer?.busy !== 0) throw new Error('the log could not be cut though the store is ours alone');
}

/**
 * The copies hold the person and cannot be cleaned row by row. The migration they guarded is long done; of a damaged
 * store everything that can be read stands in this one.
 */
function removeCopies(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    if (['before', 'damaged'].some((kind) => name.startsWith(`${basename(path)}.${kind}-`))) rmSync(join(dirname(path), name));
  }
}
