import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOfInstant, dayOfWeek, daysBetween, instantOf, instantSchema, plainDateSchema, timeOfInstant } from '../time.ts';
import type { PlainDate } from '../time.ts';
import { readTypedDate, readTypedMoment } from './read-typed-date.ts';

/** A Saturday. */
const today = plainDateSchema.parse('2026-11-21');
const zone = 'Europe/Rome';
const nowMs = instantOf(today, '14:05', zone);

describe('readTypedDate', () => {
  it.each([
    ['+3', '2026-11-24'], ['+0', '2026-11-21'], ['+ 10', '2026-12-01'], ['+3g', '2026-11-24'], ['+2w', '2026-12-05'], ['+1 settimana', '2026-11-28'],
    ['tra 3 giorni', '2026-11-24'], ['in 3 days', '2026-11-24'], ['oggi', '2026-11-21'], ['Today', '2026-11-21'], ['domani', '2026-11-22'],
    ['tomorrow', '2026-11-22'], ['dopodomani', '2026-11-23'], ['ven', '2026-11-27'], ['venerdì', '2026-11-27'], ["venerdi'", '2026-11-27'], ['VENERDÌ ', '2026-11-27'],
    ['fri', '2026-11-27'], ['Friday', '2026-11-27'], ['sab', '2026-11-28'], ['saturday', '2026-11-28'], ['dom', '2026-11-22'], ['lun', '2026-11-23'],
    ['mar', '2026-11-24'], ['mer.', '2026-11-25'], ['30/11', '2026-11-30'], ['30/11/26', '2026-11-30'], ['30-11-2026', '2026-11-30'], ['30.11', '2026-11-30'],
    ['30.11.2026', '2026-11-30'], ['2026-11-30', '2026-11-30'], ['30 nov', '2026-11-30'], ['30nov', '2026-11-30'], ['30 novembre', '2026-11-30'],
    ['30 novembre 2026', '2026-11-30'], ['30-nov-26', '2026-11-30'], ['30 Nov.', '2026-11-30'], ['Nov 30', '2026-11-30'], ['November 30, 2026', '2026-11-30'],
    ['30th November', '2026-11-30'], ['1º dicembre', '2026-12-01'], ['primo dicembre', '2026-12-01'], ['fine mese', '2026-11-30'], ['end of month', '2026-11-30'], ['end of the month', '2026-11-30'],
    ['21/11', '2026-11-21'], ['20/11', '2027-11-20'], ['3/4', '2027-04-03'], ['10 gen', '2027-01-10'], ['1/2/25', '2025-02-01'], ['3 mar', '2027-03-03'], ['29/2/28', '2028-02-29'],
  ])('in Italian "%s" is %s', (text, date) => {
    expect(readTypedDate(text, { today, locale: 'it' })).toEqual({ ok: true, value: date });
  });

  it.each([
    ['3/4', '2027-04-03'], ['11/12', '2026-12-11'], ['30/11', '2026-11-30'], ['Nov 30', '2026-11-30'], ['30 Nov', '2026-11-30'], ['may 5th', '2027-05-05'], ['mar 3', '2027-03-03'],
    ['ven', '2026-11-27'], ['dom', '2026-11-22'], ['+3', '2026-11-24'], ['month end', '2026-11-30'], ['thu', '2026-11-26'],
  ])('in English "%s" is %s, day before month', (text, date) => {
    expect(readTypedDate(text, { today, locale: 'en' })).toEqual({ ok: true, value: date });
  });

  it('takes the last day of the month as it is, leap years included', () => {
    for (const [day, end] of [['2028-02-10', '2028-02-29'], ['2027-02-28', '2027-02-28'], ['2026-12-31', '2026-12-31'], ['2026-12-01', '2026-12-31']] as const) {
      expect(readTypedDate('fine mese', { today: plainDateSchema.parse(day), locale: 'it' })).toEqual({ ok: true, value: end });
    }
  });

  it.each(['', ' ', '31/11', '30/13', '32/1', '29/2', '0/5', 'boh', 've', '+', '3', '+99999', '+9999', 'ven 15:30', '2026-02-30', '30/11-26', '11/30', '1/1/123', '-3', 'e', '30 mai', 'tra 3', '31/12/1999', '0000-01-01', '2200-01-01'])(
    'refuses "%s" with a sentence', (text) => {
      expect(readTypedDate(text, { today, locale: 'it' })).toEqual({
        ok: false, error: { code: 'date-unreadable', messageKey: 'error.dateUnreadable', retryable: false, details: { text } },
      });
    });

  it('does not take the English March for martedì', () => {
    expect(readTypedDate('mar', { today, locale: 'en' }).ok).toBe(false);
  });
});

