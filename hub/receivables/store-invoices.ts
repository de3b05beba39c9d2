/**
 * Writes the invoices of one batch of an import.
 *
 * Invariants: an invoice is known by creditor, customer, number, issue date and due date; what the file says of it
 * replaces what the hub had; it stands as it was on the day `asOf`: settled later than that is still open, issued
 * later than that is kept and not shown yet.
 */
import type { CaseId, InvoiceId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { ImportRow } from '../imports/import-row.ts';
import type { Flag01, InvoicesTable, Tx } from '../store/tables.ts';
import type { Change, StoredCase } from './store-customers.ts';

type InvoiceState = Omit<InvoicesTable, 'invoice_id' | 'case_id' | 'number' | 'issue_date' | 'due_date'>;

export interface StoredInvoices { counts: Record<Change, number>; invoiceIds: InvoiceId[] }

export async function storeInvoices(
  tx: Tx, asOf: PlainDate, rows: readonly ImportRow[], cases: ReadonlyMap<string, StoredCase>,
): Promise<StoredInvoices> {
  const counts: Record<Change, number> = { new: 0, updated: 0, unchanged: 0 };
  const invoiceIds: InvoiceId[] = [];
  const inserts: InvoicesTable[] = [];
  const changedCases = new Set<CaseId>();
  const known = await loadKnown(tx, rows, cases);
  for (const row of rows) {
    const caseId = cases.get(row.customerCode)?.caseId;
    if (caseId === undefined) throw new Error('a row came before its customer');
    const state = stateOf(row, asOf);
    const before = known.get(keyOf(caseId, row.invoiceNumber, row.issueDate, row.dueDate));
    if (before === undefined) {
      const invoiceId = newId<InvoiceId>();
      inserts.push({
        invoice_id: invoiceId, case_id: caseId, number: row.invoiceNumber, issue_date: row.issueDate, due_date: row.dueDate, ...state,
      });
      invoiceIds.push(invoiceId);
      counts.new += 1;
      changedCases.add(caseId);
      continue;
    }
    invoiceIds.push(before.invoice_id);
    if (sameState(before, state)) {
      counts.unchanged += 1;
      continue;
    }
    await tx.updateTable('invoices').set(state).where('invoice_id', '=', before.invoice_id).execute();
    counts.updated += 1;
    changedCases.add(caseId);
  }
  if (inserts.length > 0) await tx.insertInto('invoices').values(inserts).execute();
  if (changedCases.size > 0) {
    await tx.updateTable('cases').set({ needs_publish: 1 }).where('case_id', 'in', [...changedCases]).execute();
  }
  return { counts, invoiceIds };
}

async function loadKnown(
  tx: Tx, rows: readonly ImportRow[], cases: ReadonlyMap<string, StoredCase>,
): Promise<Map<string, InvoicesTable>> {
  const caseIds = [...new Set(rows.flatMap((row) => cases.get(row.customerCode)?.caseId ?? []))];
  const numbers = [...new Set(rows.map((row) => row.invoiceNumber))];
  if (caseIds.length === 0) return new Map();
  const known = await tx.selectFrom('invoices').selectAll().where('case_id', 'in', caseIds).where('number', 'in', numbers).execute();
  return new Map(known.map((row) => [keyOf(row.case_id, row.number, row.issue_date, row.due_date), row]));
}

function keyOf(caseId: CaseId, number: string, issueDate: PlainDate, dueDate: PlainDate): string {
  return JSON.stringify([caseId, number, issueDate, dueDate]);
}

function stateOf(row: ImportRow, asOf: PlainDate): InvoiceState {
  const settledOn = row.settledDate !== null && row.settledDate <= asOf ? row.settledDate : null;
  const flag = (value: boolean): Flag01 => (value ? 1 : 0);
  return {
    amount_cents: row.amountCents, residual_cents: settledOn === null ? (row.residualCents ?? row.amountCents) : 0, currency: row.currency,
    document_type: row.documentType, settled_on: settledOn, disputed_in_file: flag(row.disputed), issued: flag(row.issueDate <= asOf),
  };
}

function sameState(a: InvoiceState, b: InvoiceState): boolean {
  return (Object.keys(b) as (keyof InvoiceState)[]).every((field) => a[field] === b[field]);
}
