import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayOfWeek } from '../time.ts';
import type { PlainDate } from '../time.ts';
import { firstInstalmentDate, instalmentDates, nextWorkingDay } from './instalment-dates.ts';
import { annuitySchedule, divideEqually, divideSteppingUp, withInterest } from './make-schedule.ts';
import type { PlanLimits } from './plan-limits.ts';
import { usualPlanLimits } from './plan-limits.ts';
import type { PlanOption, PlanWish } from './plan-options.ts';
import { planOptions } from './plan-options.ts';
import { readAffordability } from './read-affordability.ts';

const day = (text: string): PlainDate => text as PlainDate;
const isWeekend = (date: PlainDate): boolean => dayOfWeek(date) >= 6;
const never = (): boolean => false;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const months = (count: number): PlainDate[] => Array.from({ length: count }, (_none, index) => addMonths(day('2027-01-15'), index));

describe('instalments, the worked examples', () => {
  it('1,000.00 in 7 parts: six of 142.86 and one of 142.84', () => {
    expect(divideEqually(100_000, 7)).toEqual([14_286, 14_286, 14_286, 14_286, 14_286, 14_286, 14_284]);
  });

  it('annuity: 1,000 at 1 % a month in 12: 88.85 each, first row 10.00 / 78.85 / 921.15, the last 88.84, 66.19 of interest', () => {
    const rows = annuitySchedule(100_000, months(12), 100) ?? [];
    expect(rows.map(({ amountCents }) => amountCents)).toEqual([...Array.from({ length: 11 }, () => 8_885), 8_884]);
    expect(rows[0]).toMatchObject({ interestCents: 1_000, capitalCents: 7_885, leftCents: 92_115 });
    expect(sum(rows.map(({ interestCents }) => interestCents))).toBe(6_619);
  });

  it('simple interest on the declining balance: 1,200.00 in 3, at 2 % a year from 15 December', () => {
    const rows = withInterest([40_000, 40_000, 40_000], months(3), day('2026-12-15'), { rule: 'simple', basisPoints: 200 });
    // 1,200 × 2 % × 31/365 = 2.038…; 800 × 2 % × 31/365 = 1.358…; 400 × 2 % × 28/365 = 0.613…
    expect(rows.map(({ interestCents }) => interestCents)).toEqual([204, 136, 61]);
    expect(rows.map(({ amountCents, leftCents }) => [amountCents, leftCents])).toEqual([[40_204, 80_000], [40_136, 40_000], [40_061, 0]]);
  });

  it('stepping up: the first half pays half of what the second does', () => {
    expect(divideSteppingUp(90_000, 4)).toEqual([15_000, 15_000, 30_000, 30_000]);
    expect(divideSteppingUp(100_000, 3)).toEqual([25_000, 25_000, 50_000]);
  });

  it('nothing is left for a part: no schedule', () => {
    expect([divideEqually(5, 9), divideEqually(3, 4), divideSteppingUp(2, 3)]).toEqual([null, null, null]);
  });
});

describe('the days of instalments', () => {
  it('the 31st is the last of shorter months, and comes back', () => {
    expect(instalmentDates(day('2027-01-10'), 31, 4, never)).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']);
    expect(instalmentDates(day('2028-02-01'), 30, 2, never)).toEqual(['2028-02-29', '2028-03-30']);
  });

  it('weekends and holidays give way, and do not push those that follow', () => {
    const isRest = (date: PlainDate): boolean => isWeekend(date) || date === '2027-04-05';
    expect(instalmentDates(day('2027-02-01'), 3, 4, isRest)).toEqual(['2027-02-03', '2027-03-03', '2027-04-06', '2027-05-03']);
  });

  it('begin this month when the day is still to come, else in the next', () => {
    expect(firstInstalmentDate(day('2026-11-20'), 20)).toBe('2026-11-20');
    expect(firstInstalmentDate(day('2026-11-21'), 20)).toBe('2026-12-20');
    expect(firstInstalmentDate(day('2026-12-31'), 5)).toBe('2027-01-05');
  });

  it('throw where no day is a working day', () => {
    expect(() => nextWorkingDay(day('2026-11-20'), () => true)).toThrow(RangeError);
  });
});

