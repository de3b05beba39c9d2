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
import type { ContactRules, House } from './contact-rules.ts';
import { contactRulesOf, nextCallingMoment, standardHouse } from './contact-rules.ts';
import { frequencyMoment } from './frequency-moment.ts';
import { outstandingInvoices } from './outstanding-invoices.ts';
import type { Hold, Placement } from './place-case.ts';
import { agreedDate, lastConversation, placeCase, standingPlan } from './place-case.ts';
import type { PeopleView } from './view-people.ts';
import { viewPeople } from './view-people.ts';
import type { CasePriority } from './find-priority.ts';
import { findPriority, nextLateDay } from './find-priority.ts';
import type { UserId } from '../id.ts';
import { promiseStanding } from '../payments/promise-state.ts';
import type { ShownPromiseState } from '../payments/promise-state.ts';
import type { ContactRow } from '../policy/contact/contact-row.ts';
import type { PlainDate } from '../time.ts';
import { dateOfInstant, daysBetween } from '../time.ts';

/** A due date this near is worth a word. */
export const DUE_SOON_DAYS = 7;

export interface ViewContext {
  nowMs: number;
  /** The site's zone: "today" is the site's. */
  zone: string;
  userId: UserId;
  /** What was published for the house; left out, the standard holds. */
  house?: House;
  /** Contacts with the same person about other cases; left out, frequency does not place the case. */
  otherContacts?: readonly ContactRow[];
  /** The fold of the very facts that are viewed, where the caller has it already. */
  folded?: FoldedCase;
}

export const ageingBuckets = ['current', 'days-1-30', 'days-31-60', 'days-61-90', 'days-over-90'] as const;
export type AgeingBucket = (typeof ageingBuckets)[number];

export interface InvoiceView extends Invoice {
  /** Days past due; negative or zero = not overdue. */
  daysLate: number;
  bucket: AgeingBucket;
  disputedCents: number;
  /** A lead keeps this invoice out of all contact; `until` null = for good. */
  suspended: { until: PlainDate | null; reason: string } | null;
  /** Open, not disputed and not suspended: what may be asked for. */
  claimableCents: number;
}

export type ReasonKey =
  | 'callback-due' | 'callback-later' | 'promise-broken' | 'promise-due' | 'promise-pending' | 'overdue' | 'due-soon'
  | 'due-later' | 'disputed' | 'settled' | 'contacted-today' | 'no-answer-before' | 'tried-before' | 'recovery-approved' | 'no-number'
  | 'lead-decides' | 'excluded' | 'suspended' | 'represented' | 'do-not-call' | 'payment-claimed' | 'payment-check' | 'next-contact'
  | 'prioritised' | 'plan-pending' | 'plan-late' | 'preferred-hours' | 'taken' | 'served' | 'colleague' | 'colleague-at' | 'frequency' | 'outside-hours';

/** A translatable reason: `reason.<key>` with its parameters. */
export interface Reason {
  key: ReasonKey;
  params: Record<string, string | number>;
}

export interface CaseView extends PeopleView {
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
  promise: (PromiseToPay & { state: ShownPromiseState }) | null;
  disputes: Dispute[];
  callback: Callback | null;
  /** First the one that decides, then what helps. */
  reasons: Reason[];
  /** When work may go on; null = now. `Infinity` is not used: an open end is `blocked` with null. */
  blocked: { reason: Reason; until: number | null } | null;
  placement: Placement;
  /** A lead put it before the others. */
  priority: CasePriority | null;
  /** The first day on which that may change though nothing happens. */
  priorityTurnsOn: PlainDate | null;
  /** By which the customer may be contacted. */
  rules: ContactRules;
  lastOutcomeAt: number | null;
  attemptsToday: number;
}

