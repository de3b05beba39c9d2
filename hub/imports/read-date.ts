/**
 * Dates of a file.
 *
 * Invariant: the order of day and month is one for the whole file, decided from all its dates (or told
 * by the user); when no date decides, the Italian order stands. ISO dates are always understood.
 */
import { Temporal } from 'temporal-polyfill';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { dateOfInstant, plainDateOf } from '../../shared/time.ts';
import type { PlainDate } from '../../shared/time.ts';
import { cleanText } from './clean-cell.ts';
import { failImport } from './import-refusal.ts';

export type DateOrder = 'DMY' | 'MDY' | 'YMD';

/** How many dates can only be read one way. */
export interface DateEvidence {
  dayFirst: number;
  monthFirst: number;
}

/** Zone in which a creditor's program means an instant such as `2024-01-30T23:00:00Z`. */
const siteZone = 'Europe/Rome';

const months: Readonly<Record<string, number>> = {
  gen: 1, jan: 1, feb: 2, mar: 3, apr: 4, mag: 5, may: 5, giu: 6, jun: 6, lug: 7, jul: 7, ago: 8, aug: 8, set: 9, sep: 9, ott: 10, oct: 10, nov: 11, dic: 12, dec: 12,
};
const numeric = /^(\d{1,4})([./ -])(\d{1,2})\2(\d{1,4})(?:[ T,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?)?$/i;

/** Adds what one cell says about the order of day and month. */
export function weighDate(cell: string, evidence: DateEvidence): void {
  const match = numeric.exec(cleanText(cell));
  if (match === null || (match[1] ?? '').length > 2) return;
  const [first, second] = [Number(match[1]), Number(match[3])];
  if (first > 12 && first <= 31 && second >= 1 && second <= 12) evidence.dayFirst += 1;
  if (second > 12 && second <= 31 && first >= 1 && first <= 12) evidence.monthFirst += 1;
}

/** The order for the whole file; a few odd dates among many are mistakes and become rejects. */
export function decideDateOrder(evidence: DateEvidence): Result<DateOrder> {
  const { dayFirst, monthFirst } = evidence;
  if (dayFirst === 0 && monthFirst === 0) return ok('DMY');
  if (dayFirst >= monthFirst * 20) return ok('DMY');
  if (monthFirst >= dayFirst * 20) return ok('MDY');
  return failImport('import-dates-mixed', { dayFirst, monthFirst });
}

/** `DD/MM/YYYY`, `M/D/YYYY`, `GG/MM/AAAA`, `%d/%m/%Y`, `YYYYMMDD` … → the order. */
export function readDateFormat(format: string): Result<DateOrder> {
  const letters = format.toUpperCase().replace(/G/g, 'D').replace(/[AJ]/g, 'Y').replace(/[^DMY]/g, '').replace(/(.)\1+/g, '$1');
  switch (letters) {
    case 'DMY':
    case 'MDY':
    case 'YMD':
      return ok(letters);
    default:
      return failImport('import-date-format-unknown', { format });
  }
}

/** The order as a person writes it. */
export function showDateOrder(order: DateOrder): string {
  return { DMY: 'DD/MM/YYYY', MDY: 'M/D/YYYY', YMD: 'YYYY-MM-DD' }[order];
}

/** The plain date of a cell, or why it is none. */
export function readDate(cell: string, order: DateOrder): { date: PlainDate } | { problem: 'date-invalid' | 'date-serial' } {
  const text = cleanText(cell);
  const date = readIso(text) ?? readCompact(text, order) ?? readNumeric(text, order) ?? readNamed(text);
  if (date !== null) return { date };
  return { problem: /^[2-6]\d{4}(?:[.,]\d+)?$/.test(text) ? 'date-serial' : 'date-invalid' };
}

function readIso(text: string): PlainDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (match === null) return null;
  const date = sane(Number(match[1]), Number(match[2]), Number(match[3]));
  if (date === null || match[4] === undefined) return date;
  try {
    return dateOfInstant(Temporal.Instant.from(text.replace(' ', 'T').replace(',', '.')).epochMilliseconds, siteZone);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readCompact(text: string, order: DateOrder): PlainDate | null {
  if (!/^\d{8}$/.test(text)) return null;
  const yearFirst = sane(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)));
  if (yearFirst !== null || order === 'YMD') return yearFirst;
  const [first, second, year] = [Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4))];
  return order === 'DMY' ? sane(year, second, first) : sane(year, first, second);
}

function readNumeric(text: string, order: DateOrder): PlainDate | null {
  const match = numeric.exec(text);
  if (match === null) return null;
  const [first = '', second = '', third = ''] = [match[1], match[3], match[4]];
  if (first.length === 4) return third.length <= 2 ? sane(Number(first), Number(second), Number(third)) : null;
  if (order === 'YMD' && third.length <= 2) return sane(fullYear(first), Number(second), Number(third));
  if (third.length !== 2 && third.length !== 4) return null;
  const [day, month] = order === 'MDY' ? [second, first] : [first, second];
  return sane(fullYear(third), Number(month), Number(day));
}

function readNamed(text: string): PlainDate | null {
  const dayFirst = /^(\d{1,2})[ ./-]+(?:de[il] )?(\p{L}{3,9})\.?[ ./,-]+(\d{4}|\d{2})$/u.exec(text);
  const monthFirst = /^(\p{L}{3,9})\.? (\d{1,2}),? (\d{4})$/u.exec(text);
  const [day, name, year] = dayFirst !== null ? [dayFirst[1], dayFirst[2], dayFirst[3]] : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = months[(name ?? '').toLowerCase().slice(0, 3)];
  return month === undefined ? null : sane(fullYear(year ?? ''), month, Number(day));
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function sane(year: number, month: number, day: number): PlainDate | null {
  return year >= 1950 && year <= 2150 ? plainDateOf(year, month, day) : null;
}
