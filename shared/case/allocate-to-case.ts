/**
 * Which invoices of a case a payment that came in goes to.
 *
 * - It names an invoice: that one, or all of that number, the first due first. What it says beyond what is open goes to the same invoice as far as no
 *   payment is known for that part: the creditor's file may have counted this very payment already.
 * - It names none: those that the debtor chose, as far as a person heard it, come first, disputed or time-barred as they may be; then the invoices of the
 *   plan or promise in force, for an agreement on what is paid binds both sides; then art. 1193 c.c. over what is open and not disputed (`allocate-payment.ts`).
 *
 * Invariants: an invoice never gets more than its amount by all payments together; what no invoice takes is left over and said; interest and costs
 * get nothing, for the creditor's file holds none.
 */
import type { PaymentRecordedBody } from '../facts/agreement-bodies.ts';
import type { InvoiceId } from '../id.ts';
import type { OpenDebt } from '../payments/allocate-payment.ts';
import { allocatePayment } from '../payments/allocate-payment.ts';
import { isTimeBarred, prescriptionDate } from '../payments/prescription-date.ts';
import type { AgreementTerms } from '../protocol/agreement-terms.ts';
import type { PlainDate } from '../time.ts';
import { dateOfInstant } from '../time.ts';
import type { CaseEntity, Invoice } from './case-entity.ts';
import type { FoldedCase } from './fold-case.ts';
import { foldCase } from './fold-case.ts';
import { outstandingInvoices } from './outstanding-invoices.ts';
import { acknowledgedOn } from './plan-basis.ts';
import { disputedPart } from './view-case.ts';

export interface IncomingPayment extends Pick<PaymentRecordedBody, 'amountCents' | 'currency' | 'paidOn'> {
  /** The invoice that it names; null = none. */
  invoiceNumber: string | null;
  /** Those that the debtor chose, as a person heard it; a list holds none. */
  chosen?: readonly InvoiceId[];
}

export interface CaseAllocation {
  allocations: PaymentRecordedBody['allocations'];
  /** What no invoice takes. */
  leftCents: number;
  /** Of what was allocated, what the creditor's file or an earlier payment had counted already. */
  beyondOpenCents: number;
  /** What the payment changes, invoice by invoice. */
  lowered: { invoice: Invoice; beforeCents: number; afterCents: number }[];
}

export type AllocationProblem = 'invoice-unknown' | 'payment-currency';

/** Where the payment goes in this case as it stands, or why it belongs to none of its invoices. */
export function allocateToCase(
  payment: IncomingPayment, entity: CaseEntity, terms: Pick<AgreementTerms, 'prescriptionMonths' | 'acknowledgement'>, zone: string,
): CaseAllocation | AllocationProblem {
  const folded = foldCase(entity.facts, entity.payments);
  const all = outstandingInvoices(entity.invoices, folded.reductions).filter((invoice) => invoice.amountCents > 0);
  const meant = all.filter((invoice) => payment.invoiceNumber === null || invoice.number === payment.invoiceNumber);
  if (payment.invoiceNumber !== null && meant.length === 0) return 'invoice-unknown';
  const sameCurrency = meant.filter((invoice) => invoice.currency === payment.currency);
  if (meant.length > 0 && sameCurrency.length === 0) return 'payment-currency';
  const given = payment.invoiceNumber === null
    ? allocateByLaw(payment, sameCurrency, folded, terms, zone) : allocateToNamed(payment, sameCurrency, folded);
  const stated = new Map(entity.invoices.map((invoice) => [invoice.invoiceId, Math.max(0, invoice.residualCents)]));
  const open = new Map(sameCurrency.map((invoice) => [invoice.invoiceId, openCents(invoice)]));
  const taken = [...given].filter(([, cents]) => cents > 0);
  return {
    allocations: taken.map(([invoiceId, amountCents]) => ({ invoiceId, part: 'capital', amountCents, statedCents: stated.get(invoiceId) ?? 0 })),
    leftCents: payment.amountCents - taken.reduce((sum, [, cents]) => sum + cents, 0),
    beyondOpenCents: taken.reduce((sum, [invoiceId, cents]) => sum + Math.max(0, cents - (open.get(invoiceId) ?? 0)), 0),
    lowered: sameCurrency.flatMap((invoice) => {
      const [cents, before] = [given.get(invoice.invoiceId) ?? 0, openCents(invoice)];
      return cents === 0 ? [] : [{ invoice, beforeCents: before, afterCents: Math.max(0, before - cents) }];
    }),
  };
}