describe('readTypedMoment', () => {
  it.each([
    ['ven 15:30', '2026-11-27', '15:30'], ['domani 9', '2026-11-22', '09:00'], ['15:30', '2026-11-21', '15:30'], ['30/11 10.15', '2026-11-30', '10:15'],
    ['30.11 10.15', '2026-11-30', '10:15'], ['9:00', '2026-11-22', '09:00'], ['14:05', '2026-11-22', '14:05'], ['alle 16', '2026-11-21', '16:00'], ['ore 9', '2026-11-22', '09:00'],
    ['lunedì alle 9.30', '2026-11-23', '09:30'], ['domani alle ore 9', '2026-11-22', '09:00'], ['+3 10:00', '2026-11-24', '10:00'], ['2026-11-30 10:15', '2026-11-30', '10:15'],
    ['2026-11-30T10:15', '2026-11-30', '10:15'], ['30 nov 10', '2026-11-30', '10:00'], ['30 novembre 2026 15:00', '2026-11-30', '15:00'], ['Fri 3:30 pm', '2026-11-27', '15:30'],
    ['today at 3pm', '2026-11-21', '15:00'], ['12am', '2026-11-22', '00:00'], ['12 pm', '2026-11-22', '12:00'], ['10h30', '2026-11-22', '10:30'], ['dopodomani, 11', '2026-11-23', '11:00'],
    ['lunedì all\'1', '2026-11-23', '01:00'], ['oggi 9', '2026-11-21', '09:00'], ['fine mese 12:00', '2026-11-30', '12:00'],
  ])('"%s" is %s at %s', (text, date, time) => {
    const read = readTypedMoment(text, { nowMs, zone, locale: 'it' });
    if (!read.ok) throw new Error(`not read: ${text}`);
    expect([dateOfInstant(read.value, zone), timeOfInstant(read.value, zone)]).toEqual([date, time]);
  });

  it.each([
    ['+2h', 120], ['+ 90 min', 90], ['+1h30', 90], ['+15m', 15], ['tra 20 min', 20], ['fra 2 ore', 120], ['in 20 minutes', 20], ['in an hour', 60], ["tra un'ora", 60], ['tra mezz’ora', 30],
  ])('"%s" is %d minutes from now', (text, minutes) => {
    expect(readTypedMoment(text, { nowMs, zone, locale: 'it' })).toEqual({ ok: true, value: nowMs + minutes * 60_000 });
  });

  it.each(['', 'ven', '+3', 'domani', '30/11', '25:00', '10:60', '9', '2026', '30 nov', 'Nov 30', 'Nov 10', 'ven 24', 'ven 15:3', '13pm', 'boh 10', '30 novembre 2026', 'alle', '+99999h', '31/12/1999 10:00'])('refuses "%s" with a sentence', (text) => {
    expect(readTypedMoment(text, { nowMs, zone, locale: 'it' })).toEqual({
      ok: false, error: { code: 'moment-unreadable', messageKey: 'error.momentUnreadable', retryable: false, details: { text } },
    });
  });

  it('keeps the wall clock across a change to summer time, and hours from now as real hours', () => {
    const before = instantOf(plainDateSchema.parse('2027-03-27'), '12:00', zone);
    expect(readTypedMoment('domani 12', { nowMs: before, zone, locale: 'it' })).toEqual({ ok: true, value: before + 23 * 3_600_000 });
    expect(readTypedMoment('+24h', { nowMs: before, zone, locale: 'it' })).toEqual({ ok: true, value: before + 24 * 3_600_000 });
  });

  it('means the zone it is given', () => {
    const read = readTypedMoment('24/11 9:00', { nowMs, zone: 'America/New_York', locale: 'en' });
    expect(read).toEqual({ ok: true, value: instantOf(plainDateSchema.parse('2026-11-24'), '09:00', 'America/New_York') });
  });
});

describe('properties', () => {
  const anyDate = fc.integer({ min: 0, max: 30_000 }).map((days) => addDays(plainDateSchema.parse('2010-01-01'), days));
  const anyLocale = fc.constantFrom('it' as const, 'en' as const);
  const value = (text: string, from: PlainDate, locale: 'it' | 'en'): PlainDate => {
    const read = readTypedDate(text, { today: from, locale });
    if (!read.ok) throw new Error(`not read: ${text}`);
    return read.value;
  };

  it('reads every whole date back, whoever writes it and whenever', () => {
    fc.assert(fc.property(anyDate, anyDate, anyLocale, (from, date, locale) => {
      const [year = '', month = '', day = ''] = date.split('-');
      for (const text of [date, `${day}/${month}/${year}`, `${String(Number(day))}.${String(Number(month))}.${year}`, `${day}-${month}-${year.slice(2)}`]) {
        expect(value(text, from, locale)).toBe(date);
      }
    }));
  });

  it('a day without its year is the next such day, today included', () => {
    fc.assert(fc.property(anyDate, fc.integer({ min: 0, max: 364 }), anyLocale, (from, ahead, locale) => {
      const date = addDays(from, ahead);
      if (date.endsWith('02-29')) return;
      const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(instantOf(date, '12:00', 'UTC'));
      expect(value(`${date.slice(8)}/${date.slice(5, 7)}`, from, locale)).toBe(date);
      expect(value(`${date.slice(8)} ${month}`, from, locale)).toBe(date);
    }));
  });

  it('a weekday is such a day, one to seven days ahead', () => {
    fc.assert(fc.property(anyDate, anyDate, anyLocale, (from, other, locale) => {
      const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(instantOf(other, '12:00', 'UTC'));
      const date = value(name, from, locale);
      expect(dayOfWeek(date)).toBe(dayOfWeek(other));
      expect(daysBetween(from, date)).toBeGreaterThanOrEqual(1);
      expect(daysBetween(from, date)).toBeLessThanOrEqual(7);
    }));
  });

  it('answers every text with a Result, never throws', () => {
    const typed = fc.oneof(fc.string(), fc.stringMatching(/^[+\d/.\-: a-z']{0,14}$/));
    fc.assert(fc.property(typed, anyLocale, (text, locale) => {
      const date = readTypedDate(text, { today, locale });
      if (date.ok) expect(plainDateSchema.safeParse(date.value).success).toBe(true);
      const moment = readTypedMoment(text, { nowMs, zone, locale });
      if (moment.ok) expect(instantSchema.safeParse(moment.value).success).toBe(true);
    }), { numRuns: 1000 });
  });
});
