/**
 * What a case looks like today: balances, ageing, tone, why it is in front of the operator
 * now, and until when it is not.
 *
 * Invariants: a credit note lowers the balance; an invoice not yet due is never overdue;
 * due today is current (rules §4); a disputed part is never asked for; the tone never
 * hardens while a dispute is open (domain §3.1).
 */
import type { CaseEntity, CaseFact, Invoice, Tone } from './case-entity.ts';
import type { Callback, Dispute, FoldedCase, PromiseToPay } from './fold-case.ts';
import { foldCase } from './fold-case.ts';
import { outcomeClassOf } from './outcome-codes.ts';
import type { UserId } from '../id.ts';
import type { PlainDate } from '../time.ts';
import { addDays, dateOfInstant, daysBetween, instantOf } from '../time.ts';

export interface ViewContext {
  nowMs: number;
  /** The site's zone: "today" is the site's. */
  zone: string;
  userId: UserId;
}

export const ageingBuckets = ['current', 'days-1-30', 'days-31-60', 'days-61-90', 'days-over-90'] as const;
export type AgeingBucket = (typeof ageingBuckets)[number];

export interface InvoiceView extends Invoice {
  /** Days past due; negative or zero = not overdue. */
  daysLate: number;
  bucket: AgeingBucket;
  disputedCents: number;
  /** Open and not disputed: what may be asked for. */
  claimableCents: number;
}

export type ReasonKey =
  | 'callback-due' | 'callback-later' | 'promise-broken' | 'promise-due' | 'promise-pending' | 'overdue' | 'due-soon'
  | 'due-later' | 'disputed' | 'settled' | 'contacted-today' | 'no-answer-before' | 'recovery-approved' | 'no-number';

/** A translatable reason: `reason.<key>` with its parameters. */
export interface Reason {
  key: ReasonKey;
  params: Record<string, string | number>;
}

export type PromiseState = 'pending' | 'due' | 'broken';

export interface CaseView {
  folded: FoldedCase;
  invoices: InvoiceView[];
  currency: string;
  openCents: number;
  overdueCents: number;
  notYetDueCents: number;
  disputedCents: number;
  claimableCents: number;
  ageing: Record<AgeingBucket, number>;
  tone: Tone;
  promise: (PromiseToPay & { state: PromiseState }) | null;
  disputes: Dispute[];
  callback: Callback | null;
  /** First the one that decides, then what helps. */
  reasons: Reason[];
  /** When work may go on; null = now. `Infinity` is not used: an open end is `blocked` with null. */
  blocked: { reason: Reason; until: number | null } | null;
  /** Lower comes first. */
  rank: number;
  lastOutcomeAt: number | null;
  attemptsToday: number;
}

const PROMISE_GRACE_DAYS = 2;
const RETRY_AFTER_MS = { NA: 3 * 3_600_000, LB: 10 * 60_000, other: 3 * 3_600_000 } as const;

/** Views a case; `extraFacts` are local facts that the entity may or may not carry already. */
export function viewCase(entity: CaseEntity, extraFacts: readonly CaseFact[], context: ViewContext): CaseView {
  const today = dateOfInstant(context.nowMs, context.zone);
  const folded = foldCase([...entity.facts, ...extraFacts]);
  const invoices = entity.invoices
    .filter((invoice) => invoice.residualCents !== 0 && invoice.settledOn === null)
    .map((invoice) => viewInvoice(invoice, folded.disputes, today))
    .sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : a.number < b.number ? -1 : 1));

  const sum = (pick: (invoice: InvoiceView) => number): number => invoices.reduce((total, invoice) => total + pick(invoice), 0);
  const openCents = sum((invoice) => invoice.residualCents);
  const disputedCents = sum((invoice) => invoice.disputedCents);
  const overdueCents = sum((invoice) => (invoice.daysLate > 0 ? invoice.residualCents : 0));
  const ageing: Record<AgeingBucket, number> = { current: 0, 'days-1-30': 0, 'days-31-60': 0, 'days-61-90': 0, 'days-over-90': 0 };
  for (const invoice of invoices) ageing[invoice.bucket] += invoice.residualCents;

  const promise = folded.promise === null ? null : { ...folded.promise, state: promiseState(folded.promise, today) };
  const outcomesToday = folded.outcomes.filter((outcome) => dateOfInstant(outcome.at, context.zone) === today);
  const view = {
    folded, invoices, openCents, overdueCents, disputedCents, ageing, promise,
    currency: entity.invoices[0]?.currency ?? 'EUR',
    notYetDueCents: openCents - overdueCents,
    claimableCents: Math.max(0, openCents - disputedCents),
    tone: toneOf(entity, invoices, folded.disputes.length > 0),
    disputes: folded.disputes,
    callback: folded.callback,
    lastOutcomeAt: folded.outcomes.at(-1)?.at ?? null,
    attemptsToday: outcomesToday.length,
  };
  return { ...view, ...placeInList(entity, view, context, today) };
}

