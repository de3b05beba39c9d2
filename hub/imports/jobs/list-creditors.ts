/** The creditors the hub knows, each with its cases and its last import. */
import type { ImportCreditor } from '../../../shared/protocol/import-protocol.ts';
import type { Tx } from '../../store/tables.ts';

export async function listImportCreditors(tx: Tx): Promise<ImportCreditor[]> {
  const [creditors, imports] = await Promise.all([
    tx.selectFrom('creditors').leftJoin('cases', 'cases.creditor_id', 'creditors.creditor_id').select(['creditors.creditor_id', 'creditors.name'])
      .select((eb) => eb.fn.count<number>('cases.case_id').as('cases')).groupBy(['creditors.creditor_id', 'creditors.name']).orderBy('creditors.name').execute(),
    tx.selectFrom('import_jobs').select('creditor_name').select((eb) => eb.fn.max('ended_at').as('last'))
      .where('state', '=', 'done').where('dry_run', '=', 0).groupBy('creditor_name').execute(),
  ]);
  const lastOf = new Map(imports.map((row) => [row.creditor_name, row.last]));
  return creditors.map((row) => ({ creditorId: row.creditor_id, name: row.name, cases: row.cases, lastImportAt: lastOf.get(row.name) ?? null }));
}
