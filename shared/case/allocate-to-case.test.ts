import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noParts } from '../facts/outcome-body.ts';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import type { FactId, PaymentId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import { usualAgreementTerms } from '../protocol/agreement-terms.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import { addDays, instantOf } from '../time.ts';
import { allocateToCase } from './allocate-to-case.ts';
import type { CaseAllocation, IncomingPayment } from './allocate-to-case.ts';
import type { CaseEntity, CaseFact, ListedPayment } from './case-entity.ts';
import { foldCase } from './fold-case.ts';
import { outstandingInvoices } from './outstanding-invoices.ts';

const zone = 'Europe/Rome';

function give(entity: CaseEntity, amountCents: number, invoiceNumber: string | null = null, more: Partial<IncomingPayment> = {}): CaseAllocation | string {
  return allocateToCase({ amountCents, currency: 'EUR', paidOn: sampleToday, invoiceNumber, ...more }, entity, usualAgreementTerms, zone);
}
function given(entity: CaseEntity, amountCents: number, invoiceNumber: string | null = null): CaseAllocation {
  const made = give(entity, amountCents, invoiceNumber);
  if (typeof made === 'string') throw new Error(made);
  return made;
}
function pay(entity: CaseEntity, amountCents: number, allocations: ListedPayment['allocations']): CaseEntity {
  const payment: ListedPayment = { paymentId: newId<PaymentId>(), at: 1, amountCents, currency: 'EUR', paidOn: sampleToday, method: null, evidence: 'riga', allocations };
  return { ...entity, payments: [...entity.payments, payment] };
}
const byNumber = (entity: CaseEntity, made: CaseAllocation): Record<string, number> => Object.fromEntries(
  made.allocations.map(({ invoiceId, amountCents }) => [entity.invoices.find((invoice) => invoice.invoiceId === invoiceId)?.number, amountCents]));

describe('a payment that names an invoice', () => {
  it('goes to it, whatever is older; the rest is left over', () => {
    const entity = sampleCase([sampleInvoice('old', 60, 10_000), sampleInvoice('new', 10, 5_000)]);
    const made = given(entity, 6_000, 'new');
    expect(byNumber(entity, made)).toEqual({ new: 5_000 });
    expect(made).toMatchObject({ leftCents: 1_000, beyondOpenCents: 0, lowered: [{ beforeCents: 5_000, afterCents: 0 }] });
  });

  it('fills the instalments of one number in the order of their days', () => {
    const entity = sampleCase([sampleInvoice('7', -20, 3_000), sampleInvoice('7', 10, 3_000)]);
    expect(given(entity, 4_000, '7').allocations).toMatchObject([{ invoiceId: entity.invoices[1]?.invoiceId, amountCents: 3_000 }, { amountCents: 1_000 }]);
  });

  it('that the creditor’s file has counted already still counts as paid, and lowers nothing twice', () => {
    const entity = sampleCase([sampleInvoice('1', 30, 10_000, { residualCents: 4_000 })]);
    const made = given(entity, 6_000, '1');
    expect(made).toMatchObject({ leftCents: 0, beyondOpenCents: 2_000, allocations: [{ amountCents: 6_000, statedCents: 4_000 }] });
    const settled = sampleCase([sampleInvoice('1', 30, 10_000, { residualCents: 0, settledOn: sampleToday })]);
    expect(given(settled, 10_000, '1')).toMatchObject({ leftCents: 0, beyondOpenCents: 10_000, lowered: [{ beforeCents: 0, afterCents: 0 }] });
    // Known payments fill the invoice once.
    expect(given(pay(settled, 10_000, given(settled, 10_000, '1').allocations), 10_000, '1')).toMatchObject({ leftCents: 10_000, allocations: [] });
  });

  it('is refused where the customer has no such invoice, none but a credit note, or one in another currency', () => {
    const entity = sampleCase([sampleInvoice('1', 30, 10_000), sampleInvoice('nc', 30, -1_000)]);
    expect(give(entity, 100, '2')).toBe('invoice-unknown');
    expect(give(entity, 100, 'nc')).toBe('invoice-unknown');
    expect(give(entity, 100, '1', { currency: 'CHF' })).toBe('payment-currency');
    expect(give(entity, 100, null, { currency: 'CHF' })).toBe('payment-currency');
  });
});

describe('a payment that names none', () => {
  it('goes to what is due first, never to what is disputed or time-barred', () => {
    const entity = sampleCase([
      sampleInvoice('future', -10, 4_000), sampleInvoice('old', 90, 10_000), sampleInvoice('newer', 20, 5_000),
      sampleInvoice('disputed', 100, 7_000, { disputedInFile: true }), sampleInvoice('barred', 4_000, 2_000),
    ]);
    expect(byNumber(entity, given(entity, 12_000))).toEqual({ old: 10_000, newer: 2_000 });
    const all = given(entity, 100_000);
    expect(byNumber(entity, all)).toEqual({ old: 10_000, newer: 5_000, future: 4_000 });
    expect(all.leftCents).toBe(81_000);
  });

  it('goes first to what was promised, from the day of the promise on', () => {
    const [old, promised] = [sampleInvoice('old', 90, 10_000), sampleInvoice('promised', 20, 5_000)];
    const body: OutcomeBody = {
      code: 'PTP', channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, reasons: [], ...noParts,
      promise: { currency: 'EUR', method: 'card', graceDays: 2, parts: [{ dueOn: sampleToday, amountCents: 5_000 }], invoices: [{ invoiceId: promised.invoiceId, amountCents: 5_000 }] },
    };
    const fact: CaseFact = {
      id: newId<FactId>(), type: 'outcome-recorded', version: 3, callId: null, at: instantOf(addDays(sampleToday, -3), '10:00', zone), zone, actor: newId<UserId>(),
      basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null }, body,
    };
    const entity = sampleCase([old, promised], { facts: [fact] });
    expect(byNumber(entity, given(entity, 6_000))).toEqual({ promised: 5_000, old: 1_000 });
    const earlier = allocateToCase({ amountCents: 6_000, currency: 'EUR', paidOn: addDays(sampleToday, -4), invoiceNumber: null }, entity, usualAgreementTerms, zone);
    expect(earlier).toMatchObject({ allocations: [{ invoiceId: old.invoiceId, amountCents: 6_000 }] });
  });

  it('is kept whole and left over where nothing is open', () => {
    expect(given(sampleCase([]), 500)).toEqual({ allocations: [], leftCents: 500, beyondOpenCents: 0, lowered: [] });
  });
});

