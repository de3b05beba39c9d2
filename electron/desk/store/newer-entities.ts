/**
 * Which entities speak in words that this build does not know (`read-newer.ts`): counted, so that somebody is told.
 *
 * Invariant: a mark is a row of a kind that no hub sends; it changes in the transaction of its entity, and all are made anew
 * with the list when a build that knows more words opens the store.
 */
import type { EntityKind } from '../../../shared/protocol/feed-protocol.ts';
import { entityKinds } from '../../../shared/protocol/feed-protocol.ts';
import type { Sqlite } from './database.ts';
import { removeEntity, upsertEntity } from './entity-store.ts';
import { readNewer } from './read-newer.ts';
import { prepared } from './statements.ts';

const MARK = '~newer';

export function holdsNewer(db: Sqlite): boolean {
  return prepared<[string], { found: number }>(db, 'SELECT 1 AS found FROM entities WHERE kind = ? LIMIT 1').get(MARK) !== undefined;
}

export function markNewer(db: Sqlite, kind: string, id: string): void {
  upsertEntity(db, { kind: MARK, id: `${kind} ${id}`, revision: 1, body: {} });
}

export function unmarkNewer(db: Sqlite, kind: string, id: string): void {
  removeEntity(db, MARK, `${kind} ${id}`);
}

export function clearNewer(db: Sqlite): void {
  prepared(db, 'DELETE FROM entities WHERE kind = ?').run(MARK);
}

/** Marks what is no case; cases are marked as they are listed. Call inside a transaction. */
export function markNewerBesidesCases(db: Sqlite): void {
  const found: { kind: EntityKind; id: string }[] = [];
  for (const kind of entityKinds) {
    if (kind === 'case') continue;
    for (const { id, body } of prepared<[string], { id: string; body: string }>(db, 'SELECT id, body FROM entities WHERE kind = ?').iterate(kind)) {
      if (readNewer(kind, JSON.parse(body)).state !== 'known') found.push({ kind, id });
    }
  }
  for (const { kind, id } of found) markNewer(db, kind, id);
}
