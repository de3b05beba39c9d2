/**
 * Money typed by people.
 *
 * Invariant: an amount is understood in exactly one way or refused. Both separators present: the
 * last one is the decimal mark. One separator with one or two digits behind it is decimal in either
 * language. Three digits behind it follow the language: `1.722` is 1722 in Italian, `1,722` in English.
 */
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import { centsOfParts, maxAmountCents, readDecimal } from './read-decimal.ts';
import type { DecimalMark } from './read-decimal.ts';
import { stripMoney } from './strip-money.ts';

export type MoneyLocale = 'it' | 'en';

/** Reads `1.722,60`, `1722.6`, `€ 50`, `50 euro`, `(12,00)` … as integer cents. */
export function parseMoney(text: string, locale: MoneyLocale): Result<number> {
  if (text.trim() === '') return fail('money-empty', 'error.money.empty');
  const { digits, negative } = stripMoney(text);
  const refuse = (): Result<number> => fail('money-not-understood', 'error.money.notUnderstood', { text });
  const mark = decimalMarkOf(digits, locale);
  if (mark === null) return refuse();
  const parts = readDecimal(digits, mark);
  if (parts === null) return refuse();
  if (parts.whole.replace(/^0+/, '').length > String(maxAmountCents).length - 2) {
    return fail('money-too-large', 'error.money.tooLarge', { text });
  }
  const cents = centsOfParts(parts);
  if (cents === null) {
    return parts.fraction.length > 2 ? fail('money-too-precise', 'error.money.tooPrecise', { text }) : fail('money-too-large', 'error.money.tooLarge', { text });
  }
  return ok(negative && cents !== 0 ? -cents : cents);
}

function decimalMarkOf(digits: string, locale: MoneyLocale): DecimalMark | null {
  const own: DecimalMark = locale === 'it' ? ',' : '.';
  const lastComma = digits.lastIndexOf(',');
  const lastDot = digits.lastIndexOf('.');
  if (lastComma === -1 && lastDot === -1) return own;
  if (lastComma !== -1 && lastDot !== -1) return lastComma > lastDot ? ',' : '.';
  const only: DecimalMark = lastComma !== -1 ? ',' : '.';
  const repeated = digits.indexOf(only) !== digits.lastIndexOf(only);
  if (repeated) return only === ',' ? '.' : ',';
  const behind = digits.length - 1 - Math.max(lastComma, lastDot);
  if (only === own || behind === 1 || behind === 2) return only;
  return own;
}
