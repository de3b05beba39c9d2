/**
 * Which facts of a push are about a person who was erased.
 *
 * Invariant: the cases are locked here, until the commit, before the answer is read. An erasure locks the same rows,
 * so a push and an erasure never pass each other: either the erasure sees what the push stored, or the push sees the
 * erasure. A case that stands in its table was not erased, so the usual push asks nothing more.
 */
import type { FactHeader } from '../../shared/facts/fact-header.ts';
import type { FactId } from '../../shared/id.ts';
import { lockCases } from '../receivables/load-case.ts';
import type { Tx } from '../store/tables.ts';

export async function findErasedFacts(tx: Tx, headers: readonly FactHeader[]): Promise<Set<FactId>> {
  const caseIds = [...new Set(headers.flatMap((header) => header.caseId ?? []))];
  const held = new Set(await lockCases(tx, caseIds));
  const missing = caseIds.filter((caseId) => !held.has(caseId));
  const customerIds = [...new Set(headers.flatMap((header) => (header.caseId === undefined ? header.customerId ?? [] : [])))].sort();
  const erased = new Set<string>();
  if (missing.length > 0) {
    const rows = await tx.selectFrom('erased_cases').select('case_id').where('case_id', 'in', missing).execute();
    for (const row of rows) erased.add(row.case_id);
  }
  for (const customerId of customerIds) {
    await tx.updateTable('customers').set((eb) => ({ tax_code: eb.ref('tax_code') })).where('customer_id', '=', customerId).execute();
    const row = await tx.selectFrom('erasures').select('customer_id').where('customer_id', '=', customerId).executeTakeFirst();
    if (row !== undefined) erased.add(row.customer_id);
  }
  return new Set(headers.filter(({ caseId, customerId }) => erased.has(caseId ?? customerId ?? '')).map((header) => header.id));
}
