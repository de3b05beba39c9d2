import { expect, it } from 'vitest';
import { plainDateSchema } from '../time.ts';
import { readBirthDate } from './read-birth-date.ts';

const today = plainDateSchema.parse('2026-11-24');

it.each(['RSSMRA85T10A562S', 'RSSMRA85T50A562W'])('reads a man’s day, and a woman’s, which counts from 41: %s', (code) => {
  expect(readBirthDate(code, today)).toBe('1985-12-10');
});

it('takes the year of this century only where somebody could owe by now', () => {
  expect(readBirthDate('RSSMRA12A01A562H', today)).toBe('2012-01-01');
  expect(readBirthDate('RSSMRA13A01A562I', today)).toBe('1913-01-01');
});

it('reads letters that stand for digits', () => {
  expect(readBirthDate('RSSMRA85T1LA562V', today)).toBe('1985-12-10');
});

it.each(['12345670017', 'RSSMRA85T10A562T', 'RSSMRA85B30A562G', ''])('has none for %s', (code) => {
  expect(readBirthDate(code, today)).toBeNull();
});
