/**
 * Writes an entity's current state and tells its audiences.
 *
 * Invariant: the entity, the `upsert` rows for those who may see it and the `remove` rows for those who no longer
 * may stand in one transaction; the log carries no body, so the feed always sends the newest.
 */
import { groupBy } from '../group-by.ts';
import type { Audience } from './audience.ts';
import { parseAudiences } from './audience.ts';
import { newRandomHex } from '../../shared/id.ts';
import type { EntityKind } from '../../shared/protocol/feed-protocol.ts';
import type { InsertKind } from '../store/insert-rows.ts';
import { insertRows } from '../store/insert-rows.ts';
import { runKept } from '../store/kept-query.ts';
import type { Tx } from '../store/tables.ts';

export interface Entity { kind: EntityKind; id: string; body: Record<string, unknown>; audiences: Audience[] }

export async function upsertEntity(tx: Tx, nowMs: number, entity: Entity): Promise<void> {
  await upsertEntities(tx, nowMs, [entity]);
}

/** Entities in one statement; far below what either database takes as parameters. */
const CHUNK = 500;
const TAG_BYTES = 8;

const putEntities: InsertKind<'entities'> = {
  table: 'entities', columns: ['kind', 'id', 'body', 'audiences'],
  suffix: 'on conflict (kind, id) do update set body = excluded.body, audiences = excluded.audiences',
};
const appendLog: InsertKind<'feed_log'> = {
  table: 'feed_log', columns: ['revision', 'tag', 'audience', 'op', 'kind', 'entity_id', 'at'], suffix: '',
};

/** Many at once; every pair of kind and id at most once. */
export async function upsertEntities(tx: Tx, nowMs: number, entities: readonly Entity[]): Promise<void> {
  for (let start = 0; start < entities.length; start += CHUNK) await upsertChunk(tx, nowMs, entities.slice(start, start + CHUNK));
}

async function upsertChunk(tx: Tx, nowMs: number, entities: readonly Entity[]): Promise<void> {
  const before = await readAudiences(tx, entities);
  await insertRows(tx, putEntities, entities.map(({ kind, id, body, audiences }) => (
    { kind, id, body: JSON.stringify(body), audiences: JSON.stringify(audiences) })));
  const rows = entities.flatMap(({ kind, id, audiences }) => {
    const lost = (before.get(`${kind} ${id}`) ?? []).filter((audience) => !audiences.includes(audience));
    return [
      ...lost.map((audience) => ({ audience, op: 'remove' as const })),
      ...audiences.map((audience) => ({ audience, op: 'upsert' as const })),
    ].map((row) => ({ ...row, kind, entity_id: id }));
  });
  if (rows.length === 0) return;
  const drawn = newRandomHex(TAG_BYTES * rows.length);
  await insertRows(tx, appendLog, rows.map((row, index) => (
    { ...row, revision: null, tag: drawn.slice(TAG_BYTES * 2 * index, TAG_BYTES * 2 * (index + 1)), at: nowMs })));
}

/** Who may see them until now, by kind and id. */
async function readAudiences(tx: Tx, entities: readonly Entity[]): Promise<Map<string, Audience[]>> {
  const idsOfKinds = [...groupBy(entities, (entity) => entity.kind)].map(([kind, ofKind]) => ({ kind, ids: ofKind.map((entity) => entity.id) }));
  const name = `audiences ${idsOfKinds.map(({ ids }) => ids.length).join(' ')}`;
  const found = await runKept(tx, name, idsOfKinds.flatMap(({ kind, ids }) => [kind, ...ids]), () => tx
    .selectFrom('entities').select(['kind', 'id', 'audiences'])
    .where((eb) => eb.or(idsOfKinds.map(({ kind, ids }) => eb.and([eb('kind', '=', kind), eb('id', 'in', ids)])))));
  return new Map(found.map((row) => [`${row.kind} ${row.id}`, parseAudiences(row.audiences)]));
}
