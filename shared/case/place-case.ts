/**
 * Where a case stands in the list, and from when.
 *
 * Invariants: a placement does not depend on "now": it says from which instant a case may be
 * worked and in which order it then stands, so that a database can keep it as a row and find
 * the next case by an index; only the words around it depend on the day.
 *
 *   settled, a lead decides, excluded, a representative, do not call ──▶ held with an open end
 *   suspended             ──▶ held until the day after its last
 *   callback agreed       ──▶ held until 10 minutes before it, then first of all
 *   all disputed or suspended ──▶ held with an open end
 *   otherwise the latest of  promise, plan: day after the grace of the next part · already paid: 5 working days · what was agreed: its day ·
 *                            conversation: next day · attempt: its retry delay; each moved on to the next calling hours of the customer ·
 *                            frequency: when the contacts with the person, whoever the creditor, let there be another;
 *                            where a lead has allowed more contacts since, neither conversation nor attempt holds it
 */
import { USUAL_GRACE_DAYS } from '../facts/agreement-details.ts';
import type { EffectiveOutcome, FoldedCase } from './fold-case.ts';
import { outcomeRules, PAID_HOLD_WORKING_DAYS } from './outcome-rules.ts';
import type { PlainDate } from '../time.ts';
import { addDays, addWorkingDays, dateOfInstant, daysBetween, instantOf } from '../time.ts';

/** An only-me or anyone callback comes forward this long before its time (domain §3.13). */
export const CALLBACK_AHEAD_MS = 10 * 60_000;
/** Working days for which a customer thinks a plan over. */
const PROPOSAL_HOLD_WORKING_DAYS = 3;
const EPOCH = '1970-01-01' as PlainDate;

/** Lower comes first; what a lead puts before the others stands ten lower: behind the callbacks, before all else, and in the usual order within. */
export const orderClasses = { callback: 0, 'promise-broken': 11, 'payment-check': 12, recovery: 13, 'due-date': 14, never: 19 } as const;
const PRIORITY_STEP = 10;
export type OrderClass = keyof typeof orderClasses;

export type HoldKind =
  | 'settled' | 'lead-decides' | 'excluded' | 'suspended' | 'represented' | 'do-not-call' | 'callback' | 'disputed' | 'promise'
  | 'plan' | 'payment-claimed' | 'next-contact' | 'conversation' | 'attempt' | 'frequency';

export interface Hold {
  kind: HoldKind;
  /** Null: until somebody answers. */
  until: number | null;
}

export interface Placement {
  orderClass: OrderClass;
  /** A lead put it before the others, and the day has not passed. */
  isPrioritised: boolean;
  /** Within the class, lower first. */
  sortKey: number;
  /** From when the case may be worked: 0 = always, null = not until somebody answers. */
  availableFrom: number | null;
  /** Every reason to wait, those that explain best first. */
  holds: Hold[];
}

/** A class with its place: also what a database sorts by. */
export function orderOfPlacement({ orderClass, isPrioritised }: Pick<Placement, 'orderClass' | 'isPrioritised'>): number {
  return orderClasses[orderClass] - (isPrioritised && orderClass !== 'callback' && orderClass !== 'never' ? PRIORITY_STEP : 0);
}

/** Both places of a class, put before the others or not. */
export function placesOfClass(orderClass: OrderClass): readonly number[] {
  return [...new Set([true, false].map((isPrioritised) => orderOfPlacement({ orderClass, isPrioritised })))];
}

export interface PlacedCase
  extends Pick<FoldedCase, 'promise' | 'plan' | 'callback' | 'outcomes' | 'suspensions' | 'stops' | 'represented' | 'preferences' | 'allowances'> {
  /** A lead's word on this case or its queue holds today. */
  isPrioritised: boolean;
  openCents: number;
  claimableCents: number;
  /** The creditor approved recovery and no objection is open; it counts once something is due. */
  recoveryApproved: boolean;
  /** Due date of the oldest invoice that may be asked for. */
  oldestDueDate: PlainDate | null;
  /** A representative who can be called. */
  representativeReachable: boolean;
  /** From when frequency lets the person be contacted again, as the last contact left it; 0 = it does not bind. */
  frequencyFrom: number | null;
}

