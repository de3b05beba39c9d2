/**
 * Takes entities away for good.
 *
 * Invariant: the rows go and everybody who may have them gets a `remove`, in one transaction.
 */
import { newRandomHex } from '../../shared/id.ts';
import type { EntitiesTable, Tx } from '../store/tables.ts';
import { parseAudiences } from './audience.ts';

export async function removeEntities(tx: Tx, nowMs: number, entities: readonly Pick<EntitiesTable, 'kind' | 'id' | 'audiences'>[]): Promise<void> {
  for (const { kind, id, audiences } of entities) {
    await tx.deleteFrom('entities').where('kind', '=', kind).where('id', '=', id).execute();
    const rows = parseAudiences(audiences).map((audience) => ({
      revision: null, tag: newRandomHex(8), audience, op: 'remove' as const, kind, entity_id: id, at: nowMs,
    }));
    if (rows.length > 0) await tx.insertInto('feed_log').values(rows).execute();
  }
}
