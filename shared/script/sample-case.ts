/** Cases for the tests of scripts: real entities, viewed by the real `viewCase`. */
import type { CaseEntity, CaseFact, DebtorKind, Invoice } from '../case/case-entity.ts';
import { caseEntitySchema } from '../case/case-entity.ts';
import type { CaseView } from '../case/view-case.ts';
import { viewCase } from '../case/view-case.ts';
import type { FactId, InvoiceId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import { instantOf, plainDateSchema } from '../time.ts';

export const sampleToday = plainDateSchema.parse('2026-11-21');
const zone = 'Europe/Rome';
const userId = newId<UserId>();

export interface SampleInvoice { number: string; dueDate: string; cents: number; disputed?: boolean }

export interface SampleCase { invoices: readonly SampleInvoice[]; kind?: DebtorKind; name?: string; currency?: string; recoveryApproved?: boolean; brokenPromiseCents?: number }

/** An entity and its view on the sample day. */
export function sampleCase(sample: SampleCase): { entity: CaseEntity; view: CaseView } {
  const currency = sample.currency ?? 'EUR';
  const invoices: Invoice[] = sample.invoices.map(({ number, dueDate, cents, disputed }) => ({
    invoiceId: newId<InvoiceId>(), number, issueDate: plainDateSchema.parse('2026-01-01'), dueDate: plainDateSchema.parse(dueDate), amountCents: cents,
    residualCents: cents, currency, documentType: null, settledOn: null, disputedInFile: disputed ?? false, missingSince: null,
  }));
  const entity = caseEntitySchema.parse({
    caseId: newId(), customerId: newId(), creditorId: newId(), creditorName: 'Acque del Sele',
    customer: { code: 'C1', name: sample.name ?? 'Rossi Mario', kind: sample.kind ?? 'person', language: null, taxCode: null, email: null, address: null, salesAgent: null },
    numbers: [], invoices, facts: sample.brokenPromiseCents === undefined ? [] : [brokenPromise(sample.brokenPromiseCents, currency)],
    recoveryApprovedOn: sample.recoveryApproved === true ? '2026-11-01' : null,
  });
  return { entity, view: viewCase(entity, [], { nowMs: instantOf(sampleToday, '10:00', zone), zone, userId }) };
}

function brokenPromise(amountCents: number, currency: string): CaseFact {
  return {
    id: newId<FactId>(), type: 'outcome-recorded', version: 1, callId: null, at: instantOf(plainDateSchema.parse('2026-11-02'), '10:00', zone), zone, actor: userId,
    basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
    body: {
      code: 'PTP', channel: 'phone-outbound', numberId: null, cause: null, note: null, dispute: null, callback: null,
      promise: { amountCents, currency, dueOn: '2026-11-10', method: 'bank-transfer', invoiceIds: [] },
    },
  };
}
