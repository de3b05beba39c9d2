/**
 * The days of a zone as numbers: fast to find, exact across changes of the clocks.
 *
 * Invariants: day `n` is the plain date `n` days after 1970-01-01, whatever the zone; it lasts from its start to the start of
 * day `n + 1`, be that 23, 24 or 25 hours. Starts are remembered per zone, so a list of thousands asks the calendar once.
 */
import type { PlainDate } from '../../time.ts';
import { instantOf } from '../../time.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface ZoneDays {
  readonly zone: string;
  /** The day that an instant falls on. */
  dayOf(instantMs: number): number;
  startOf(day: number): number;
  /** A wall-clock time, in minutes after midnight; 1440 is the next day's start. */
  at(day: number, minutes: number): number;
}

const zones = new Map<string, ZoneDays>();

/** The days of a zone; asked for again, the same. */
export function zoneDays(zone: string): ZoneDays {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  const made = makeZoneDays(zone);
  zones.set(zone, made);
  return made;
}

function makeZoneDays(zone: string): ZoneDays {
  const starts = new Map<number, number>();
  const startOf = (day: number): number => {
    const known = starts.get(day);
    if (known !== undefined) return known;
    const start = instantOf(dateOfDay(day), '00:00', zone);
    starts.set(day, start);
    return start;
  };
  const dayOf = (instantMs: number): number => {
    let day = Math.floor(instantMs / DAY_MS);
    while (startOf(day) > instantMs) day -= 1;
    while (startOf(day + 1) <= instantMs) day += 1;
    return day;
  };
  const at = (day: number, minutes: number): number =>
    minutes === 0 ? startOf(day) : minutes >= 1440 ? startOf(day + 1) : instantOf(dateOfDay(day), timeOfMinutes(minutes), zone);
  return { zone, dayOf, startOf, at };
}

export function dateOfDay(day: number): PlainDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as PlainDate;
}

export function dayOfDate(date: PlainDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
}

/** Monday = 1 … Sunday = 7. */
export function weekdayOf(day: number): number {
  return ((day + 3) % 7 + 7) % 7 + 1;
}

export function minutesOfTime(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function timeOfMinutes(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