describe('what somebody can pay', () => {
  it('weeks count 52/12, a reserve of at most a tenth is kept back, a deficit is nothing', () => {
    expect(readAffordability([{ amountCents: 30_000, every: 'week' }], [{ amountCents: 100_000, every: 'month' }], 10))
      .toEqual({ incomeCents: 130_000, expensesCents: 100_000, reserveCents: 3_000, perMonthCents: 27_000 });
    expect(readAffordability([{ amountCents: 100_000, every: 'month' }], [{ amountCents: 90_000, every: 'month' }], 50).reserveCents).toBe(1_000);
    expect(readAffordability([], [{ amountCents: 1, every: 'month' }], 10).perMonthCents).toBe(0);
  });
});

const wish: PlanWish = {
  debtCents: 120_000, perMonthCents: 25_000, dayOfMonth: 10, firstPaymentCents: 0, today: day('2026-11-20'), earliest: day('2026-11-27'),
};
const options = (parts: Partial<PlanWish> = {}, limits: Partial<PlanLimits> = {}): PlanOption[] => {
  const result = planOptions({ ...wish, ...parts }, { ...usualPlanLimits, ...limits }, isWeekend);
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.details)}`);
  return result.value;
};
const refusal = (parts: Partial<PlanWish>, limits: Partial<PlanLimits> = {}): unknown => {
  const result = planOptions({ ...wish, ...parts }, { ...usualPlanLimits, ...limits }, isWeekend);
  return result.ok ? 'allowed' : [result.error.code, result.error.details['field'], result.error.details['limit'], result.error.details['neededCents']];
};

describe('options', () => {
  it('for 1,200 € and 250 € a month: five instalments, twelve, and stepping up', () => {
    expect(options().map(({ kind, instalments }) => [kind, instalments.map(({ amountCents }) => amountCents)])).toEqual([
      ['fewest', [24_000, 24_000, 24_000, 24_000, 24_000]],
      ['lowest', Array.from({ length: 12 }, () => 10_000)],
      ['step-up', [12_000, 12_000, 12_000, 12_000, 24_000, 24_000, 24_000]],
    ]);
  });

  it('with a first payment at once, four of them; the first payment is due today and bears no interest', () => {
    const found = options({ firstPaymentCents: 30_000 });
    expect(found.map(({ kind }) => kind)).toEqual(['fewest', 'lowest', 'first-now', 'step-up']);
    expect(found[2]?.instalments.map(({ dueOn, amountCents }) => [dueOn, amountCents])[0]).toEqual(['2026-11-20', 30_000]);
  });

  it('only with a first payment where the creditor asks for one', () => {
    expect(options({ firstPaymentCents: 30_000 }, { minFirstPaymentCents: 30_000 }).map(({ kind }) => kind)).toEqual(['first-now']);
    expect(refusal({ firstPaymentCents: 29_999 }, { minFirstPaymentCents: 30_000 })).toEqual(['plan-does-not-fit', 'firstPaymentCents', 'min-first-payment', 30_000]);
  });

  it.each([
    ['too little a month: what would fit', { perMonthCents: 5_000 }, { maxDurationMonths: 24 }, ['plan-does-not-fit', 'perMonthCents', 'max-instalments', 10_000]],
    ['less than the least instalment', { perMonthCents: 2_000 }, {}, ['plan-does-not-fit', 'perMonthCents', 'min-instalment', 2_500]],
    ['a debt too small for a plan', { debtCents: 4_999 }, {}, ['plan-does-not-fit', 'debtCents', 'min-instalment', undefined]],
    ['too short a time', { perMonthCents: 30_000 }, { maxDurationMonths: 3 }, ['plan-does-not-fit', 'perMonthCents', 'max-duration', 40_000]],
    ['a first payment that leaves less than an instalment', { debtCents: 10_000, firstPaymentCents: 9_000, perMonthCents: 3_000 }, { maxInstalments: 2 }, ['plan-does-not-fit', 'firstPaymentCents', 'min-instalment', undefined]],
    ['fewer instalments than allowed, where more of them would be too small', { debtCents: 10_500, perMonthCents: 2_600, firstPaymentCents: 1 }, { maxInstalments: 5 }, ['plan-does-not-fit', 'perMonthCents', 'max-instalments', 2_625]],
    ['a negative debt', { debtCents: -1 }, {}, ['plan-wish-invalid', 'debtCents', undefined, undefined]],
    ['no debt', { debtCents: 0 }, {}, ['plan-wish-invalid', 'debtCents', undefined, undefined]],
    ['nothing a month', { perMonthCents: 0 }, {}, ['plan-wish-invalid', 'perMonthCents', undefined, undefined]],
    ['a fraction of a cent', { perMonthCents: 0.5 }, {}, ['plan-wish-invalid', 'perMonthCents', undefined, undefined]],
    ['the 32nd', { dayOfMonth: 32 }, {}, ['plan-wish-invalid', 'dayOfMonth', undefined, undefined]],
    ['a negative first payment', { firstPaymentCents: -1 }, {}, ['plan-wish-invalid', 'firstPaymentCents', undefined, undefined]],
    ['all of it at once', { firstPaymentCents: 120_000 }, {}, ['plan-not-needed', 'firstPaymentCents', undefined, undefined]],
    ['more than the debt', { firstPaymentCents: 120_001 }, {}, ['plan-not-needed', 'firstPaymentCents', undefined, undefined]],
    ['a day that is over', { earliest: day('2026-11-19') }, {}, ['plan-wish-invalid', 'earliest', undefined, undefined]],
  ] as const)('%s', (_name, parts, limits, expected) => {
    expect(refusal(parts, limits)).toEqual(expected);
  });

  const someWish = fc.record({
    debtCents: fc.integer({ min: 1, max: 5_000_000 }), perMonthCents: fc.integer({ min: 1, max: 500_000 }), dayOfMonth: fc.integer({ min: 1, max: 31 }),
    firstPaymentCents: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200_000 })), ahead: fc.integer({ min: 0, max: 40 }), today: fc.integer({ min: 0, max: 2_000 }),
  });
  const someLimits = fc.record({
    maxInstalments: fc.integer({ min: 2, max: 60 }), minInstalmentCents: fc.integer({ min: 1, max: 20_000 }), maxDurationMonths: fc.integer({ min: 1, max: 60 }),
    minFirstPaymentCents: fc.constantFrom(0, 0, 10_000),
    interest: fc.constantFrom<PlanLimits['interest']>({ rule: 'none' }, { rule: 'simple', basisPoints: 250 }, { rule: 'annuity', monthlyBasisPoints: 50 }),
  });

  it('keep every limit and add up to the debt; a refusal’s advice, taken, fits', () => {
    fc.assert(fc.property(someWish, someLimits, ({ ahead, today: days, ...parts }, some) => {
      const today = addDays(day('2026-01-01'), days);
      const asked: PlanWish = { ...parts, today, earliest: addDays(today, ahead) };
      const limits: PlanLimits = { ...usualPlanLimits, ...some };
      const result = planOptions(asked, limits, isWeekend);
      if (!result.ok) {
        const { limit, neededCents } = result.error.details;
        if (result.error.code === 'plan-does-not-fit' && (limit === 'max-instalments' || limit === 'max-duration') && typeof neededCents === 'number') {
          expect(planOptions({ ...asked, perMonthCents: neededCents }, limits, isWeekend).ok).toBe(true);
        }
        return;
      }
      expect(result.value.length).toBeGreaterThanOrEqual(1);
      expect(result.value.length).toBeLessThanOrEqual(4);
      expect(new Set(result.value.map(({ instalments }) => JSON.stringify(instalments))).size).toBe(result.value.length);
      for (const { kind, instalments, totalCents, interestCents } of result.value) {
        expect(sum(instalments.map(({ capitalCents }) => capitalCents))).toBe(asked.debtCents);
        expect(totalCents).toBe(asked.debtCents + interestCents);
        expect(instalments.at(-1)?.leftCents).toBe(0);
        const later = kind === 'first-now' ? instalments.slice(1) : instalments;
        expect(later.length).toBeLessThanOrEqual(limits.maxInstalments);
        for (const [index, { amountCents, capitalCents, dueOn }] of later.entries()) {
          expect(capitalCents).toBeGreaterThan(0);
          expect(amountCents).toBeLessThanOrEqual(asked.perMonthCents);
          expect(amountCents).toBeGreaterThanOrEqual(limits.minInstalmentCents - (index === later.length - 1 ? later.length : 0));
          expect(isWeekend(dueOn)).toBe(false);
          expect(dueOn >= asked.earliest && dueOn <= addMonths(today, limits.maxDurationMonths)).toBe(true);
        }
      }
    }), { numRuns: 1_000 });
  });
});
