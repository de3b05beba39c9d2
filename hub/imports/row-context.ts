/**
 * What all readers of a row work with: the decisions made once for the whole file, and the value of a field in a record.
 *
 * Invariant: the first thing wrong is the reason given; a row is never half taken.
 */
import { cleanText } from './clean-cell.ts';
import { fieldJoin, listFields } from './import-fields.ts';
import type { ImportContent, ImportField } from './import-fields.ts';
import type { RejectItem } from './import-row.ts';
import type { ColumnPlan } from './map-columns.ts';
import type { AmountStyle } from './read-amount.ts';
import type { DateOrder } from './read-date.ts';
import type { CsvRecord, Delimiter } from './read-records.ts';
import { describeReject } from './reject-reasons.ts';
import type { ReasonDetails, RejectCode } from './reject-reasons.ts';

/** What was decided once for the whole file. */
export interface RowContext {
  content: ImportContent;
  headers: readonly string[];
  plan: ColumnPlan;
  dateOrder: DateOrder;
  amountStyle: AmountStyle;
  defaultCurrency: string;
  /** Null for a workbook. */
  delimiter: Delimiter | null;
  /** A CSV whose quotes do not close, read without them. */
  isUnquoted: boolean;
  /** The workbook counts its days from 1904. */
  date1904: boolean;
}

/** Why a row is not taken; thrown by readers of rows only, and always caught by `takeOrReject`. */
export class RowRefusal extends Error {
  readonly code: RejectCode;
  readonly details: ReasonDetails;
  constructor(code: RejectCode, details: ReasonDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** What `read` makes of the record, or the reject that says why not. */
export function takeOrReject<Item>(record: CsvRecord, read: () => Item, readKey: () => string | null): Item | RejectItem {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RowRefusal)) throw error;
    const sentences = describeReject(error.code, error.details);
    return {
      type: 'reject', key: readKey(),
      reject: { line: record.line, reasonCode: error.code, ...sentences, details: error.details, raw: record.cells },
    };
  }
}

/** What a formula of a spreadsheet leaves where it found nothing. */
const formulaError = /^#(?:N\/[AD]|REF!|RIF!|DIV\/0!|VALUE!|VALORE!|NAME\?|NOME\?|NULL!|NULLO!|NUM!|SPILL!)$/;

/** The value of a field: one column, the first that is filled, or all of them joined. */
export function valueOf(cells: readonly string[], plan: ColumnPlan, field: ImportField): string {
  const columns = plan[field];
  if (columns === undefined) return '';
  const isList = listFields.has(field);
  const read = (column: number): string => {
    const cell = cells[column] ?? '';
    const text = isList ? cell.trim() : cleanText(cell);
    return formulaError.test(text) ? '' : text;
  };
  if (columns.length === 1) return read(columns[0] ?? -1);
  const values = columns.map(read).filter((value) => value !== '');
  switch (fieldJoin[field]) {
    case 'first':
      return values.join(' ');
    case 'fallback':
      return values[0] ?? '';
    case 'all':
      return values.join(isList ? ' ; ' : ', ');
  }
}

/** The header above a field, as the file has it. */
export function headerOf({ headers, plan }: RowContext, field: ImportField): string {
  return headers[plan[field]?.[0] ?? -1] ?? field;
}
