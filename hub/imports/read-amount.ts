/**
 * Amounts of a file.
 *
 * Invariant: the decimal mark is one for the whole file, decided from all its amounts; when none decides,
 * `1.234` is Italian thousands. Where the file uses both marks, or `1,234` stands without evidence, an amount
 * that can be read two ways is refused.
 */
import { centsOfParts, readDecimal } from '../../shared/money/read-decimal.ts';
import type { DecimalMark, DecimalParts } from '../../shared/money/read-decimal.ts';
import { stripMoney } from '../../shared/money/strip-money.ts';
import { cleanText } from './clean-cell.ts';

/** How many amounts can only be read one way. */
export interface AmountEvidence {
  comma: number;
  dot: number;
}

/** The file's decimal mark; `mixed` = it uses both, `unknown` = no amount decides. */
export type AmountStyle = DecimalMark | 'mixed' | 'unknown';

export type AmountProblem = 'amount-invalid' | 'amount-ambiguous' | 'amount-too-precise' | 'amount-too-large';

/** Adds what one cell says about the decimal mark. */
export function weighAmount(cell: string, evidence: AmountEvidence): void {
  const { digits } = stripMoney(cleanText(cell));
  const mark = onlyMark(digits);
  if (mark === null || readDecimal(digits, mark) === null) return;
  if (mark === ',') evidence.comma += 1;
  if (mark === '.') evidence.dot += 1;
}

/** The mark for the whole file. */
export function decideAmountStyle(evidence: AmountEvidence): AmountStyle {
  if (evidence.comma > 0 && evidence.dot > 0) return 'mixed';
  if (evidence.comma > 0) return ',';
  return evidence.dot > 0 ? '.' : 'unknown';
}

/** Cents and the currency written beside them, or why the cell is no amount. */
export function readAmount(cell: string, style: AmountStyle): { cents: number; currency: string | null } | AmountProblem {
  const { digits, negative, currency } = stripMoney(cleanText(cell));
  const mark = onlyMark(digits) ?? markByStyle(digits, style);
  if (mark === null) return 'amount-ambiguous';
  const parts = readDecimal(digits, mark);
  if (parts === null) return 'amount-invalid';
  const cents = centsOfParts(withoutFloatNoise(parts));
  if (cents === null) return /[1-9]/.test(parts.fraction.slice(2)) ? 'amount-too-precise' : 'amount-too-large';
  return { cents: negative && cents !== 0 ? -cents : cents, currency };
}

/** The mark of digits that do not decide by themselves; null when the file does not decide either. */
function markByStyle(digits: string, style: AmountStyle): DecimalMark | null {
  switch (style) {
    case ',':
    case '.':
      return style;
    case 'mixed':
      return /[.,]/.test(digits) ? null : ',';
    case 'unknown':
      return digits.includes(',') ? null : ',';
  }
}

/**
 * The decimal mark when the digits can be read in one way only: both marks present, a repeated one
 * (thousands), or a number of decimals that is not three. Null when they do not decide.
 */
function onlyMark(digits: string): DecimalMark | null {
  const commas = digits.split(',').length - 1;
  const dots = digits.split('.').length - 1;
  if (commas + dots === 0) return null;
  if (commas > 0 && dots > 0) return digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
  const mark: DecimalMark = commas > 0 ? ',' : '.';
  if (commas + dots > 1) return mark === ',' ? '.' : ',';
  const [whole = '', fraction = ''] = digits.split(mark);
  const couldBeThousands = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  return couldBeThousands ? null : mark;
}

/** `55.940000000000005` and `55.93999999999999` → `55.94`: what binary floats leave in an exported number. */
function withoutFloatNoise(parts: DecimalParts): DecimalParts {
  if (!/^\d{2}(?:0{6,}|9{6,})\d{0,3}$/.test(parts.fraction)) return parts;
  const cents = Math.round(Number(`0.${parts.fraction}`) * 100);
  return { whole: String(Number(parts.whole) + Math.floor(cents / 100)), fraction: String(cents % 100).padStart(2, '0') };
}