function viewInvoice(invoice: Invoice, disputes: readonly Dispute[], today: PlainDate): InvoiceView {
  const daysLate = daysBetween(invoice.dueDate, today);
  const disputedCents = disputedPart(invoice, disputes);
  return { ...invoice, daysLate, bucket: bucketOf(daysLate), disputedCents, claimableCents: invoice.residualCents - disputedCents };
}

function disputedPart(invoice: Invoice, disputes: readonly Dispute[]): number {
  if (invoice.residualCents <= 0) return 0;
  const dispute = disputes.find((entry) => entry.invoiceId === (invoice.invoiceId));
  if (dispute !== undefined) return Math.min(dispute.amountCents ?? invoice.residualCents, invoice.residualCents);
  return invoice.disputedInFile ? invoice.residualCents : 0;
}

/** Ageing bucket by days past due; boundaries 30/31, 60/61, 90/91 (rules §4). */
export function bucketOf(daysLate: number): AgeingBucket {
  if (daysLate <= 0) return 'current';
  if (daysLate <= 30) return 'days-1-30';
  if (daysLate <= 60) return 'days-31-60';
  if (daysLate <= 90) return 'days-61-90';
  return 'days-over-90';
}

/** The tone of the most advanced undisputed invoice, credits taken off first; recovery only where the creditor approved it. */
function toneOf(entity: CaseEntity, invoices: readonly InvoiceView[], objectionOpen: boolean): Tone {
  const late = invoices.filter((invoice) => invoice.daysLate > 0 && invoice.claimableCents > 0);
  const credits = invoices.filter((invoice) => invoice.residualCents < 0);
  const overdueCents = [...late, ...credits].reduce((total, invoice) => total + invoice.claimableCents, 0);
  if (overdueCents <= 0) return 'courtesy';
  return entity.recoveryApprovedOn !== null && !objectionOpen ? 'recovery' : 'reminder';
}

function promiseState(promise: PromiseToPay, today: PlainDate): PromiseState {
  if (today < promise.dueOn) return 'pending';
  return today <= addDays(promise.dueOn, PROMISE_GRACE_DAYS) ? 'due' : 'broken';
}

type Placement = Pick<CaseView, 'reasons' | 'blocked' | 'rank'>;
type Partial = Omit<CaseView, keyof Placement>;

