import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../time.ts';
import type { PlainDate } from '../time.ts';
import { allocatePayment } from './allocate-payment.ts';
import type { OpenDebt } from './allocate-payment.ts';

const on = '2026-11-20' as PlainDate;
const debt = (debtId: string, parts: Partial<OpenDebt> = {}): OpenDebt => ({
  debtId, capitalCents: 10_000, interestCents: 0, costsCents: 0, dueOn: '2026-06-30' as PlainDate, arisenOn: '2026-05-31' as PlainDate,
  isGuaranteed: false, basisPoints: 0, isTimeBarred: false, ...parts,
});
const given = (amountCents: number, debts: readonly OpenDebt[], chosen: readonly string[] = []): string[] => {
  const { allocations, leftCents } = allocatePayment(amountCents, debts, { on, chosen });
  return [...allocations.map((one) => `${one.debtId} ${one.part} ${String(one.amountCents)}`), ...(leftCents === 0 ? [] : [`left ${String(leftCents)}`])];
};

describe('where a payment goes', () => {
  it('equal debts share in proportion, to the cent: 160.00 over 4,550, 6,700 and 1,200', () => {
    const debts = [455_000, 670_000, 120_000].map((capitalCents, index) => debt(`d${String(index)}`, { capitalCents }));
    expect(given(16_000, debts)).toEqual(['d0 capital 5847', 'd1 capital 8611', 'd2 capital 1542']);
  });

  it.each([
    ['what is due before what is not yet', [debt('later', { dueOn: '2026-12-31' as PlainDate, arisenOn: '2020-01-01' as PlainDate }), debt('due')], ['due capital 10000', 'later capital 5000']],
    ['the least guaranteed first', [debt('safe', { isGuaranteed: true, basisPoints: 900 }), debt('bare')], ['bare capital 10000', 'safe capital 5000']],
    ['the most onerous first', [debt('cheap', { arisenOn: '2020-01-01' as PlainDate }), debt('dear', { basisPoints: 800 })], ['dear capital 10000', 'cheap capital 5000']],
    ['the oldest first', [debt('new', { arisenOn: '2026-06-01' as PlainDate }), debt('old')], ['old capital 10000', 'new capital 5000']],
  ])('%s', (_name, debts, expected) => {
    expect(given(15_000, debts)).toEqual(expected);
  });

  it('costs and interest of all come before any capital', () => {
    const debts = [debt('a', { costsCents: 500, interestCents: 300 }), debt('b', { costsCents: 700, arisenOn: '2026-06-01' as PlainDate })];
    expect(given(2_000, debts)).toEqual(['a costs 500', 'b costs 700', 'a interest 300', 'a capital 500']);
  });

  it('the debtor’s own choice goes first, yet within it costs and interest before capital', () => {
    const debts = [debt('old'), debt('chosen', { arisenOn: '2026-10-01' as PlainDate, costsCents: 400, interestCents: 100 })];
    expect(given(2_000, debts, ['chosen'])).toEqual(['chosen costs 400', 'chosen interest 100', 'chosen capital 1500']);
    expect(given(11_000, debts, ['chosen', 'nobody', 'chosen'])).toEqual(['chosen costs 400', 'chosen interest 100', 'chosen capital 10000', 'old capital 500']);
  });

  it('a time-barred debt gets nothing by itself, and something only if it was chosen', () => {
    const debts = [debt('barred', { isTimeBarred: true, arisenOn: '2015-01-01' as PlainDate }), debt('live', { capitalCents: 1_000 })];
    expect(given(5_000, debts)).toEqual(['live capital 1000', 'left 4000']);
    expect(given(5_000, debts, ['barred'])).toEqual(['barred capital 5000']);
  });

  it('throws on amounts that are none', () => {
    expect(() => given(-1, [])).toThrow(RangeError);
    expect(() => given(1, [debt('a', { interestCents: 0.5 })])).toThrow(RangeError);
  });

  const someDebt = fc.record({
    capitalCents: fc.integer({ min: 0, max: 1_000_000 }), interestCents: fc.integer({ min: 0, max: 5_000 }), costsCents: fc.integer({ min: 0, max: 5_000 }),
    dueOn: fc.integer({ min: -900, max: 100 }).map((days) => addDays(on, days)), arisenOn: fc.integer({ min: -1_000, max: -1 }).map((days) => addDays(on, days)),
    isGuaranteed: fc.boolean(), basisPoints: fc.constantFrom(0, 200, 815), isTimeBarred: fc.boolean(),
  });

  it('makes and loses no cent, gives nobody more than owed, and keeps the order of imputation', () => {
    fc.assert(fc.property(fc.array(someDebt, { maxLength: 12 }), fc.integer({ min: 0, max: 4_000_000 }), fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 3 }), (parts, amount, picks) => {
      const debts = parts.map((one, index) => ({ ...one, debtId: `d${String(index)}` }));
      const chosen = picks.map((pick) => `d${String(pick)}`);
      const { allocations, leftCents } = allocatePayment(amount, debts, { on, chosen });
      expect(allocations.reduce((sum, one) => sum + one.amountCents, 0) + leftCents).toBe(amount);
      const gotten = (debtId: string, part: string): number => allocations.filter((one) => one.debtId === debtId && one.part === part).reduce((sum, one) => sum + one.amountCents, 0);
      const others = debts.filter(({ debtId, isTimeBarred }) => !chosen.includes(debtId) && !isTimeBarred);
      for (const one of debts) {
        expect(gotten(one.debtId, 'capital')).toBeLessThanOrEqual(one.capitalCents);
        expect(gotten(one.debtId, 'interest')).toBeLessThanOrEqual(one.interestCents);
        expect(gotten(one.debtId, 'costs')).toBeLessThanOrEqual(one.costsCents);
        if (one.isTimeBarred && !chosen.includes(one.debtId)) expect(gotten(one.debtId, 'capital') + gotten(one.debtId, 'interest') + gotten(one.debtId, 'costs')).toBe(0);
      }
      const anyCapital = others.some(({ debtId }) => gotten(debtId, 'capital') > 0);
      if (anyCapital) for (const one of others) expect([gotten(one.debtId, 'costs'), gotten(one.debtId, 'interest')]).toEqual([one.costsCents, one.interestCents]);
      const notYetDue = others.some(({ debtId, dueOn }) => dueOn > on && gotten(debtId, 'capital') > 0);
      if (notYetDue) for (const one of others) if (one.dueOn <= on) expect(gotten(one.debtId, 'capital')).toBe(one.capitalCents);
      if (leftCents > 0) for (const one of others) expect(gotten(one.debtId, 'capital')).toBe(one.capitalCents);
    }), { numRuns: 500 });
  });
});
