/**
 * Reads the digits of an amount once its decimal mark is known.
 *
 * Invariant: no float touches the value. Digits before the mark may be grouped in threes by one
 * kind of separator; anything irregular is `null`, never repaired.
 */

/** Above a thousand billion euros an amount is a mistake, and cents would near the end of exact integers. */
export const maxAmountCents = 100_000_000_000_000;

export type DecimalMark = ',' | '.';

export interface DecimalParts {
  /** Digits before the mark, without separators. */
  whole: string;
  /** Digits after the mark, maybe empty. */
  fraction: string;
}

/** Splits `1.722,60` into whole and fraction, or null when the digits are not grouped regularly. */
export function readDecimal(text: string, mark: DecimalMark): DecimalParts | null {
  const parts = text.split(mark);
  if (parts.length > 2) return null;
  const [grouped = '', fraction = ''] = parts;
  if (parts.length === 2 && !/^\d*$/.test(fraction)) return null;
  const whole = readGrouped(grouped, mark);
  if (whole === null || (whole === '' && fraction === '')) return null;
  return { whole: whole === '' ? '0' : whole, fraction };
}

/** Cents of the parts; null when there are more than two real decimals or the amount is too large. */
export function centsOfParts(parts: DecimalParts): number | null {
  if (/[1-9]/.test(parts.fraction.slice(2))) return null;
  const cents = Number(parts.whole) * 100 + Number(parts.fraction.slice(0, 2).padEnd(2, '0'));
  return cents <= maxAmountCents ? cents : null;
}

function readGrouped(text: string, mark: DecimalMark): string | null {
  if (/^\d*$/.test(text)) return text;
  const separator = /[^\d]/.exec(text)?.[0];
  if (separator === undefined || separator === mark || !isSeparator(separator)) return null;
  const groups = text.split(separator);
  const [first = '', ...rest] = groups;
  if (!/^[1-9]\d{0,2}$/.test(first) || !rest.every((group) => /^\d{3}$/.test(group))) return null;
  return groups.join('');
}

function isSeparator(character: string): boolean {
  return character === '.' || character === ',' || character === ' ' || character === "'";
}
