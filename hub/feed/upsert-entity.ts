/**
 * Writes an entity's current state and tells its audiences.
 *
 * Invariant: the entity, the `upsert` rows for those who may see it and the `remove` rows for those who no longer
 * may stand in one transaction; the log carries no body, so the feed always sends the newest.
 */
import type { Audience } from './audience.ts';
import { parseAudiences } from './audience.ts';
import { newRandomHex } from '../../shared/id.ts';
import type { EntityKind } from '../../shared/protocol/feed-protocol.ts';
import type { Tx } from '../store/tables.ts';

export interface Entity { kind: EntityKind; id: string; body: Record<string, unknown>; audiences: Audience[] }

export async function upsertEntity(tx: Tx, nowMs: number, entity: Entity): Promise<void> {
  await upsertEntities(tx, nowMs, [entity]);
}

/** Many at once; every pair of kind and id at most once. */
export async function upsertEntities(tx: Tx, nowMs: number, entities: readonly Entity[]): Promise<void> {
  for (const entity of entities) {
    const before = await tx
      .selectFrom('entities').select('audiences').where('kind', '=', entity.kind).where('id', '=', entity.id).executeTakeFirst();
    const lost = before === undefined ? [] : parseAudiences(before.audiences).filter((audience) => !entity.audiences.includes(audience));
    const values = { body: JSON.stringify(entity.body), audiences: JSON.stringify(entity.audiences) };
    await tx
      .insertInto('entities').values({ kind: entity.kind, id: entity.id, ...values })
      .onConflict((oc) => oc.columns(['kind', 'id']).doUpdateSet(values))
      .execute();
    const rows = [
      ...lost.map((audience) => ({ audience, op: 'remove' as const })),
      ...entity.audiences.map((audience) => ({ audience, op: 'upsert' as const })),
    ].map((row) => ({ ...row, revision: null, tag: newRandomHex(8), kind: entity.kind, entity_id: entity.id, at: nowMs }));
    if (rows.length > 0) await tx.insertInto('feed_log').values(rows).execute();
  }
}
