/**
 * Where a case stands in the list, and from when.
 *
 * Invariants: a placement does not depend on "now": it says from which instant a case may be
 * worked and in which order it then stands, so that a database can keep it as a row and find
 * the next case by an index; only the words around it depend on the day.
 *
 *   settled, all disputed ──▶ held with an open end
 *   callback agreed       ──▶ held until 10 minutes before it, then first of all
 *   otherwise the latest of  promise: day after its grace · conversation: next day ·
 *                            attempt: its retry delay; each moved on to the next calling hours
 */
import type { Callback, EffectiveOutcome, PromiseToPay } from './fold-case.ts';
import type { OutcomeCode } from './outcome-codes.ts';
import { outcomeClassOf } from './outcome-codes.ts';
import { nextCallingMoment } from '../policy/calling-hours.ts';
import type { PlainDate } from '../time.ts';
import { addDays, dateOfInstant, daysBetween, instantOf } from '../time.ts';

export const PROMISE_GRACE_DAYS = 2;
/** An only-me or anyone callback comes forward this long before its time (domain §3.13). */
export const CALLBACK_AHEAD_MS = 10 * 60_000;
const RETRY_AFTER_MS: Partial<Record<OutcomeCode, number>> = { LB: 10 * 60_000 };
const USUAL_RETRY_MS = 3 * 3_600_000;
const EPOCH = '1970-01-01' as PlainDate;

/** Lower comes first. */
export const orderClasses = { callback: 0, 'promise-broken': 1, recovery: 2, 'due-date': 3, never: 9 } as const;
export type OrderClass = keyof typeof orderClasses;

export type HoldKind = 'settled' | 'disputed' | 'callback' | 'promise' | 'conversation' | 'attempt';

export interface Hold {
  kind: HoldKind;
  /** Null: until somebody answers. */
  until: number | null;
}

export interface Placement {
  orderClass: OrderClass;
  /** Within the class, lower first. */
  sortKey: number;
  /** From when the case may be worked: 0 = always, null = not until somebody answers. */
  availableFrom: number | null;
  /** Every reason to wait, those that explain best first. */
  holds: Hold[];
}

export interface PlacedCase {
  openCents: number;
  claimableCents: number;
  /** The creditor approved recovery and no objection is open; it counts once something is due. */
  recoveryApproved: boolean;
  /** Due date of the oldest invoice that may be asked for. */
  oldestDueDate: PlainDate | null;
  promise: PromiseToPay | null;
  callback: Callback | null;
  outcomes: readonly EffectiveOutcome[];
}

export function placeCase(placed: PlacedCase, zone: string): Placement {
  const holds = holdsOf(placed, zone);
  const availableFrom = holds.reduce<number | null>(
    (latest, hold) => (latest === null || hold.until === null ? null : Math.max(latest, hold.until)), 0,
  );
  return { ...orderOf(placed), availableFrom, holds };
}

function holdsOf(placed: PlacedCase, zone: string): Hold[] {
  if (placed.openCents <= 0) return [{ kind: 'settled', until: null }];
  if (placed.callback !== null) return [{ kind: 'callback', until: placed.callback.at - CALLBACK_AHEAD_MS }];
  if (placed.claimableCents <= 0) return [{ kind: 'disputed', until: null }];
  const holds: Hold[] = [];
  const { promise, outcomes } = placed;
  if (promise !== null) holds.push({ kind: 'promise', until: firstCallOn(addDays(promise.dueOn, PROMISE_GRACE_DAYS + 1), zone) });
  const spoken = outcomes.findLast((outcome) => ['success', 'right-party'].includes(outcomeClassOf[outcome.code]));
  if (spoken !== undefined) {
    holds.push({ kind: 'conversation', until: firstCallOn(addDays(dateOfInstant(spoken.at, zone), 1), zone) });
  }
  const last = outcomes.at(-1);
  if (last !== undefined && last !== spoken) {
    holds.push({ kind: 'attempt', until: nextCallingMoment(last.at + (RETRY_AFTER_MS[last.code] ?? USUAL_RETRY_MS), zone) });
  }
  return holds;
}

function orderOf(placed: PlacedCase): { orderClass: OrderClass; sortKey: number } {
  if (placed.openCents <= 0 || placed.oldestDueDate === null) return { orderClass: 'never', sortKey: 0 };
  if (placed.callback !== null) return { orderClass: 'callback', sortKey: placed.callback.at };
  const byDate = (date: PlainDate): number => daysBetween(EPOCH, date) * 10_000 - Math.min(9_999, Math.floor(placed.claimableCents / 10_000));
  if (placed.promise !== null) return { orderClass: 'promise-broken', sortKey: byDate(placed.promise.dueOn) };
  return { orderClass: placed.recoveryApproved ? 'recovery' : 'due-date', sortKey: byDate(placed.oldestDueDate) };
}

/** Best first: what may be worked now, then what comes free earliest. */
export function comparePlacements(a: Placement, b: Placement, nowMs: number): number {
  const [freeA, freeB] = [isFree(a, nowMs), isFree(b, nowMs)];
  if (freeA !== freeB) return freeA ? -1 : 1;
  if (!freeA) return (a.availableFrom ?? Number.MAX_SAFE_INTEGER) - (b.availableFrom ?? Number.MAX_SAFE_INTEGER);
  return orderClasses[a.orderClass] - orderClasses[b.orderClass] || a.sortKey - b.sortKey;
}

function isFree(placement: Placement, nowMs: number): boolean {
  return placement.availableFrom !== null && placement.availableFrom <= nowMs;
}

/** The first moment from a day on at which anybody may be called (rules §1a). */
function firstCallOn(date: PlainDate, zone: string): number {
  return nextCallingMoment(instantOf(date, '00:00', zone), zone);
}
