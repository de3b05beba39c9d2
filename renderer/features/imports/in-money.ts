/** Amounts as the hub writes them in its notes (`15.00 EUR`), in the words of whoever reads; any other text as it is. */
import type { Words } from '../../app/i18n.ts';

export function inMoney(text: string, format: Pick<Words['format'], 'money'>): string {
  const [, sign, units, cents, currency] = /^(-?)(\d{1,12})\.(\d{2}) ([A-Z]{3})$/.exec(text) ?? [];
  if (units === undefined || cents === undefined || currency === undefined) return text;
  return format.money((sign === '-' ? -1 : 1) * Number(`${units}${cents}`), currency);
}
