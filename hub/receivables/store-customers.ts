/**
 * Writes the customers and cases of one batch of an import.
 *
 * Invariants: a case is known by creditor and customer code; persons are linked across creditors by a tax code that
 * holds (never by one that is only written down), so that one person has one owner; a case that changed is marked to be published in the same transaction.
 */
import { z } from 'zod';
import { phoneNumberSchema } from '../../shared/case/case-entity.ts';
import { contactPointSchema, partySchema } from '../../shared/case/party.ts';
import { readTaxCode } from '../../shared/case/read-tax-code.ts';
import type { CaseId, CreditorId, CustomerId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Tx } from '../store/tables.ts';
import type { Dealer } from './assign-customers.ts';
import { insertAssignments } from './assign-customers.ts';
import type { CustomerDraft, CustomerFields } from './customer-draft.ts';
import { mergeDraft, sameFields } from './customer-draft.ts';

export type Change = 'new' | 'updated' | 'unchanged';
export interface StoredCase { caseId: CaseId; name: string; change: Change }

export async function storeCustomers(
  tx: Tx, context: { creditorId: CreditorId; dealer: Dealer; nowMs: number }, drafts: readonly CustomerDraft[],
): Promise<Map<string, StoredCase>> {
  const stored = new Map<string, StoredCase>();
  if (drafts.length === 0) return stored;
  const rows = await tx
    .selectFrom('cases').selectAll().where('creditor_id', '=', context.creditorId)
    .where('customer_code', 'in', drafts.map((draft) => draft.code)).execute();
  const known = new Map(rows.map((row) => [row.customer_code, row]));
  const fresh: CustomerId[] = [];
  for (const draft of drafts) {
    const row = known.get(draft.code);
    if (row === undefined) {
      const fields = mergeDraft(draft, null);
      const person = await findOrAddPerson(tx, linkOf(fields.tax_code), null);
      if (person.isNew) fresh.push(person.customerId);
      const caseId = newId<CaseId>();
      await tx.insertInto('cases').values({
        case_id: caseId, customer_id: person.customerId, creditor_id: context.creditorId, customer_code: draft.code,
        ...toColumns(fields), recovery_approved_on: null, version: 0, needs_publish: 1,
      }).execute();
      stored.set(draft.code, { caseId, name: fields.name, change: 'new' });
      continue;
    }
    const before: CustomerFields = {
      name: row.name, kind: row.kind, language: row.language, tax_code: row.tax_code, email: row.email, address: row.address,
      sales_agent: row.sales_agent, iban_tail: row.iban_tail, numbers: z.array(phoneNumberSchema).parse(JSON.parse(row.numbers)),
      parties: z.array(partySchema).parse(JSON.parse(row.parties)), addresses: z.array(contactPointSchema).parse(JSON.parse(row.addresses)),
    };
    const fields = mergeDraft(draft, before);
    if (sameFields(before, fields)) {
      stored.set(draft.code, { caseId: row.case_id, name: row.name, change: 'unchanged' });
      continue;
    }
    const person = before.tax_code === fields.tax_code
      ? { customerId: row.customer_id } : await findOrAddPerson(tx, linkOf(fields.tax_code), row.customer_id);
    await tx.updateTable('cases').set({ customer_id: person.customerId, ...toColumns(fields), needs_publish: 1 })
      .where('case_id', '=', row.case_id).execute();
    stored.set(draft.code, { caseId: row.case_id, name: fields.name, change: 'updated' });
  }
  await insertAssignments(tx, context.nowMs, fresh, context.dealer);
  return stored;
}

function toColumns(fields: CustomerFields): Omit<CustomerFields, 'numbers' | 'parties' | 'addresses'> & Record<'numbers' | 'parties' | 'addresses', string> {
  const { numbers, parties, addresses, ...columns } = fields;
  return { ...columns, numbers: JSON.stringify(numbers), parties: JSON.stringify(parties), addresses: JSON.stringify(addresses) };
}

/** The code under which a person is one across creditors; null for one that does not hold, and for eleven noughts. */
function linkOf(taxCode: string | null): string | null {
  if (taxCode === null || /^0+$/.test(taxCode)) return null;
  const read = readTaxCode(taxCode);
  return read.ok ? read.value.code : null;
}

/**
 * The person with this tax code. Without one, or when nobody has it: the person the case had (who then gets the code
 * if it had none), else a new one.
 */
async function findOrAddPerson(
  tx: Tx, taxCode: string | null, current: CustomerId | null,
): Promise<{ customerId: CustomerId; isNew: boolean }> {
  if (taxCode !== null) {
    const owner = await tx.selectFrom('customers').select('customer_id').where('tax_code', '=', taxCode).executeTakeFirst();
    if (owner !== undefined) return { customerId: owner.customer_id, isNew: false };
    if (current !== null) {
      const named = await tx
        .updateTable('customers').set({ tax_code: taxCode }).where('customer_id', '=', current).where('tax_code', 'is', null)
        .returning('customer_id').executeTakeFirst();
      if (named !== undefined) return { customerId: current, isNew: false };
    }
  } else if (current !== null) {
    return { customerId: current, isNew: false };
  }
  const customerId = newId<CustomerId>();
  await tx.insertInto('customers').values({ customer_id: customerId, tax_code: taxCode }).execute();
  return { customerId, isNew: true };
}
