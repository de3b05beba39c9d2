/**
 * Reads a creditor's file row by row.
 *
 * Invariant: memory does not grow with the file; every row below the header comes out exactly once, as a
 * row or as a reject with its line and reason; only empty lines pass in silence.
 */
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { buildPayment } from './build-payment.ts';
import { buildCustomer, buildRow } from './build-row.ts';
import type { RowContext } from './build-row.ts';
import { readCurrency } from './clean-cell.ts';
import { openSource } from './decode-source.ts';
import type { ImportContent } from './import-fields.ts';
import type { ImportInput, RepeatableSource } from './decode-source.ts';
import type { CustomerItem, PaymentItem, ReadItem } from './import-row.ts';
import { inspectSource } from './inspect-file.ts';
import type { FileInspection, ImportOptions } from './inspect-file.ts';
import { mapColumns, planColumns } from './map-columns.ts';
import type { CsvRecord } from './read-records.ts';
import { failImport } from './import-refusal.ts';

export interface OpenedFile<Item = ReadItem> {
  inspection: FileInspection;
  /** To be iterated once; ending it, early or not, removes the temporary copy of a stream. */
  rows: AsyncIterable<Item>;
}

/**
 * Opens a file of invoices: decides encoding, delimiter or sheet, header, columns, dates and decimals, then hands out its rows.
 * What cannot be decided is a failure whose sentence `describeImportError` writes.
 */
export function readRows(input: ImportInput, options: ImportOptions = {}): Promise<Result<OpenedFile>> {
  return openRows(input, { ...options, content: 'invoices' }, buildRow);
}

/** The same for a file of customers. */
export function readCustomers(input: ImportInput, options: ImportOptions = {}): Promise<Result<OpenedFile<CustomerItem>>> {
  return openRows(input, { ...options, content: 'customers' }, buildCustomer);
}

/** The same for a paid list. */
export function readPayments(input: ImportInput, options: ImportOptions = {}): Promise<Result<OpenedFile<PaymentItem>>> {
  return openRows(input, { ...options, content: 'payments' }, buildPayment);
}

async function openRows<Item>(
  input: ImportInput, options: ImportOptions & { content: ImportContent }, build: (record: CsvRecord, context: RowContext) => Item,
): Promise<Result<OpenedFile<Item>>> {
  const currency = readCurrency(options.currency ?? 'EUR');
  if (currency === null) return failImport('import-currency-unknown', { currency: options.currency ?? '' });
  const opened = await openForReading(input);
  if (!opened.ok) return opened;
  const source = opened.value;
  let inspected: FileInspection | null = null;
  let isHandedOver = false;
  try {
    const inspection = await inspectSource(source, options);
    if (!inspection.ok) return inspection;
    inspected = inspection.value;
    const { dateOrder, table, headers, amountStyle } = inspected;
    const plan = options.columns === undefined
      ? mapColumns(headers, options.map ?? {}, options.content) : planColumns(headers, options.columns, options.content);
    if (!plan.ok) return plan;
    if (!dateOrder.ok) return dateOrder;
    const context: RowContext = {
      content: options.content, headers, plan: plan.value, dateOrder: dateOrder.value, amountStyle, defaultCurrency: currency,
      delimiter: table.shape?.delimiter ?? null, isUnquoted: table.shape?.quoted === false, date1904: table.date1904,
    };
    isHandedOver = true;
    return ok({ inspection: inspected, rows: rowsOf(source, inspected, options, (record) => build(record, context)) });
  } finally {
    if (!isHandedOver) await closeAll(source, inspected);
  }
}

async function openForReading(input: ImportInput): Promise<Result<RepeatableSource>> {
  try {
    const source = await openSource(input);
    await source.head(1);
    return ok(source);
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error) {
      return failImport('import-file-unreadable', { reason: error.code });
    }
    throw error;
  }
}

async function* rowsOf<Item>(
  source: RepeatableSource, inspection: FileInspection, { onProgress }: ImportOptions, build: (record: CsvRecord) => Item,
): AsyncGenerator<Item> {
  const { table } = inspection;
  try {
    for await (const record of table.records((bytesRead) => onProgress?.({ phase: 'taking', bytesRead, bytesTotal: table.bytesTotal }))) {
      if (record.line > table.header.line) yield build(record);
    }
  } finally {
    await closeAll(source, inspection);
  }
}

async function closeAll(source: RepeatableSource, inspection: FileInspection | null): Promise<void> {
  await inspection?.table.close();
  await source.close();
}
