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
import type { Tx } from '../store/tables.ts';

export interface Entity { kind: EntityKind; id: string; body: Record<string, unknown>; audiences: Audience[] }

export async function upsertEntity(tx: Tx, nowMs: number, entity: Entity): Promise<void> {
  await upsertEntities(tx, nowMs, [entity]);
}

/** Entities in one statement; far below what either database takes as parameters. */
const CHUNK = 500;

/** Many at once; every pair of kind and id at most once. */
export async function upsertEntities(tx: Tx, nowMs: number, entities: readonly Entity[]): Promise<void> {
  for (let start = 0; start < entities.length; start += CHUNK) await upsertChunk(tx, nowMs, entities.slice(start, start + CHUNK));
}

async function upsertChunk(tx: Tx, nowMs: number, entities: readonly Entity[]): Promise<void> {
  const before = await readAudiences(tx, entities);
  await tx
    .insertInto('entities')
    .values(entities.map(({ kind, id, body, audiences }) => ({ kind, id, body: JSON.stringify(body), audiences: JSON.stringify(audiences) })))
    .onConflict((oc) => oc.columns(['kind', 'id']).doUpdateSet((eb) => ({ body: eb.ref('excluded.body'), audiences: eb.ref('excluded.audiences') })))
    .execute();
  const rows = entities.flatMap(({ kind, id, audiences }) => {
    const lost = (before.get(`${kind} ${id}`) ?? []).filter((audience) => !audiences.includes(audience));
    return [
      ...lost.map((audience) => ({ audience, op: 'remove' as const })),
      ...audiences.map((audience) => ({ audience, op: 'upsert' as const })),
    ].map((row) => ({ ...row, revision: null, tag: newRandomHex(8), kind, entity_id: id, at: nowMs }));
  });
  if (rows.length > 0) await tx.insertInto('feed_log').values(rows).execute();
}

/** Who may see them until now, by kind and id. */
async function readAudiences(tx: Tx, entities: readonly Entity[]): Promise<Map<string, Audience[]>> {
  const idsOfKinds = [...groupBy(entities, (entity) => entity.kind)].map(([kind, ofKind]) => ({ kind, ids: ofKind.map((entity) => entity.id) }));
  const found = await tx
    .selectFrom('entities').select(['kind', 'id', 'audiences'])
    .where((eb) => eb.or(idsOfKinds.map(({ kind, ids }) => eb.and([eb('kind', '=', kind), eb('id', 'in', ids)])))).execute();
  return new Map(found.map((row) => [`${row.kind} ${row.id}`, parseAudiences(row.audiences)]));
}