/** Decides why a case is in the list now, and when it is not. One place, so that list and case agree. */
function placeInList(entity: CaseEntity, view: Partial, context: ViewContext, today: PlainDate): Placement {
  const helping = helpingReasons(entity, view);
  const place = (rank: number, reason: Reason, blocked: CaseView['blocked'] = null): Placement => ({
    rank, blocked, reasons: [reason, ...helping],
  });
  const hold = (rank: number, reason: Reason, until: number | null): Placement => place(rank, reason, { reason, until });

  if (view.openCents <= 0) return hold(9000, { key: 'settled', params: {} }, null);
  if (view.callback !== null) {
    const { callback } = view;
    const reason = (key: ReasonKey): Reason => ({ key, params: { at: callback.at, zone: callback.zone, audience: callback.audience } });
    if (callback.at - context.nowMs <= 10 * 60_000) return place(0, reason('callback-due'));
    return hold(5000, reason('callback-later'), callback.at);
  }
  if (view.promise?.state === 'broken') {
    const { amountCents, currency, dueOn } = view.promise;
    const last = view.folded.outcomes.at(-1);
    if (last === undefined || last.at <= view.promise.at || !isToday(last.at, context, today)) {
      return place(100, { key: 'promise-broken', params: { amountCents, currency, dueOn } });
    }
  }
  const spoken = lastConversation(view);
  if (spoken !== null && isToday(spoken, context, today)) {
    return hold(6000, { key: 'contacted-today', params: { at: spoken } }, startOfTomorrow(today, context.zone));
  }
  if (view.promise !== null && view.promise.state !== 'broken') {
    const { amountCents, currency, dueOn, state } = view.promise;
    const reason: Reason = { key: state === 'due' ? 'promise-due' : 'promise-pending', params: { amountCents, currency, dueOn } };
    return hold(6500, reason, startOfDay(addDays(dueOn, PROMISE_GRACE_DAYS + 1), context.zone));
  }
  if (view.claimableCents <= 0) return hold(7000, { key: 'disputed', params: { amountCents: view.disputedCents, currency: view.currency } }, null);
  const last = view.folded.outcomes.at(-1);
  if (last !== undefined) {
    const pause = last.code === 'NA' || last.code === 'LB' ? RETRY_AFTER_MS[last.code] : RETRY_AFTER_MS.other;
    if (last.at + pause > context.nowMs) {
      return hold(4000, { key: 'no-answer-before', params: { count: view.attemptsToday, at: last.at } }, last.at + pause);
    }
  }
  return placeByDueDate(entity, view, today, place);
}

function placeByDueDate(
  entity: CaseEntity,
  view: Partial,
  today: PlainDate,
  place: (rank: number, reason: Reason) => Placement,
): Placement {
  const claimable = view.invoices.filter((invoice) => invoice.claimableCents > 0);
  const oldest = claimable[0];
  if (oldest === undefined) return place(8000, { key: 'settled', params: {} });
  const size = Math.min(99, Math.floor(view.claimableCents / 10_000));
  if (oldest.daysLate > 0) {
    const approved = view.tone === 'recovery' ? entity.recoveryApprovedOn : null;
    if (approved !== null) return place(400 - size, { key: 'recovery-approved', params: { on: approved, days: oldest.daysLate } });
    return place(600 - size - Math.min(100, oldest.daysLate), { key: 'overdue', params: { days: oldest.daysLate, dueDate: oldest.dueDate } });
  }
  const days = daysBetween(today, oldest.dueDate);
  if (days <= 7) return place(700 + days * 10 - Math.min(9, size), { key: 'due-soon', params: { days, dueDate: oldest.dueDate } });
  return place(1000 + Math.min(1000, days), { key: 'due-later', params: { days, dueDate: oldest.dueDate } });
}

function helpingReasons(entity: CaseEntity, view: Partial): Reason[] {
  const reasons: Reason[] = [];
  if (view.disputedCents > 0 && view.claimableCents > 0) {
    reasons.push({ key: 'disputed', params: { amountCents: view.disputedCents, currency: view.currency } });
  }
  const unanswered = view.folded.outcomes.filter((outcome) => outcome.code === 'NA').length;
  if (unanswered > 0) reasons.push({ key: 'no-answer-before', params: { count: unanswered, at: view.lastOutcomeAt ?? 0 } });
  if (!entity.numbers.some((number) => number.usable)) reasons.push({ key: 'no-number', params: {} });
  return reasons;
}

function lastConversation(view: Partial): number | null {
  const spoken = view.folded.outcomes.findLast((outcome) => ['success', 'right-party'].includes(outcomeClassOf[outcome.code]));
  return spoken?.at ?? null;
}

function isToday(instantMs: number, context: ViewContext, today: PlainDate): boolean {
  return dateOfInstant(instantMs, context.zone) === today;
}

function startOfTomorrow(today: PlainDate, zone: string): number {
  return startOfDay(addDays(today, 1), zone);
}

/** The first moment of a working day at which anybody may be called. */
function startOfDay(date: PlainDate, zone: string): number {
  return instantOf(date, '08:30', zone);
}
