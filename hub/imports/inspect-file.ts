/**
 * Looks at a whole file before a row of it is believed.
 *
 * Invariant: delimiter and header are those under which most fields are recognised; the order of dates and
 * the decimal mark come from every row, not from the first ones.
 */
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { detectEncoding, decodeHead, openSource } from './decode-source.ts';
import type { ImportInput, RepeatableSource } from './decode-source.ts';
import { importFields, requiredFields } from './import-fields.ts';
import type { ImportField } from './import-fields.ts';
import { nameHeaders, recogniseColumns, resolveMap } from './map-columns.ts';
import type { ColumnMap, ColumnPlan } from './map-columns.ts';
import { decideAmountStyle, weighAmount } from './read-amount.ts';
import type { AmountStyle } from './read-amount.ts';
import { decideDateOrder, readDateFormat, showDateOrder, weighDate } from './read-date.ts';
import type { DateEvidence, DateOrder } from './read-date.ts';
import { delimiters, isQuoteError, readRecords, readSample } from './read-records.ts';
import type { CsvRecord, CsvShape, Delimiter } from './read-records.ts';

export interface ImportOptions {
  /** Field → header; wins over what is recognised. `Importo#2` is the second column of that name. */
  map?: ColumnMap;
  /** `DD/MM/YYYY`, `M/D/YYYY` …; absent = decided from the whole file. */
  dateFormat?: string;
  /** For rows that name no currency. Default `EUR`. */
  currency?: string;
}

export interface FileInspection {
  shape: CsvShape;
  /** Line of the header, from 1. */
  headerLine: number;
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

const sampleBytes = 262_144;
const headerSearchRows = 50;

/** What a file looks like: for the import screen, and as the first half of reading it. */
export async function inspectFile(input: ImportInput, options: ImportOptions = {}): Promise<Result<FileInspection>> {
  const source = await openSource(input);
  try {
    return await inspectSource(source, options);
  } finally {
    await source.close();
  }
}

/** The same for bytes that are already at hand; the caller closes them. */
export async function inspectSource(source: RepeatableSource, options: ImportOptions): Promise<Result<FileInspection>> {
  const head = await source.head(sampleBytes);
  if (head.length === 0) return fail('import-file-empty', 'error.import.fileEmpty');
  const encoding = await detectEncoding(source);
  if (encoding === null) return fail('import-not-text', 'error.import.notText');
  const found = findHeader(decodeHead(head, encoding), head.length === sampleBytes, options.map ?? {});
  if (found === null) return fail('import-file-empty', 'error.import.fileEmpty');
  const headers = nameHeaders(found.header.cells);
  const plan = planOf(headers, options.map ?? {});
  const shape: CsvShape = { encoding, delimiter: found.delimiter, quoted: true };
  const weighed = await weighRows(source, shape, found.header.line, plan);
  const dateOrder = options.dateFormat === undefined ? decideDateOrder(weighed.dates) : readDateFormat(options.dateFormat);
  return ok({
    shape: weighed.shape,
    headerLine: found.header.line,
    headers,
    suggestedMap: namesOf(plan, headers),
    missingFields: requiredFields.filter((field) => plan[field] === undefined),
    rowCount: weighed.rowCount,
    dateOrder,
    dateFormat: dateOrder.ok ? showDateOrder(dateOrder.value) : null,
    amountStyle: weighed.amountStyle,
  });
}

interface FoundHeader {
  delimiter: Delimiter;
  header: CsvRecord;
}

function findHeader(text: string, isCut: boolean, map: ColumnMap): FoundHeader | null {
  let best: (FoundHeader & { score: number }) | null = null;
  for (const delimiter of delimiters) {
    for (const header of readSample(text, delimiter, isCut).slice(0, headerSearchRows)) {
      const plan = planOf(nameHeaders(header.cells), map);
      const filled = header.cells.filter((cell) => cell.trim() !== '').length;
      const score = Object.keys(plan).length * 100 + Math.min(filled, 99);
      if (best === null || score > best.score) best = { delimiter, header, score };
    }
  }
  return best;
}

/** The columns as far as they can be told, ambiguous or missing ones apart. */
function planOf(headers: readonly string[], map: ColumnMap): ColumnPlan {
  const mapped = resolveMap(headers, map);
  return { ...recogniseColumns(headers, new Set(Object.values(mapped).flat())), ...mapped };
}

interface Weighed {
  shape: CsvShape;
  rowCount: number;
  dates: DateEvidence;
  amountStyle: AmountStyle;
}

async function weighRows(source: RepeatableSource, shape: CsvShape, headerLine: number, plan: ColumnPlan): Promise<Weighed> {
  const dates: DateEvidence = { dayFirst: 0, monthFirst: 0 };
  const amounts = { comma: 0, dot: 0 };
  const dateColumns = [plan.issueDate, plan.dueDate, plan.settledDate].flatMap((columns) => columns ?? []);
  const amountColumns = [plan.amount, plan.residual].flatMap((columns) => columns ?? []);
  let rowCount = 0;
  try {
    for await (const { line, cells } of readRecords(source, shape)) {
      if (line <= headerLine) continue;
      rowCount += 1;
      for (const column of dateColumns) weighDate(cells[column] ?? '', dates);
      for (const column of amountColumns) weighAmount(cells[column] ?? '', amounts);
    }
  } catch (error) {
    if (!shape.quoted || !isQuoteError(error)) throw error;
    return weighRows(source, { ...shape, quoted: false }, headerLine, plan);
  }
  return { shape, rowCount, dates, amountStyle: decideAmountStyle(amounts) };
}

function namesOf(plan: ColumnPlan, headers: readonly string[]): Partial<Record<ImportField, string[]>> {
  const names: Partial<Record<ImportField, string[]>> = {};
  for (const field of importFields) {
    const columns = plan[field];
    if (columns !== undefined) names[field] = columns.map((column) => headers[column] ?? '');
  }
  return names;
}
