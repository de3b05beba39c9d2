import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanCallerName } from './clean-caller-name.ts';

describe("a caller's name", () => {
  it.each([
    ['Mario Rossi', 'Mario Rossi'],
    ['  José\tGarcía\r\n', 'José García'],
    ['Banca\u202Eaicnam', 'Banca aicnam'],
    ['\u2066Anna\u2069', 'Anna'],
    ['A\u200Bn\u00ADna', 'A n na'],
    ['\u0000\u0007', null],
    ['', null],
    ['---', null],
    ['\u3164\u3164', null],
    ['李小龍', '李小龍'],
  ])('%j is shown as %j', (name, shown) => {
    expect(cleanCallerName(name)).toBe(shown);
  });

  it('is short, and does not climb', () => {
    expect(cleanCallerName('x'.repeat(500))).toHaveLength(60);
    expect(cleanCallerName(`x${'\u0301'.repeat(50)}`)?.length).toBeLessThan(6);
  });

  it('never holds what turns or hides the writing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const shown = cleanCallerName(name);
      if (shown === null) return;
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect([...shown].length).toBeLessThanOrEqual(60);
      expect(cleanCallerName(shown)).toBe(shown);
    }));
  });
});
