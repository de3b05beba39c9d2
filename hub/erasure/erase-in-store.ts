/**
 * Deletes a person from the hub's database, in the caller's transaction.
 *
 * Invariants: of a fact its link stays and its content goes, so every chain verifies; whoever may hold something of
 * the person gets a `remove` for it, and everybody the erasure itself, which stays in every snapshot; done twice it
 * changes nothing more. Cases are locked first, as a push locks them (`find-erased-facts.ts`).
 */
import { roles } from '../../shared/protocol/session-protocol.ts';
import type { CaseId, CustomerId } from '../../shared/id.ts';
import type { ErasureEntity } from '../../shared/protocol/feed-protocol.ts';
import { eraseAttachmentRows } from '../attachments/erase-attachments.ts';
import { removeEntities } from '../feed/remove-entities.ts';
import { upsertEntity } from '../feed/upsert-entity.ts';
import { lockCases } from '../receivables/load-case.ts';
import { askForScrub } from '../store/hub-meta.ts';
import type { EntitiesTable, Tx } from '../store/tables.ts';

export interface Erasure { customerId: CustomerId; caseIds: readonly CaseId[]; at: number; reason: string }

/**
 * The cases of a person: those the hub has, those erased before, and those that only facts name (a hub restored from a
 * backup that is older than the case).
 */
export async function readCaseIds(tx: Tx, customerId: CustomerId): Promise<CaseId[]> {
  const held = await tx.selectFrom('cases').select('case_id').where('customer_id', '=', customerId).execute();
  const erased = await tx.selectFrom('erased_cases').select('case_id').where('customer_id', '=', customerId).execute();
  const named = await tx.selectFrom('fact_content').leftJoin('cases', 'cases.case_id', 'fact_content.case_id').select('fact_content.case_id').distinct()
    .where('fact_content.customer_id', '=', customerId).where('fact_content.case_id', 'is not', null).where('cases.case_id', 'is', null).execute();
  return [...new Set([...held, ...erased, ...named].flatMap((row) => row.case_id ?? []))].sort();
}

/** Everything in the feed that is about one of the cases, whatever its kind; erasures hold ids only and stay. */
export async function readEntitiesAbout(tx: Tx, caseIds: readonly CaseId[]): Promise<Pick<EntitiesTable, 'kind' | 'id' | 'audiences'>[]> {
  if (caseIds.length === 0) return [];
  const columns = ['kind', 'id', 'audiences'] as const;
  const cases = await tx.selectFrom('entities').select(columns).where('kind', '=', 'case').where('id', 'in', [...caseIds]).execute();
  const others = await tx.selectFrom('entities').select(columns).where('kind', 'not in', ['case', 'erasure', 'lease'])
    .where((eb) => eb.or(caseIds.map((caseId) => eb('body', 'like', `%"caseId":"${caseId}"%`)))).execute();
  return [...cases, ...others];
}

export async function eraseInStore(tx: Tx, erasure: Erasure): Promise<void> {
  const { customerId, at, reason } = erasure;
  const caseIds = [...erasure.caseIds];
  await lockCases(tx, caseIds);
  await tx.updateTable('customers').set((eb) => ({ tax_code: eb.ref('tax_code') })).where('customer_id', '=', customerId).execute();
  await tx.insertInto('erasures').values({ customer_id: customerId, at, reason }).onConflict((oc) => oc.column('customer_id').doNothing()).execute();
  if (caseIds.length > 0) {
    await tx.insertInto('erased_cases').values(caseIds.map((caseId) => ({ case_id: caseId, customer_id: customerId })))
      .onConflict((oc) => oc.column('case_id').doNothing()).execute();
  }
  await eraseFacts(tx, customerId, caseIds);
  await removeEntities(tx, at, await readEntitiesAbout(tx, caseIds));
  if (caseIds.length > 0) await tx.deleteFrom('conduct_flags').where('case_id', 'in', caseIds).execute();
  await tx.deleteFrom('mail_outbox').where('customer_id', '=', customerId).execute();
  if (caseIds.length > 0) await tx.deleteFrom('mail_outbox').where('case_id', 'in', caseIds).execute();
  if (caseIds.length > 0) await tx.deleteFrom('case_reaches').where('case_id', 'in', caseIds).execute();
  await deleteReceivables(tx, customerId, caseIds);
  const body: ErasureEntity = { customerId, caseIds, at };
  await upsertEntity(tx, at, { kind: 'erasure', id: customerId, body, audiences: roles.map((role) => `role:${role}` as const) });
  await askForScrub(tx);
}

async function eraseFacts(tx: Tx, customerId: CustomerId, caseIds: readonly CaseId[]): Promise<void> {
  const nothing = { salt: null, body: null };
  const erased = await tx.updateTable('fact_content').set(nothing).where('case_id', 'is', null).where('customer_id', '=', customerId)
    .returning('fact_id').execute();
  for (const caseId of caseIds) {
    erased.push(...await tx.updateTable('fact_content').set(nothing).where('case_id', '=', caseId).returning('fact_id').execute());
  }
  await eraseAttachmentRows(tx, erased.map((row) => row.fact_id));
}

/** Payments, invoices and cases go, and every person who is left without a case by it: a case may have changed its person. */
async function deleteReceivables(tx: Tx, customerId: CustomerId, caseIds: readonly CaseId[]): Promise<void> {
  const persons = new Set<CustomerId>([customerId]);
  for (const caseId of caseIds) {
    await tx.deleteFrom('payments').where('case_id', '=', caseId).execute();
    await tx.deleteFrom('invoices').where('case_id', '=', caseId).execute();
    const gone = await tx.deleteFrom('cases').where('case_id', '=', caseId).returning('customer_id').executeTakeFirst();
    if (gone !== undefined) persons.add(gone.customer_id);
  }
  for (const person of [...persons].sort()) {
    const other = await tx.selectFrom('cases').select('case_id').where('customer_id', '=', person).limit(1).executeTakeFirst();
    if (other !== undefined) continue;
    await tx.deleteFrom('assignments').where('customer_id', '=', person).execute();
    await tx.deleteFrom('customers').where('customer_id', '=', person).execute();
  }
}

/** The ids of erased persons, as the database has them. */
export async function readErasures(tx: Tx): Promise<{ customerId: CustomerId; caseIds: CaseId[]; at: number }[]> {
  const rows = await tx.selectFrom('erasures').select(['customer_id', 'at']).orderBy('at').orderBy('customer_id').execute();
  const cases = await tx.selectFrom('erased_cases').selectAll().orderBy('case_id').execute();
  return rows.map((row) => ({
    customerId: row.customer_id, at: row.at, caseIds: cases.filter((entry) => entry.customer_id === row.customer_id).map((entry) => entry.case_id),
  }));
}
