import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speakAmount, speakNumber } from './speak-amount.ts';

describe('speakNumber', () => {
  it.each([
    [0, 'zero', 'zero'], [1, 'uno', 'one'], [3, 'tre', 'three'], [8, 'otto', 'eight'], [17, 'diciassette', 'seventeen'],
    [20, 'venti', 'twenty'], [21, 'ventuno', 'twenty-one'], [23, 'ventitré', 'twenty-three'], [28, 'ventotto', 'twenty-eight'],
    [31, 'trentuno', 'thirty-one'], [38, 'trentotto', 'thirty-eight'], [40, 'quaranta', 'forty'], [91, 'novantuno', 'ninety-one'],
    [100, 'cento', 'one hundred'], [101, 'centouno', 'one hundred and one'], [103, 'centotré', 'one hundred and three'],
    [108, 'centotto', 'one hundred and eight'], [111, 'centoundici', 'one hundred and eleven'], [180, 'centottanta', 'one hundred and eighty'],
    [188, 'centottantotto', 'one hundred and eighty-eight'], [800, 'ottocento', 'eight hundred'], [880, 'ottocentottanta', 'eight hundred and eighty'],
    [1000, 'mille', 'one thousand'], [1001, 'milleuno', 'one thousand and one'], [1003, 'milletré', 'one thousand and three'],
    [1008, 'milleotto', 'one thousand and eight'], [1200, 'milleduecento', 'one thousand two hundred'],
    [1142, 'millecentoquarantadue', 'one thousand one hundred and forty-two'], [2000, 'duemila', 'two thousand'], [3000, 'tremila', 'three thousand'],
    [21_000, 'ventunomila', 'twenty-one thousand'], [23_000, 'ventitremila', 'twenty-three thousand'], [28_023, 'ventottomilaventitré', 'twenty-eight thousand and twenty-three'],
    [103_000, 'centotremila', 'one hundred and three thousand'], [1_000_000, 'un milione', 'one million'],
    [1_200_000, 'un milione duecentomila', 'one million two hundred thousand'], [2_000_003, 'due milioni tre', 'two million and three'],
    [23_000_000, 'ventitré milioni', 'twenty-three million'], [1_000_000_000, 'un miliardo', 'one billion'], [1e12, 'mille miliardi', 'one thousand billion'],
  ] as const)('%d is "%s" and "%s"', (value, italian, english) => {
    expect(speakNumber(value, 'it')).toBe(italian);
    expect(speakNumber(value, 'en')).toBe(english);
  });

  it.each([-1, 1.5, 1e12 + 1, Number.NaN])('throws on %d', (value) => {
    expect(() => speakNumber(value, 'it')).toThrow(RangeError);
  });

  it('never says two numbers alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 2_000_000 }), (one, other) => {
        for (const locale of ['it', 'en'] as const) {
          expect(speakNumber(one, locale) === speakNumber(other, locale)).toBe(one === other);
        }
      }),
    );
    for (const locale of ['it', 'en'] as const) {
      expect(new Set(Array.from({ length: 20_000 }, (_, value) => speakNumber(value, locale))).size).toBe(20_000);
    }
  });
});

describe('speakAmount', () => {
  it.each([
    [120_010, 'EUR', 'milleduecento euro e dieci', 'one thousand two hundred euros and ten cents'],
    [114_260, 'EUR', 'millecentoquarantadue euro e sessanta', 'one thousand one hundred and forty-two euros and sixty cents'],
    [58_000, 'EUR', 'cinquecentottanta euro', 'five hundred and eighty euros'], [100, 'EUR', 'un euro', 'one euro'],
    [2_100, 'EUR', 'ventuno euro', 'twenty-one euros'], [101, 'EUR', 'un euro e un centesimo', 'one euro and one cent'],
    [205, 'EUR', 'due euro e cinque centesimi', 'two euros and five cents'], [1_023, 'EUR', 'dieci euro e ventitré', 'ten euros and twenty-three cents'],
    [10, 'EUR', 'dieci centesimi', 'ten cents'], [1, 'EUR', 'un centesimo', 'one cent'], [0, 'EUR', 'zero euro', 'zero euros'],
    [100_000_000, 'EUR', 'un milione di euro', 'one million euros'], [120_000_000, 'EUR', 'un milione duecentomila euro', 'one million two hundred thousand euros'],
    [100_000_050, 'EUR', 'un milione di euro e cinquanta', 'one million euros and fifty cents'],
    [511_985, 'USD', 'cinquemilacentodiciannove dollari e ottantacinque', 'five thousand one hundred and nineteen dollars and eighty-five cents'],
    [-5_000, 'EUR', 'meno cinquanta euro', 'minus fifty euros'], [300, 'CHF', 'tre franchi', 'three francs'],
  ] as const)('%d %s is "%s" and "%s"', (cents, currency, italian, english) => {
    expect(speakAmount(cents, currency, 'it')).toBe(italian);
    expect(speakAmount(cents, currency, 'en')).toBe(english);
  });

  it('shows a currency it has no words for in digits, exactly', () => {
    expect(speakAmount(123_456, 'SEK', 'it').replace(/\s/g, ' ')).toBe('1.234,56 SEK');
  });
});
