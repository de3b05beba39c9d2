/**
 * What was held before a snapshot that comes in several pages, and has not come with it yet.
 *
 * Invariants: the marks stand in the store and change in the transaction of each page, so a desk that dies between two pages
 * goes on where it was; what is marked is shown and worked until the last page says that it is gone. A mark is a row of a
 * kind that no hub sends.
 */
import type { CaseId } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import { removeEntity } from './entity-store.ts';
import { unmarkNewer } from './newer-entities.ts';
import { prepared } from './statements.ts';
import { takeCase } from './taken-cases.ts';

const MARK = '~stale';

/** Marks all that is held: a snapshot begins. Call inside a transaction. */
export function markAllStale(db: Sqlite): void {
  prepared(db, 'DELETE FROM entities WHERE kind = ?').run(MARK);
  prepared(db, "INSERT INTO entities (kind, id, revision, body) SELECT ?, kind || ' ' || id, 1, '{}' FROM entities WHERE kind NOT GLOB '~*'").run(MARK);
}

/** Whether a snapshot is still replacing something. */
export function holdsStale(db: Sqlite): boolean {
  return prepared<[string], { found: number }>(db, 'SELECT 1 AS found FROM entities WHERE kind = ? LIMIT 1').get(MARK) !== undefined;
}

/** It came with the snapshot, as it is or as removed. */
export function unmarkStale(db: Sqlite, kind: string, id: string): void {
  removeEntity(db, MARK, `${kind} ${id}`);
}

/** Removes what the whole snapshot did not bring. Call inside a transaction. */
export function removeStale(db: Sqlite, nowMs: number): void {
  for (const { id: marked } of prepared<[string], { id: string }>(db, 'SELECT id FROM entities WHERE kind = ?').all(MARK)) {
    const kind = marked.slice(0, marked.indexOf(' '));
    const id = marked.slice(kind.length + 1);
    if (kind === 'case') takeCase(db, id as CaseId, nowMs);
    else removeEntity(db, kind, id);
    removeEntity(db, MARK, marked);
    unmarkNewer(db, kind, id);
  }
}
