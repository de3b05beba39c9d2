import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactId } from '../id.ts';
import { newId } from '../id.ts';
import { sampleInvoice } from '../testing/sample-case.ts';
import type { Reduction } from './outstanding-invoices.ts';
import { outstandingInvoices } from './outstanding-invoices.ts';

const invoice = sampleInvoice('F1', 10, 10_000);
let at = 0;
const paid = (amountCents: number, statedCents: number): Reduction => ({ at: (at += 1), id: newId<FactId>(), invoiceId: invoice.invoiceId, amountCents, statedCents });
const left = (statedCents: number, ...reductions: Reduction[]): number | undefined => outstandingInvoices([{ ...invoice, residualCents: statedCents }], reductions)[0]?.residualCents;

describe('what is outstanding', () => {
  it('is the file’s word where nothing else is known', () => {
    expect(left(10_000)).toBe(10_000);
    expect(left(-500, paid(100, 0))).toBe(-500);
  });

  it('takes off what the file does not know yet, and not twice what it knows', () => {
    const [first, second] = [paid(3_000, 10_000), paid(2_000, 10_000)];
    expect([10_000, 7_000, 5_000, 4_000, 0].map((stated) => left(stated, first, second))).toEqual([5_000, 5_000, 5_000, 4_000, 0]);
  });

  it('counts a payment that was recorded after the file knew the one before', () => {
    expect(left(7_000, paid(3_000, 10_000), paid(2_000, 7_000))).toBe(5_000);
  });

  it('is never below nothing, and comes back with a payment that is reversed', () => {
    expect(left(10_000, paid(12_000, 10_000))).toBe(0);
    expect(left(10_000, paid(2_000, 10_000))).toBe(8_000);
  });

  it('does not depend on the order in which they arrive, nor goes up by a payment', () => {
    const some = fc.array(fc.record({ amountCents: fc.integer({ min: 1, max: 12_000 }), statedCents: fc.integer({ min: 0, max: 10_000 }) }), { maxLength: 6 });
    fc.assert(fc.property(some, fc.integer({ min: 0, max: 10_000 }), (amounts, stated) => {
      const reductions = amounts.map(({ amountCents, statedCents }) => paid(amountCents, statedCents));
      const shown = left(stated, ...reductions) ?? -1;
      expect(left(stated, ...reductions.toReversed())).toBe(shown);
      expect(shown).toBeLessThanOrEqual(stated);
      expect(shown).toBeGreaterThanOrEqual(0);
      expect(left(stated, ...reductions, paid(1, stated)) ?? 0).toBeLessThanOrEqual(shown);
    }));
  });
});
