/**
 * Makes an `ImportRow` of the cells of one record, or a reject that says why not.
 *
 * Invariant: a number that a workbook holds as a number has a point and nothing else, whatever the text cells beside it use; in a
 * date's column it is a day's serial.
 */
import type { PlainDate } from '../../shared/time.ts';
import { buildCustomer, isTotalLabel, readCode, readCustomer, refuseBroken, warnOpenQuotes } from './build-customer.ts';
import { invoiceKeyOf } from './check-repeats.ts';
import { cleanText, isCreditNote, readCurrency, readYesNo } from './clean-cell.ts';
import { requiredFields } from './import-fields.ts';
import type { ImportField } from './import-fields.ts';
import { importRowSchema } from './import-row.ts';
import type { ImportRow, ReadItem, RowWarning } from './import-row.ts';
import { readAmount } from './read-amount.ts';
import { readDate, showDateOrder } from './read-date.ts';
import type { CsvRecord } from './read-records.ts';
import type { RowContext } from './row-context.ts';
import { headerOf, RowRefusal, takeOrReject, valueOf } from './row-context.ts';
import { dateOfSerial } from './xlsx/cell-text.ts';

export type { RowContext } from './row-context.ts';
export { buildCustomer };

/** One record of an invoice file as a row or a reject. */
export function buildRow(record: CsvRecord, context: RowContext): ReadItem {
  return takeOrReject<ReadItem>(record, () => {
    const warnings: RowWarning[] = [];
    return { type: 'row', row: read(record, context, warnings), raw: record.cells, warnings, hidden: record.hidden === true };
  }, () => readKey(record, context));
}

function read(record: CsvRecord, context: RowContext, warnings: RowWarning[]): ImportRow {
  const { plan } = context;
  refuseWhatIsNoInvoice(record, context);
  warnOpenQuotes(record, context, warnings);
  const cell = (field: ImportField): string => valueOf(record.cells, plan, field);
  const column = (field: ImportField): string => headerOf(context, field);
  const money = (field: 'amount' | 'residual'): Money => readMoney(field, record, context);

  for (const field of requiredFields) if (cell(field) === '') throw new RowRefusal('missing-value', { column: column(field) });
  const amount = money('amount');
  const residual = cell('residual') === '' ? null : money('residual');
  const disputed = readYesNo(cell('disputed'));
  if (disputed === null) throw new RowRefusal('disputed-invalid', { column: column('disputed'), value: cell('disputed') });
  const documentType = cell('documentType') === '' ? null : cell('documentType');
  if (documentType !== null && isCreditNote(documentType) && amount.cents > 0) {
    throw new RowRefusal('credit-note-positive', { column: column('amount'), value: cell('amount') });
  }
  return importRowSchema.parse({
    line: record.line,
    ...readCustomer(record, context, warnings),
    invoiceNumber: readCode('invoiceNumber', record, context),
    issueDate: readDay('issueDate', record, context),
    dueDate: readDay('dueDate', record, context),
    amountCents: amount.cents,
    residualCents: residual?.cents ?? null,
    currency: currencyOf(cell('currency'), [amount, residual], context.defaultCurrency, column('amount'), cell('amount')),
    documentType,
    settledDate: isEmptyDate(cell('settledDate')) ? null : readDay('settledDate', record, context),
    disputed,
  });
}

/** The day of a cell, by the file's order of day and month. */
export function readDay(field: 'issueDate' | 'dueDate' | 'settledDate' | 'paidOn', record: CsvRecord, context: RowContext): PlainDate {
  const value = valueOf(record.cells, context.plan, field);
  const result = readDate(isNumber(record, context, field) ? serialAsDate(value, context.date1904) : value, context.dateOrder);
  if ('date' in result) return result.date;
  throw new RowRefusal(result.problem, { column: headerOf(context, field), value, expected: showDateOrder(context.dateOrder) });
}

/** A day's serial that has no date format, between 1990 and 2100; `20260305` and what is a date already stay as they are. */
function serialAsDate(text: string, date1904: boolean): string {
  const serial = /^\d{5}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text)) + (date1904 ? 1462 : 0) : 0;
  return serial >= 32_874 && serial <= 73_050 ? dateOfSerial(serial, false) : text;
}

interface Money { cents: number; currency: string | null }

/** The cents of a cell, and the currency that stands beside them. */
export function readMoney(field: 'amount' | 'residual', record: CsvRecord, context: RowContext): Money {
  const value = valueOf(record.cells, context.plan, field);
  const read = readAmount(value, isNumber(record, context, field) ? '.' : context.amountStyle);
  if (typeof read === 'string') throw new RowRefusal(read, { column: headerOf(context, field), value });
  return read;
}

function isNumber(record: CsvRecord, { plan }: RowContext, field: ImportField): boolean {
  return record.numbers?.has(plan[field]?.[0] ?? -1) === true;
}

/** The key of a rejected row's invoice, where all of it can be read. */
function readKey(record: CsvRecord, context: RowContext): string | null {
  const item = takeOrReject<string | null>(record, () => {
    const [customerCode, invoiceNumber] = [readCode('customerCode', record, context), readCode('invoiceNumber', record, context)];
    if (customerCode === '' || invoiceNumber === '') return null;
    return invoiceKeyOf({ customerCode, invoiceNumber, issueDate: readDay('issueDate', record, context), dueDate: readDay('dueDate', record, context) });
  }, () => null);
  return typeof item === 'string' ? item : null;
}

function refuseWhatIsNoInvoice(record: CsvRecord, { headers, plan, delimiter }: RowContext): void {
  const { cells } = record;
  refuseBroken(record, headers, delimiter);
  const has = (field: ImportField): boolean => valueOf(cells, plan, field) !== '';
  const lacksIdentity = !has('invoiceNumber') || !has('issueDate');
  if (lacksIdentity && (cells.some(isTotalLabel) || (!has('customerCode') && !has('invoiceNumber') && has('amount')))) throw new RowRefusal('total-row');
  const repeats = requiredFields.every((field) => cleanText(cells[plan[field]?.[0] ?? -1] ?? '') === (headers[plan[field]?.[0] ?? -1] ?? '').replace(/#\d+$/, ''));
  if (repeats) throw new RowRefusal('repeated-header');
}

/** Nothing, or what accounting programs print for no date: `00/00/0000`, `  /  /    `. */
function isEmptyDate(text: string): boolean {
  return /^[0\s/.-]*$/.test(text);
}

/** The currency that a row names, or the one beside its amounts; they may not differ. */
export function currencyOf(
  cell: string, amounts: readonly ({ currency: string | null } | null)[], defaultCurrency: string, column: string, amountText: string,
): string {
  const named = cell === '' ? null : readCurrency(cell);
  if (cell !== '' && named === null) throw new RowRefusal('currency-unsupported', { value: cell });
  const base = named ?? defaultCurrency;
  let result: string | null = named;
  for (const amount of amounts) {
    const written = amount?.currency ?? null;
    if (written === null) continue;
    const isDollar = written === '$';
    const code = isDollar ? (/D$/.test(base) && base !== 'IQD' ? base : 'USD') : readCurrency(written);
    if (code === null) throw new RowRefusal('currency-unsupported', { value: written });
    if (result !== null && code !== result) throw new RowRefusal('currency-conflict', { column, value: amountText, expected: result });
    result = code;
  }
  return result ?? defaultCurrency;
}
