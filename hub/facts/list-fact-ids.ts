/** The ids of the facts the hub holds, each once, whatever chains they stand in. */
import type { FactId } from '../../shared/id.ts';
import type { Tx } from '../store/tables.ts';

export async function listFactIds(tx: Tx): Promise<FactId[]> {
  const rows = await tx.selectFrom('facts').select('fact_id').distinct().orderBy('fact_id').execute();
  return rows.map((row) => row.fact_id);
}
