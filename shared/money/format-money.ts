/**
 * Money as it is shown.
 *
 * Invariant: two decimals always, grouped always (Italian would leave `1722,60` ungrouped), and zero
 * never wears a minus; `parseMoney` reads every text made here back to the same cents.
 */
import type { MoneyLocale } from './parse-money.ts';

const formatters = new Map<string, Intl.NumberFormat>();

/** `172260, 'EUR', 'it'` → `1.722,60 €` (with the locale's own no-break space). */
export function formatMoney(amountCents: number, currency: string, locale: MoneyLocale): string {
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, {
      style: 'currency', currency, useGrouping: true, minimumFractionDigits: 2, maximumFractionDigits: 2,
    });
    formatters.set(key, formatter);
  }
  return formatter.format(amountCents === 0 ? 0 : amountCents / 100);
}

/** `14770318` → `147703.18`: the plain decimal for files and JSON, exact for every safe integer. */
export function decimalOfCents(amountCents: number): string {
  const digits = String(Math.abs(amountCents)).padStart(3, '0');
  return `${amountCents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
