/**
 * Which plans a creditor's limits allow for what somebody can pay.
 *
 * Invariants: each option keeps every limit and no instalment of it is above what can be paid; the first is the one with the fewest
 * instalments; no two are the same schedule; where none fits, the answer says which limit is in the way and what would fit. Nobody is pressed: an
 * option that asks for more than was said is not shown.
 */
import type { AppError, Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { addMonths } from '../time.ts';
import type { PlainDate } from '../time.ts';
import { instalmentDates } from './instalment-dates.ts';
import type { Instalment } from './make-schedule.ts';
import { annuitySchedule, divideEqually, divideSteppingUp, withInterest } from './make-schedule.ts';
import type { PlanLimits } from './plan-limits.ts';

export const planKinds = ['fewest', 'lowest', 'first-now', 'step-up'] as const;
export type PlanKind = (typeof planKinds)[number];

export interface PlanOption {
  kind: PlanKind;
  instalments: Instalment[];
  totalCents: number;
  interestCents: number;
}

export interface PlanWish {
  debtCents: number;
  /** At most, each month. */
  perMonthCents: number;
  dayOfMonth: number;
  /** Paid today, beside the instalments; 0 = nothing was offered. */
  firstPaymentCents: number;
  today: PlainDate;
  /** The first instalment is due no earlier. */
  earliest: PlainDate;
}

/**
 * Two to four options, the fewest instalments first; one where only one is possible.
 * Errors (details name the field that they stand beside): `plan-wish-invalid`, `plan-not-needed`, `plan-does-not-fit` with `limit` and what would.
 */
export function planOptions(wish: PlanWish, limits: PlanLimits, isRestDay: (date: PlainDate) => boolean): Result<PlanOption[]> {
  const refused = refusalOf(wish, limits);
  if (refused !== null) return refused;
  const dates = instalmentDates(wish.earliest, wish.dayOfMonth, limits.maxInstalments, isRestDay);
  const lastDay = addMonths(wish.today, limits.maxDurationMonths);
  const most = Math.min(limits.maxInstalments, dates.filter((date) => date <= lastDay).length);
  const plan = (capitalCents: number, count: number): Instalment[] | null => schedule(capitalCents, dates.slice(0, count), wish.today, limits);
  const isWithin = (instalments: Instalment[]): boolean => instalments.every(({ amountCents }, index) =>
    amountCents <= wish.perMonthCents && (amountCents >= limits.minInstalmentCents || isLeastLast(instalments, index, limits)));
  const fewest = (capitalCents: number): Instalment[] | null => {
    for (let count = Math.max(1, Math.ceil(capitalCents / wish.perMonthCents)); count <= most; count += 1) {
      const instalments = plan(capitalCents, count);
      if (instalments !== null && isWithin(instalments)) return instalments;
    }
    return null;
  };
  const lowest = (): Instalment[] | null => {
    for (let count = Math.min(most, Math.floor(wish.debtCents / limits.minInstalmentCents)); count >= 2; count -= 1) {
      const instalments = plan(wish.debtCents, count);
      if (instalments !== null && isWithin(instalments)) return instalments;
    }
    return null;
  };
  const found: [PlanKind, Instalment[] | null][] = [
    ['fewest', limits.minFirstPaymentCents > 0 ? null : fewest(wish.debtCents)],
    ['lowest', limits.minFirstPaymentCents > 0 ? null : lowest()],
    ['first-now', firstNow(wish, limits, fewest)],
    ['step-up', limits.minFirstPaymentCents > 0 || limits.interest.rule === 'annuity' ? null : stepUp(wish, dates, most, limits, isWithin)],
  ];
  const options = distinct(found);
  return options.length > 0 ? ok(options) : doesNotFit(wish, limits, most, plan);
}

/** The last instalment may fall below the least by the cents that the others were rounded up by. */
function isLeastLast(instalments: Instalment[], index: number, { minInstalmentCents }: PlanLimits): boolean {
  return index === instalments.length - 1 && (instalments[index]?.amountCents ?? 0) >= minInstalmentCents - instalments.length;
}

function schedule(capitalCents: number, dates: readonly PlainDate[], from: PlainDate, { interest }: PlanLimits): Instalment[] | null {
  if (interest.rule === 'annuity') return annuitySchedule(capitalCents, dates, interest.monthlyBasisPoints);
  const parts = divideEqually(capitalCents, dates.length);
  return parts === null ? null : withInterest(parts, dates, from, interest);
}

/** What is offered today, at least what the creditor asks for; the rest in as few instalments as can be. */
function firstNow(wish: PlanWish, limits: PlanLimits, fewest: (capitalCents: number) => Instalment[] | null): Instalment[] | null {
  const { firstPaymentCents, debtCents, today } = wish;
  if (firstPaymentCents === 0 || firstPaymentCents < limits.minFirstPaymentCents) return null;
  const rest = fewest(debtCents - firstPaymentCents);
  if (rest === null) return null;
  return [{ dueOn: today, capitalCents: firstPaymentCents, interestCents: 0, amountCents: firstPaymentCents, leftCents: debtCents - firstPaymentCents }, ...rest];
}

function stepUp(
  wish: PlanWish, dates: readonly PlainDate[], most: number, limits: PlanLimits, isWithin: (instalments: Instalment[]) => boolean,
): Instalment[] | null {
  for (let count = 2; count <= most; count += 1) {
    const parts = divideSteppingUp(wish.debtCents, count);
    if (parts === null) return null;
    const instalments = withInterest(parts, dates.slice(0, count), wish.today, limits.interest);
    if (isWithin(instalments)) return instalments;
  }
  return null;
}

function distinct(found: readonly [PlanKind, Instalment[] | null][]): PlanOption[] {
  const seen = new Set<string>();
  return found.flatMap(([kind, instalments]) => {
    if (instalments === null || instalments.length < 2) return [];
    const text = instalments.map(({ dueOn, amountCents }) => `${dueOn} ${String(amountCents)}`).join();
    if (seen.has(text)) return [];
    seen.add(text);
    return [{
      kind, instalments,
      totalCents: instalments.reduce((sum, { amountCents }) => sum + amountCents, 0),
      interestCents: instalments.reduce((sum, { interestCents }) => sum + interestCents, 0),
    }];
  });
}

type Refusal = { ok: false; error: AppError };

/** What may be wrong with a wish by itself, told as `error.plan.<field>`. */
export const planWishFields = ['debtCents', 'perMonthCents', 'dayOfMonth', 'firstPaymentCents', 'earliest'] as const;

function refusalOf({ debtCents, perMonthCents, dayOfMonth, firstPaymentCents, today, earliest }: PlanWish, limits: PlanLimits): Refusal | null {
  const invalid = (field: (typeof planWishFields)[number]): Refusal => fail('plan-wish-invalid', `error.plan.${field}`, { field });
  if (!isAmount(debtCents)) return invalid('debtCents');
  if (!isAmount(perMonthCents)) return invalid('perMonthCents');
  if (!Number.isInteger(dayOfMonth) || dayOfMonth < 1 || dayOfMonth > 31) return invalid('dayOfMonth');
  if (firstPaymentCents !== 0 && !isAmount(firstPaymentCents)) return invalid('firstPaymentCents');
  if (firstPaymentCents >= debtCents) return fail('plan-not-needed', 'error.plan.notNeeded', { field: 'firstPaymentCents' });
  if (earliest < today) return invalid('earliest');
  if (debtCents < 2 * limits.minInstalmentCents) return fail('plan-does-not-fit', 'error.plan.tooSmall', { field: 'debtCents', limit: 'min-instalment', minInstalmentCents: limits.minInstalmentCents });
  return null;
}

function isAmount(cents: number): boolean {
  return Number.isSafeInteger(cents) && cents > 0;
}

/** Which limit is in the way, and the least amount a month with which it would not be. */
function doesNotFit({ debtCents, perMonthCents, firstPaymentCents }: PlanWish, limits: PlanLimits, most: number, plan: (capitalCents: number, count: number) => Instalment[] | null): Refusal {
  if (firstPaymentCents < limits.minFirstPaymentCents) {
    return fail('plan-does-not-fit', 'error.plan.minFirstPayment', { field: 'firstPaymentCents', limit: 'min-first-payment', neededCents: limits.minFirstPaymentCents });
  }
  if (perMonthCents < limits.minInstalmentCents) {
    return fail('plan-does-not-fit', 'error.plan.minInstalment', { field: 'perMonthCents', limit: 'min-instalment', neededCents: limits.minInstalmentCents });
  }
  const limit = most < limits.maxInstalments ? 'max-duration' : 'max-instalments';
  const fewestCount = firstPaymentCents > 0 ? 1 : 2;
  if (most < fewestCount) return fail('plan-does-not-fit', 'error.plan.tooShort', { field: 'dayOfMonth', limit, months: limits.maxDurationMonths });
  let neededCents: number | null = null;
  let count = most;
  for (; neededCents === null && count >= fewestCount; count -= 1) {
    const instalments = plan(debtCents - firstPaymentCents, count);
    const isLeast = instalments?.every(({ amountCents }, index) => amountCents >= limits.minInstalmentCents || isLeastLast(instalments, index, limits)) === true;
    if (isLeast) neededCents = Math.max(...instalments.map(({ amountCents }) => amountCents));
  }
  if (neededCents === null) {
    return fail('plan-does-not-fit', 'error.plan.restTooSmall', { field: 'firstPaymentCents', limit: 'min-instalment', minInstalmentCents: limits.minInstalmentCents });
  }
  return fail('plan-does-not-fit', 'error.plan.perMonthTooLow', { field: 'perMonthCents', limit, count: count + 1, neededCents });
}
