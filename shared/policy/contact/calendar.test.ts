import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../../time.ts';
import { isRestDay, restDayOf, unknownPlace } from './calendar.ts';
import { emptyCalendar } from './policy-pack.ts';
import { findStandardPolicy } from './standard-policies.ts';

const rules = findStandardPolicy('it-unirec')?.holidays;
if (rules === undefined) throw new Error('no pack');
const italy = { ...unknownPlace, country: 'IT' };

describe('isRestDay', () => {
  it.each([
    ['2026-01-01', true], ['2026-01-06', true], ['2026-04-06', true], ['2026-04-25', true], ['2026-05-01', true], ['2026-06-02', true], ['2026-08-15', true],
    ['2026-11-01', true], ['2026-12-08', true], ['2026-12-25', true], ['2026-12-26', true], ['2026-12-24', false], ['2026-05-10', false],
    ['2024-10-04', false], ['2025-10-04', false], ['2026-10-04', true], ['2027-10-04', true],
  ])('%s: %s', (date, expected) => {
    expect(isRestDay(rules, date as PlainDate, italy, emptyCalendar)).toBe(expected);
  });

  it('4 October is the pack’s to say, whatever the library holds', () => {
    // With the pack's word taken away the library answers alone; with a later first year the pack overrules it.
    const later = { ...rules, dates: rules.dates.map((date) => ({ ...date, fromYear: 2030 })) };
    expect(isRestDay(later, '2027-10-04' as PlainDate, italy, emptyCalendar)).toBe(false);
    expect(isRestDay(later, '2031-10-04' as PlainDate, italy, emptyCalendar)).toBe(true);
    const withoutLibrary = { ...rules, country: null };
    expect(isRestDay(withoutLibrary, '2027-10-04' as PlainDate, italy, emptyCalendar)).toBe(true);
    expect(isRestDay(withoutLibrary, '2027-12-25' as PlainDate, unknownPlace, emptyCalendar)).toBe(false);
  });

  it('a region’s own days only there; a country nobody knows has none', () => {
    const whitMonday = '2026-05-25' as PlainDate;
    expect(isRestDay(rules, whitMonday, { ...italy, region: '32' }, emptyCalendar)).toBe(true);
    expect(isRestDay(rules, whitMonday, italy, emptyCalendar)).toBe(false);
    expect(isRestDay(rules, whitMonday, { country: 'ZZ', region: 'X', city: null }, emptyCalendar)).toBe(false);
  });

  it('says what the day is called', () => {
    const closure = { from: '2026-08-10' as PlainDate, to: '2026-08-21' as PlainDate, name: 'Ferie' };
    const calendar = { ...emptyCalendar, closures: [closure] };
    expect(restDayOf(rules, '2026-10-04' as PlainDate, italy, calendar)).toEqual({ kind: 'holiday', name: { it: 'San Francesco d’Assisi', en: 'Saint Francis of Assisi' } });
    expect(restDayOf(rules, '2026-08-12' as PlainDate, italy, calendar)).toEqual({ kind: 'closure', name: { it: 'Ferie', en: 'Ferie' } });
    expect(restDayOf(rules, '2026-08-24' as PlainDate, italy, calendar)).toBeNull();
  });
});
