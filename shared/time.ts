/**
 * The only place that reads the clock.
 *
 * Invariant: an instant is UTC milliseconds; a date without time is a plain date
 * (`YYYY-MM-DD`); the two meet only through a zone. "Today" is the site's; calling hours
 * are the customer's.
 */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** A date without time, `2026-11-30`. */
export type PlainDate = string & z.BRAND<'PlainDate'>;

/** Accepts a real calendar date written `YYYY-MM-DD`. */
export const plainDateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isRealDate, { message: 'not a calendar date' })
  .brand<'PlainDate'>();

export const zoneSchema = z.string().refine(isKnownZone, { message: 'unknown time zone' });

/** UTC milliseconds since 1970. */
export const instantSchema = z.int().nonnegative();

/** Where time comes from; tests and the fault rig bring their own. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() + systemClockShiftMs() };

let shiftMs: number | null = null;

/**
 * How far this process's clock is set off. Tests run at any hour, people are called at few: so a test sets the environment variable
 * `PREMURA_TEST_CLOCK_SHIFT_MS`, the same for every process it starts. A release build has no such path: `__TEST_CLOCK__` is false in it.
 */
export function systemClockShiftMs(): number {
  shiftMs ??= typeof __TEST_CLOCK__ === 'undefined' || __TEST_CLOCK__ ? readShift() : 0;
  return shiftMs;
}

/** For a page, which has no environment: main has told it. Does nothing in a release build. */
export function shiftSystemClock(byMs: number): void {
  if (typeof __TEST_CLOCK__ === 'undefined' || __TEST_CLOCK__) shiftMs = byMs;
}

function readShift(): number {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const text = process?.env?.['PREMURA_TEST_CLOCK_SHIFT_MS'] ?? '0';
  if (!/^-?\d+$/.test(text)) throw new RangeError(`PREMURA_TEST_CLOCK_SHIFT_MS: ${text}`);
  return Number(text);
}

/** A reading for durations only: never goes back, has no calendar meaning. */
export function monotonicMs(): number {
  return performance.now();
}

const QUARTER_HOUR_MS = 900_000;
const MOST_REMEMBERED = 5_000;
const datesByQuarter = new Map<string, PlainDate>();

/**
 * The plain date of an instant in a zone. Remembered by quarter of an hour: since 1972 every
 * offset, and so every midnight, falls on one.
 */
export function dateOfInstant(instantMs: number, zone: string): PlainDate {
  const key = `${zone} ${String(Math.floor(instantMs / QUARTER_HOUR_MS))}`;
  const known = datesByQuarter.get(key);
  if (known !== undefined) return known;
  const date = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).toPlainDate().toString() as PlainDate;
  return remember(datesByQuarter, key, date);
}

/** The wall-clock time `HH:MM` of an instant in a zone. */
export function timeOfInstant(instantMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instantMs)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}

/** The instant of a plain date and `HH:MM` in a zone; in a DST gap the later side. */
export function instantOf(date: PlainDate, time: string, zone: string): number {
  const key = `${date} ${time} ${zone}`;
  const known = instantsByText.get(key);
  if (known !== undefined) return known;
  const instant = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) });
  return remember(instantsByText, key, instant.epochMilliseconds);
}

const instantsByText = new Map<string, number>();

function remember<T>(known: Map<string, T>, key: string, value: T): T {
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, value);
  return value;
}

const DAY_MS = 86_400_000;

/** Days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The date `days` later (or earlier). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10) as PlainDate;
}

/** The date `days` working days later (Monday to Friday; public holidays come with the contact policy). */
export function addWorkingDays(date: PlainDate, days: number): PlainDate {
  let [result, left] = [date, days];
  while (left > 0) {
    result = addDays(result, 1);
    if (dayOfWeek(result) <= 5) left -= 1;
  }
  return result;
}

/** The same day `months` later; the last of the month where there is no such day (art. 155 c.p.c. counts months so). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  return Temporal.PlainDate.from(date).add({ months }).toString() as PlainDate;
}

/** Monday = 1 … Sunday = 7. */
export function dayOfWeek(date: PlainDate): number {
  return ((dayNumber(date) + 3) % 7 + 7) % 7 + 1;
}

/** Days since 1970-01-01: a plain date needs no zone, so UTC arithmetic is exact. */
function dayNumber(date: PlainDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
}

/** Builds a plain date from numbers, or null when there is no such day. */
export function plainDateOf(year: number, month: number, day: number): PlainDate | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isRealDate(text) ? (text as PlainDate) : null;
}

function isRealDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= daysInMonth(year, month);
}

/** By arithmetic: every date of every case is checked. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isKnownZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
