/**
 * A creditor's file as one table, whatever it is: a CSV, or a sheet of a workbook.
 *
 * Invariant: delimiter, sheet and header are those under which most fields are recognised; what stands above the header
 * (titles, merged cells, a logo's empty rows) is passed over.
 */
import { catchRefusal, ImportRefusal } from './import-refusal.ts';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { decodeHead, detectEncoding, formatOf } from './decode-source.ts';
import type { RepeatableSource } from './decode-source.ts';
import { delimiters, readRecords, readSample } from './read-records.ts';
import type { CsvRecord, CsvShape } from './read-records.ts';
import { openWorkbook } from './xlsx/open-workbook.ts';
import type { SheetInfo, Workbook } from './xlsx/open-workbook.ts';
import { readSheet } from './xlsx/read-sheet.ts';

export interface ImportTable {
  format: 'csv' | 'xlsx';
  /** Of a workbook, in its order. */
  sheets: readonly { name: string; hidden: boolean }[];
  sheet: string | null;
  /** How a CSV is cut; null for a workbook. */
  shape: CsvShape | null;
  date1904: boolean;
  header: CsvRecord;
  /** What `records` will count up to. */
  bytesTotal: number;
  /** Every record from the top. */
  records(onBytes?: (bytes: number) => void): AsyncGenerator<CsvRecord>;
  /** The same CSV, where its quotes do not close. */
  withoutQuotes(): ImportTable;
  /** Removes temporary files; the source stays the caller's. */
  close(): Promise<void>;
}

const sampleBytes = 262_144;
const headerSearchRows = 50;
const mostSheetsLookedAt = 20;

/** Opens the table; `countFields` says how many fields a row of headers would feed. */
export function openTable(source: RepeatableSource, countFields: (cells: readonly string[]) => number, sheet?: string): Promise<Result<ImportTable>> {
  return catchRefusal(async () => {
    const head = await source.head(sampleBytes);
    if (head.length === 0) throw new ImportRefusal('import-file-empty');
    switch (formatOf(head)) {
      case 'zip':
        return ok(await openSheet(await openWorkbook(await source.path()), countFields, sheet));
      case 'ole':
        // An encrypted workbook is an old container around the new one; the name of its stream gives it away.
        throw new ImportRefusal(await hasEncryptedPackage(source) ? 'import-workbook-locked' : 'import-workbook-old');
      case 'other':
        return ok(await openCsv(source, head, countFields));
    }
  });
}

async function hasEncryptedPackage(source: RepeatableSource): Promise<boolean> {
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  let tail = Buffer.alloc(0);
  for await (const chunk of source.openStream() as AsyncIterable<Buffer>) {
    const piece = Buffer.concat([tail, chunk]);
    if (piece.includes(name)) return true;
    tail = Buffer.from(piece.subarray(-name.length));
  }
  return false;
}

async function openCsv(source: RepeatableSource, head: Buffer, countFields: (cells: readonly string[]) => number): Promise<ImportTable> {
  const encoding = await detectEncoding(source);
  if (encoding === null) throw new ImportRefusal('import-not-text');
  const text = decodeHead(head, encoding);
  const found = bestOf(delimiters.flatMap((delimiter) => {
    const header = findHeader(readSample(text, delimiter, head.length === sampleBytes), countFields);
    return header === null ? [] : [{ ...header, what: delimiter }];
  }));
  if (found === null) throw new ImportRefusal('import-file-empty');
  const bytesTotal = await source.size();
  const table = (quoted: boolean): ImportTable => {
    const shape: CsvShape = { encoding, delimiter: found.what, quoted };
    return {
      format: 'csv', sheets: [], sheet: null, shape, date1904: false, header: found.header, bytesTotal,
      records: (onBytes = ignore) => readRecords(source, shape, onBytes),
      withoutQuotes: () => table(false),
      close: () => Promise.resolve(),
    };
  };
  return table(true);
}

async function openSheet(workbook: Workbook, countFields: (cells: readonly string[]) => number, wanted: string | undefined): Promise<ImportTable> {
  try {
    const { sheets } = workbook;
    const candidates = wanted === undefined ? visibleFirst(sheets) : sheets.filter((sheet) => sheet.name === wanted);
    if (candidates.length === 0) {
      throw new ImportRefusal('import-sheet-unknown', { sheet: wanted ?? '', sheets: sheets.map((sheet) => sheet.name).join(', ') });
    }
    const headers: Scored<SheetInfo>[] = [];
    for (const sheet of candidates) {
      const header = findHeader(await firstRows(workbook, sheet), countFields);
      if (header !== null) headers.push({ ...header, what: sheet });
    }
    const found = bestOf(headers);
    if (found === null) throw new ImportRefusal('import-file-empty');
    const table: ImportTable = {
      format: 'xlsx', sheets: sheets.map(({ name, hidden }) => ({ name, hidden })), sheet: found.what.name, shape: null,
      date1904: workbook.date1904, header: found.header, bytesTotal: workbook.parts.sizeOf(found.what.part),
      records: (onBytes = ignore) => readSheet(workbook, found.what, onBytes),
      withoutQuotes: () => table,
      close: () => workbook.close(),
    };
    return table;
  } catch (error) {
    await workbook.close();
    throw error;
  }
}

/** Hidden sheets count only where there is no other. */
function visibleFirst(sheets: readonly SheetInfo[]): SheetInfo[] {
  const visible = sheets.filter((sheet) => !sheet.hidden);
  return (visible.length > 0 ? visible : [...sheets]).slice(0, mostSheetsLookedAt);
}

async function firstRows(workbook: Workbook, sheet: SheetInfo): Promise<CsvRecord[]> {
  const rows: CsvRecord[] = [];
  for await (const row of readSheet(workbook, sheet, ignore)) {
    rows.push(row);
    if (rows.length >= headerSearchRows) break;
  }
  return rows;
}

interface Scored<T> { header: CsvRecord; score: number; what: T }

function findHeader(records: readonly CsvRecord[], countFields: (cells: readonly string[]) => number): { header: CsvRecord; score: number } | null {
  return bestOf(records.slice(0, headerSearchRows).map((header) => {
    const filled = header.cells.filter((cell) => cell.trim() !== '').length;
    return { header, score: countFields(header.cells) * 100 + Math.min(filled, 99), what: null };
  }));
}

/** The first of the highest score. */
function bestOf<T>(all: readonly Scored<T>[]): Scored<T> | null {
  let best: Scored<T> | null = null;
  for (const one of all) if (best === null || one.score > best.score) best = one;
  return best;
}

function ignore(): void {
  // Nobody asked how far it is.
}
