/** What an outcome agreed, in the one line that lists, flags and counts show. */
import type { InvoiceId } from '../id.ts';
import type { PlainDate } from '../time.ts';
import { plannedCents, promisedCents } from './agreement-details.ts';
import type { OutcomeBody } from './outcome-body.ts';

export interface AgreedFigures {
  amountCents: number | null;
  currency: string | null;
  /** The first day on which something is to come. */
  dueOn: PlainDate | null;
  invoiceIds: InvoiceId[];
}

/** Of a promise, a plan, a dispute, a settlement or a payment; nulls where the outcome agreed nothing. */
export function agreedFigures({ promise, plan, dispute, settlement, payment }: OutcomeBody): AgreedFigures {
  if (promise !== null) {
    return { amountCents: promisedCents(promise), currency: promise.currency, dueOn: promise.parts[0]?.dueOn ?? null, invoiceIds: promise.invoices.map(({ invoiceId }) => invoiceId) };
  }
  if (plan !== null) {
    return { amountCents: plannedCents(plan), currency: plan.currency, dueOn: plan.instalments[0]?.dueOn ?? null, invoiceIds: plan.invoices.map(({ invoiceId }) => invoiceId) };
  }
  if (dispute !== null) return { amountCents: dispute.amountCents, currency: dispute.currency, dueOn: null, invoiceIds: [dispute.invoiceId] };
  if (settlement !== null) return { amountCents: settlement.offeredCents, currency: settlement.currency, dueOn: settlement.payBy, invoiceIds: [] };
  if (payment !== null) return { amountCents: payment.amountCents, currency: payment.currency, dueOn: payment.restDueOn, invoiceIds: [] };
  return { amountCents: null, currency: null, dueOn: null, invoiceIds: [] };
}
