/**
 * Everything about a case that has a day: what the agenda shows.
 *
 * Invariants: an appointment stands until the right party was spoken with on its day or later, after it was made;
 * what the last conversation agreed replaces what earlier ones did; a rejected outcome binds nobody; a settled case
 * keeps only what is owed to the customer: an answer, and that one stands until it was given (`fold-decisions.ts`).
 */
import type { AgreedPlan } from './fold-agreements.ts';
import type { EffectiveOutcome } from './fold-case.ts';
import { clockKinds } from './fold-decisions.ts';
import { outcomeRules, PAID_HOLD_WORKING_DAYS } from './outcome-rules.ts';
import { isPaymentClaim, lastConversation, standingPlan, standingPromise } from './place-case.ts';
import type { CaseView } from './view-case.ts';
import type { UserId } from '../id.ts';
import type { PlainDate } from '../time.ts';
import { addDays, addWorkingDays, dateOfInstant } from '../time.ts';

export const appointmentKinds = [
  'callback', 'promise', 'plan', 'rest', 'resend-check', 'payment-check', 'next-contact', 'complaint', 'privacy-request', 'suspension-end',
] as const;
export type AppointmentKind = (typeof appointmentKinds)[number];

export interface Appointment {
  kind: AppointmentKind;
  on: PlainDate;
  /** The day from which it is late, grace gone by; null: the end of a suspension is work, not delay. */
  lateFrom: PlainDate | null;
  /** Only a callback has an hour. */
  at: number | null;
  zone: string | null;
  audience: 'only-me' | 'anyone' | null;
  owner: UserId | null;
  amountCents: number | null;
}

const plain = { at: null, zone: null, audience: null, owner: null, amountCents: null } as const;

/** @param zone the site's: the agenda's days are the site's days */
export function listAppointments(view: Pick<CaseView, 'folded' | 'openCents'>, zone: string): Appointment[] {
  const { folded } = view;
  const binding = folded.outcomes.filter(({ audit }) => audit?.verdict !== 'rejected');
  const found: Appointment[] = [];
  const add = (kind: AppointmentKind, on: PlainDate | null | undefined, madeAt: number, parts: Partial<Appointment> = {}): void => {
    if (!on || isAnswered(folded.outcomes, on, madeAt, zone)) return;
    found.push({ ...plain, kind, on, lateFrom: addDays(on, 1), ...parts });
  };
  // Each request has a clock of its own: the one that runs out first is shown, and what is agreed or paid in the meantime stops none.
  for (const kind of clockKinds) {
    const clock = folded.clocks.find((one) => one.kind === kind);
    if (clock !== undefined) found.push({ ...plain, kind, on: clock.dueOn, lateFrom: addDays(clock.dueOn, 1) });
  }
  if (view.openCents <= 0) return found;

  const { callback, promise, suspensions } = folded;
  if (callback !== null) {
    found.push({
      kind: 'callback', on: dateOfInstant(callback.at, zone), lateFrom: addDays(dateOfInstant(callback.at, zone), 1), at: callback.at, zone: callback.zone, audience: callback.audience, owner: callback.owner, amountCents: null,
    });
  }
  const standing = standingPromise(folded);
  if (standing !== null) add('promise', promise?.dueOn, promise?.at ?? 0, { amountCents: promise?.amountCents ?? null, lateFrom: addDays(standing.dueOn, standing.graceDays + 1) });
  const plan = standingPlan(folded);
  if (plan !== null) add('plan', plan.dueOn, plan.at, { amountCents: nextInstalmentCents(plan), lateFrom: addDays(plan.dueOn, plan.terms.graceDays + 1) });
  const spoken = lastConversation(binding);
  if (spoken !== undefined) {
    const { payment, resend, nextContactOn } = spoken.outcome;
    add('rest', payment?.restDueOn, spoken.at);
    add('resend-check', resend?.checkOn, spoken.at);
    add('next-contact', nextContactOn, spoken.at);
    if (isPaymentClaim(spoken)) {
      add('payment-check', addWorkingDays(dateOfInstant(spoken.at, zone), PAID_HOLD_WORKING_DAYS), spoken.at, { amountCents: payment?.amountCents ?? null });
    }
  }
  for (const { until, invoiceId, at } of suspensions) {
    if (invoiceId === null && until !== null) add('suspension-end', addDays(until, 1), at, { lateFrom: null });
  }
  return found;
}

function nextInstalmentCents({ instalments, dueOn }: AgreedPlan): number | null {
  const next = instalments.find((instalment) => instalment.dueOn === dueOn);
  return next === undefined ? null : next.capitalCents + next.interestCents;
}

function isAnswered(outcomes: readonly EffectiveOutcome[], on: PlainDate, madeAt: number, zone: string): boolean {
  return outcomes.some(({ code, outcome, at }) =>
    at > madeAt && ['success', 'right-party'].includes(outcomeRules[code].class) && outcome.spokeWith !== 'other' && dateOfInstant(at, zone) >= on);
}
