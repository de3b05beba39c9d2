/**
 * The days on which instalments fall due.
 *
 * Invariants: one in each month, on the day agreed; where a month has no such day, its last; a day of rest gives way to the next working day,
 * without moving those that follow.
 */
import { addDays, addMonths } from '../time.ts';
import type { PlainDate } from '../time.ts';

/** The first such day of the month that is not before `earliest`. @param dayOfMonth 1 to 31 */
export function firstInstalmentDate(earliest: PlainDate, dayOfMonth: number): PlainDate {
  const thisMonth = dayOfMonthOf(earliest, dayOfMonth);
  return thisMonth >= earliest ? thisMonth : dayOfMonthOf(addMonths(firstOfMonth(earliest), 1), dayOfMonth);
}

/** `count` days, a month apart; moved off days of rest. */
export function instalmentDates(earliest: PlainDate, dayOfMonth: number, count: number, isRestDay: (date: PlainDate) => boolean): PlainDate[] {
  const month = firstOfMonth(firstInstalmentDate(earliest, dayOfMonth));
  return Array.from({ length: count }, (_none, index) => nextWorkingDay(dayOfMonthOf(addMonths(month, index), dayOfMonth), isRestDay));
}

const LONGEST_REST_DAYS = 31;

/** The day itself, or the first after it that is no day of rest. */
export function nextWorkingDay(date: PlainDate, isRestDay: (date: PlainDate) => boolean): PlainDate {
  let day = date;
  for (let moved = 0; isRestDay(day); moved += 1) {
    if (moved === LONGEST_REST_DAYS) throw new RangeError(`nextWorkingDay: no working day after ${date}`);
    day = addDays(day, 1);
  }
  return day;
}

function firstOfMonth(date: PlainDate): PlainDate {
  return `${date.slice(0, 7)}-01` as PlainDate;
}

function dayOfMonthOf(date: PlainDate, dayOfMonth: number): PlainDate {
  const first = firstOfMonth(date);
  const last = addDays(addMonths(first, 1), -1);
  const wished = `${first.slice(0, 8)}${String(dayOfMonth).padStart(2, '0')}`;
  return wished < last ? (wished as PlainDate) : last;
}
