/**
 * By what cases are reached, written in the transaction that publishes them.
 *
 * Invariant: a row that says nothing new keeps its revision, so that desks are sent changes only; one that does loses it until it is numbered.
 */
import type { Insertable } from 'kysely';
import type { CaseId, CreditorId } from '../../shared/id.ts';
import type { InsertKind } from '../store/insert-rows.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { CaseReachesTable } from '../store/inbound-tables.ts';
import type { Tx } from '../store/tables.ts';

const putReaches: InsertKind<'case_reaches'> = {
  table: 'case_reaches', columns: ['case_id', 'creditor_id', 'reaches', 'revision'],
  suffix: `on conflict (case_id) do update set creditor_id = excluded.creditor_id, reaches = excluded.reaches, revision = null
    where case_reaches.reaches <> excluded.reaches or case_reaches.creditor_id <> excluded.creditor_id`,
};

/** The caller holds the locks of the cases; every case at most once. */
export async function writeReaches(tx: Tx, cases: readonly { caseId: CaseId; creditorId: CreditorId; reaches: readonly string[] }[]): Promise<void> {
  const rows = cases.map(({ caseId, creditorId, reaches }): Insertable<CaseReachesTable> => (
    { case_id: caseId, creditor_id: creditorId, reaches: JSON.stringify(reaches), revision: null }));
  await insertRows(tx, putReaches, rows);
}
