/**
 * Simple interest on a debt, never on interest (art. 1283 c.c.).
 *
 * Formula per part: capital × rate × days / year, rounded half up to the cent; the parts are added. A part ends where the rate changes and
 * where a payment lowers the capital.
 *
 * Invariant: what is added up is what is shown: the breakdown's lines and the total agree to the cent.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { PlainDate } from '../time.ts';
import type { RateTable } from './rate-table.ts';
import type { InterestConvention, RatePeriod } from './split-period.ts';
import { splitPeriod, usualConvention } from './split-period.ts';

/** What lowered the capital, and when: it counts from the day after. */
export interface CapitalPayment {
  on: PlainDate;
  amountCents: number;
}

export interface InterestLine extends RatePeriod {
  capitalCents: number;
  interestCents: number;
}

export interface Interest {
  totalCents: number;
  lines: InterestLine[];
}

export interface InterestInput {
  capitalCents: number;
  /** The day on which the debt fell due. */
  dueOn: PlainDate;
  until: PlainDate;
  payments?: readonly CapitalPayment[];
}

const PER_UNIT = 10_000n;

/**
 * Interest on a debt from its due date until a day.
 * Errors: `rate-unknown` (with `day`), `payments-exceed-debt`. @throws RangeError on amounts that are no natural number of cents
 */
export function computeInterest(
  { capitalCents, dueOn, until, payments = [] }: InterestInput, table: RateTable, convention: InterestConvention = usualConvention,
): Result<Interest> {
  for (const amount of [capitalCents, ...payments.map(({ amountCents }) => amountCents)]) {
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`computeInterest: ${String(amount)} is no amount of cents`);
  }
  const ordered = [...payments].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const lines: InterestLine[] = [];
  let [left, start, counts] = [capitalCents, dueOn, convention];
  for (const stop of [...ordered.filter(({ on }) => on < until), { on: until, amountCents: 0 }]) {
    if (stop.on > start || counts.firstDay === 'included') {
      const split = splitPeriod(start, stop.on, table, counts);
      if (!split.ok) return split;
      for (const period of split.value) lines.push({ ...period, capitalCents: left, interestCents: interestOf(left, period) });
      if (stop.on >= start) [start, counts] = [stop.on, { ...convention, firstDay: 'excluded' }];
    }
    left -= stop.amountCents;
    if (left < 0) return fail('payments-exceed-debt', 'error.rates.paymentsExceedDebt', { byCents: -left });
  }
  const owing = lines.filter(({ capitalCents: capital }) => capital > 0);
  return ok({ totalCents: owing.reduce((sum, { interestCents }) => sum + interestCents, 0), lines: owing });
}

/** One part's interest, half up to the cent. */
export function interestOf(capitalCents: number, { basisPoints, days, daysOfYear }: Pick<RatePeriod, 'basisPoints' | 'days' | 'daysOfYear'>): number {
  return divideHalfUp(BigInt(capitalCents) * BigInt(basisPoints) * BigInt(days), PER_UNIT * BigInt(daysOfYear));
}

/** Natural numbers only. */
export function divideHalfUp(numerator: bigint, denominator: bigint): number {
  return Number((numerator * 2n + denominator) / (denominator * 2n));
}
