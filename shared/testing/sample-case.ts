/** A case with one invoice of each age, for unit tests of what is folded from it. */
import type { CaseEntity, Invoice } from '../case/case-entity.ts';
import type { CaseId, CreditorId, CustomerId, InvoiceId, NumberId } from '../id.ts';
import { newId } from '../id.ts';
import type { PlainDate } from '../time.ts';
import { addDays } from '../time.ts';

export const sampleToday = '2026-11-20' as PlainDate;

/** @param daysLate negative = not yet due */
export function sampleInvoice(number: string, daysLate: number, amountCents: number, parts: Partial<Invoice> = {}): Invoice {
  const dueDate = addDays(sampleToday, -daysLate);
  return {
    invoiceId: newId<InvoiceId>(), number, issueDate: addDays(dueDate, -30), dueDate, amountCents, residualCents: amountCents,
    currency: 'EUR', documentType: null, settledOn: null, disputedInFile: false, missingSince: null, ...parts,
  };
}

export function sampleCase(invoices: Invoice[], parts: Partial<CaseEntity> = {}): CaseEntity {
  return {
    caseId: newId<CaseId>(), customerId: newId<CustomerId>(), creditorId: newId<CreditorId>(), creditorName: 'Acque del Sele',
    customer: {
      code: '0042', name: 'Condominio Via dei Tigli 12', kind: 'condominium', language: 'it', taxCode: null, email: null, address: null,
      salesAgent: null, ibanTail: null,
    },
    numbers: [{ numberId: newId<NumberId>(), raw: '0971 000 123', e164: '+390971000123', country: 'IT', kind: 'landline', usable: true, partyId: null, source: 'file', workplace: false }],
    parties: [], addresses: [],
    invoices, recoveryApprovedOn: null, payments: [], mails: [], facts: [], ...parts,
  };
}
