import { expect, it } from 'vitest';
import { inMoney } from './in-money.ts';

const format = { money: (cents: number, currency: string) => `${String(cents)} cents of ${currency}` };

it('shows an amount of the hub as money, and leaves what a file says', () => {
  expect(inMoney('15.00 EUR', format)).toBe('1500 cents of EUR');
  expect(inMoney('-3.05 CHF', format)).toBe('-305 cents of CHF');
  for (const text of ['', 'P9', '15,00', '15.000 EUR', 'Bonifico 15.00 EUR']) expect(inMoney(text, format)).toBe(text);
});
