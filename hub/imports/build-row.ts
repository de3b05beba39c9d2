/**
 * Makes an `ImportRow` of the cells of one record, or a reject that says why not.
 *
 * Invariant: the first thing wrong is the reason given; a row is never half taken.
 */
import { cleanCode, cleanText, isCreditNote, isExponent, readCurrency, readKind, readLanguage, readYesNo } from './clean-cell.ts';
import { fieldJoin, requiredFields } from './import-fields.ts';
import type { ImportField } from './import-fields.ts';
import { importRowSchema } from './import-row.ts';
import type { ReadItem } from './import-row.ts';
import type { ColumnPlan } from './map-columns.ts';
import { readAmount } from './read-amount.ts';
import type { AmountStyle } from './read-amount.ts';
import { readDate, showDateOrder } from './read-date.ts';
import type { DateOrder } from './read-date.ts';
import type { CsvRecord, Delimiter } from './read-records.ts';
import { describeReject } from './reject-reasons.ts';
import type { ReasonDetails, RejectCode } from './reject-reasons.ts';

/** What was decided once for the whole file. */
export interface RowContext {
  headers: readonly string[];
  plan: ColumnPlan;
  dateOrder: DateOrder;
  amountStyle: AmountStyle;
  defaultCurrency: string;
  delimiter: Delimiter;
}

/** Why a row is not taken; thrown inside this file only, and always caught by `buildRow`. */
class Refusal extends Error {
  readonly code: RejectCode;
  readonly details: ReasonDetails;
  constructor(code: RejectCode, details: ReasonDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** One record as a row or a reject. */
export function buildRow(record: CsvRecord, context: RowContext): ReadItem {
  try {
    return { type: 'row', row: read(record, context), raw: record.cells };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const sentences = describeReject(error.code, error.details);
    return { type: 'reject', reject: { line: record.line, reasonCode: error.code, ...sentences, raw: record.cells } };
  }
}

function read(record: CsvRecord, context: RowContext): ReturnType<typeof importRowSchema.parse> {
  const { headers, plan } = context;
  refuseWhatIsNoInvoice(record, context);
  const cell = (field: ImportField): string => valueOf(record.cells, plan, field);
  const column = (field: ImportField): string => headers[plan[field]?.[0] ?? -1] ?? field;
  const date = (field: 'issueDate' | 'dueDate' | 'settledDate'): string => {
    const read = readDate(cell(field), context.dateOrder);
    if ('problem' in read) {
      throw new Refusal(read.problem, { column: column(field), value: cell(field), expected: showDateOrder(context.dateOrder) });
    }
    return read.date;
  };
  const code = (field: 'customerCode' | 'invoiceNumber'): string => {
    const value = cleanCode(cell(field));
    if (isExponent(value)) throw new Refusal('code-exponent', { column: column(field), value });
    return value;
  };
  const money = (field: 'amount' | 'residual'): { cents: number; currency: string | null } => {
    const value = readAmount(cell(field), context.amountStyle);
    if (typeof value === 'string') throw new Refusal(value, { column: column(field), value: cell(field) });
    return value;
  };

  for (const field of requiredFields) if (cell(field) === '') throw new Refusal('missing-value', { column: column(field) });
  const amount = money('amount');
  const residual = cell('residual') === '' ? null : money('residual');
  const disputed = readYesNo(cell('disputed'));
  if (disputed === null) throw new Refusal('disputed-invalid', { column: column('disputed'), value: cell('disputed') });
  const documentType = cell('documentType') === '' ? null : cell('documentType');
  if (documentType !== null && isCreditNote(documentType) && amount.cents > 0) {
    throw new Refusal('credit-note-positive', { column: column('amount'), value: cell('amount') });
  }
  const text = (field: ImportField): string | null => (cell(field) === '' ? null : cell(field));
  const taxCode = text('taxCode');
  return importRowSchema.parse({
    line: record.line,
    customerCode: code('customerCode'),
    customerName: text('customerName'),
    kind: readKind(cell('kind')),
    invoiceNumber: code('invoiceNumber'),
    issueDate: date('issueDate'),
    dueDate: date('dueDate'),
    amountCents: amount.cents,
    residualCents: residual?.cents ?? null,
    currency: currencyOf(cell('currency'), [amount, residual], context.defaultCurrency, column('amount'), cell('amount')),
    documentType,
    settledDate: isEmptyDate(cell('settledDate')) ? null : date('settledDate'),
    disputed,
    phone: text('phone'),
    email: text('email'),
    address: text('address'),
    language: readLanguage(cell('language')),
    taxCode: taxCode === null ? null : cleanCode(taxCode).toUpperCase(),
    salesAgent: text('salesAgent'),
  });
}

function refuseWhatIsNoInvoice({ cells }: CsvRecord, { headers, plan, delimiter }: RowContext): void {
  const runTogether = (cell: string): boolean =>
    /[\r\n]/.test(cell) && (cell.trimStart().startsWith('"') || cell.split(delimiter).length >= headers.length);
  if (cells.some(runTogether)) throw new Refusal('broken-quotes');
  if (cells.slice(headers.length).some((cell) => cell.trim() !== '')) throw new Refusal('too-many-cells');
  const has = (field: ImportField): boolean => valueOf(cells, plan, field) !== '';
  const isLabelled = cells.some((cell) => /^(?:sub)?(?:total[ei]?|tot\.?)(?:\s|:|$)|^(?:gran|grand) total|^saldo finale/i.test(cleanText(cell)));
  const lacksIdentity = !has('invoiceNumber') || !has('issueDate');
  if (lacksIdentity && (isLabelled || (!has('customerCode') && !has('invoiceNumber') && has('amount')))) throw new Refusal('total-row');
  const repeats = requiredFields.every((field) => cleanText(cells[plan[field]?.[0] ?? -1] ?? '') === (headers[plan[field]?.[0] ?? -1] ?? '').replace(/#\d+$/, ''));
  if (repeats) throw new Refusal('repeated-header');
}

/** Nothing, or what accounting programs print for no date: `00/00/0000`, `  /  /    `. */
function isEmptyDate(text: string): boolean {
  return /^[0\s/.-]*$/.test(text);
}

/** The value of a field: one column, the first that is filled, or all of them joined. */
function valueOf(cells: readonly string[], plan: ColumnPlan, field: ImportField): string {
  const columns = plan[field] ?? [];
  const values = columns.map((column) => (field === 'phone' ? (cells[column] ?? '').trim() : cleanText(cells[column] ?? ''))).filter((value) => value !== '');
  switch (fieldJoin[field]) {
    case 'first':
      return values.join(' ');
    case 'fallback':
      return values[0] ?? '';
    case 'all':
      return values.join(field === 'phone' ? ' ; ' : ', ');
  }
}

function currencyOf(
  cell: string, amounts: readonly ({ currency: string | null } | null)[], defaultCurrency: string, column: string, amountText: string,
): string {
  const named = cell === '' ? null : readCurrency(cell);
  if (cell !== '' && named === null) throw new Refusal('currency-unsupported', { value: cell });
  const base = named ?? defaultCurrency;
  let result: string | null = named;
  for (const amount of amounts) {
    const written = amount?.currency ?? null;
    if (written === null) continue;
    const isDollar = written === '$';
    const code = isDollar ? (/D$/.test(base) && base !== 'IQD' ? base : 'USD') : readCurrency(written);
    if (code === null) throw new Refusal('currency-unsupported', { value: written });
    if (result !== null && code !== result) throw new Refusal('currency-conflict', { column, value: amountText, expected: result });
    result = code;
  }
  return result ?? defaultCurrency;
}