/** Views a case; `extraFacts` are local facts that the entity may or may not carry already. */
export function viewCase(entity: CaseEntity, extraFacts: readonly CaseFact[], context: ViewContext): CaseView {
  const today = dateOfInstant(context.nowMs, context.zone);
  const folded = context.folded ?? foldCase([...entity.facts, ...extraFacts], entity.payments);
  const invoices = outstandingInvoices(entity.invoices, folded.reductions)
    .filter((invoice) => invoice.residualCents !== 0 && invoice.settledOn === null)
    .map((invoice) => viewInvoice(invoice, folded, today))
    .sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : a.number < b.number ? -1 : 1));

  const sum = (pick: (invoice: InvoiceView) => number): number => invoices.reduce((total, invoice) => total + pick(invoice), 0);
  const openCents = sum((invoice) => invoice.residualCents);
  const disputedCents = sum((invoice) => invoice.disputedCents);
  const overdueCents = sum((invoice) => (invoice.daysLate > 0 ? invoice.residualCents : 0));
  const ageing: Record<AgeingBucket, number> = { current: 0, 'days-1-30': 0, 'days-31-60': 0, 'days-61-90': 0, 'days-over-90': 0 };
  for (const invoice of invoices) ageing[invoice.bucket] += invoice.residualCents;

  const promise = folded.promise === null || folded.promise.cancelledOn !== null ? null : { ...folded.promise, state: promiseState(folded.promise, today) };
  const suspendedCents = sum((invoice) => (invoice.suspended === null ? 0 : invoice.residualCents - invoice.disputedCents));
  const claimableCents = Math.max(0, openCents - disputedCents - suspendedCents);
  const tone = toneOf(entity, invoices, folded.disputes.length > 0);
  const oldestDueDate = invoices.find((invoice) => invoice.claimableCents > 0)?.dueDate ?? null;
  const recoveryApproved = entity.recoveryApprovedOn !== null && folded.disputes.length === 0;
  const people = viewPeople(entity, folded);
  const representativeReachable = people.numbers.some((number) => number.usable && people.parties.some(
    (party) => party.partyId === number.partyId && party.role === 'representative'));
  const rules = contactRulesOf(entity, people.numbers, context.house ?? standardHouse, context.zone);
  const frequencyFrom = context.otherContacts === undefined ? 0
    : frequencyMoment({ ...entity, facts: [...entity.facts, ...extraFacts] }, folded, context.otherContacts, rules);
  const { priority, turnsOn: priorityTurnsOn } = findPriority(folded, context.house ?? standardHouse, { creditorId: entity.creditorId, tone, lateFrom: nextLateDay(invoices) }, today);
  const placement = placeCase(
    { ...folded, openCents, claimableCents, recoveryApproved, oldestDueDate, representativeReachable, frequencyFrom, isPrioritised: priority !== null },
    { zone: context.zone, next: (instantMs) => nextCallingMoment(rules, instantMs) },
  );
  const view = {
    ...people,
    folded, invoices, priority, priorityTurnsOn, openCents, overdueCents, disputedCents, ageing, promise, claimableCents, tone, placement, rules,
    currency: entity.invoices[0]?.currency ?? 'EUR',
    notYetDueCents: openCents - overdueCents,
    disputes: folded.disputes,
    callback: folded.callback,
    lastOutcomeAt: folded.outcomes.at(-1)?.at ?? null,
    attemptsToday: folded.outcomes.filter((outcome) => dateOfInstant(outcome.at, context.zone) === today).length,
  };
  const blocked = blockedNow(view, context.nowMs);
  const deciding = blocked?.reason ?? reasonToWork(entity, view, today);
  const helping = helpingReasons(view).filter((reason) => reason.key !== deciding.key);
  return { ...view, blocked, reasons: [deciding, ...helping] };
}

function viewInvoice(invoice: Invoice, folded: FoldedCase, today: PlainDate): InvoiceView {
  const daysLate = daysBetween(invoice.dueDate, today);
  const disputedCents = disputedPart(invoice, folded.disputes);
  const suspension = folded.suspensions.find(({ invoiceId, until }) => invoiceId === invoice.invoiceId && (until === null || until >= today));
  const suspended = suspension === undefined ? null : { until: suspension.until, reason: suspension.reason };
  const claimableCents = suspended === null ? invoice.residualCents - disputedCents : 0;
  return { ...invoice, daysLate, bucket: bucketOf(daysLate), disputedCents, suspended, claimableCents };
}

