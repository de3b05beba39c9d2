/**
 * What a call asks for: every open, undisputed invoice of the case, overdue apart from not yet due.
 *
 * Invariants: the two parts add up to the claim exactly; credit notes and payments on account lower the overdue
 * part first, so that nothing already covered is called overdue; disputed parts are never in it.
 */
import type { CaseView, InvoiceView } from '../case/view-case.ts';

export interface Claim {
  totalCents: number;
  overdueCents: number;
  upcomingCents: number;
  /** Credit taken off, as a positive amount. */
  creditCents: number;
  disputedCents: number;
  /** Oldest first; empty where credits cover them all. */
  overdue: InvoiceView[];
  /** Not yet due, due today included; first due first. */
  upcoming: InvoiceView[];
}

/** Splits what may be asked for; all empty when nothing may be. */
export function summariseClaim(view: Pick<CaseView, 'invoices'>): Claim {
  const claimable = view.invoices.filter((invoice) => invoice.claimableCents > 0);
  const sum = (invoices: readonly InvoiceView[], pick: (invoice: InvoiceView) => number): number =>
    invoices.reduce((total, invoice) => total + pick(invoice), 0);
  const owed = (invoices: readonly InvoiceView[]): number => sum(invoices, (invoice) => invoice.claimableCents);
  const byDueDate = [...claimable].sort((one, other) => other.daysLate - one.daysLate);
  const overdue = byDueDate.filter((invoice) => invoice.daysLate > 0);
  const upcoming = byDueDate.filter((invoice) => invoice.daysLate <= 0);
  const creditCents = -sum(view.invoices.filter((invoice) => invoice.residualCents < 0), (invoice) => invoice.residualCents);
  const overdueCents = Math.max(0, owed(overdue) - creditCents);
  const totalCents = Math.max(0, owed(claimable) - creditCents);
  const upcomingCents = totalCents - overdueCents;
  return {
    totalCents, overdueCents, upcomingCents, creditCents,
    disputedCents: sum(view.invoices, (invoice) => invoice.disputedCents),
    overdue: overdueCents > 0 ? overdue : [],
    upcoming: upcomingCents > 0 ? upcoming : [],
  };
}
