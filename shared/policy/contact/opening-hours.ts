/**
 * When a policy lets anybody be contacted: the hours of the customer's day, less holidays and closures.
 *
 * Invariants: where several zones are possible, an instant is open only if it is open in each (the strictest counts); a holiday
 * can only take away hours. Days once computed are remembered for a policy, a calendar, a place and a zone.
 */
import type { ContactPlace, RestDay } from './calendar.ts';
import { restDayOf } from './calendar.ts';
import { intersectWindows } from './intersect-windows.ts';
import type { ContactCalendar, ContactPolicy } from './policy-pack.ts';
import type { ZoneDays } from './zone-days.ts';
import { dateOfDay, minutesOfTime, weekdayOf, zoneDays } from './zone-days.ts';

/** Nothing is looked for beyond this: what is closed for so long is closed. */
export const HORIZON_DAYS = 400;

interface OpenDay {
  /** Pairs of begin and end, in order. */
  windows: readonly (readonly [number, number])[];
  rest: RestDay | null;
}

/** The hours of one zone at one place. */
export interface OpeningHours {
  readonly days: ZoneDays;
  dayAt(day: number): OpenDay;
  isOpen(instantMs: number): boolean;
  /** The first open instant, not before the given one; null when there is none in sight. */
  next(instantMs: number): number | null;
}

const remembered = new WeakMap<ContactPolicy, WeakMap<ContactCalendar, Map<string, OpeningHours>>>();

/** The hours of a policy in a zone at a place; asked for again, the same. */
export function openingHours(policy: ContactPolicy, calendar: ContactCalendar, place: ContactPlace, zone: string): OpeningHours {
  let ofPolicy = remembered.get(policy);
  if (ofPolicy === undefined) remembered.set(policy, (ofPolicy = new WeakMap()));
  let ofCalendar = ofPolicy.get(calendar);
  if (ofCalendar === undefined) ofPolicy.set(calendar, (ofCalendar = new Map<string, OpeningHours>()));
  const key = `${zone}|${place.country ?? ''}|${place.region ?? ''}|${place.city ?? ''}`;
  let hours = ofCalendar.get(key);
  if (hours === undefined) ofCalendar.set(key, (hours = makeHours(policy, calendar, place, zone)));
  return hours;
}

function makeHours(policy: ContactPolicy, calendar: ContactCalendar, place: ContactPlace, zone: string): OpeningHours {
  const days = zoneDays(zone);
  const known = new Map<number, OpenDay>();
  const dayAt = (day: number): OpenDay => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const made = makeDay(policy, calendar, place, days, day);
    known.set(day, made);
    return made;
  };
  const isOpen = (instantMs: number): boolean => dayAt(days.dayOf(instantMs)).windows.some(([from, to]) => from <= instantMs && instantMs < to);
  const next = (instantMs: number): number | null => {
    const first = days.dayOf(instantMs);
    for (let day = first; day <= first + HORIZON_DAYS; day += 1) {
      for (const [from, to] of dayAt(day).windows) if (instantMs < to) return Math.max(instantMs, from);
    }
    return null;
  };
  return { days, dayAt, isOpen, next };
}

function makeDay(policy: ContactPolicy, calendar: ContactCalendar, place: ContactPlace, days: ZoneDays, day: number): OpenDay {
  const { hours, holidays } = policy;
  const weekday = weekdayOf(day);
  const usual = weekday === 7 ? hours.sunday : weekday === 6 ? hours.saturday : hours.weekday;
  const rest = restDayOf(holidays, dateOfDay(day), place, calendar);
  const left = rest === null || (rest.kind === 'holiday' && hours.holiday === 'as-other-days') ? usual
    : rest.kind === 'closure' || hours.holiday === 'as-other-days' ? [] : intersectWindows(usual, hours.holiday);
  const windows = left
    .map(({ from, to }) => [days.at(day, minutesOfTime(from)), days.at(day, minutesOfTime(to))] as const)
    .filter(([from, to]) => from < to)
    .sort(([a], [b]) => a - b);
  return { windows, rest };
}

/** The first instant, not before the given one, that is open in every zone; null when there is none in sight. */
export function nextOpen(all: readonly OpeningHours[], instantMs: number): number | null {
  let moment = instantMs;
  for (;;) {
    const before = moment;
    for (const hours of all) {
      const opening = hours.next(moment);
      if (opening === null || opening > instantMs + HORIZON_DAYS * 86_400_000) return null;
      moment = opening;
    }
    if (moment === before) return moment;
  }
}