/** What of an invoice is disputed, by an operator's word or the creditor's file. */
export function disputedPart(invoice: Invoice, disputes: readonly Dispute[]): number {
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

function promiseState(promise: PromiseToPay, today: PlainDate): ShownPromiseState {
  const { state, next } = promiseStanding(promise, promise.graceDays, today);
  if (state === 'cancelled') throw new Error('a promise that was taken back is not shown');
  return state === 'pending' && next !== null && today >= next.dueOn ? 'due' : state;
}

type Unexplained = Omit<CaseView, 'reasons' | 'blocked'>;

/** What holds the case now, said by the hold that explains it best. */
function blockedNow(view: Unexplained, nowMs: number): CaseView['blocked'] {
  const { availableFrom, holds } = view.placement;
  if (availableFrom !== null && availableFrom <= nowMs) return null;
  const hold = holds.find(({ until }) => until === null || until > nowMs);
  if (hold === undefined) throw new Error('a held case without a hold');
  return { reason: reasonOfHold(hold, view), until: hold.kind === 'callback' ? (view.callback?.at ?? null) : availableFrom };
}

function reasonOfHold(hold: Hold, view: Unexplained): Reason {
  switch (hold.kind) {
    case 'settled':
      return { key: 'settled', params: {} };
    case 'lead-decides':
      return { key: 'lead-decides', params: { code: view.folded.stops.at(-1)?.code ?? '' } };
    case 'excluded':
    case 'suspended': {
      const suspension = view.folded.suspensions.findLast((entry) => entry.invoiceId === null && entry.kind === hold.kind);
      return { key: hold.kind, params: { reason: suspension?.reason ?? '', until: suspension?.until ?? '' } };
    }
    case 'represented':
      return { key: 'represented', params: { name: view.folded.represented?.name ?? '' } };
    case 'do-not-call':
      return { key: 'do-not-call', params: {} };
    case 'payment-claimed':
      return { key: 'payment-claimed', params: { at: lastConversation(view.folded.outcomes)?.at ?? 0 } };
    case 'next-contact': {
      const spoken = lastConversation(view.folded.outcomes);
      return { key: 'next-contact', params: { on: (spoken === undefined ? null : agreedDate(spoken)) ?? '' } };
    }
    case 'disputed':
      return { key: 'disputed', params: { amountCents: view.disputedCents, currency: view.currency } };
    case 'callback':
      return callbackReason('callback-later', view);
    case 'promise':
      return promiseReason(view.promise?.state === 'due' ? 'promise-due' : 'promise-pending', view);
    case 'plan':
      return planReason('plan-pending', view);
    case 'conversation':
      return { key: 'contacted-today', params: { at: view.lastOutcomeAt ?? 0 } };
    case 'frequency':
      return { key: 'frequency', params: {} };
    case 'attempt': {
      const at = view.lastOutcomeAt ?? 0;
      const last = view.folded.outcomes.at(-1)?.code ?? 'NA';
      // Only who did not answer is said not to have answered: a wrong number or a busy line is another thing.
      const silent = last === 'NA' && view.folded.outcomes.slice(-view.attemptsToday).every((outcome) => outcome.code === 'NA');
      return silent && view.attemptsToday > 0
        ? { key: 'no-answer-before', params: { count: view.attemptsToday, at } }
        : { key: 'tried-before', params: { code: last, at } };
    }
  }
}

/** Why a case that may be worked is in front of the operator. */
function reasonToWork(entity: CaseEntity, view: Unexplained, today: PlainDate): Reason {
  const oldest = view.invoices.find((invoice) => invoice.claimableCents > 0);
  switch (view.placement.orderClass) {
    case 'never':
      return { key: 'settled', params: {} };
    case 'callback':
      return callbackReason('callback-due', view);
    case 'promise-broken':
      return standingPlan(view.folded) === null ? promiseReason('promise-broken', view) : planReason('plan-late', view);
    case 'payment-check':
      return { key: 'payment-check', params: { at: lastConversation(view.folded.outcomes)?.at ?? 0 } };
    case 'recovery':
    case 'due-date': {
      if (oldest === undefined) return { key: 'settled', params: {} };
      const { dueDate, daysLate } = oldest;
      if (view.tone === 'recovery') return { key: 'recovery-approved', params: { on: entity.recoveryApprovedOn ?? '', days: daysLate } };
      if (daysLate > 0) return { key: 'overdue', params: { days: daysLate, dueDate } };
      const days = daysBetween(today, dueDate);
      return { key: days <= DUE_SOON_DAYS ? 'due-soon' : 'due-later', params: { days, dueDate } };
    }
  }
}

function callbackReason(key: 'callback-due' | 'callback-later', { callback }: Unexplained): Reason {
  return { key, params: callback === null ? {} : { at: callback.at, zone: callback.zone, audience: callback.audience } };
}

function promiseReason(key: ReasonKey, { promise }: Unexplained): Reason {
  return { key, params: promise === null ? {} : { amountCents: promise.amountCents, currency: promise.currency, dueOn: promise.dueOn } };
}

/** The next instalment of the plan, and what is missing of it. */
function planReason(key: ReasonKey, { folded: { plan } }: Unexplained): Reason {
  const instalment = plan?.instalments.find(({ dueOn }) => dueOn === plan.dueOn);
  return { key, params: plan === null || instalment === undefined ? {} : { amountCents: instalment.capitalCents + instalment.interestCents, currency: plan.currency, dueOn: plan.dueOn } };
}

function helpingReasons(view: Unexplained): Reason[] {
  const reasons: Reason[] = [];
  if (view.priority !== null) reasons.push({ key: 'prioritised', params: { reason: view.priority.reason, until: view.priority.until } });
  if (view.disputedCents > 0 && view.claimableCents > 0) {
    reasons.push({ key: 'disputed', params: { amountCents: view.disputedCents, currency: view.currency } });
  }
  const unanswered = view.folded.outcomes.filter((outcome) => outcome.code === 'NA').length;
  if (unanswered > 0) reasons.push({ key: 'no-answer-before', params: { count: unanswered, at: view.lastOutcomeAt ?? 0 } });
  const hours = view.preferences.find(({ partyId }) => partyId === null)?.hours ?? null;
  if (hours !== null) reasons.push({ key: 'preferred-hours', params: hours });
  if (!view.numbers.some((number) => number.usable)) reasons.push({ key: 'no-number', params: {} });
  return reasons;
}
