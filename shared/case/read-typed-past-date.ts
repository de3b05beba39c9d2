/**
 * Dates that already were, as operators type them: `ieri`, `-3`, `lun`, `30/11`.
 *
 * Invariant: the same texts as for dates ahead, turned round: a weekday is the last such day, never today; a day and
 * month without a year mean the latest that is not ahead. An explicit year is taken as typed.
 */
import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import type { PlainDate } from '../time.ts';
import { addDays, plainDateOf } from '../time.ts';
import { simplify, weekdayOfWord } from './calendar-words.ts';
import type { TypedDateContext } from './read-typed-date.ts';
import { readTypedDate } from './read-typed-date.ts';

const MAX_DAYS_BACK = 3660;

export function readTypedPastDate(text: string, context: TypedDateContext): Result<PlainDate> {
  const typed = simplify(text);
  const { today, locale } = context;
  if (/^(?:ieri|yesterday)$/.test(typed)) return ok(addDays(today, -1));
  if (/^(?:l'altro ieri|altroieri|ieri l'altro|day before yesterday|the day before yesterday)$/.test(typed)) return ok(addDays(today, -2));
  const back = /^- ?(\d{1,4})$/.exec(typed);
  if (back !== null && Number(back[1]) <= MAX_DAYS_BACK) return ok(addDays(today, -Number(back[1])));
  const ahead = readTypedDate(text, context);
  if (!ahead.ok || ahead.value <= today) return ahead;
  if (weekdayOfWord(typed, locale) !== null) return ok(addDays(ahead.value, -7));
  if (/\d{4}|^\+|^(?:tra|fra|in|domani|dopo|tomorrow)/.test(typed)) return ahead;
  const [year, month, day] = [Number(ahead.value.slice(0, 4)), Number(ahead.value.slice(5, 7)), Number(ahead.value.slice(8, 10))];
  const before = plainDateOf(year - 1, month, day);
  return before === null ? ahead : ok(before);
}
