import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../time.ts';
import type { PlainDate } from '../time.ts';
import { claimOf, noInterestMandate } from './claim-interest.ts';
import { computeInterest } from './compute-interest.ts';
import type { InterestInput } from './compute-interest.ts';
import type { RateTable } from './rate-table.ts';
import { readRateTable } from './rate-table.ts';
import { splitPeriod, usualConvention } from './split-period.ts';
import type { InterestConvention } from './split-period.ts';

const day = (text: string): PlainDate => text as PlainDate;
const row = (from: string, to: string, basisPoints: number): unknown => ({ from, to, basisPoints, status: 'read', source: 'esempio pubblicato' });
function table(...rows: unknown[]): RateTable {
  const read = readRateTable({ id: 'example', title: { it: 'Esempio', en: 'Example' }, datedOn: '2026-11-22', rows });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
function asset(name: string): RateTable {
  const read = readRateTable(JSON.parse(readFileSync(new URL(`../../assets/rates/${name}.json`, import.meta.url), 'utf8')));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
const [latePayment, legal] = [asset('it-late-payment'), asset('it-legal')];
const lines = (input: InterestInput, rates: RateTable, convention?: InterestConvention): { days: number[]; cents: number[]; total: number } => {
  const result = computeInterest(input, rates, convention);
  if (!result.ok) throw new Error(result.error.code);
  return { days: result.value.lines.map(({ days }) => days), cents: result.value.lines.map(({ interestCents }) => interestCents), total: result.value.totalCents };
};

describe('interest, the worked examples', () => {
  it('E1: 1,000 € over two years at 8, 8, 8, 8.25 and 8 % make 161.26', () => {
    const rates = table(row('2010-01-01', '2010-06-30', 800), row('2010-07-01', '2010-12-31', 800), row('2011-01-01', '2011-06-30', 800),
      row('2011-07-01', '2011-12-31', 825), row('2012-01-01', '2012-06-30', 800));
    expect(lines({ capitalCents: 100_000, dueOn: day('2010-01-01'), until: day('2012-01-01') }, rates))
      .toEqual({ days: [180, 184, 181, 184, 1], cents: [3945, 4033, 3967, 4159, 22], total: 16_126 });
  });

  it('E2: 1,000 € at 2.5 % for 83 days, both ends counted, make 5.68', () => {
    const from = day('2013-01-01');
    expect(lines({ capitalCents: 100_000, dueOn: from, until: addDays(from, 82) }, legal, { year: '365', firstDay: 'included' }))
      .toEqual({ days: [83], cents: [568], total: 568 });
  });

  it('E3: actual/actual over a leap year makes 163.00', () => {
    const rates = table(row('1998-01-01', '1998-12-31', 500), row('1999-01-01', '2000-12-31', 250), row('2001-01-01', '2001-12-31', 350), row('2002-01-01', '2003-12-31', 300));
    expect(lines({ capitalCents: 100_000, dueOn: day('1998-06-11'), until: day('2003-09-01') }, rates, { year: 'actual', firstDay: 'included' }))
      .toEqual({ days: [204, 365, 366, 365, 609], cents: [2795, 2500, 2500, 3500, 5005], total: 16_300 });
  });

  it('E4: 10,000 € due 31 May 2025 and paid 30 September make 347.48', () => {
    expect(lines({ capitalCents: 1_000_000, dueOn: day('2025-05-31'), until: day('2025-09-30') }, latePayment))
      .toEqual({ days: [30, 92], cents: [9164, 25_584], total: 34_748 });
  });
});

describe('a period', () => {
  it('past the last known semester is refused, with the first day that has no rate', () => {
    expect(computeInterest({ capitalCents: 100_000, dueOn: day('2026-05-31'), until: day('2026-07-02') }, latePayment))
      .toMatchObject({ ok: false, error: { code: 'rate-unknown', details: { day: '2026-07-01', table: 'it-late-payment' } } });
  });

  it('before the first known row is refused as well', () => {
    expect(computeInterest({ capitalCents: 1, dueOn: day('2007-01-01'), until: day('2009-01-01') }, legal)).toMatchObject({ ok: false, error: { code: 'rate-unknown', details: { day: '2007-01-02' } } });
  });

  it('of no day costs nothing, whatever the table knows', () => {
    const input = { capitalCents: 100_000, dueOn: day('2030-01-01'), until: day('2030-01-01') };
    expect(computeInterest(input, latePayment)).toEqual({ ok: true, value: { totalCents: 0, lines: [] } });
    expect(computeInterest({ ...input, until: day('2029-01-01') }, latePayment)).toEqual({ ok: true, value: { totalCents: 0, lines: [] } });
  });

  it('is closed by a part payment; a payment before the due date lowers the capital from its beginning', () => {
    const input = { capitalCents: 1_000_000, dueOn: day('2025-05-31'), until: day('2025-09-30') };
    const half = lines({ ...input, payments: [{ on: day('2025-06-30'), amountCents: 500_000 }] }, latePayment);
    expect(half).toEqual({ days: [30, 92], cents: [9164, 12_792], total: 21_956 });
    expect(lines({ ...input, payments: [{ on: day('2025-05-01'), amountCents: 500_000 }] }, latePayment).cents).toEqual([4582, 12_792]);
    expect(lines({ ...input, payments: [{ on: day('2025-06-30'), amountCents: 1_000_000 }] }, latePayment).days).toEqual([30]);
    expect(computeInterest({ ...input, payments: [{ on: day('2025-06-30'), amountCents: 1_000_001 }] }, latePayment)).toMatchObject({ ok: false, error: { code: 'payments-exceed-debt', details: { byCents: 1 } } });
  });

  it('throws on amounts that are none', () => {
    for (const capitalCents of [-1, 0.5, Number.NaN]) expect(() => computeInterest({ capitalCents, dueOn: day('2025-01-01'), until: day('2025-02-01') }, legal)).toThrow(RangeError);
  });

  const dates = fc.integer({ min: 0, max: 4_500 }).map((days) => addDays(day('2013-01-01'), days));
  const conventions = fc.constantFrom<InterestConvention>(usualConvention, { year: 'actual', firstDay: 'excluded' });

  it('is additive over splits: the days exactly, the amount within a cent for the one rounding more', () => {
    fc.assert(fc.property(fc.tuple(dates, dates, dates), fc.integer({ min: 1, max: 10_000_000 }), conventions, (unordered, capitalCents, convention) => {
      const [first, middle, last] = [...unordered].sort() as [PlainDate, PlainDate, PlainDate];
      const whole = lines({ capitalCents, dueOn: first, until: last }, latePayment, convention);
      const parts = [lines({ capitalCents, dueOn: first, until: middle }, latePayment, convention), lines({ capitalCents, dueOn: middle, until: last }, latePayment, convention)];
      const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
      expect(sum(whole.days)).toBe(daysBetween(first, last));
      expect(sum(parts.flatMap(({ days }) => days))).toBe(sum(whole.days));
      expect(Math.abs(sum(parts.map(({ total }) => total)) - whole.total)).toBeLessThanOrEqual(1);
    }));
  });

  it('is covered day by day, each day by the row that holds it', () => {
    fc.assert(fc.property(dates, dates, conventions, (a, b, convention) => {
      const [start, end] = a <= b ? [a, b] : [b, a];
      const split = splitPeriod(start, end, latePayment, convention);
      if (!split.ok) throw new Error(split.error.code);
      let expected = addDays(start, 1);
      for (const { from, to, basisPoints } of split.value) {
        expect(from).toBe(expected);
        for (const one of [from, to]) expect(latePayment.rows.find((candidate) => candidate.from <= one && one <= candidate.to)?.basisPoints).toBe(basisPoints);
        expected = addDays(to, 1);
      }
      expect(expected).toBe(addDays(end, 1));
    }));
  });
});

describe('a rate table', () => {
  const first = row('2020-01-01', '2020-12-31', 100);
  it.each([
    ['with a hole', [first, row('2021-01-02', '2021-12-31', 100)], { row: 2, field: 'from', expected: '2021-01-01' }],
    ['with an overlap', [first, row('2020-12-31', '2021-12-31', 100)], { row: 2, field: 'from', expected: '2021-01-01' }],
    ['with a row that ends before it begins', [row('2020-01-01', '2019-12-31', 100)], { row: 1, field: 'to' }],
    ['with a negative rate', [first, row('2021-01-01', '2021-12-31', -1)], { row: 2 }],
    ['with a day that is none', [row('2021-02-29', '2021-12-31', 1)], { row: 1 }],
    ['without a source', [{ from: '2020-01-01', to: '2020-12-31', basisPoints: 1, status: 'read' }], { row: 1 }],
  ])('%s is refused by its row', (_name, rows, details) => {
    const read = readRateTable({ id: 'example', title: { it: 'E', en: 'E' }, datedOn: '2026-11-22', rows });
    expect(read.ok ? null : read.error).toMatchObject({ code: 'rate-table-invalid', details });
  });

  it('of ours has the rates that the rules name', () => {
    expect(latePayment.rows.map(({ basisPoints }) => basisPoints)).toEqual([875, 850, 825, 815, 805, 805, 805, 800, 800, 1050, 1200, 1250, 1225, 1115, 1015, 1015]);
    expect(latePayment.rows.filter(({ status }) => status === 'unverified').map(({ from }) => from)).toEqual(['2013-07-01', '2015-01-01']);
    expect(legal.rows.map(({ from, basisPoints }) => [from.slice(0, 4), basisPoints])).toEqual([
      ['2008', 300], ['2010', 100], ['2011', 150], ['2012', 250], ['2014', 100], ['2015', 50], ['2016', 20], ['2017', 10], ['2018', 30], ['2019', 80],
      ['2020', 5], ['2021', 1], ['2022', 125], ['2023', 500], ['2024', 250], ['2025', 200], ['2026', 160],
    ]);
  });
});

describe('what is claimed', () => {
  const mandate = { consumer: 'legal', business: 'late-payment', lumpSumCents: 4_000 } as const;
  it('is nothing where the mandate says nothing, and nothing in courtesy tone', () => {
    for (const debtor of ['person', 'sole-trader', 'company', 'public-body', 'condominium'] as const) {
      expect(claimOf(noInterestMandate, debtor, false)).toEqual({ kind: 'none', lumpSumCents: 0 });
      expect(claimOf(mandate, debtor, true)).toEqual({ kind: 'none', lumpSumCents: 0 });
    }
  });

  it('is late-payment interest of businesses only; a condominium is a consumer', () => {
    for (const debtor of ['person', 'condominium'] as const) expect(claimOf(mandate, debtor, false)).toEqual({ kind: 'legal', lumpSumCents: 0 });
    for (const debtor of ['sole-trader', 'company', 'public-body'] as const) expect(claimOf(mandate, debtor, false)).toEqual({ kind: 'late-payment', lumpSumCents: 4_000 });
  });
});
