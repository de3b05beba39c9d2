/**
 * A period cut at every change of rate.
 *
 * Invariants: the parts follow each other and add up to the period's days; each day has the rate of the row that covers it; a day without a
 * rate refuses the whole period: a rate is never guessed.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { addDays, daysBetween } from '../time.ts';
import type { PlainDate } from '../time.ts';
import type { RateTable } from './rate-table.ts';

/** How days are counted and what a year is. */
export interface InterestConvention {
  /** `365`: always; `actual`: 366 for the days of a leap year. */
  year: '365' | 'actual';
  /** The civil count leaves out the day on which a debt falls due (art. 2963 c.c.). */
  firstDay: 'excluded' | 'included';
}

export const usualConvention: InterestConvention = { year: '365', firstDay: 'excluded' };

export interface RatePeriod {
  /** First and last day that count. */
  from: PlainDate;
  to: PlainDate;
  days: number;
  basisPoints: number;
  daysOfYear: 365 | 366;
}

/** The counted days from `start` to `end`, cut; none where no day counts. Error `rate-unknown` with the first day that has no rate. */
export function splitPeriod(start: PlainDate, end: PlainDate, table: RateTable, convention: InterestConvention): Result<RatePeriod[]> {
  const periods: RatePeriod[] = [];
  let day = convention.firstDay === 'included' ? start : addDays(start, 1);
  while (day <= end) {
    const from = day;
    const row = table.rows.find((one) => one.from <= from && from <= one.to);
    if (row === undefined) return fail('rate-unknown', 'error.rates.unknown', { table: table.id, day });
    const daysOfYear = convention.year === 'actual' && isLeapYear(yearOf(from)) ? 366 : 365;
    const ends = [end, row.to, convention.year === 'actual' ? endOfYearsLike(from, daysOfYear) : end];
    const to = ends.reduce((first, one) => (one < first ? one : first));
    periods.push({ from, to, days: daysBetween(from, to) + 1, basisPoints: row.basisPoints, daysOfYear });
    day = addDays(to, 1);
  }
  return ok(periods);
}

function yearOf(date: PlainDate): number {
  return Number(date.slice(0, 4));
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Years of the same length in a row make one part: the last day of the last of them. */
function endOfYearsLike(date: PlainDate, daysOfYear: 365 | 366): PlainDate {
  let year = yearOf(date);
  while ((isLeapYear(year + 1) ? 366 : 365) === daysOfYear) year += 1;
  return `${String(year).padStart(4, '0')}-12-31` as PlainDate;
}
