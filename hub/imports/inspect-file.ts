/**
 * Looks at a whole file before a row of it is believed.
 *
 * Invariant: the order of dates and the decimal mark come from every row, not from the first ones (a preview, which promises
 * nothing, looks at the first ones only).
 */
import type { ColumnMapping } from '../../shared/protocol/import-protocol.ts';
import { missingImportFields } from '../../shared/protocol/import-columns.ts';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { openSource } from './decode-source.ts';
import type { ImportInput, RepeatableSource } from './decode-source.ts';
import { importFields } from './import-fields.ts';
import type { ImportContent, ImportField } from './import-fields.ts';
import { catchRefusal } from './import-refusal.ts';
import { nameHeaders, recogniseColumns, resolveMap } from './map-columns.ts';
import type { ColumnMap, ColumnPlan } from './map-columns.ts';
import { openTable } from './open-table.ts';
import type { ImportTable } from './open-table.ts';
import { decideAmountStyle, weighAmount } from './read-amount.ts';
import type { AmountStyle } from './read-amount.ts';
import { decideDateOrder, readDateFormat, showDateOrder, weighDate } from './read-date.ts';
import type { DateEvidence, DateOrder } from './read-date.ts';
import { isQuoteError } from './read-records.ts';

export interface ImportOptions {
  /** Field → header; wins over what is recognised. `Importo#2` is the second column of that name. */
  map?: ColumnMap;
  /** These columns and no others; then nothing is recognised. */
  columns?: readonly ColumnMapping[];
  /** What the rows are; default `invoices`. */
  content?: ImportContent;
  /** Sheet of a workbook; absent = the one with most known headers. */
  sheet?: string;
  /** `DD/MM/YYYY`, `M/D/YYYY` …; absent = decided from the whole file. */
  dateFormat?: string;
  /** For rows that name no currency. Default `EUR`. */
  currency?: string;
  /** Hears how far the reading is, and in which of its two passes; throwing in it ends the reading. */
  onProgress?: (progress: ReadProgress) => void;
}

export interface ReadProgress { phase: 'looking' | 'taking'; bytesRead: number; bytesTotal: number }

export interface FileInspection {
  table: ImportTable;
  headers: string[];
  /** Field → headers recognised for it. */
  suggestedMap: Partial<Record<ImportField, string[]>>;
  /** Required fields for which nothing was recognised. */
  missingFields: ImportField[];
  /** Rows below the header, total rows and the like included. */
  rowCount: number;
  dateOrder: Result<DateOrder>;
  /** As a person writes it; null when the file mixes orders and must be told. */
  dateFormat: string | null;
  amountStyle: AmountStyle;
}

/** What a file looks like: for the tests of reading, and as the first half of it. */
export async function inspectFile(input: ImportInput, options: ImportOptions = {}): Promise<Result<FileInspection>> {
  const source = await openSource(input);
  try {
    const inspection = await inspectSource(source, options);
    if (inspection.ok) await inspection.value.table.close();
    return inspection;
  } finally {
    await source.close();
  }
}

/** The same for bytes that are already at hand; the caller closes the source, and the table when there is one. */
export async function inspectSource(source: RepeatableSource, options: ImportOptions, mostRows = Infinity): Promise<Result<FileInspection>> {
  const opened = await openTable(source, (cells) => Object.keys(planOf(nameHeaders(cells), options)).length, options.sheet);
  if (!opened.ok) return opened;
  const headers = nameHeaders(opened.value.header.cells);
  const plan = planOf(headers, options);
  const result = await catchRefusal(async (): Promise<Result<FileInspection>> => {
    const weighed = await weighRows(opened.value, plan, mostRows, options.onProgress);
    const dateOrder = options.dateFormat === undefined ? decideDateOrder(weighed.dates) : readDateFormat(options.dateFormat);
    return ok({
      table: weighed.table,
      headers,
      suggestedMap: namesOf(plan, headers),
      missingFields: missingImportFields(options.content ?? 'invoices', (field) => plan[field] !== undefined),
      rowCount: weighed.rowCount,
      dateOrder,
      dateFormat: dateOrder.ok ? showDateOrder(dateOrder.value) : null,
      amountStyle: weighed.amountStyle,
    });
  });
  if (!result.ok) await opened.value.close();
  return result;
}

/** The columns as far as they can be told, ambiguous or missing ones apart. */
function planOf(headers: readonly string[], { map = {}, columns, content = 'invoices' }: ImportOptions): ColumnPlan {
  if (columns !== undefined) {
    const plan: ColumnPlan = {};
    for (const { column, field } of columns) if (headers.includes(column)) plan[field] = [...(plan[field] ?? []), headers.indexOf(column)];
    return plan;
  }
  const mapped = resolveMap(headers, map);
  return { ...recogniseColumns(headers, new Set(Object.values(mapped).flat()), content), ...mapped };
}

interface Weighed {
  table: ImportTable;
  rowCount: number;
  dates: DateEvidence;
  amountStyle: AmountStyle;
}

async function weighRows(table: ImportTable, plan: ColumnPlan, mostRows: number, onProgress: ImportOptions['onProgress']): Promise<Weighed> {
  const dates: DateEvidence = { dayFirst: 0, monthFirst: 0 };
  const amounts = { comma: 0, dot: 0 };
  const dateColumns = [plan.issueDate, plan.dueDate, plan.settledDate, plan.paidOn].flatMap((columns) => columns ?? []);
  const amountColumns = [plan.amount, plan.residual].flatMap((columns) => columns ?? []);
  let rowCount = 0;
  try {
    for await (const { line, cells, numbers } of table.records((bytesRead) => onProgress?.({ phase: 'looking', bytesRead, bytesTotal: table.bytesTotal }))) {
      if (line <= table.header.line) continue;
      rowCount += 1;
      if (rowCount > mostRows) break;
      for (const column of dateColumns) if (numbers?.has(column) !== true) weighDate(cells[column] ?? '', dates);
      for (const column of amountColumns) if (numbers?.has(column) !== true) weighAmount(cells[column] ?? '', amounts);
    }
  } catch (error) {
    if (table.shape?.quoted !== true || !isQuoteError(error)) throw error;
    return weighRows(table.withoutQuotes(), plan, mostRows, onProgress);
  }
  return { table, rowCount, dates, amountStyle: decideAmountStyle(amounts) };
}

function namesOf(plan: ColumnPlan, headers: readonly string[]): Partial<Record<ImportField, string[]>> {
  const names: Partial<Record<ImportField, string[]>> = {};
  for (const field of importFields) {
    const columns = plan[field];
    if (columns !== undefined) names[field] = columns.map((column) => headers[column] ?? '');
  }
  return names;
}
