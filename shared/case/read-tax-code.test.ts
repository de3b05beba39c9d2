import { describe, expect, it } from 'vitest';
import { readTaxCode } from './read-tax-code.ts';

describe('readTaxCode', () => {
  it.each([
    // The example of the Agenzia delle Entrate's own page, and one with omocodia letters.
    ['RSSMRA85T10A562S', 'person'], ['rss mra 85t10 a562s', 'person'], ['MRTMTT91D08F205J', 'person'],
    ['00743110157', 'company'], ['IT 00743110157', 'company'],
  ])('takes %s', (text, kind) => {
    expect(readTaxCode(text)).toMatchObject({ ok: true, value: { kind } });
  });

  it('refuses every slip of one character in a valid code', () => {
    const valid = 'RSSMRA85T10A562S';
    for (let place = 0; place < valid.length; place += 1) {
      const slipped = `${valid.slice(0, place)}${valid[place] === 'A' ? 'B' : 'A'}${valid.slice(place + 1)}`;
      expect(readTaxCode(slipped).ok, slipped).toBe(false);
    }
  });

  it.each(['', '12345678901', '00743110158', 'RSSMRA85T10A562', 'Mario Rossi'])('refuses %s', (text) => {
    expect(readTaxCode(text)).toMatchObject({ ok: false, error: { code: 'tax-code-unreadable' } });
  });
});
