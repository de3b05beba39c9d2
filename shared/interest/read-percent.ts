/**
 * A rate as people type it: `8,75`, `8.75 %`, `10`.
 *
 * Invariant: it is understood as amounts are (`parse-money.ts`), to the hundredth of a percent, or refused; more decimals are never rounded away.
 */
import type { MoneyLocale } from '../money/parse-money.ts';
import { parseMoney } from '../money/parse-money.ts';

/** Hundredths of a percent, or null. */
export function readPercent(text: string, locale: MoneyLocale): number | null {
  const digits = text.trim().replace(/\s*%$/, '');
  if (!/^\d[\d.,]*$/.test(digits)) return null;
  const read = parseMoney(digits, locale);
  return read.ok ? read.value : null;
}
