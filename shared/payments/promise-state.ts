/**
 * What became of a promise to pay.
 *
 *   pending ──all paid in time──▶ kept
 *      ├──a day and its grace went by, something was paid──▶ partly-kept
 *      ├──a day and its grace went by, nothing was paid────▶ broken
 *      └──taken back──▶ cancelled
 *
 * Invariants: payments fill the promised days in their order; what comes after a day and its grace keeps that day's promise no more, and
 * is shown all the same.
 */
import { addDays } from '../time.ts';
import type { PlainDate } from '../time.ts';

export const promiseStates = ['pending', 'partly-kept', 'kept', 'broken', 'cancelled'] as const;
export type PromiseState = (typeof promiseStates)[number];

/** As a case shows it: one that was taken back is not shown; `due`: its day has come, its grace has not gone by. */
export const shownPromiseStates = ['pending', 'due', 'partly-kept', 'kept', 'broken'] as const;
export type ShownPromiseState = (typeof shownPromiseStates)[number];

export interface PromiseHistory {
  /** In the order of their days. */
  parts: readonly { dueOn: PlainDate; amountCents: number }[];
  cancelledOn: PlainDate | null;
  /** Those that count for it: on its invoices, since it was given. */
  payments: readonly { on: PlainDate; amountCents: number }[];
}

export interface PromiseStanding {
  state: PromiseState;
  paidCents: number;
  leftCents: number;
  /** The first part that is not whole. */
  next: { dueOn: PlainDate; amountCents: number } | null;
}

/** The promise on a day. */
export function promiseStanding({ parts, cancelledOn, payments }: PromiseHistory, graceDays: number, today: PlainDate): PromiseStanding {
  const paidBy = (day: PlainDate): number => payments.reduce((sum, { on, amountCents }) => (on <= day ? sum + amountCents : sum), 0);
  const totalCents = parts.reduce((sum, { amountCents }) => sum + amountCents, 0);
  const paidCents = Math.min(totalCents, paidBy(today));
  let [due, isMissed, next]: [number, boolean, PromiseStanding['next']] = [0, false, null];
  for (const { dueOn, amountCents } of parts) {
    due += amountCents;
    const lastDay = addDays(dueOn, graceDays);
    if (lastDay < today && paidBy(lastDay) < due) isMissed = true;
    if (next === null && paidCents < due) next = { dueOn, amountCents: Math.min(amountCents, due - paidCents) };
  }
  const state: PromiseState = cancelledOn !== null && cancelledOn <= today ? 'cancelled'
    : isMissed ? (paidCents > 0 ? 'partly-kept' : 'broken')
      : paidCents >= totalCents ? 'kept' : 'pending';
  return { state, paidCents, leftCents: totalCents - paidCents, next };
}
