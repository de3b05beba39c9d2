/**
 * The instalments of a plan.
 *
 * Invariants: the capital of the instalments adds up to the debt, to the cent, and the last one absorbs the difference; interest is simple, on
 * the capital that is still open; no instalment is negative or nothing.
 */
import { divideHalfUp, interestOf } from '../interest/compute-interest.ts';
import { daysBetween } from '../time.ts';
import type { PlainDate } from '../time.ts';
import type { PlanInterest } from './plan-limits.ts';

export interface Instalment {
  dueOn: PlainDate;
  capitalCents: number;
  interestCents: number;
  /** What is paid: capital and interest. */
  amountCents: number;
  /** Capital that is open after it. */
  leftCents: number;
}

/** Equal parts, the last one absorbs the difference. Null: so many parts would leave nothing for the last. */
export function divideEqually(capitalCents: number, count: number): number[] | null {
  const part = divideHalfUp(BigInt(capitalCents), BigInt(count));
  const last = capitalCents - part * (count - 1);
  return part < 1 || last < 1 ? null : [...Array.from({ length: count - 1 }, () => part), last];
}

/** The first half pays half of what the second half does; the last one absorbs the difference. Null: not with such amounts. */
export function divideSteppingUp(capitalCents: number, count: number): number[] | null {
  const low = Math.ceil(count / 2);
  const part = Math.floor(capitalCents / (low + 2 * (count - low)));
  const parts = Array.from({ length: count }, (_none, index) => (index < low ? part : 2 * part));
  const last = capitalCents - parts.slice(0, -1).reduce((sum, one) => sum + one, 0);
  return part < 1 || last < 1 ? null : [...parts.slice(0, -1), last];
}

/** Capital parts on their days, with the interest on what is still open since `from`. */
export function withInterest(parts: readonly number[], dates: readonly PlainDate[], from: PlainDate, interest: PlanInterest): Instalment[] {
  let leftCents = parts.reduce((sum, one) => sum + one, 0);
  let since = from;
  return parts.map((capitalCents, index) => {
    const dueOn = dates[index];
    if (dueOn === undefined) throw new RangeError('withInterest: a part without its day');
    const interestCents = interest.rule === 'simple' ? interestOf(leftCents, { basisPoints: interest.basisPoints, days: Math.max(0, daysBetween(since, dueOn)), daysOfYear: 365 }) : 0;
    leftCents -= capitalCents;
    since = dueOn;
    return { dueOn, capitalCents, interestCents, amountCents: capitalCents + interestCents, leftCents };
  });
}

/**
 * Equal payments by the annuity formula R = P·i / (1 − (1+i)^−n), R to the cent; the last one pays what is open and its interest.
 * Null: the payments would not pay the debt off.
 */
export function annuitySchedule(capitalCents: number, dates: readonly PlainDate[], monthlyBasisPoints: number): Instalment[] | null {
  const [unit, rate] = [10_000n, BigInt(monthlyBasisPoints)];
  const [grown, plain] = [(unit + rate) ** BigInt(dates.length), unit ** BigInt(dates.length)];
  const payment = divideHalfUp(BigInt(capitalCents) * rate * grown, unit * (grown - plain));
  let leftCents = capitalCents;
  const instalments: Instalment[] = [];
  for (const [index, dueOn] of dates.entries()) {
    const interestCents = divideHalfUp(BigInt(leftCents) * rate, unit);
    const paid = index === dates.length - 1 ? leftCents : payment - interestCents;
    if (paid < 1 || paid > leftCents) return null;
    leftCents -= paid;
    instalments.push({ dueOn, capitalCents: paid, interestCents, amountCents: paid + interestCents, leftCents });
  }
  return instalments;
}
