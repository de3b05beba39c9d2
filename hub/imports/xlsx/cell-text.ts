/**
 * Cells of a workbook as text, as a person sees them and as a CSV of the same sheet would hold them.
 *
 * Invariants: a date becomes `YYYY-MM-DD`, whatever its format shows; a number keeps every digit it has, and one whose digits are
 * lost (beyond fifteen) keeps its exponent, so that nobody takes it for a code.
 */
import { addDays } from '../../../shared/time.ts';
import type { PlainDate } from '../../../shared/time.ts';

/** What a cell's number format makes of its number; `zeros`: padded to so many digits. */
export type CellFormat = 'plain' | 'date' | 'time' | { zeros: number };

const LAST_DAY = 2_958_465;
/** 1900 has no 29 February, but Excel's serial 60 is that day: what Lotus 1-2-3 believed. */
const LEAP_BUG_DAY = 60;
const HALF_SECOND = 0.5 / 86_400;

/** A number as it stands in the XML, by its format. */
export function numberText(raw: string, format: CellFormat, date1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw.trim();
  if (format === 'date' || format === 'time') return serialText(value, format, date1904) ?? plainText(raw, value);
  if (format !== 'plain' && Number.isSafeInteger(value) && value >= 0) return String(value).padStart(format.zeros, '0');
  return plainText(raw, value);
}

function plainText(raw: string, value: number): string {
  const text = raw.trim();
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text.replace(/^(-?\d+)\.0+$/, '$1');
  if (Math.abs(value) >= 1e15) return text.toUpperCase();
  if (Number.isInteger(value)) return String(value);
  const shown = String(value);
  return shown.includes('e') ? value.toFixed(12).replace(/0+$/, '').replace(/\.$/, '') : shown;
}

/** `2026-03-05`; `14:30` for less than a day; empty for the day nought; null when no date has this number. */
export function serialText(serial: number, format: 'date' | 'time', date1904: boolean): string | null {
  const days = Math.floor(serial + HALF_SECOND);
  if (serial < 0 || days > LAST_DAY) return null;
  if (format === 'time' || (days === 0 && !date1904)) {
    if (format === 'date' && serial === 0) return '';
    const minutes = Math.floor((serial + HALF_SECOND) * 1440);
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  }
  return dateOfSerial(days, date1904);
}

/** The day of a whole serial; `1900-02-29` for Excel's day that never was. */
export function dateOfSerial(days: number, date1904: boolean): string {
  if (date1904) return addDays('1904-01-01' as PlainDate, days);
  if (days === LEAP_BUG_DAY) return '1900-02-29';
  return addDays((days < LEAP_BUG_DAY ? '1899-12-31' : '1899-12-30') as PlainDate, days);
}

/** What a format makes of a number; ids below 164 are Excel's own. */
export function readFormat(formatId: number, code: string | null): CellFormat {
  if (code === null) {
    if ((formatId >= 14 && formatId <= 17) || formatId === 22 || (formatId >= 27 && formatId <= 36) || (formatId >= 50 && formatId <= 58)) return 'date';
    return (formatId >= 18 && formatId <= 21) || (formatId >= 45 && formatId <= 47) ? 'time' : 'plain';
  }
  if (/^(?:general|standard|@)$/i.test(code)) return 'plain';
  const [first = ''] = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';');
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return 'time';
  const bare = first.replace(/\[[^\]]*\]/g, '').replace(/am\/pm|a\/p/gi, '');
  if (/[dy]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare))) return 'date';
  if (/[hs]/i.test(bare)) return 'time';
  return /^0{2,}$/.test(bare) ? { zeros: bare.length } : 'plain';
}
