/**
 * What is still open of each invoice, by the creditor's file and by what became known since.
 *
 * A payment or an upheld dispute (a reduction) says what the file stated when it was recorded. A later file may hold it already, or not
 * yet, and does not tell which. So an invoice is never shown with more than the file states, and never with more than what was
 * stated at any reduction less it and all that came after:
 *
 *   outstanding = min(stated now, min over k of stated(k) − (reduction k + all after it))
 *
 * Invariants: what was paid is asked for by nobody while the file lags behind; what the file knows already is not taken off twice; without
 * reductions it is the file's word; never below nothing. A reduction that turns out not to hold is reversed by a person.
 */
import type { FactId, InvoiceId, PaymentId } from '../id.ts';
import type { Invoice } from './case-entity.ts';

export interface Reduction {
  /** Its order among those of the invoice. */
  at: number;
  id: FactId | PaymentId;
  invoiceId: InvoiceId;
  amountCents: number;
  statedCents: number;
}

/** The invoices with `residualCents` as it is now; credit notes and what no reduction is about are the same objects. */
export function outstandingInvoices(invoices: readonly Invoice[], reductions: readonly Reduction[]): readonly Invoice[] {
  if (reductions.length === 0) return invoices;
  return invoices.map((invoice) => {
    const own = reductions.filter(({ invoiceId }) => invoiceId === invoice.invoiceId);
    const residualCents = own.length === 0 ? invoice.residualCents : outstandingCents(invoice.residualCents, own);
    return residualCents === invoice.residualCents ? invoice : { ...invoice, residualCents };
  });
}

function outstandingCents(statedCents: number, reductions: readonly Reduction[]): number {
  if (statedCents <= 0) return statedCents;
  let [afterwards, least] = [0, statedCents];
  for (const reduction of [...reductions].sort((a, b) => b.at - a.at || (b.id < a.id ? -1 : 1))) {
    afterwards += reduction.amountCents;
    least = Math.min(least, reduction.statedCents - afterwards);
  }
  return Math.max(0, least);
}