/** The zone of the site, whose days count, and the customer's calling hours: the first moment not before an instant, null where there is none. */
export interface PlacingHours { zone: string; next: (instantMs: number) => number | null }

export function placeCase(placed: PlacedCase, hours: PlacingHours): Placement {
  const holds = holdsOf(placed, hours);
  const availableFrom = holds.reduce<number | null>(
    (latest, hold) => (latest === null || hold.until === null ? null : Math.max(latest, hold.until)), 0,
  );
  return { ...orderOf(placed), isPrioritised: placed.isPrioritised, availableFrom, holds };
}

function holdsOf(placed: PlacedCase, hours: PlacingHours): Hold[] {
  const { zone } = hours;
  if (placed.openCents <= 0) return [{ kind: 'settled', until: null }];
  const holds: Hold[] = [];
  if (placed.stops.length > 0) holds.push({ kind: 'lead-decides', until: null });
  for (const { kind, until, invoiceId } of placed.suspensions) {
    if (invoiceId !== null) continue;
    if (kind === 'excluded' || until === null) holds.push({ kind, until: null });
    else holds.push({ kind, until: firstCallOn(addDays(until, 1), hours) });
  }
  if (placed.represented !== null && !placed.representativeReachable) holds.push({ kind: 'represented', until: null });
  if (placed.preferences.some(({ partyId, doNotCall }) => partyId === null && doNotCall)) holds.push({ kind: 'do-not-call', until: null });
  if (placed.callback !== null) return [...holds, { kind: 'callback', until: placed.callback.at - CALLBACK_AHEAD_MS }];
  if (placed.claimableCents <= 0) return [...holds, { kind: 'disputed', until: null }];

  const { outcomes } = placed;
  const promise = standingPromise(placed);
  if (promise !== null) holds.push({ kind: 'promise', until: firstCallOn(addDays(promise.dueOn, promise.graceDays + 1), hours) });
  const plan = standingPlan(placed);
  if (plan !== null) holds.push({ kind: 'plan', until: firstCallOn(addDays(plan.dueOn, plan.terms.graceDays + 1), hours) });
  const spoken = lastConversation(outcomes);
  if (spoken !== undefined) {
    const agreed = agreedDate(spoken);
    const spokenOn = dateOfInstant(spoken.at, zone);
    if (isPaymentClaim(spoken)) {
      holds.push({ kind: 'payment-claimed', until: firstCallOn(addWorkingDays(spokenOn, PAID_HOLD_WORKING_DAYS), hours) });
    } else if (agreed !== null) {
      holds.push({ kind: 'next-contact', until: firstCallOn(agreed, hours) });
    }
    if (!isAllowedSince(placed, spoken)) holds.push({ kind: 'conversation', until: firstCallOn(addDays(spokenOn, 1), hours) });
  }
  const last = outcomes.at(-1);
  if (last !== undefined && last !== spoken && !isAllowedSince(placed, last)) holds.push({ kind: 'attempt', until: retryAt(last, hours) });
  if (placed.frequencyFrom !== 0) holds.push({ kind: 'frequency', until: placed.frequencyFrom });
  return holds;
}

/** A promise that was taken back, or that was paid, late or not, moves nothing. */
export function standingPromise({ promise }: Pick<PlacedCase, 'promise'>): PlacedCase['promise'] {
  return promise === null || promise.cancelledOn !== null || promise.paidCents >= promise.amountCents ? null : promise;
}

/** A plan that the customer accepted and that runs. */
export function standingPlan({ plan }: Pick<PlacedCase, 'plan'>): PlacedCase['plan'] {
  const runs = plan !== null && plan.acceptedOn !== null && plan.cancelledOn === null && plan.brokenOn === null && plan.paidCents < plan.amountCents;
  return runs ? plan : null;
}

/** The last day, grace included, on which what the customer owes next by plan or promise is not late; null = nothing was agreed, or it is paid. */
export function agreedUntil(placed: Pick<PlacedCase, 'plan' | 'promise'>): PlainDate | null {
  const plan = standingPlan(placed);
  if (plan !== null) return addDays(plan.dueOn, plan.terms.graceDays);
  const promise = standingPromise(placed);
  return promise === null ? null : addDays(promise.dueOn, promise.graceDays);
}

