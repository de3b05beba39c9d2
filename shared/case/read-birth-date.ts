/** When somebody was born, as their Italian tax code says it. */
import type { PlainDate } from '../time.ts';
import { plainDateSchema } from '../time.ts';
import { readTaxCode } from './read-tax-code.ts';

const months = 'ABCDEHLMPRST';
/** Stand for 0 to 9 where two people had the same code (omocodia). */
const letterDigits = 'LMNPQRSTUV';
const WOMEN_ADD_DAYS = 40;
/** Nobody younger owes anything of their own; the two digits of the year then mean the century before. */
const YOUNGEST_YEARS = 14;

/**
 * Reads characters 7 to 11 of a codice fiscale: year, month letter, day, women's counted from 41 (D.M. 23 December 1976). Null for a company's
 * code, one that is not valid, and a day that never was.
 */
export function readBirthDate(taxCode: string, today: PlainDate): PlainDate | null {
  const read = readTaxCode(taxCode);
  if (!read.ok || read.value.kind !== 'person') return null;
  const { code } = read.value;
  const digits = (from: number): number => Number([...code.slice(from, from + 2)].map((sign) => (letterDigits.includes(sign) ? letterDigits.indexOf(sign) : sign)).join(''));
  const counted = digits(9);
  const day = counted > WOMEN_ADD_DAYS ? counted - WOMEN_ADD_DAYS : counted;
  const latestYear = Number(today.slice(0, 4)) - YOUNGEST_YEARS;
  const century = Math.floor(latestYear / 100) * 100;
  const year = century + digits(6) > latestYear ? century - 100 + digits(6) : century + digits(6);
  const text = [year, months.indexOf(code[8] ?? '') + 1, day].map((part) => String(part).padStart(2, '0')).join('-');
  return plainDateSchema.safeParse(text).data ?? null;
}
