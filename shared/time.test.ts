import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { PlainDate } from './time.ts';
import { addDays, dateOfInstant, dayOfWeek, daysBetween, instantOf, plainDateOf, plainDateSchema, timeOfInstant } from './time.ts';

const zones = ['Europe/Rome', 'UTC', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Chatham', 'Australia/Lord_Howe', 'Pacific/Apia'];
const date = fc.integer({ min: 0, max: 73_000 }).map((days) => Temporal.PlainDate.from('1900-01-01').add({ days }).toString() as PlainDate);
const instant = fc.integer({ min: Date.UTC(1973, 0, 1), max: Date.UTC(2090, 0, 1) });

describe('plain dates', () => {
  it('agree with Temporal, to the day, across centuries', () => {
    fc.assert(fc.property(date, date, fc.integer({ min: -40_000, max: 40_000 }), (a, b, days) => {
      expect(daysBetween(a, b)).toBe(Temporal.PlainDate.from(a).until(b, { largestUnit: 'day' }).days);
      expect(addDays(a, days)).toBe(Temporal.PlainDate.from(a).add({ days }).toString());
      expect(dayOfWeek(a)).toBe(Temporal.PlainDate.from(a).dayOfWeek);
    }));
  });

  it('agree with Temporal on which day and time an instant is, in odd zones too, asked twice', () => {
    fc.assert(fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
      const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      for (let round = 0; round < 2; round += 1) expect(dateOfInstant(at, zone)).toBe(there.toPlainDate().toString());
      expect(dateOfInstant(at - (at % 900_000) + 899_999, zone)).toBe(dateOfInstant(at, zone));
      expect(timeOfInstant(at, zone)).toBe(there.toPlainTime().toString({ smallestUnit: 'minute' }));
    }));
  });

  it('find the instant of a time of day; in the gap of March the later side', () => {
    expect(instantOf('2026-03-29' as PlainDate, '02:30', 'Europe/Rome')).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(instantOf('2026-11-23' as PlainDate, '08:30', 'Europe/Rome')).toBe(Date.UTC(2026, 10, 23, 7, 30));
    expect(instantOf('2026-11-23' as PlainDate, '08:30', 'Europe/Rome')).toBe(Date.UTC(2026, 10, 23, 7, 30));
  });

  it('refuse what is no day', () => {
    for (const text of ['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '2026-00-10']) expect(plainDateSchema.safeParse(text).success).toBe(false);
    expect(plainDateSchema.safeParse('2028-02-29').success).toBe(true);
    expect(plainDateOf(2026, 2, 29)).toBeNull();
  });
});
