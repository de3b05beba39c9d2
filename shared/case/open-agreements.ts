/**
 * What of a case's agreements somebody may still act on today, by the fact that each act would name.
 *
 * Invariants: what was answered, taken back, kept or paid is not among them; a payment that was reversed is none. Screens offer
 * what stands here, and commands take nothing else.
 */
import type { PlanDetail } from '../facts/agreement-details.ts';
import type { FactId, InvoiceId, PaymentId } from '../id.ts';
import type { PlanStanding, PlanState } from '../plans/plan-state.ts';
import { planStanding } from '../plans/plan-state.ts';
import type { PlainDate } from '../time.ts';
import type { CaseEntity } from './case-entity.ts';
import type { Dispute } from './fold-agreements.ts';
import type { CaseView } from './view-case.ts';

export interface OpenPlan extends Pick<PlanStanding, 'mayBeBroken' | 'leftCents'> {
  targetFactId: FactId;
  state: PlanState;
  currency: string;
  amountCents: number;
  instalments: PlanDetail['instalments'];
  missedCount: number;
}

export interface OpenDispute extends Pick<Dispute, 'reason' | 'proof' | 'owner' | 'dueOn' | 'currency'> {
  targetFactId: FactId;
  invoiceId: InvoiceId;
  number: string;
  /** What would not be owed, were it upheld whole. */
  disputedCents: number;
  /** What the creditor's file says is open. */
  statedCents: number;
}

export interface OpenAgreements {
  promise: { targetFactId: FactId; amountCents: number; currency: string; dueOn: PlainDate } | null;
  plan: OpenPlan | null;
  disputes: OpenDispute[];
  /** Asked for and not answered. */
  settlements: { targetFactId: FactId; at: number; offeredCents: number; currency: string; payBy: PlainDate }[];
  /** `leftCents`: what went to no invoice. */
  payments: { paymentId: PaymentId; paidOn: PlainDate; amountCents: number; leftCents: number; currency: string; evidence: string; source: 'person' | 'paid-list' }[];
}

type Viewed = Pick<CaseView, 'folded' | 'invoices' | 'promise'>;

export function openAgreements(view: Viewed, { invoices }: Pick<CaseEntity, 'invoices'>, today: PlainDate): OpenAgreements {
  const { folded, promise } = view;
  return {
    promise: promise === null || promise.state === 'kept' ? null
      : { targetFactId: promise.promiseId, amountCents: promise.amountCents, currency: promise.currency, dueOn: promise.dueOn },
    plan: openPlan(view, today),
    disputes: folded.disputes.map((dispute) => openDispute(dispute, view, invoices)),
    settlements: folded.outcomes.flatMap(({ factId, at, outcome: { settlement }, audit }) => (
      settlement === null || audit?.verdict === 'rejected' || folded.settlements.has(factId) ? [] : [{ targetFactId: factId, at, ...settlement }])),
    payments: folded.payments.toReversed().map(({ paymentId, paidOn, amountCents, allocations, currency, evidence, source }) => ({
      paymentId, paidOn, amountCents, currency, evidence, source, leftCents: allocations.reduce((left, one) => left - one.amountCents, amountCents),
    })),
  };
}

function openPlan({ folded: { plan } }: Viewed, today: PlainDate): OpenPlan | null {
  if (plan === null) return null;
  const instalments = plan.instalments.map((one) => ({ dueOn: one.dueOn, amountCents: one.capitalCents + one.interestCents }));
  const { state, leftCents, missed, mayBeBroken } = planStanding({ ...plan, instalments }, plan.terms, today);
  if (state === 'cancelled' || state === 'broken' || state === 'completed') return null;
  return {
    targetFactId: plan.planId, state, currency: plan.currency, amountCents: plan.amountCents, instalments: plan.instalments, leftCents, missedCount: missed.length, mayBeBroken,
  };
}

/** Where nothing of the invoice is outstanding any more (it was paid), the dispute is about what the file still states. */
function openDispute(dispute: Dispute, { invoices: outstanding }: Viewed, stated: CaseEntity['invoices']): OpenDispute {
  const { invoiceId, reason, proof, owner, dueOn, currency, amountCents } = dispute;
  const inFile = stated.find((invoice) => invoice.invoiceId === invoiceId);
  const statedCents = Math.max(0, inFile?.residualCents ?? 0);
  const openCents = outstanding.find((invoice) => invoice.invoiceId === invoiceId)?.disputedCents ?? 0;
  return {
    targetFactId: dispute.disputeId, invoiceId, number: inFile?.number ?? '', reason, proof, owner, dueOn, currency, statedCents,
    disputedCents: openCents > 0 ? openCents : Math.min(amountCents ?? statedCents, statedCents),
  };
}
