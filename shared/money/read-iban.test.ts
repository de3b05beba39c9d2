import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlLetterOf, printIban, readIban } from './read-iban.ts';

describe('readIban', () => {
  it.each([
    'IT60X0542811101000000123456', 'it60 x054 2811 1010 0000 0123 456', ' IBAN: IT60X0542811101000000123456 ', 'BE72000000001616', 'DE89 3704 0044 0532 0130 00',
    'GB29NWBK60161331926819', 'SM86U0322509800000000270100', 'FR1420041010050500013M02606',
  ])('reads %s', (text) => {
    const iban = readIban(text);
    expect(iban.ok && iban.value).toBe(text.toUpperCase().replace(/IBAN:|\s/g, ''));
  });

  it.each([
    ['the control letter of another account', 'IT64Y0542811101000000123456', 'iban-control-letter'],
    ['digits changed', 'IT60X0542811101000000123457', 'iban-check-digits'],
    ['two digits swapped', 'IT60X0542811101000000124356', 'iban-check-digits'],
    ['one character short', 'IT60X054281110100000012345', 'iban-length'],
    ['one too many', 'BE720000000016161', 'iban-length'],
    ['letters where the branch is', 'IT60X05A2811101000000123456', 'iban-check-digits'],
    ['nothing', '', 'iban-unreadable'], ['words', 'not an account', 'iban-unreadable'], ['a creditor reference', 'RF18539007547034', 'iban-country'],
  ])('refuses %s: %s', (_what, text, code) => {
    expect(readIban(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('tells how many characters are missing', () => {
    expect(readIban('IT60X054281110100000012345')).toMatchObject({ error: { details: { length: 27, found: 26 } } });
  });

  it('prints in groups of four', () => {
    expect(printIban('IT60X0542811101000000123456')).toBe('IT60 X054 2811 1010 0000 0123 456');
  });

  it('finds the control letter of the published example, and every wrong letter whose check digits were made to hold', () => {
    const body = '0542811101000000123456';
    expect(controlLetterOf(body)).toBe('X');
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWYZ') {
      const digits = [...Array(97).keys()].map((value) => String(value + 2).padStart(2, '0'));
      const codes = digits.map((check) => readIban(`IT${check}${letter}${body}`)).map((read) => (read.ok ? 'ok' : read.error.code));
      expect(codes.filter((code) => code !== 'iban-check-digits')).toEqual(['iban-control-letter']);
    }
  });

  it('finds every single wrong digit', () => {
    fc.assert(fc.property(fc.integer({ min: 5, max: 26 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
      const iban = 'IT60X0542811101000000123456';
      const wrong = String((Number(iban[place]) + shift) % 10);
      expect(readIban(`${iban.slice(0, place)}${wrong}${iban.slice(place + 1)}`).ok).toBe(false);
    }));
  });
});
