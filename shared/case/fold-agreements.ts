/**
 * What was agreed with the customer, and what became of it, from the facts of the case.
 *
 * Invariants: the newest promise replaces those before it, and so does the newest plan: a customer has one word at a time; what was rejected by an
 * audit binds nobody (the caller leaves it out); a payment that was reversed never came; a dispute is open until the creditor's
 * answer to *it*; the order in which facts arrived does not matter.
 */
import type { DisputeDetail, PlanDetail, PromiseDetail } from '../facts/agreement-details.ts';
import { plannedCents, promisedCents } from '../facts/agreement-details.ts';
import type { DisputeClosedBody, PaymentRecordedBody, SettlementDecidedBody } from '../facts/agreement-bodies.ts';
import type { FactId, InvoiceId, PaymentId } from '../id.ts';
import { paymentIdSchema } from '../id.ts';
import type { PlainDate } from '../time.ts';
import { addDays, dateOfInstant } from '../time.ts';
import type { ListedPayment } from './case-entity.ts';
import type { EffectiveOutcome, ReadFact } from './fold-case.ts';
import type { Reduction } from './outstanding-invoices.ts';

export interface PromiseToPay extends PromiseDetail {
  promiseId: FactId;
  at: number;
  amountCents: number;
  /** The day on which the next word is due: the first that is not whole in time, else the last. */
  dueOn: PlainDate;
  invoiceIds: InvoiceId[];
  cancelledOn: PlainDate | null;
  /** Those that count for it: on its invoices, since the day on which it was given. */
  payments: { on: PlainDate; amountCents: number }[];
  paidCents: number;
}

export interface AgreedPlan extends PlanDetail {
  planId: FactId;
  at: number;
  amountCents: number;
  acceptedOn: PlainDate | null;
  cancelledOn: PlainDate | null;
  brokenOn: PlainDate | null;
  /** The day on which the next instalment is due: the first that is not whole in time, else the last. */
  dueOn: PlainDate;
  payments: { on: PlainDate; amountCents: number }[];
  paidCents: number;
}

export interface Dispute extends Omit<DisputeDetail, 'proof'> {
  disputeId: FactId;
  at: number;
  proof: DisputeDetail['proof'] | 'insufficient';
}

export interface ClosedDispute extends Dispute {
  result: DisputeClosedBody['result'];
  upheldCents: number | null;
  statedCents: number | null;
  closedAt: number;
}

export interface Payment extends PaymentRecordedBody { paymentId: PaymentId; at: number; source: 'person' | 'paid-list' }

export interface FoldedAgreements {
  promise: PromiseToPay | null;
  plan: AgreedPlan | null;
  /** Open ones. */
  disputes: Dispute[];
  closedDisputes: ClosedDispute[];
  /** By the outcome that asked for it. */
  settlements: ReadonlyMap<FactId, SettlementDecidedBody & { at: number }>;
  payments: Payment[];
  /** What the creditor's file may not know yet. */
  reductions: Reduction[];
}

/** @param ordered all facts in the one order; @param binding the outcomes that count, corrections applied; @param listed by paid lists */
export function foldAgreements(ordered: readonly ReadFact[], binding: readonly EffectiveOutcome[], listed: readonly ListedPayment[]): FoldedAgreements {
  const reversed = new Set(ordered.flatMap((read) => (read.type === 'payment-reversed' ? [read.body.paymentId] : [])));
  const entered = ordered.flatMap((read): Payment[] =>
    read.type === 'payment-recorded' ? [{ ...read.body, paymentId: paymentIdSchema.parse(read.fact.id), at: read.fact.at, source: 'person' }] : []);
  const payments = [...entered, ...listed.map((payment): Payment => ({ ...payment, source: 'paid-list' }))].filter(({ paymentId }) => !reversed.has(paymentId))
    .sort((a, b) => a.at - b.at || (a.paymentId < b.paymentId ? -1 : 1));
  const disputes = foldDisputes(ordered, binding);
  const days = (type: 'agreement-cancelled' | 'plan-accepted' | 'plan-broken', targetFactId: FactId): PlainDate | null => {
    const read = ordered.findLast((one) => one.type === type && one.body.targetFactId === targetFactId);
    return read === undefined ? null : dateOfInstant(read.fact.at, read.fact.zone);
  };
  return {
    promise: newestPromise(binding, payments, days), plan: newestPlan(binding, payments, days), payments,
    ...disputes, reductions: reductionsOf(payments, disputes.closedDisputes),
    settlements: new Map(ordered.flatMap((read) => (read.type === 'settlement-decided' ? [[read.body.targetFactId, { ...read.body, at: read.fact.at }]] : []))),
  };
}

/** Interest and costs that were paid leave the invoice as it is. */
function reductionsOf(payments: readonly Payment[], closed: readonly ClosedDispute[]): Reduction[] {
  return [
    ...payments.flatMap(({ paymentId, at, allocations }) => allocations.filter(({ part }) => part === 'capital').map(({ invoiceId, amountCents, statedCents }): Reduction => (
      { at, id: paymentId, invoiceId, amountCents, statedCents }))),
    ...closed.flatMap(({ disputeId, closedAt, invoiceId, upheldCents, statedCents }): Reduction[] =>
      upheldCents === null || statedCents === null ? [] : [{ at: closedAt, id: disputeId, invoiceId, amountCents: upheldCents, statedCents }]),
  ];
}

