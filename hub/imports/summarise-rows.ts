/**
 * The figures of one file.
 *
 * Invariant: `rows` and `amount` count every valid row, repeats included, so that they tie to the file's own
 * total; `open` counts each invoice once, as it stood at the end of the day `asOf`: issued by then and not
 * settled by then. A credit lowers the open amount and is never overdue.
 */
import { decimalOfCents } from '../../shared/money/format-money.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { CheckedItem } from './check-repeats.ts';
import type { ImportRow } from './import-row.ts';

/** Currency → decimal text, `{ USD: '147703.18' }`. */
export type AmountByCurrency = Record<string, string>;

export interface OpenFigures {
  invoices: number;
  customers: number;
  amount: AmountByCurrency;
  overdue: number;
}

export interface FileSummary {
  rows: { valid: number; distinct: number; repeated: number; rejected: number };
  customers: number;
  amount: AmountByCurrency;
  open: OpenFigures;
}

/** Adds up a file while it passes. */
export interface RowSummary {
  add(item: CheckedItem): void;
  result(): FileSummary;
  /** Integer cents by currency. */
  cents(): { amount: Record<string, number>; open: Record<string, number> };
}

/** True when the row was issued by the day and not settled by it. */
export function isOpenAsOf(row: Pick<ImportRow, 'issueDate' | 'settledDate' | 'residualCents'>, asOf: PlainDate): boolean {
  return row.issueDate <= asOf && (row.settledDate === null || row.settledDate > asOf) && row.residualCents !== 0;
}

/** An empty summary; feed it every checked item of one file. */
export function createRowSummary(asOf: PlainDate): RowSummary {
  const rows = { valid: 0, distinct: 0, repeated: 0, rejected: 0 };
  const amount = new Map<string, number>();
  const openAmount = new Map<string, number>();
  const customers = new Set<string>();
  const openCustomers = new Set<string>();
  let openInvoices = 0;
  let overdue = 0;
  const addTo = (sums: Map<string, number>, currency: string, cents: number): void => {
    sums.set(currency, (sums.get(currency) ?? 0) + cents);
  };
  return {
    add(item) {
      if (item.type === 'reject') {
        rows.rejected += 1;
        return;
      }
      const { row } = item;
      rows.valid += 1;
      addTo(amount, row.currency, row.amountCents);
      if (item.type === 'repeat') {
        rows.repeated += 1;
        return;
      }
      rows.distinct += 1;
      customers.add(row.customerCode);
      if (!isOpenAsOf(row, asOf)) return;
      const openCents = row.residualCents ?? row.amountCents;
      openInvoices += 1;
      openCustomers.add(row.customerCode);
      addTo(openAmount, row.currency, openCents);
      if (openCents > 0 && row.dueDate < asOf) overdue += 1;
    },
    result: () => ({
      rows: { ...rows },
      customers: customers.size,
      amount: show(amount),
      open: { invoices: openInvoices, customers: openCustomers.size, amount: show(openAmount), overdue },
    }),
    cents: () => ({ amount: Object.fromEntries(amount), open: Object.fromEntries(openAmount) }),
  };
}

/** The figures of a whole file. */
export async function summariseRows(items: AsyncIterable<CheckedItem>, asOf: PlainDate): Promise<FileSummary> {
  const summary = createRowSummary(asOf);
  for await (const item of items) summary.add(item);
  return summary.result();
}

function show(sums: Map<string, number>): AmountByCurrency {
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([currency, cents]) => [currency, decimalOfCents(cents)]));
}