/** A lead let there be another contact after this one. */
function isAllowedSince({ allowances }: Pick<PlacedCase, 'allowances'>, outcome: EffectiveOutcome): boolean {
  return allowances.some(({ at }) => at >= outcome.at);
}

/** The newest outcome that was a talk with the right party. */
export function lastConversation(outcomes: readonly EffectiveOutcome[]): EffectiveOutcome | undefined {
  return outcomes.findLast((outcome) => ['success', 'right-party'].includes(outcomeRules[outcome.code].class) && outcome.outcome.spokeWith !== 'other');
}

export function isPaymentClaim(outcome: EffectiveOutcome): boolean {
  return outcome.code === 'PAID' && outcome.audit?.verdict !== 'rejected';
}

/** The day on which the case was to be looked at again, by what was agreed; promises have their own. */
export function agreedDate({ outcome, audit, at, zone }: EffectiveOutcome): PlainDate | null {
  if (audit?.verdict === 'rejected') return null;
  const { plan, payment, resend, complaint, nextContactOn } = outcome;
  if (nextContactOn !== null) return nextContactOn;
  if (resend !== null) return resend.checkOn;
  if (complaint !== null) return complaint.dueOn;
  // An accepted plan has days of its own; one that is thought over is asked about.
  if (plan?.stage === 'proposed') return addWorkingDays(dateOfInstant(at, zone), PROPOSAL_HOLD_WORKING_DAYS);
  const paysOn = payment?.restDueOn ?? null;
  return paysOn === null ? null : addDays(paysOn, USUAL_GRACE_DAYS + 1);
}

function retryAt(last: EffectiveOutcome, hours: PlacingHours): number | null {
  const { retry } = outcomeRules[last.code];
  switch (retry.kind) {
    case 'minutes':
      return hours.next(last.at + retry.minutes * 60_000);
    case 'days':
      return firstCallOn(addDays(dateOfInstant(last.at, hours.zone), retry.days), hours);
  }
}

function orderOf(placed: PlacedCase): Pick<Placement, 'orderClass' | 'sortKey'> {
  if (placed.openCents <= 0 || placed.oldestDueDate === null) return { orderClass: 'never', sortKey: 0 };
  if (placed.callback !== null) return { orderClass: 'callback', sortKey: placed.callback.at };
  const byDate = (date: PlainDate): number => daysBetween(EPOCH, date) * 10_000 - Math.min(9_999, Math.floor(placed.claimableCents / 10_000));
  const agreed = standingPlan(placed) ?? standingPromise(placed);
  if (agreed !== null) return { orderClass: 'promise-broken', sortKey: byDate(agreed.dueOn) };
  const spoken = lastConversation(placed.outcomes);
  if (spoken !== undefined && isPaymentClaim(spoken)) return { orderClass: 'payment-check', sortKey: byDate(placed.oldestDueDate) };
  return { orderClass: placed.recoveryApproved ? 'recovery' : 'due-date', sortKey: byDate(placed.oldestDueDate) };
}

/** Best first: what may be worked now, then what comes free earliest. */
export function comparePlacements(a: Placement, b: Placement, nowMs: number): number {
  const [freeA, freeB] = [isFree(a, nowMs), isFree(b, nowMs)];
  if (freeA !== freeB) return freeA ? -1 : 1;
  if (!freeA) return (a.availableFrom ?? Number.MAX_SAFE_INTEGER) - (b.availableFrom ?? Number.MAX_SAFE_INTEGER);
  return orderOfPlacement(a) - orderOfPlacement(b) || a.sortKey - b.sortKey;
}

function isFree(placement: Placement, nowMs: number): boolean {
  return placement.availableFrom !== null && placement.availableFrom <= nowMs;
}

/** The first moment from a day on at which the customer may be called (rules §1a). */
function firstCallOn(date: PlainDate, { zone, next }: PlacingHours): number | null {
  return next(instantOf(date, '00:00', zone));
}
