/**
 * Makes a `PaymentRow` of one line of a paid list, or a reject that says why not.
 *
 * Invariant: only money that came in is a payment: nothing of nought or less, which a person reverses.
 */
import type { PaymentMethod } from '../../shared/case/outcome-codes.ts';
import { isTotalLabel, readCode, refuseBroken, warnOpenQuotes } from './build-customer.ts';
import { currencyOf, readDay, readMoney } from './build-row.ts';
import { cleanText } from './clean-cell.ts';
import type { ImportField } from './import-fields.ts';
import { paymentRowSchema } from './import-row.ts';
import type { PaymentItem, PaymentRow, RowWarning } from './import-row.ts';
import type { CsvRecord } from './read-records.ts';
import type { RowContext } from './row-context.ts';
import { headerOf, RowRefusal, takeOrReject, valueOf } from './row-context.ts';

/** One record of a paid list. */
export function buildPayment(record: CsvRecord, context: RowContext): PaymentItem {
  return takeOrReject<PaymentItem>(record, () => {
    const warnings: RowWarning[] = [];
    return { type: 'payment', row: read(record, context, warnings), raw: record.cells, warnings, hidden: record.hidden === true };
  }, () => null);
}

function read(record: CsvRecord, context: RowContext, warnings: RowWarning[]): PaymentRow {
  refuseWhatIsNoPayment(record, context);
  warnOpenQuotes(record, context, warnings);
  const cell = (field: ImportField): string => valueOf(record.cells, context.plan, field);
  const column = (field: ImportField): string => headerOf(context, field);
  if (cell('customerCode') === '' && cell('invoiceNumber') === '') {
    throw new RowRefusal('missing-value', { column: column(context.plan.customerCode === undefined ? 'invoiceNumber' : 'customerCode') });
  }
  for (const field of ['paidOn', 'amount'] as const) if (cell(field) === '') throw new RowRefusal('missing-value', { column: column(field) });
  const amount = readMoney('amount', record, context);
  if (amount.cents <= 0) throw new RowRefusal('payment-not-positive', { column: column('amount'), value: cell('amount') });
  const code = (field: 'customerCode' | 'invoiceNumber'): string | null => (cell(field) === '' ? null : readCode(field, record, context));
  const text = (field: ImportField): string | null => (cell(field) === '' ? null : cell(field));
  return paymentRowSchema.parse({
    line: record.line, customerCode: code('customerCode'), invoiceNumber: code('invoiceNumber'), paidOn: readDay('paidOn', record, context),
    amountCents: amount.cents, currency: currencyOf(cell('currency'), [amount], context.defaultCurrency, column('amount'), cell('amount')),
    method: readMethod(cell('method')), methodText: text('method'), reference: text('reference'),
  });
}

function refuseWhatIsNoPayment(record: CsvRecord, { headers, plan, delimiter }: RowContext): void {
  const { cells } = record;
  refuseBroken(record, headers, delimiter);
  const isHeader = Object.values(plan).flat().every((index) => cleanText(cells[index] ?? '') === (headers[index] ?? '').replace(/#\d+$/, ''));
  if (isHeader) throw new RowRefusal('repeated-header');
  const hasDay = valueOf(cells, plan, 'paidOn') !== '';
  if (!hasDay && (cells.some(isTotalLabel) || (valueOf(cells, plan, 'customerCode') === '' && valueOf(cells, plan, 'invoiceNumber') === ''))) throw new RowRefusal('total-row');
}

const methods: readonly [RegExp, PaymentMethod][] = [
  [/bonific|sepa credit|\bsct\b|giroconto|transfer|wire/, 'bank-transfer'],
  [/addebito|\bsdd\b|\brid\b|domiciliazion|direct debit/, 'direct-debit'],
  [/cart[ae]|bancomat|\bpos\b|\bcard\b|paypal|link/, 'card'],
  [/bollettin|postal|mav|pagopa|pago pa/, 'postal-slip'],
  [/contant|cash|sportell|cassa/, 'cash'],
];

/** How it was paid; `other` where the cell says something else, null where it says nothing. */
export function readMethod(cell: string): PaymentMethod | null {
  const text = cleanText(cell).toLowerCase();
  return text === '' ? null : (methods.find(([pattern]) => pattern.test(text))?.[1] ?? 'other');
}
