/**
 * Reads a creditor's file row by row.
 *
 * Invariant: memory does not grow with the file; every row below the header comes out exactly once, as a
 * row or as a reject with its line and reason; only empty lines pass in silence.
 */
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { buildRow } from './build-row.ts';
import type { RowContext } from './build-row.ts';
import { readCurrency } from './clean-cell.ts';
import { openSource } from './decode-source.ts';
import type { ImportInput, RepeatableSource } from './decode-source.ts';
import type { ReadItem } from './import-row.ts';
import { inspectSource } from './inspect-file.ts';
import type { FileInspection, ImportOptions } from './inspect-file.ts';
import { mapColumns } from './map-columns.ts';
import { readRecords } from './read-records.ts';

export interface OpenedFile {
  inspection: FileInspection;
  /** To be iterated once; ending it, early or not, removes the temporary copy of a stream. */
  rows: AsyncIterable<ReadItem>;
}

/**
 * Opens a file: decides encoding, delimiter, header, columns, dates and decimals, then hands out its rows.
 * What cannot be decided is a failure whose sentence `describeImportError` writes.
 */
export async function readRows(input: ImportInput, options: ImportOptions = {}): Promise<Result<OpenedFile>> {
  const currency = readCurrency(options.currency ?? 'EUR');
  if (currency === null) return fail('import-currency-unknown', 'error.import.currencyUnknown', { currency: options.currency ?? '' });
  const opened = await openForReading(input);
  if (!opened.ok) return opened;
  const source = opened.value;
  let isHandedOver = false;
  try {
    const inspection = await inspectSource(source, options);
    if (!inspection.ok) return inspection;
    const plan = mapColumns(inspection.value.headers, options.map ?? {});
    if (!plan.ok) return plan;
    const { dateOrder, shape, headers, amountStyle, headerLine } = inspection.value;
    if (!dateOrder.ok) return dateOrder;
    const context: RowContext = {
      headers, plan: plan.value, dateOrder: dateOrder.value, amountStyle, defaultCurrency: currency, delimiter: shape.delimiter,
    };
    isHandedOver = true;
    return ok({ inspection: inspection.value, rows: rowsOf(source, inspection.value, context, headerLine) });
  } finally {
    if (!isHandedOver) await source.close();
  }
}

async function openForReading(input: ImportInput): Promise<Result<RepeatableSource>> {
  try {
    const source = await openSource(input);
    await source.head(1);
    return ok(source);
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error) {
      return fail('import-file-unreadable', 'error.import.fileUnreadable', { reason: error.code });
    }
    throw error;
  }
}

async function* rowsOf(source: RepeatableSource, { shape }: FileInspection, context: RowContext, headerLine: number): AsyncGenerator<ReadItem> {
  try {
    for await (const record of readRecords(source, shape)) {
      if (record.line > headerLine) yield buildRow(record, context);
    }
  } finally {
    await source.close();
  }
}
