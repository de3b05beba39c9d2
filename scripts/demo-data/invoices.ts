/**
 * The invoices of the demo: every situation an operator meets, at days counted from the anchor.
 *
 * Invariant: offsets are days from the anchor (negative = past); amounts are integer cents; what is settled
 * has no residual.
 */
import type { Random } from '../../shared/testing/random.ts';

export interface DemoInvoice {
  number: string;
  issueOffset: number;
  dueOffset: number;
  amountCents: number;
  residualCents: number;
  isCredit: boolean;
  settledOffset: number | null;
  isDisputed: boolean;
}

/** A situation: how far the due date is from the anchor, and how many customers in a hundred are in it. */
const situations: readonly { share: number; low: number; high: number }[] = [
  { share: 26, low: 2, high: 24 }, { share: 14, low: -3, high: 1 }, { share: 22, low: -38, high: -8 }, { share: 16, low: -75, high: -42 },
  { share: 14, low: -190, high: -95 }, { share: 8, low: -12, high: 8 },
];

export interface InvoiceStyle {
  /** Days between issue and due date. */
  termDays: readonly number[];
  lowCents: number;
  highCents: number;
  nextNumber: () => string;
}

/** One to five invoices for the customer at `index`. */
export function makeInvoices(index: number, isBig: boolean, style: InvoiceStyle, random: Random): DemoInvoice[] {
  const count = random.between(1, index % 4 === 0 ? 5 : 3);
  const situation = situationAt(random.between(1, 100));
  const factor = isBig ? 6 : 1;
  const invoices = Array.from({ length: count }, (_, position): DemoInvoice => {
    const dueOffset = random.between(situation.low, situation.high) + (position === 0 ? 0 : position * 31);
    const termDays = random.pick(style.termDays);
    // An invoice that is not issued yet cannot stand in a creditor's file.
    const issueOffset = Math.min(dueOffset - termDays, -1);
    const amountCents = random.between(style.lowCents, style.highCents) * factor;
    return { number: style.nextNumber(), issueOffset, dueOffset: Math.min(dueOffset, issueOffset + termDays), amountCents, residualCents: amountCents, isCredit: false, settledOffset: null, isDisputed: false };
  });
  return invoices.map((invoice, position) => vary(invoice, index, position, random)).concat(creditFor(invoices, index, style));
}

function vary(invoice: DemoInvoice, index: number, position: number, random: Random): DemoInvoice {
  if (index % 12 === 5 && position === 0) return { ...invoice, residualCents: 0, settledOffset: 0 };
  if (position > 0 && random.chance(5)) return { ...invoice, residualCents: 0, settledOffset: Math.min(-1, invoice.dueOffset - random.between(-9, 3)) };
  if (index % 10 === 7 && position === 0) return { ...invoice, isDisputed: true };
  if (index % 14 === 3 && position === 0) return { ...invoice, residualCents: Math.round(invoice.amountCents * 0.4) };
  return invoice;
}

function creditFor(invoices: readonly DemoInvoice[], index: number, style: InvoiceStyle): DemoInvoice[] {
  const first = invoices[0];
  if (index % 11 !== 9 || first === undefined) return [];
  const amountCents = -Math.round(first.amountCents * 0.15);
  return [{ ...first, number: `NC${style.nextNumber()}`, issueOffset: Math.min(first.issueOffset + 5, -1), amountCents, residualCents: amountCents, isCredit: true }];
}

function situationAt(percent: number): { low: number; high: number } {
  let sum = 0;
  for (const situation of situations) {
    sum += situation.share;
    if (percent <= sum) return situation;
  }
  throw new Error(`situationAt: the shares do not reach ${percent}`);
}
