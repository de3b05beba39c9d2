/**
 * What of a case may be put into a plan today.
 *
 * Invariants: what was promised for a day that has not gone by is not put into a plan as well; a disputed or suspended part is never in it, nor an invoice that is time-barred: to pay it in instalments would be to acknowledge
 * it; the oldest first (art. 1193 c.c.).
 */
import { prescriptionDate, isTimeBarred } from '../payments/prescription-date.ts';
import type { PlanBasis } from '../plans/offer-plans.ts';
import { isRestDay } from '../policy/contact/calendar.ts';
import type { InvoiceId } from '../id.ts';
import type { PlainDate } from '../time.ts';
import { addDays, addMonths, dateOfInstant, dayOfWeek } from '../time.ts';
import { standingPromise } from './place-case.ts';
import type { CaseView } from './view-case.ts';

export interface CasePlanBasis extends PlanBasis {
  /** What it would pay off, oldest first. */
  invoices: { invoiceId: InvoiceId; number: string; dueDate: PlainDate; claimableCents: number }[];
  /** Left out: time-barred since the day after `lastDay`. */
  timeBarred: { invoiceId: InvoiceId; number: string; lastDay: PlainDate }[];
}

type BasisView = Pick<CaseView, 'invoices' | 'currency' | 'rules' | 'folded'>;

/** @param isPromise what may be promised: a new promise replaces the one before */
export function planBasis(view: BasisView, { nowMs, zone }: { nowMs: number; zone: string }, isPromise = false): CasePlanBasis {
  const today = dateOfInstant(nowMs, zone);
  const promised = isPromise ? new Map<InvoiceId, number>() : promisedParts(view, today);
  const { planLimits, prescriptionMonths } = view.rules.conduct.agreements;
  const asked = view.invoices.map((invoice) => ({ ...invoice, claimableCents: Math.max(0, invoice.claimableCents - (promised.get(invoice.invoiceId) ?? 0)) }))
    .filter(({ claimableCents }) => claimableCents > 0)
    .map((invoice) => ({ invoice, lastDay: prescriptionDate(invoice.dueDate, prescriptionMonths, acknowledgedOn(view, invoice.invoiceId)) }));
  const live = asked.filter(({ lastDay }) => !isTimeBarred(lastDay, today)).map(({ invoice }) => invoice);
  const credits = view.invoices.reduce((sum, { residualCents, claimableCents }) => (residualCents < 0 ? sum + claimableCents : sum), 0);
  return {
    currency: view.currency, limits: planLimits, today, earliest: addDays(today, 1),
    debtCents: Math.max(0, live.reduce((sum, { claimableCents }) => sum + claimableCents, credits)),
    invoices: live.map(({ invoiceId, number, dueDate, claimableCents }) => ({ invoiceId, number, dueDate, claimableCents })),
    timeBarred: asked.filter(({ lastDay }) => isTimeBarred(lastDay, today)).map(({ invoice, lastDay }) => ({ invoiceId: invoice.invoiceId, number: invoice.number, lastDay })),
  };
}

/** What was promised of each invoice and is still to come. */
function promisedParts({ folded, invoices }: BasisView, today: PlainDate): Map<InvoiceId, number> {
  const promise = standingPromise(folded);
  if (promise === null || addDays(promise.dueOn, promise.graceDays) < today) return new Map();
  return new Map(promise.invoices.map(({ invoiceId, amountCents }) => [invoiceId, amountCents ?? invoices.find((one) => one.invoiceId === invoiceId)?.claimableCents ?? 0]));
}

/** Days on which an instalment does not fall due: weekends, holidays and closures where the customer lives. */
export function isInstalmentRestDay({ policy, place, calendar }: Pick<CaseView['rules'], 'policy' | 'place' | 'calendar'>, date: PlainDate): boolean {
  return dayOfWeek(date) >= 6 || isRestDay(policy.holidays, date, place, calendar);
}

/** A month more than a plan may last: its last instalment may be moved off a holiday. */
const MONTHS_BEYOND = 2;

/** All such days, as far as a plan may reach. */
export function listRestDays(rules: Parameters<typeof isInstalmentRestDay>[0], { today, limits }: Pick<PlanBasis, 'today' | 'limits'>): PlainDate[] {
  const last = addMonths(today, limits.maxDurationMonths + MONTHS_BEYOND);
  const restDays: PlainDate[] = [];
  for (let day = today; day <= last; day = addDays(day, 1)) if (isInstalmentRestDay(rules, day)) restDays.push(day);
  return restDays;
}

/** A written plan that acknowledges interrupts (art. 2944 c.c.); words on the telephone do not. */
export function acknowledgedOn(
  { folded: { plan }, rules }: { folded: Pick<CaseView['folded'], 'plan'>; rules: { conduct: { agreements: { acknowledgement: boolean } } } }, invoiceId: InvoiceId,
): PlainDate[] {
  const isWritten = rules.conduct.agreements.acknowledgement && plan?.acceptedOn != null && plan.invoices.some((one) => one.invoiceId === invoiceId);
  return isWritten && plan.acceptedOn !== null ? [plan.acceptedOn] : [];
}
