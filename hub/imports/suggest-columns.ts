/**
 * Which field each column probably feeds: by the creditor's saved mapping, by its header, by what stands in its cells.
 *
 * Invariant: a suggestion is never more than that: a job takes what a person confirmed. By their cells only columns are named that
 * nothing else can be.
 */
import { normalisePhone } from '../../shared/case/normalise-phone.ts';
import { readTaxCode } from '../../shared/case/read-tax-code.ts';
import type { z } from 'zod';
import { manyColumnFields } from '../../shared/protocol/import-columns.ts';
import type { ColumnMapping, previewColumnSchema } from '../../shared/protocol/import-protocol.ts';
import { isEmail } from './build-customer.ts';
import { cleanText } from './clean-cell.ts';
import { foldHeader, isFieldOf } from './import-fields.ts';
import type { ImportContent, ImportField } from './import-fields.ts';
import { recogniseColumns } from './map-columns.ts';
import { readAmount } from './read-amount.ts';
import { readDate } from './read-date.ts';
import type { CsvRecord } from './read-records.ts';

export type PreviewColumn = z.infer<typeof previewColumnSchema>;

/** A suggestion for every column. */
export function suggestColumns(
  headers: readonly string[], rows: readonly CsvRecord[], content: ImportContent, saved: readonly ColumnMapping[] | null,
): PreviewColumn[] {
  const columns: PreviewColumn[] = headers.map((column) => ({ column, field: null, from: null }));
  const used = new Set<ImportField>();
  const take = (index: number, field: ImportField, from: 'saved' | 'name' | 'values'): void => {
    const column = columns[index];
    if (column?.from !== null || !isFieldOf(content, field) || (used.has(field) && !manyColumnFields.has(field))) return;
    columns[index] = { column: column.column, field, from };
    used.add(field);
  };
  for (const { column, field } of saved ?? []) take(headers.indexOf(column), field, 'saved');
  const savedFields = new Set(used);
  const named = recogniseColumns(headers, new Set(), content);
  for (const [field, indexes] of Object.entries(named) as [ImportField, number[]][]) {
    // What the creditor's mapping has settled needs no second column.
    if (!savedFields.has(field)) for (const index of indexes) take(index, field, 'name');
  }
  suggestByValues(headers, rows, (index) => columns[index]?.from === null, used, take);
  return columns;
}

type Take = (index: number, field: ImportField, from: 'values') => void;

function suggestByValues(
  headers: readonly string[], rows: readonly CsvRecord[], isFree: (index: number) => boolean, used: ReadonlySet<ImportField>, take: Take,
): void {
  const dates: { index: number; earliest: string }[] = [];
  headers.forEach((_header, index) => {
    if (!isFree(index)) return;
    const cells = rows.map((row) => cleanText(row.cells[index] ?? '')).filter((cell) => cell !== '');
    const most = (test: (cell: string) => boolean): boolean => cells.length >= 2 && cells.filter(test).length >= cells.length * 0.8;
    if (most((cell) => readTaxCode(cell).ok)) take(index, 'taxCode', 'values');
    else if (most(isEmail)) take(index, cells.every((cell) => /@.*(?:pec|legalmail)/i.test(cell)) ? 'pec' : 'email', 'values');
    else if (most((cell) => /^\S*[./-]/.test(cell) && 'date' in readDate(cell, 'DMY'))) {
      const days = cells.flatMap((cell) => { const day = readDate(cell, 'DMY'); return 'date' in day ? [day.date] : []; }).sort();
      dates.push({ index, earliest: days[0] ?? '' });
    } else if (most((cell) => /^[+\d][\d\s/.-]{7,}$/.test(cell) && normalisePhone(cell).every((phone) => phone.usable))) take(index, 'phone', 'values');
    else if (!used.has('amount') && most((cell) => /[.,]\d{2}$/.test(cell) && typeof readAmount(cell, 'unknown') === 'object')) take(index, 'amount', 'values');
  });
  // An invoice is issued before it is due.
  const missing = (['issueDate', 'dueDate'] as const).filter((field) => !used.has(field));
  const inOrder = dates.toSorted((a, b) => (a.earliest < b.earliest ? -1 : 1));
  if (inOrder.length >= missing.length) missing.forEach((field, place) => take(inOrder[place]?.index ?? -1, field, 'values'));
  // A paid list has one day; with more, a person says which.
  if (dates.length === 1) take(dates[0]?.index ?? -1, 'paidOn', 'values');
}

/** What the rows most probably are: an invoice has a number, an amount or dates of its own; a payment has the day on which it came in, and no due date. */
export function guessContent(headers: readonly string[], rows: readonly CsvRecord[]): ImportContent {
  if (isPaidList(headers)) return 'payments';
  const fields = new Set(suggestColumns(headers, rows, 'invoices', null).map((column) => column.field));
  const signs = (['invoiceNumber', 'amount', 'dueDate', 'issueDate'] as const).filter((field) => fields.has(field)).length;
  return signs >= 2 ? 'invoices' : 'customers';
}

/** By headers alone, and not by `Data`, which any list may have. */
function isPaidList(headers: readonly string[]): boolean {
  const { paidOn, amount, customerCode, invoiceNumber } = recogniseColumns(headers, new Set(), 'payments');
  const { dueDate } = recogniseColumns(headers, new Set(), 'invoices');
  const isNamed = paidOn !== undefined && !/^(?:data|date)$/.test(foldHeader(headers[paidOn[0] ?? -1] ?? ''));
  return isNamed && amount !== undefined && (customerCode ?? invoiceNumber) !== undefined && dueDate === undefined;
}
