/**
 * Everything about a case that has a day: what the agenda shows.
 *
 * Invariants: an appointment stands until the right party was spoken with on its day or later, after it was made;
 * what the last conversation agreed replaces what earlier ones did; a rejected outcome binds nobody; a settled case
 * keeps only what is owed to the customer (an answer).
 */
import type { EffectiveOutcome } from './fold-case.ts';
import { outcomeRules, PAID_HOLD_WORKING_DAYS } from './outcome-rules.ts';
import { isPaymentClaim, lastConversation } from './place-case.ts';
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
  /** Only a callback has an hour. */
  at: number | null;
  zone: string | null;
  audience: 'only-me' | 'anyone' | null;
  owner: UserId | null;
  amountCents: number | null;
}

/** @param zone the site's: the agenda's days are the site's days */
export function listAppointments(view: Pick<CaseView, 'folded' | 'openCents'>, zone: string): Appointment[] {
  const { folded } = view;
  const binding = folded.outcomes.filter(({ audit }) => audit?.verdict !== 'rejected');
  const found: Appointment[] = [];
  const add = (kind: AppointmentKind, on: PlainDate | null | undefined, madeAt: number, parts: Partial<Appointment> = {}): void => {
    if (!on || isAnswered(folded.outcomes, on, madeAt, zone)) return;
    found.push({ kind, on, at: null, zone: null, audience: null, owner: null, amountCents: null, ...parts });
  };
  for (const kind of ['complaint', 'privacyRequest'] as const) {
    const asked = binding.findLast(({ outcome }) => outcome[kind] !== null);
    if (asked !== undefined) add(kind === 'complaint' ? 'complaint' : 'privacy-request', asked.outcome[kind]?.dueOn, asked.at);
  }
  if (view.openCents <= 0) return found;

  const { callback, promise, suspensions } = folded;
  if (callback !== null) {
    found.push({
      kind: 'callback', on: dateOfInstant(callback.at, zone), at: callback.at, zone: callback.zone, audience: callback.audience, owner: callback.owner, amountCents: null,
    });
  }
  if (promise !== null) add('promise', promise.dueOn, promise.at, { amountCents: promise.amountCents });
  const spoken = lastConversation(binding);
  if (spoken !== undefined) {
    const { plan, payment, resend, nextContactOn } = spoken.outcome;
    add('plan', plan?.firstDueOn, spoken.at, { amountCents: plan?.totalCents ?? null });
    add('rest', payment?.restDueOn, spoken.at);
    add('resend-check', resend?.checkOn, spoken.at);
    add('next-contact', nextContactOn, spoken.at);
    if (isPaymentClaim(spoken)) {
      add('payment-check', addWorkingDays(dateOfInstant(spoken.at, zone), PAID_HOLD_WORKING_DAYS), spoken.at, { amountCents: payment?.amountCents ?? null });
    }
  }
  for (const { until, invoiceId, at } of suspensions) {
    if (invoiceId === null && until !== null) add('suspension-end', addDays(until, 1), at);
  }
  return found;
}

function isAnswered(outcomes: readonly EffectiveOutcome[], on: PlainDate, madeAt: number, zone: string): boolean {
  return outcomes.some(({ code, outcome, at }) =>
    at > madeAt && ['success', 'right-party'].includes(outcomeRules[code].class) && outcome.spokeWith !== 'other' && dateOfInstant(at, zone) >= on);
}
