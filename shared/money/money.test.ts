import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateProRata } from './allocate-pro-rata.ts';
import { decimalOfCents, formatMoney } from './format-money.ts';
import { parseMoney } from './parse-money.ts';
import type { MoneyLocale } from './parse-money.ts';

describe('parseMoney', () => {
  const read: [string, MoneyLocale, number][] = [
    ['1.722,60', 'it', 172260], ['1722.6', 'it', 172260], ['1722,6', 'it', 172260], ['1.722', 'it', 172200],
    ['1,722', 'en', 172200], ['1,722.60', 'en', 172260], ['1,722.60', 'it', 172260], ['1.722,60', 'en', 172260],
    ['1722', 'it', 172200], ['0,5', 'it', 50], ['0.5', 'it', 50], [',50', 'it', 50], ['12,5', 'en', 1250],
    ['€ 50', 'it', 5000], ['50€', 'it', 5000], ['50 euro', 'it', 5000], ['Euro 50', 'it', 5000], ['EUR 50,10', 'it', 5010],
    ['50 EUR', 'en', 5000], ['US$1,000', 'en', 100000], ['CHF 12.30', 'en', 1230],
    ["1'722,60", 'it', 172260], ['1 722,60', 'it', 172260], ['1\u00a0722,60\u00a0€', 'it', 172260], ['1\u202f722,60', 'it', 172260],
    ['1’722.60', 'it', 172260], ['1.234.567', 'it', 123456700], ['1,234,567', 'it', 123456700],
    ['-50', 'it', -5000], ['50-', 'it', -5000], ['(50,00)', 'it', -5000], ['(€ 50,00)', 'it', -5000], ['€ -50', 'it', -5000],
    ['-€50.00', 'en', -5000], ['−50', 'it', -5000], ['50,-', 'it', 5000], ['50,00- €', 'it', -5000], ['+50', 'it', 5000],
    ['-0', 'it', 0], ['12,500', 'en', 1250000], ['50,100', 'it', 5010], ['1.000.000.000.000', 'it', 100_000_000_000_000],
  ];
  it.each(read)('reads %j in %s as %d cents', (text, locale, cents) => {
    expect(parseMoney(text, locale)).toEqual({ ok: true, value: cents });
  });

  const refused: [string, MoneyLocale, string][] = [
    ['', 'it', 'money-empty'], ['  ', 'it', 'money-empty'], ['cento', 'it', 'money-not-understood'], ['€', 'it', 'money-not-understood'],
    ['1.72.260', 'it', 'money-not-understood'], ['12.34.56', 'it', 'money-not-understood'], ['0.722', 'it', 'money-not-understood'],
    ['1.722.6', 'it', 'money-not-understood'], ['1,722', 'it', 'money-too-precise'], ['1.722', 'en', 'money-too-precise'],
    ['1,2.3,4', 'it', 'money-not-understood'], ['50 mele', 'it', 'money-not-understood'], ['--5', 'it', 'money-not-understood'],
    ['5 6', 'it', 'money-not-understood'], ['1.234 567', 'it', 'money-not-understood'], ['3,39E+09', 'it', 'money-not-understood'],
    ['-5-', 'it', 'money-not-understood'], ['(-5)', 'it', 'money-not-understood'], ['1.000.000.000.001', 'it', 'money-too-large'],
    ['99999999999999999999', 'it', 'money-too-large'], ['<b>5</b>', 'it', 'money-not-understood'],
  ];
  it.each(refused)('refuses %j in %s: %s', (text, locale, code) => {
    const result = parseMoney(text, locale);
    expect(result.ok ? result.value : result.error.code).toBe(code);
  });

  it('reads back whatever formatMoney writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000_000_000_000, max: 100_000_000_000_000 }),
        fc.constantFrom<MoneyLocale>('it', 'en'),
        fc.constantFrom('EUR', 'USD', 'CHF', 'GBP'),
        (cents, locale, currency) => {
          expect(parseMoney(formatMoney(cents, currency, locale), locale)).toEqual({ ok: true, value: cents });
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('formatMoney', () => {
  it.each([
    [172260, 'EUR', 'it', '1.722,60 €'], [-172260, 'EUR', 'it', '-1.722,60 €'], [172260, 'EUR', 'en', '€1,722.60'],
    [-5, 'EUR', 'en', '-€0.05'], [0, 'EUR', 'it', '0,00 €'], [-0, 'EUR', 'it', '0,00 €'], [123, 'USD', 'it', '1,23 USD'],
  ] as const)('shows %d %s in %s as %s', (cents, currency, locale, text) => {
    expect(formatMoney(cents, currency, locale).replace(/[\u00a0\u202f]/g, ' ')).toBe(text);
  });

  it.each([[14770318, '147703.18'], [5, '0.05'], [-5, '-0.05'], [0, '0.00'], [-12300, '-123.00']])('%d is %s', (cents, text) => {
    expect(decimalOfCents(cents)).toBe(text);
  });
});

describe('allocateProRata', () => {
  it.each([
    [16000, [455000, 670000, 120000], [5847, 8611, 1542]],
    [10000, [50000, 100000, 23300, 20000], [2587, 5173, 1205, 1035]],
    [230000, [150000, 100000, 200000, 50000], [69000, 46000, 92000, 23000]],
    [100, [1, 1, 1], [34, 33, 33]], [0, [5, 5], [0, 0]], [0, [0, 0], [0, 0]], [7, [0, 3], [0, 7]], [0, [], []],
  ])('divides %d over %j as %j', (amount, weights, shares) => {
    expect(allocateProRata(amount, weights)).toEqual(shares);
  });

  it('always adds up, and no share is a cent or more away from its exact part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 30 }), (amount, weights) => {
        const shares = allocateProRata(amount, weights);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
        shares.forEach((share, index) => {
          expect(Math.abs(share - (amount * (weights[index] ?? 0)) / total)).toBeLessThan(1.001);
        });
      }),
    );
  });

  it.each([[-1, [1]], [1.5, [1]], [1, [-1]], [1, []], [1, [0]]])('throws on %d over %j', (amount, weights) => {
    expect(() => allocateProRata(amount, weights)).toThrow(RangeError);
  });
});
