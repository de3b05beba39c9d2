import { describe, expect, it } from 'vitest';
import { readPercent } from './read-percent.ts';

describe('a rate as typed', () => {
  it.each([
    ['8,75', 'it', 875], ['8.75 %', 'it', 875], ['10', 'it', 1_000], ['0', 'en', 0], ['12,5%', 'en', 1_250], ['1.115', 'it', 111_500], ['1.115', 'en', null],
    ['', 'it', null], ['-1', 'it', null], ['8 euro', 'it', null], ['8,125', 'it', null], ['otto', 'it', null], ['%', 'it', null], ['8 % 9', 'it', null],
  ] as const)('%s in %s is %s hundredths', (text, locale, expected) => {
    expect(readPercent(text, locale)).toBe(expected);
  });
});
