/**
 * Days on which nobody is called: public holidays, patron saints, the agency's own closures.
 *
 * Invariants: a date that a pack names `insteadOfLibrary` is a holiday when the pack says so and never otherwise, whatever the
 * version of the library; closures come from the calendar that a lead edits. A year of a country is asked for once.
 */
import Holidays from 'date-holidays';
import type { PlainDate } from '../../time.ts';
import type { ContactCalendar, PolicyRules } from './policy-pack.ts';
import { dateOfDay, dayOfDate } from './zone-days.ts';

/** Where the customer lives, as far as anybody knows. */
export interface ContactPlace {
  country: string | null;
  /** Subdivision, without the country (`NY`). */
  region: string | null;
  city: string | null;
}

export const unknownPlace: ContactPlace = { country: null, region: null, city: null };

export interface RestDay {
  kind: 'holiday' | 'closure';
  name: { it: string; en: string };
}

type HolidayRules = PolicyRules['holidays'];

/** Why a date is no ordinary day at a place, or null. */
export function restDayOf(rules: HolidayRules, date: PlainDate, place: ContactPlace, calendar: ContactCalendar): RestDay | null {
  const closure = calendar.closures.find(({ from, to }) => from <= date && date <= to);
  if (closure !== undefined) return { kind: 'closure', name: { it: closure.name, en: closure.name } };
  const monthDay = date.slice(5);
  const year = Number(date.slice(0, 4));
  const named = rules.dates.find((entry) => entry.monthDay === monthDay && (entry.fromYear === null || year >= entry.fromYear))
    ?? rules.cities.find((entry) => entry.monthDay === monthDay && isSameCity(entry.city, place.city));
  if (named !== undefined) return { kind: 'holiday', name: named.name };
  const saint = calendar.patronSaints.find((entry) => entry.monthDay === monthDay && isSameCity(entry.city, place.city));
  if (saint !== undefined) return { kind: 'holiday', name: { it: saint.name, en: saint.name } };
  if (rules.country !== null && !rules.dates.some((entry) => entry.insteadOfLibrary && entry.monthDay === monthDay)) {
    const name = libraryHoliday(rules, rules.country, place.country === rules.country ? place.region : rules.region, date);
    if (name !== null) return { kind: 'holiday', name: { it: name, en: name } };
  }
  if (rules.ofPlace && place.country !== null && place.country !== rules.country) {
    const name = libraryHoliday(rules, place.country, place.region, date);
    if (name !== null) return { kind: 'holiday', name: { it: name, en: name } };
  }
  return null;
}

/** True when a date is a holiday or a closure at a place. */
export function isRestDay(rules: HolidayRules, date: PlainDate, place: ContactPlace, calendar: ContactCalendar): boolean {
  return restDayOf(rules, date, place, calendar) !== null;
}

const years = new Map<string, ReadonlyMap<PlainDate, string>>();

function libraryHoliday(rules: HolidayRules, country: string, region: string | null, date: PlainDate): string | null {
  const year = date.slice(0, 4);
  const key = [country, region ?? '', rules.types.join('+'), year].join(' ');
  let known = years.get(key);
  if (known === undefined) {
    known = readYear(rules, country, region, Number(year));
    years.set(key, known);
  }
  return known.get(date) ?? null;
}

const DAY_MS = 86_400_000;

function readYear(rules: HolidayRules, country: string, region: string | null, year: number): ReadonlyMap<PlainDate, string> {
  const library = new Holidays();
  const found = new Map<PlainDate, string>();
  if (!Object.hasOwn(library.getCountries(), country)) return found;
  const hasRegion = region !== null && Object.hasOwn(statesOf(library, country) ?? {}, region);
  if (hasRegion) library.init(country, region);
  else library.init(country);
  for (const { date, start, end, type, name } of library.getHolidays(year)) {
    if (!rules.types.some((wanted) => wanted === type)) continue;
    const first = dayOfDate(date.slice(0, 10) as PlainDate);
    const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
    for (let day = first; day < first + days; day += 1) found.set(dateOfDay(day), name);
  }
  return found;
}

/** The library's types promise an answer that it does not give for every country. */
function statesOf(library: Holidays, country: string): Record<string, string> | undefined {
  return library.getStates(country);
}

/** Written with or without accents, in any case: `L'Aquila`, `L’AQUILA`. */
export function isSameCity(a: string, b: string | null): boolean {
  return b !== null && plainCity(a) === plainCity(b);
}

const MOST_REMEMBERED = 5_000;
const plainCities = new Map<string, string>();

/** As cities are compared: two ways of writing one give the same. Remembered, for a list has few cities. */
export function plainCity(city: string): string {
  const known = plainCities.get(city);
  if (known !== undefined) return known;
  if (plainCities.size >= MOST_REMEMBERED) plainCities.clear();
  const plain = writePlainly(city);
  plainCities.set(city, plain);
  return plain;
}

function writePlainly(city: string): string {
  return city.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase();
}
