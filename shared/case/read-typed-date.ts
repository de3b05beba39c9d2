/**
 * Dates and moments as operators type them: `+3`, `ven`, `30/11`, `30 nov`, `fine mese`; `ven 15:30`, `+2h`.
 *
 * Invariants: a text is understood in one way or refused. Day comes before month in both languages (English is
 * read the European way: `3/4` is 3 April), except where the month is a word. Nobody types a date in the past
 * without its year: a day and month already gone this year mean the next. A weekday is the next such day, never
 * today. A clock time alone is the next time the clock shows it. Explicit years and days are taken as typed, so a
 * past result is possible: whether the past makes sense is for the caller to say.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { PlainDate } from '../time.ts';
import { addDays, dateOfInstant, dayOfWeek, instantOf, plainDateOf } from '../time.ts';
import { monthOfWord, simplify, weekdayOfWord } from './calendar-words.ts';
import type { TypedLocale } from './calendar-words.ts';

export interface TypedDateContext {
  /** The site's today. */
  today: PlainDate;
  locale: TypedLocale;
}

export interface TypedMomentContext {
  nowMs: number;
  /** The zone in which the operator thinks of the time. */
  zone: string;
  locale: TypedLocale;
}

/** Outside these years a date is a slip of the hand; inside them every moment is a valid instant. */
const firstYear = 2000;
const lastYear = 2199;
const maxDaysAhead = 3660;
const maxMinutesAhead = 366 * 24 * 60;

/** Reads a typed date, relative to today. */
export function readTypedDate(text: string, context: TypedDateContext): Result<PlainDate> {
  const date = dateOfText(simplify(text), context);
  return date === null ? fail('date-unreadable', 'error.dateUnreadable', { text }) : ok(date);
}

/** Reads a typed moment as an instant (UTC milliseconds); a day without a time is refused. */
export function readTypedMoment(text: string, context: TypedMomentContext): Result<number> {
  const instant = momentOfText(simplify(text), context);
  return instant === null ? fail('moment-unreadable', 'error.momentUnreadable', { text }) : ok(instant);
}

function dateOfText(text: string, context: TypedDateContext): PlainDate | null {
  const { today, locale } = context;
  const ahead = daysAheadOf(text);
  if (ahead !== null) return ahead <= maxDaysAhead ? addDays(today, ahead) : null;
  if (/^(?:fine mese|fine del mese|end of (?:the )?month|month end|eom)$/.test(text)) return endOfMonth(today);
  const weekday = weekdayOfWord(text, locale);
  if (weekday !== null) return addDays(today, ((weekday - dayOfWeek(today) + 6) % 7) + 1);
  return calendarDate(text, context);
}

/** Days after today of `+3`, `tra 3 giorni`, `+2 settimane`, `oggi` …, or null. */
function daysAheadOf(text: string): number | null {
  switch (text) {
    case 'oggi': case 'today':
      return 0;
    case 'domani': case 'tomorrow':
      return 1;
    case 'dopodomani': case 'dopo domani': case 'day after tomorrow': case 'the day after tomorrow':
      return 2;
    default: {
      const match = /^(?:\+ ?|(?:tra|fra|in) )(\d{1,4}) ?([a-z]*)$/.exec(text);
      if (match === null) return null;
      const [, count = '', unit = ''] = match;
      if (/^(?:g|gg|giorno|giorni|d|day|days)$/.test(unit) || (unit === '' && text.startsWith('+'))) return Number(count);
      return /^(?:settimana|settimane|sett|w|week|weeks)$/.test(unit) ? Number(count) * 7 : null;
    }
  }
}

