/**
 * Writes the invoices of one batch of an import.
 *
 * Invariants: an invoice is known by creditor, customer, number, issue date and due date; what the file says of it
 * replaces what the hub had; it stands as it was on the day `asOf`: settled later than that is still open, issued
 * later than that is kept and not shown yet. Where a customer's one open invoice of a number comes back with another due date
 * and the same amount, its date was moved: it keeps its id, and the promises made on it.
 */
import type { Selectable } from 'kysely';
import type { CaseId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { PlainDate } from '../../shared/time.ts';
import { invoiceKeyOf } from '../imports/check-repeats.ts';
import type { ImportRow } from '../imports/import-row.ts';
import type { Flag01, InvoicesTable, Tx } from '../store/tables.ts';
import type { Change, StoredCase } from './store-customers.ts';

type InvoiceRow = Selectable<InvoicesTable>;
export type InvoiceState = Omit<InvoiceRow, 'invoice_id' | 'case_id' | 'number' | 'issue_date'>;

/** `before` is null for an invoice the hub did not know. */
export interface StoredInvoice { row: ImportRow; customerName: string; before: InvoiceState | null; after: InvoiceState }
export interface StoredInvoices { counts: Record<Change, number>; changes: StoredInvoice[] }

/** @param isInFile whether an earlier row of the file, or one of this batch, is the invoice of this key */
export async function storeInvoices(
  tx: Tx, asOf: PlainDate, rows: readonly ImportRow[], cases: ReadonlyMap<string, StoredCase>, isInFile: (key: string) => boolean,
): Promise<StoredInvoices> {
  const counts: Record<Change, number> = { new: 0, updated: 0, unchanged: 0 };
  const changes: StoredInvoice[] = [];
  const inserts: InvoiceRow[] = [];
  const changedCases = new Set<CaseId>();
  const known = await loadKnown(tx, rows, cases);
  const rowsPerNumber = new Map<string, number>();
  for (const row of rows) rowsPerNumber.set(numberKeyOf(row), (rowsPerNumber.get(numberKeyOf(row)) ?? 0) + 1);
  for (const row of rows) {
    const stored = cases.get(row.customerCode);
    if (stored === undefined) throw new Error('a row came before its customer');
    const { caseId, name: customerName } = stored;
    const after = stateOf(row, asOf);
    const all = known.get(JSON.stringify([caseId, row.invoiceNumber, row.issueDate])) ?? [];
    const isAlone = rowsPerNumber.get(numberKeyOf(row)) === 1 && all.length === 1;
    const before = all.find((candidate) => candidate.due_date === row.dueDate)
      ?? (isAlone ? all.find((candidate) => wasMoved(candidate, row, after, isInFile)) : undefined);
    if (before === undefined) {
      inserts.push({ invoice_id: newId(), case_id: caseId, number: row.invoiceNumber, issue_date: row.issueDate, ...after });
      changes.push({ row, customerName, before: null, after });
      counts.new += 1;
      changedCases.add(caseId);
      continue;
    }
    if (sameState(before, after)) {
      counts.unchanged += 1;
      continue;
    }
    await tx.updateTable('invoices').set(after).where('invoice_id', '=', before.invoice_id).execute();
    changes.push({ row, customerName, before, after });
    counts.updated += 1;
    changedCases.add(caseId);
  }
  if (inserts.length > 0) await tx.insertInto('invoices').values(inserts).execute();
  if (changedCases.size > 0) {
    await tx.updateTable('cases').set({ needs_publish: 1 }).where('case_id', 'in', [...changedCases]).execute();
  }
  return { counts, changes };
}

/** By case, number and issue date. */
async function loadKnown(
  tx: Tx, rows: readonly ImportRow[], cases: ReadonlyMap<string, StoredCase>,
): Promise<Map<string, InvoiceRow[]>> {
  const caseIds = [...new Set(rows.flatMap((row) => cases.get(row.customerCode)?.caseId ?? []))];
  const numbers = [...new Set(rows.map((row) => row.invoiceNumber))];
  const known = new Map<string, InvoiceRow[]>();
  if (caseIds.length === 0) return known;
  for (const invoice of await tx.selectFrom('invoices').selectAll().where('case_id', 'in', caseIds).where('number', 'in', numbers).execute()) {
    const key = JSON.stringify([invoice.case_id, invoice.number, invoice.issue_date]);
    known.set(key, [...(known.get(key) ?? []), invoice]);
  }
  return known;
}

function numberKeyOf(row: ImportRow): string {
  return JSON.stringify([row.customerCode, row.invoiceNumber, row.issueDate]);
}

function wasMoved(invoice: InvoiceRow, row: ImportRow, after: InvoiceState, isInFile: (key: string) => boolean): boolean {
  const isOpen = invoice.settled_on === null && invoice.residual_cents !== 0;
  return isOpen && invoice.amount_cents === after.amount_cents && invoice.currency === after.currency
    && !isInFile(invoiceKeyOf({ ...row, dueDate: invoice.due_date }));
}

function stateOf(row: ImportRow, asOf: PlainDate): InvoiceState {
  const settledOn = row.settledDate !== null && row.settledDate <= asOf ? row.settledDate : null;
  const flag = (value: boolean): Flag01 => (value ? 1 : 0);
  return {
    due_date: row.dueDate,
    amount_cents: row.amountCents, residual_cents: settledOn === null ? (row.residualCents ?? row.amountCents) : 0, currency: row.currency,
    document_type: row.documentType, settled_on: settledOn, disputed_in_file: flag(row.disputed), issued: flag(row.issueDate <= asOf),
    missing_since: null,
  };
}

function sameState(a: InvoiceState, b: InvoiceState): boolean {
  return (Object.keys(b) as (keyof InvoiceState)[]).every((field) => a[field] === b[field]);
}