type DayOf = (type: 'agreement-cancelled' | 'plan-accepted' | 'plan-broken', targetFactId: FactId) => PlainDate | null;

function newestPromise(outcomes: readonly EffectiveOutcome[], all: readonly Payment[], dayOf: DayOf): PromiseToPay | null {
  const last = outcomes.findLast((entry) => entry.outcome.promise !== null);
  const promise = last?.outcome.promise;
  if (last === undefined || !promise) return null;
  const payments = paymentsFor(all, promise.invoices, last);
  const amountCents = promisedCents(promise);
  return {
    ...promise, promiseId: last.factId, at: last.at, amountCents, dueOn: openDay(promise.parts, promise.graceDays, payments), invoiceIds: promise.invoices.map(({ invoiceId }) => invoiceId),
    cancelledOn: dayOf('agreement-cancelled', last.factId), payments,
    paidCents: Math.min(amountCents, sumOf(payments)),
  };
}

function newestPlan(outcomes: readonly EffectiveOutcome[], all: readonly Payment[], dayOf: DayOf): AgreedPlan | null {
  const last = outcomes.findLast((entry) => entry.outcome.plan !== null);
  const plan = last?.outcome.plan;
  if (last === undefined || !plan) return null;
  const madeOn = dateOfInstant(last.at, last.zone);
  const payments = paymentsFor(all, plan.invoices, last);
  const amountCents = plannedCents(plan);
  const parts = plan.instalments.map(({ dueOn, capitalCents, interestCents }) => ({ dueOn, amountCents: capitalCents + interestCents }));
  return {
    ...plan, planId: last.factId, at: last.at, amountCents, dueOn: openDay(parts, plan.terms.graceDays, payments), paidCents: Math.min(amountCents, sumOf(payments)),
    acceptedOn: plan.stage === 'accepted' ? madeOn : dayOf('plan-accepted', last.factId),
    cancelledOn: dayOf('agreement-cancelled', last.factId), brokenOn: dayOf('plan-broken', last.factId), payments,
  };
}

/** What went to the invoices that it is about (to any, where it names none), since the day on which it was given. */
function paymentsFor(all: readonly Payment[], invoices: readonly { invoiceId: InvoiceId }[], { at, zone }: EffectiveOutcome): { on: PlainDate; amountCents: number }[] {
  const since = dateOfInstant(at, zone);
  const named = new Set(invoices.map(({ invoiceId }) => invoiceId));
  return all.filter(({ paidOn }) => paidOn >= since).map(({ paidOn, amountCents, allocations }) => ({
    on: paidOn,
    amountCents: named.size === 0 ? amountCents : allocations.reduce((sum, one) => (named.has(one.invoiceId) ? sum + one.amountCents : sum), 0),
  })).filter(({ amountCents }) => amountCents > 0);
}

/** The first day whose part was not whole within its grace; the last day where all were, or may still be. Does not depend on today. */
function openDay(parts: PromiseDetail['parts'], graceDays: number, payments: readonly { on: PlainDate; amountCents: number }[]): PlainDate {
  let due = 0;
  for (const { dueOn, amountCents } of parts) {
    due += amountCents;
    const lastDay = addDays(dueOn, graceDays);
    if (sumOf(payments.filter(({ on }) => on <= lastDay)) < due) return dueOn;
  }
  const last = parts.at(-1);
  if (last === undefined) throw new Error('a promise without a day');
  return last.dueOn;
}

function sumOf(amounts: readonly { amountCents: number }[]): number {
  return amounts.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

/** A later dispute of the same invoice replaces the earlier one. */
function foldDisputes(ordered: readonly ReadFact[], outcomes: readonly EffectiveOutcome[]): Pick<FoldedAgreements, 'disputes' | 'closedDisputes'> {
  const byInvoice = new Map<InvoiceId, Dispute>();
  for (const entry of outcomes) {
    const { dispute } = entry.outcome;
    if (dispute === null) continue;
    byInvoice.set(dispute.invoiceId, { disputeId: entry.factId, at: entry.at, ...dispute });
  }
  const disputes: Dispute[] = [];
  const closedDisputes: ClosedDispute[] = [];
  for (const made of byInvoice.values()) {
    const moved = ordered.findLast((read) => read.type === 'dispute-moved' && read.body.targetFactId === made.disputeId);
    const dispute = moved?.type === 'dispute-moved' ? { ...made, proof: moved.body.proof, owner: moved.body.owner, dueOn: moved.body.dueOn } : made;
    const closed = ordered.findLast((read) => read.type === 'dispute-closed' && read.body.targetFactId === made.disputeId);
    if (closed?.type !== 'dispute-closed') disputes.push(dispute);
    else closedDisputes.push({ ...dispute, result: closed.body.result, upheldCents: closed.body.upheldCents, statedCents: closed.body.statedCents, closedAt: closed.fact.at });
  }
  return { disputes, closedDisputes };
}
