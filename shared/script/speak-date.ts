/**
 * Dates as one says them on the telephone.
 *
 * Invariant: a date within two months is known by its weekday, a farther one by day and month, and the year is
 * said when it is not this year's. Italian brings its article along, so that a text can put any of them after
 * "scade" or "entro": "venerdì 27 novembre", "il 30 aprile 2013", "l'8 marzo", "il primo maggio".
 */
import type { PlainDate } from '../time.ts';
import { daysBetween, instantOf } from '../time.ts';
import type { ScriptLocale } from './script-pack.ts';

const nearDays = 60;

/** Says `date` as seen from `today`. */
export function speakDate(date: PlainDate, today: PlainDate, locale: ScriptLocale): string {
  const isNear = Math.abs(daysBetween(today, date)) <= nearDays;
  const isThisYear = date.slice(0, 4) === today.slice(0, 4);
  const words = formatterOf(locale, isNear ? 'weekday' : isThisYear ? 'day' : 'year').format(instantOf(date, '12:00', 'UTC'));
  if (locale === 'en') return words.replace(',', '');
  const spoken = words.replace(/\b1(?=[°º]? \p{L})[°º]?/u, 'primo');
  if (isNear) return spoken;
  return /^(?:8|11)\b/.test(spoken) ? `l'${spoken}` : `il ${spoken}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(locale: ScriptLocale, form: 'weekday' | 'day' | 'year'): Intl.DateTimeFormat {
  const key = `${locale} ${form}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const fresh = new Intl.DateTimeFormat(locale === 'it' ? 'it-IT' : 'en-GB', {
    day: 'numeric', month: 'long', timeZone: 'UTC', ...(form === 'weekday' && { weekday: 'long' as const }), ...(form === 'year' && { year: 'numeric' as const }),
  });
  formatters.set(key, fresh);
  return fresh;
}
