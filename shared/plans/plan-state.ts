/**
 * How a plan stands, from what was agreed and what was paid.
 *
 *   proposed ──accepted by the customer──▶ accepted ──first payment or first due day──▶ active ⇄ late
 *       │                                     │                                          │      │
 *       └──────────── cancelled ◀─────────────┴──────────────────────────────────────────┘      │
 *                                                       all paid: completed      a person says: broken
 *
 * Invariants: payments fill the instalments in the order in which they fall due; an instalment is missed when it is not whole by its day and
 * the days of grace, even if it is paid later; enough missed ones let a person declare the plan broken, and never do it by themselves.
 */
import { addDays } from '../time.ts';
import type { PlainDate } from '../time.ts';
import type { Instalment } from './make-schedule.ts';
import type { PlanLimits } from './plan-limits.ts';

export const planStates = ['proposed', 'accepted', 'active', 'late', 'broken', 'completed', 'cancelled'] as const;
export type PlanState = (typeof planStates)[number];

export interface PlanHistory {
  instalments: readonly Pick<Instalment, 'dueOn' | 'amountCents'>[];
  acceptedOn: PlainDate | null;
  cancelledOn: PlainDate | null;
  /** A person confirmed that the whole is due at once. */
  brokenOn: PlainDate | null;
  payments: readonly { on: PlainDate; amountCents: number }[];
}

export interface PlanStanding {
  state: PlanState;
  paidCents: number;
  leftCents: number;
  /** Fell due (without grace) and is not paid. */
  overdueCents: number;
  /** Places of the instalments that were missed, from 0. */
  missed: number[];
  /** The limits let a person declare it broken. */
  mayBeBroken: boolean;
  /** The first instalment that is not whole, with what is missing of it; null where no instalment is waited for any more: cancelled, broken (all of it is due). */
  next: { dueOn: PlainDate; amountCents: number } | null;
}

/** The plan on a day. */
export function planStanding(plan: PlanHistory, { graceDays, consecutiveMissed, totalMissed }: Pick<PlanLimits, 'graceDays' | 'consecutiveMissed' | 'totalMissed'>, today: PlainDate): PlanStanding {
  const paidBy = (day: PlainDate): number => plan.payments.reduce((sum, { on, amountCents }) => (on <= day ? sum + amountCents : sum), 0);
  const totalCents = plan.instalments.reduce((sum, { amountCents }) => sum + amountCents, 0);
  const paidCents = Math.min(totalCents, paidBy(today));
  const missed: number[] = [];
  let [due, overdueCents, next]: [number, number, PlanStanding['next']] = [0, 0, null];
  for (const [index, { dueOn, amountCents }] of plan.instalments.entries()) {
    due += amountCents;
    const lastDay = addDays(dueOn, graceDays);
    if (lastDay < today && paidBy(lastDay) < due) missed.push(index);
    if (dueOn < today) overdueCents = Math.max(0, due - paidCents);
    if (next === null && paidCents < due) next = { dueOn, amountCents: Math.min(amountCents, due - paidCents) };
  }
  const longest = longestRun(missed);
  const isMuchMissed = longest >= consecutiveMissed || missed.length >= totalMissed;
  const state = stateOf(plan, paidCents >= totalCents, isLateOn(plan, paidCents, addDays(today, -graceDays)), today);
  const mayBeBroken = isMuchMissed && (state === 'active' || state === 'late');
  return { state, paidCents, leftCents: totalCents - paidCents, overdueCents, missed, mayBeBroken, next: state === 'cancelled' || state === 'broken' ? null : next };
}

function stateOf(plan: PlanHistory, isPaid: boolean, isLate: boolean, today: PlainDate): PlanState {
  const has = (on: PlainDate | null): boolean => on !== null && on <= today;
  if (has(plan.cancelledOn)) return 'cancelled';
  if (!has(plan.acceptedOn)) return 'proposed';
  if (isPaid) return 'completed';
  if (has(plan.brokenOn)) return 'broken';
  if (isLate) return 'late';
  const hasBegun = (plan.instalments[0]?.dueOn ?? today) <= today || plan.payments.some(({ on }) => on <= today);
  return hasBegun ? 'active' : 'accepted';
}

/** What fell due before `day` is not whole. */
function isLateOn(plan: PlanHistory, paidCents: number, day: PlainDate): boolean {
  const due = plan.instalments.reduce((sum, { dueOn, amountCents }) => (dueOn < day ? sum + amountCents : sum), 0);
  return paidCents < due;
}

function longestRun(places: readonly number[]): number {
  let [longest, run] = [0, 0];
  for (const [index, place] of places.entries()) {
    run = index > 0 && places[index - 1] === place - 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