function calendarDate(text: string, context: TypedDateContext): PlainDate | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return dayOfYear(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = /^(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?$/.exec(text);
  if (numeric !== null) return dayInMonth(numeric[1], Number(numeric[3]), numeric[4], context.today);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ .-]?([a-z]{3,})\.?(?:[ ,-]+(\d{4}|\d{2}))?$/.exec(text.replace(/^primo\b/, '1').replace(/^1[o°º]/, '1'));
  const monthFirst = dayFirst !== null ? null : /^([a-z]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(text);
  const [day, word, year] = dayFirst !== null ? dayFirst.slice(1) : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = word === undefined ? null : monthOfWord(word, context.locale);
  return month === null ? null : dayInMonth(day, month, year, context.today);
}

function dayInMonth(dayText: string | undefined, month: number, yearText: string | undefined, today: PlainDate): PlainDate | null {
  const day = Number(dayText);
  if (yearText !== undefined) return dayOfYear(yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText), month, day);
  const thisYear = Number(today.slice(0, 4));
  const date = plainDateOf(thisYear, month, day);
  return date !== null && date >= today ? date : plainDateOf(thisYear + 1, month, day);
}

function dayOfYear(year: number, month: number, day: number): PlainDate | null {
  return year < firstYear || year > lastYear ? null : plainDateOf(year, month, day);
}

function endOfMonth(today: PlainDate): PlainDate | null {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const nextFirst = month === 12 ? plainDateOf(year + 1, 1, 1) : plainDateOf(year, month + 1, 1);
  return nextFirst === null ? null : addDays(nextFirst, -1);
}

function momentOfText(text: string, context: TypedMomentContext): number | null {
  const minutes = minutesAheadOf(text);
  if (minutes !== null) return minutes <= maxMinutesAhead ? context.nowMs + minutes * 60_000 : null;
  const today = dateOfInstant(context.nowMs, context.zone);
  const { day, time } = splitMoment(text);
  if (time === null) return null;
  if (day === '') {
    const todayAt = instantOf(today, time, context.zone);
    return todayAt > context.nowMs ? todayAt : instantOf(addDays(today, 1), time, context.zone);
  }
  const date = dateOfText(day, { today, locale: context.locale });
  return date === null ? null : instantOf(date, time, context.zone);
}

/** Minutes from now of `+2h`, `+30 min`, `tra 20 min`, `in an hour`, `tra mezz'ora` …, or null. */
function minutesAheadOf(text: string): number | null {
  if (/^(?:tra|fra) (?:un'ora|un ora|1 ora)$|^in an hour$/.test(text)) return 60;
  if (/^(?:tra|fra) (?:mezz'ora|mezzora|mezz ora)$|^in half an hour$/.test(text)) return 30;
  const both = /^\+ ?(\d{1,3}) ?h ?(\d{1,2})(?: ?(?:m|min))?$/.exec(text);
  if (both !== null) return Number(both[1]) * 60 + Number(both[2]);
  const match = /^(?:\+ ?|(?:tra|fra|in) )(\d{1,5}) ?([a-z]+)$/.exec(text);
  if (match === null) return null;
  const [, count = '', unit = ''] = match;
  if (/^(?:h|ora|ore|hour|hours|hr|hrs)$/.test(unit)) return Number(count) * 60;
  return /^(?:m|min|mins|minuto|minuti|minute|minutes)$/.test(unit) ? Number(count) : null;
}

/** The day's text and the clock time `HH:MM`; a bare hour counts only behind a day or "alle", "ore", "at". */
function splitMoment(text: string): { day: string; time: string | null } {
  const match = /^(.*?)(?:(?:^|[ ,]+)((?:alle ore|alle|all'|ore|h|at)) ?|(?:^|[ ,]+|(?<=\d{4}-\d\d-\d\d)t))(\d{1,2})(?:([:.h])(\d{2}))? ?(am|pm)?$/.exec(text);
  if (match === null) return { day: text, time: null };
  const [, day = '', word, hourText = '', separator, minuteText = '00', half] = match;
  if (day === '' && word === undefined && separator === undefined && half === undefined) return { day, time: null };
  const hour = hourOf(Number(hourText), half);
  const minute = Number(minuteText);
  if (hour === null || minute > 59) return { day, time: null };
  return { day, time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}