type Given = Map<InvoiceId, number>;

function allocateToNamed(payment: IncomingPayment, named: readonly Invoice[], folded: FoldedCase): Given {
  const inOrder = [...named].sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : 0));
  const debts = inOrder.map((invoice) => debtOf(invoice, openCents(invoice)));
  const { allocations, leftCents } = allocatePayment(payment.amountCents, debts, { on: payment.paidOn, chosen: inOrder.map(({ invoiceId }) => invoiceId) });
  const given = sumsOf(inOrder, allocations);
  let left = leftCents;
  for (const { invoiceId, amountCents } of inOrder) {
    const known = folded.payments.flatMap((paid) => paid.allocations)
      .reduce((sum, one) => (one.invoiceId === invoiceId && one.part === 'capital' ? sum + one.amountCents : sum), 0);
    const share = Math.min(left, Math.max(0, amountCents - known - (given.get(invoiceId) ?? 0)));
    given.set(invoiceId, (given.get(invoiceId) ?? 0) + share);
    left -= share;
  }
  return given;
}

function allocateByLaw(
  payment: IncomingPayment, invoices: readonly Invoice[], folded: FoldedCase, terms: Pick<AgreementTerms, 'prescriptionMonths' | 'acknowledgement'>, zone: string,
): Given {
  const { chosen = [] } = payment;
  const debts = invoices.map((invoice): OpenDebt => {
    const lastDay = prescriptionDate(invoice.dueDate, terms.prescriptionMonths, acknowledgedOn({ folded, rules: { conduct: { agreements: terms } } }, invoice.invoiceId));
    return { ...debtOf(invoice, Math.max(0, openCents(invoice) - (chosen.includes(invoice.invoiceId) ? 0 : disputedPart(invoice, folded.disputes)))), isTimeBarred: isTimeBarred(lastDay, payment.paidOn) };
  });
  const { allocations } = allocatePayment(payment.amountCents, debts, { on: payment.paidOn, chosen: [...chosen, ...agreedInvoices(folded, payment.paidOn, zone)] });
  return sumsOf(invoices, allocations);
}

/** The invoices of the agreement that stood on the day: those of the plan before those of the promise. */
function agreedInvoices({ plan, promise }: FoldedCase, paidOn: PlainDate, zone: string): InvoiceId[] {
  const standsIn = ({ cancelledOn }: { cancelledOn: PlainDate | null }): boolean => cancelledOn === null || cancelledOn > paidOn;
  const planned = plan?.acceptedOn != null && plan.acceptedOn <= paidOn && plan.brokenOn === null && standsIn(plan) ? plan.invoices : [];
  const promised = promise !== null && dateOfInstant(promise.at, zone) <= paidOn && standsIn(promise) ? promise.invoices : [];
  return [...planned, ...promised].map(({ invoiceId }) => invoiceId);
}

function debtOf(invoice: Invoice, capitalCents: number): OpenDebt {
  return {
    debtId: invoice.invoiceId, capitalCents, interestCents: 0, costsCents: 0, dueOn: invoice.dueDate, arisenOn: invoice.issueDate, isGuaranteed: false,
    basisPoints: 0, isTimeBarred: false,
  };
}

function openCents({ settledOn, residualCents }: Invoice): number {
  return settledOn === null ? Math.max(0, residualCents) : 0;
}

/** In the order in which they were given. */
function sumsOf(invoices: readonly Invoice[], allocations: readonly { debtId: string; amountCents: number }[]): Given {
  const given: Given = new Map();
  for (const { debtId, amountCents } of allocations) {
    const invoice = invoices.find(({ invoiceId }) => invoiceId === debtId);
    if (invoice !== undefined) given.set(invoice.invoiceId, (given.get(invoice.invoiceId) ?? 0) + amountCents);
  }
  return given;
}
