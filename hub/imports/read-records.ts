/**
 * Lines of a file as cells.
 *
 * Invariant: every record knows the line on which it begins, and no cell may grow without bound: a quote
 * that never closes stops the quoting reader, and the file is read again without quotes.
 */
import { pipeline, Transform } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import type { Options } from 'csv-parse';
import { decoderFor } from './decode-source.ts';
import type { ImportEncoding, RepeatableSource } from './decode-source.ts';

export type Delimiter = ';' | ',' | '\t' | '|';
export const delimiters: readonly Delimiter[] = [';', ',', '\t', '|'];

/** How a file is cut into cells. */
export interface CsvShape {
  encoding: ImportEncoding;
  delimiter: Delimiter;
  /** False when the quotes of the file do not close: then a quote is a character like another. */
  quoted: boolean;
}

/** A line of a CSV, or a row of a sheet. */
export interface CsvRecord {
  line: number;
  cells: string[];
  /** Cells that a workbook holds as numbers: their decimal mark is a point, whatever the text cells use. */
  numbers?: ReadonlySet<number> | null;
  /** Characters of it are not written like the rest of the file, or are none. */
  unreadable?: boolean;
  /** The row is hidden in the sheet; read like the others, and counted. */
  hidden?: boolean;
}

interface RecordWithInfo {
  info: { lines: number };
  record: string[];
}

function optionsFor(shape: CsvShape): Options {
  return {
    delimiter: shape.delimiter, quote: shape.quoted ? '"' : null, relax_quotes: true, relax_column_count: true, info: true, skip_empty_lines: false,
    max_record_size: 1_000_000,
  };
}

/** Every record that has a cell with something in it. */
export async function* readRecords(source: RepeatableSource, shape: CsvShape, onBytes: (bytes: number) => void): AsyncGenerator<CsvRecord> {
  const parser = parse(optionsFor(shape));
  let bytesRead = 0;
  const counter = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytesRead += chunk.length;
      onBytes(bytesRead);
      done(null, chunk);
    },
  });
  pipeline(source.openStream(), counter, decoderFor(shape.encoding), parser, () => {
    // An error of any of them destroys the parser with it, and the loop below throws it.
  });
  const locate = lineCounter();
  for await (const item of parser) {
    const record = locate(item as RecordWithInfo);
    if (record !== null) yield record;
  }
}

/** The records of a piece of text; a last record cut in half is left out when `isCut`. */
export function readSample(text: string, delimiter: Delimiter, isCut: boolean): CsvRecord[] {
  const whole = isCut ? text.slice(0, Math.max(text.lastIndexOf('\n'), 0)) : text;
  const read = (quoted: boolean): RecordWithInfo[] =>
    parseNow(whole, { ...optionsFor({ encoding: 'utf8', delimiter, quoted }), max_record_size: 0 }) as unknown as RecordWithInfo[];
  let items: RecordWithInfo[];
  try {
    items = read(true);
  } catch (error) {
    if (!isQuoteError(error)) throw error;
    items = read(false);
  }
  const locate = lineCounter();
  return items.map(locate).filter((record) => record !== null);
}

/** True for the errors that reading without quotes gets past. */
export function isQuoteError(error: unknown): boolean {
  return error instanceof CsvError && ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE', 'CSV_INVALID_CLOSING_QUOTE', 'INVALID_OPENING_QUOTE'].includes(error.code);
}

function lineCounter(): (item: RecordWithInfo) => CsvRecord | null {
  let previousEnd = 0;
  return ({ info, record }) => {
    const line = previousEnd + 1;
    previousEnd = info.lines;
    if (record.every((cell) => cell.trim() === '')) return null;
    return record.some((cell) => /[\0\ufffd]/.test(cell)) ? { line, cells: record, unreadable: true } : { line, cells: record };
  };
}
