/** Plants a creditor, a customer and a case straight into the store, for tests that are not about imports. */
import type { CaseId, CreditorId, CustomerId, InvoiceId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { plainDateSchema } from '../../shared/time.ts';
import { lockCases } from '../../hub/receivables/load-case.ts';
import { publishCase } from '../../hub/receivables/publish-case.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';

export interface PlantedCase { caseId: CaseId; customerId: CustomerId; creditorId: CreditorId; invoiceId: InvoiceId }

export async function plantCase(
  store: HubStore, ownerId: UserId | null, options: { name?: string; residualCents?: number; customerId?: CustomerId; creditorId?: CreditorId } = {},
): Promise<PlantedCase> {
  const planted = {
    caseId: newId<CaseId>(), customerId: options.customerId ?? newId<CustomerId>(), creditorId: options.creditorId ?? newId<CreditorId>(), invoiceId: newId<InvoiceId>(),
  };
  const cents = options.residualCents ?? 10_000;
  await store.write(async (tx) => {
    await tx.insertInto('creditors').values({ creditor_id: planted.creditorId, name: `Creditor ${planted.creditorId}` })
      .onConflict((oc) => oc.column('creditor_id').doNothing()).execute();
    await tx.insertInto('customers').values({ customer_id: planted.customerId, tax_code: null })
      .onConflict((oc) => oc.column('customer_id').doNothing()).execute();
    await tx.insertInto('cases').values({
      case_id: planted.caseId, customer_id: planted.customerId, creditor_id: planted.creditorId, customer_code: options.creditorId === undefined ? 'C1' : planted.caseId, name: options.name ?? 'Maria Planted',
      kind: 'person', language: 'it', tax_code: null, email: null, address: null, sales_agent: null, numbers: '[]', recovery_approved_on: null, version: 0, needs_publish: 0,
    }).execute();
    await tx.insertInto('invoices').values({
      invoice_id: planted.invoiceId, case_id: planted.caseId, number: '0001', issue_date: plainDateSchema.parse('2026-01-10'),
      due_date: plainDateSchema.parse('2026-02-10'), amount_cents: cents, residual_cents: cents, currency: 'EUR', document_type: null, settled_on: null,
      disputed_in_file: 0, issued: 1,
    }).execute();
    if (ownerId !== null) {
      await tx.insertInto('assignments').values({ customer_id: planted.customerId, owner_id: ownerId, assigned_at: 0 })
        .onConflict((oc) => oc.column('customer_id').doUpdateSet({ owner_id: ownerId })).execute();
    }
    await lockCases(tx, [planted.caseId]);
    await publishCase(tx, 1, planted.caseId);
  });
  return planted;
}
