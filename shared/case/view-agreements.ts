/**
 * What was agreed about a case and how it stands today: plan, settlement, payments, what is claimed beside the capital, what is time-barred.
 *
 * Invariants: every figure comes from the facts and from what paid lists said; interest is computed only where the creditor's mandate claims it
 * and never in courtesy tone; where a rate is not known the answer is that, and no figure.
 */
import type { AgreementsView } from '../contract/agreement-screen.ts';
import { claimOf } from '../interest/claim-interest.ts';
import type { InterestLine } from '../interest/compute-interest.ts';
import { computeInterest } from '../interest/compute-interest.ts';
import type { RateTables } from '../interest/standard-rates.ts';
import type { InvoiceId } from '../id.ts';
import { isTimeBarred, prescriptionDate } from '../payments/prescription-date.ts';
import { planStanding } from '../plans/plan-state.ts';
import type { AppError } from '../result.ts';
import type { PlainDate } from '../time.ts';
import { dateOfInstant, plainDateSchema } from '../time.ts';
import type { DebtorKind } from './case-entity.ts';
import { acknowledgedOn } from './plan-basis.ts';
import type { CaseView } from './view-case.ts';

type Viewed = Pick<CaseView, 'folded' | 'invoices' | 'rules' | 'tone' | 'currency'>;

export function viewAgreements(view: Viewed, debtor: DebtorKind, rates: RateTables, { nowMs, zone }: { nowMs: number; zone: string }): AgreementsView {
  const today = dateOfInstant(nowMs, zone);
  return {
    plan: viewPlan(view, today), settlement: viewSettlement(view, today), interest: viewInterest(view, debtor, rates, today),
    payments: view.folded.payments.toReversed().map(({ paymentId, paidOn, amountCents, currency, evidence, source }) => ({ paymentId, on: paidOn, amountCents, currency, evidence, source })),
    prescription: view.invoices.filter(({ residualCents }) => residualCents > 0).map(({ invoiceId, dueDate }) => {
      const lastDay = prescriptionDate(dueDate, view.rules.conduct.agreements.prescriptionMonths, acknowledgedOn(view, invoiceId));
      return { invoiceId, lastDay, isTimeBarred: isTimeBarred(lastDay, today) };
    }),
  };
}

function viewPlan({ folded: { plan } }: Viewed, today: PlainDate): AgreementsView['plan'] {
  if (plan === null || plan.cancelledOn !== null) return null;
  const parts = plan.instalments.map((instalment) => ({ ...instalment, amountCents: instalment.capitalCents + instalment.interestCents }));
  const { state, paidCents, leftCents, overdueCents, missed, mayBeBroken, next } = planStanding({ ...plan, instalments: parts }, plan.terms, today);
  let open = paidCents;
  const instalments = parts.map((part, index) => {
    const paid = Math.min(open, part.amountCents);
    open -= paid;
    return { ...part, paidCents: paid, isMissed: missed.includes(index) };
  });
  return { planId: plan.planId, at: plan.at, state, currency: plan.currency, instalments, amountCents: plan.amountCents, paidCents, leftCents, overdueCents, mayBeBroken, next };
}

function viewSettlement({ folded }: Viewed, today: PlainDate): AgreementsView['settlement'] {
  const asked = folded.outcomes.findLast(({ outcome }) => outcome.settlement !== null);
  const offer = asked?.outcome.settlement;
  if (asked === undefined || !offer) return null;
  const decided = folded.settlements.get(asked.factId);
  const payBy = decided?.payBy ?? offer.payBy;
  const state = decided === undefined ? 'asked' : decided.verdict === 'refused' ? 'refused' : payBy < today ? 'lapsed' : 'approved';
  return { factId: asked.factId, state, offeredCents: offer.offeredCents, amountCents: decided?.amountCents ?? null, currency: offer.currency, payBy, reason: decided?.reason ?? null };
}

/** Of what is overdue and not disputed; what was paid since its day counts from the day after. */
function viewInterest({ invoices, folded, rules, tone }: Viewed, debtor: DebtorKind, rates: RateTables, today: PlainDate): AgreementsView['interest'] {
  const { kind, lumpSumCents } = claimOf(rules.conduct.agreements.interest, debtor, tone === 'courtesy');
  if (kind === 'none') return null;
  const late = invoices.filter(({ daysLate, claimableCents }) => daysLate > 0 && claimableCents > 0);
  const found: { invoiceId: InvoiceId; totalCents: number; lines: InterestLine[] }[] = [];
  for (const { invoiceId, claimableCents, dueDate } of late) {
    const payments = folded.payments.flatMap(({ paidOn, allocations }) => allocations
      .filter((one) => one.invoiceId === invoiceId && one.part === 'capital' && paidOn > dueDate).map(({ amountCents }) => ({ on: paidOn, amountCents })));
    const capitalCents = payments.reduce((sum, { amountCents }) => sum + amountCents, claimableCents);
    const interest = computeInterest({ capitalCents, dueOn: dueDate, until: today, payments }, rates[kind]);
    if (!interest.ok) return { kind, lumpSumCents: 0, totalCents: 0, invoices: [], refusedOn: refusedDay(interest.error, today) };
    found.push({ invoiceId, ...interest.value });
  }
  return {
    kind, lumpSumCents: lumpSumCents * found.length, totalCents: found.reduce((sum, { totalCents }) => sum + totalCents, 0), invoices: found, refusedOn: null,
  };
}

function refusedDay({ details }: AppError, today: PlainDate): PlainDate {
  return plainDateSchema.safeParse(details['day']).data ?? today;
}
