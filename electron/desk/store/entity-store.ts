/**
 * What the hub sent, as it sent it. Kinds that this build does not know are kept raw, so that
 * an upgrade finds them; of words that it does not know, `read-newer.ts` says what is shown.
 */
import type { EntityKind } from '../../../shared/protocol/feed-protocol.ts';
import type { Sqlite } from './database.ts';
import type { BodyOf } from './read-newer.ts';
import { readNewer } from './read-newer.ts';
import { prepared } from './statements.ts';

interface EntityRow {
  id: string;
  revision: number;
  body: string;
}

export interface StoredEntity<Body> {
  id: string;
  revision: number;
  body: Body;
  /** A newer build would show more of it. */
  newer: boolean;
}

export function upsertEntity(db: Sqlite, entity: { kind: string; id: string; revision: number; body: unknown }): void {
  storeEntity(db, entity, JSON.stringify(entity.body));
}

/** @param text of the body, parsed by whoever calls */
export function storeEntity(db: Sqlite, { kind, id, revision }: { kind: string; id: string; revision: number }, text: string): void {
  prepared(db, `INSERT INTO entities (kind, id, revision, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET revision = excluded.revision, body = excluded.body`,
  ).run(kind, id, revision, text);
}

export function removeEntity(db: Sqlite, kind: string, id: string): void {
  prepared(db, 'DELETE FROM entities WHERE kind = ? AND id = ?').run(kind, id);
}

const generations = new WeakMap<Sqlite, number>();

/** A page may bring other content under a revision that was held before: of another history. */
export function startGeneration(db: Sqlite): void {
  generations.set(db, readGeneration(db) + 1);
}

/**
 * Grows whenever a snapshot replaced something held. A revision names one content only within a generation: a hub restored from a
 * backup gives its numbers again, to other content.
 */
export function readGeneration(db: Sqlite): number {
  return generations.get(db) ?? 0;
}

export function readEntity<Kind extends EntityKind>(db: Sqlite, kind: Kind, id: string): StoredEntity<BodyOf<Kind>> | null {
  const row = prepared<[string, string], EntityRow>(db, 'SELECT id, revision, body FROM entities WHERE kind = ? AND id = ?').get(kind, id);
  return row === undefined ? null : parseRow(kind, row);
}

/** The revision of what is held of an entity, or null when nothing is. */
export function readRevision(db: Sqlite, kind: EntityKind, id: string): number | null {
  const row = prepared<[string, string], { revision: number }>(db, 'SELECT revision FROM entities WHERE kind = ? AND id = ?').get(kind, id);
  return row?.revision ?? null;
}

export function readEntities<Kind extends EntityKind>(db: Sqlite, kind: Kind): StoredEntity<BodyOf<Kind>>[] {
  return prepared<[string], EntityRow>(db, 'SELECT id, revision, body FROM entities WHERE kind = ?')
    .all(kind)
    .flatMap((row) => parseRow(kind, row) ?? []);
}

const CHUNK = 500;

/** Every entity of a kind, in the order of ids, a chunk in memory at a time; what is read may be written meanwhile. */
export function* iterateEntities<Kind extends EntityKind>(db: Sqlite, kind: Kind): Generator<StoredEntity<BodyOf<Kind>>, void> {
  let after = '';
  for (;;) {
    const rows = prepared<[string, string, number], EntityRow>(
      db, 'SELECT id, revision, body FROM entities WHERE kind = ? AND id > ? ORDER BY id LIMIT ?',
    ).all(kind, after, CHUNK);
    for (const row of rows) {
      const entity = parseRow(kind, row);
      if (entity !== null) yield entity;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK) return;
    after = last.id;
  }
}

/** Null for what is left out until a newer build reads it. */
function parseRow<Kind extends EntityKind>(kind: Kind, row: EntityRow): StoredEntity<BodyOf<Kind>> | null {
  const reading = readNewer(kind, JSON.parse(row.body));
  if (reading.state === 'unreadable') throw new Error(`a stored entity of kind ${kind} is unreadable`);
  return reading.state === 'left-out' ? null : { id: row.id, revision: row.revision, body: reading.body, newer: reading.state === 'newer' };
}