it('neither makes nor loses a cent, and no invoice ever gets more than its amount', () => {
  const invoices = fc.array(fc.record({ late: fc.integer({ min: -30, max: 400 }), amount: fc.integer({ min: 1, max: 500 }), openShare: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 5 });
  const payments = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 900 }), named: fc.option(fc.nat(4), { nil: null }) }), { maxLength: 6 });
  fc.assert(fc.property(invoices, payments, (rows, lines) => {
    let entity = sampleCase(rows.map(({ late, amount, openShare }, index) => sampleInvoice(String(index), late, amount, { residualCents: Math.round(amount * openShare) })));
    for (const { amount, named } of lines) {
      const number = named === null || named >= rows.length ? null : String(named);
      const open = (): number => outstandingInvoices(entity.invoices, foldCase(entity.facts, entity.payments).reductions).reduce((sum, { residualCents }) => sum + residualCents, 0);
      const [made, before] = [given(entity, amount, number), open()];
      expect(made.allocations.reduce((sum, one) => sum + one.amountCents, made.leftCents)).toBe(amount);
      entity = pay(entity, amount, made.allocations);
      // What is owed falls by what went to open invoices, to the cent.
      expect(before - open()).toBe(amount - made.leftCents - made.beyondOpenCents);
      expect(made.lowered.reduce((sum, { beforeCents, afterCents }) => sum + beforeCents - afterCents, 0)).toBe(before - open());
    }
    for (const { invoiceId, amountCents } of entity.invoices) {
      expect(entity.payments.flatMap((one) => one.allocations).reduce((sum, one) => (one.invoiceId === invoiceId ? sum + one.amountCents : sum), 0)).toBeLessThanOrEqual(amountCents);
    }
  }));
});
