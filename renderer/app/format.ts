/**
 * How amounts, dates and moments are written, in either language.
 *
 * Invariant: the page formats and never computes money or rules; a moment is written in the
 * zone it belongs to, a year only when it is not this one.
 */
import type { Locale } from '../../shared/contract/contract.ts';
import { formatMoney } from '../../shared/money/format-money.ts';
import { dateOfInstant, daysBetween, systemClock, timeOfInstant } from '../../shared/time.ts';
import type { PlainDate } from '../../shared/time.ts';

/** The zone of this PC: "today" is the site's. */
export const siteZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface Formatter {
  locale: Locale;
  /** `1.722,60 €` */
  money(amountCents: number, currency: string): string;
  /** `ven 27 nov`, with the year when it is another one. */
  date(date: PlainDate): string;
  /** `27 nov`, for narrow columns. */
  shortDate(date: PlainDate): string;
  /** `10:30` today, else `lun 23 nov, 08:30`. */
  moment(instantMs: number, zone?: string): string;
  /** `9 ott` for the history, `10:30` when it was today. */
  past(instantMs: number, zone?: string): string;
  /** `sab 21 nov 2026, 10:30`: everything. */
  full(instantMs: number, zone?: string): string;
  time(instantMs: number, zone?: string): string;
  count(value: number): string;
  /** A rate in hundredths of a percent: `10,15 %`. */
  rate(basisPoints: number): string;
  /** `430 kB`, `1,2 MB`. */
  fileSize(sizeBytes: number): string;
  /** Days from today to a date; negative = past. */
  daysTo(date: PlainDate): number;
  minutesTo(instantMs: number): number;
  isToday(instantMs: number, zone?: string): boolean;
}

/** A formatter for one language; `nowMs` is given in tests only. */
export function makeFormatter(locale: Locale, nowMs: () => number = () => systemClock.nowMs(), zone: string = siteZone): Formatter {
  const language = locale === 'it' ? 'it-IT' : 'en-GB';
  const parts = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(language, { useGrouping: true });
  const rates = new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const today = (): PlainDate => dateOfInstant(nowMs(), zone);
  const pieces = (date: PlainDate): Record<'weekday' | 'day' | 'month' | 'year', string> => {
    const found = { weekday: '', day: '', month: '', year: '' };
    for (const part of parts.formatToParts(new Date(`${date}T12:00:00Z`))) {
      if (part.type in found) found[part.type as keyof typeof found] = part.value.replace(/\.$/, '');
    }
    return found;
  };
  const yearOf = (date: PlainDate): string => (date.slice(0, 4) === today().slice(0, 4) ? '' : ` ${date.slice(0, 4)}`);
  const shortDate = (date: PlainDate): string => {
    const { day, month } = pieces(date);
    return `${day} ${month}${yearOf(date)}`;
  };
  const date = (plain: PlainDate): string => `${pieces(plain).weekday} ${shortDate(plain)}`;
  const isToday = (instantMs: number, at: string = zone): boolean => dateOfInstant(instantMs, at) === today();
  return {
    locale, date, shortDate, isToday,
    money: (amountCents, currency) => formatMoney(amountCents, currency, locale),
    moment: (instantMs, at = zone) =>
      isToday(instantMs, at) ? timeOfInstant(instantMs, at) : `${date(dateOfInstant(instantMs, at))}, ${timeOfInstant(instantMs, at)}`,
    past: (instantMs, at = zone) => (isToday(instantMs, at) ? timeOfInstant(instantMs, at) : shortDate(dateOfInstant(instantMs, at))),
    full: (instantMs, at = zone) => {
      const plain = dateOfInstant(instantMs, at);
      const { weekday, day, month, year } = pieces(plain);
      return `${weekday} ${day} ${month} ${year}, ${timeOfInstant(instantMs, at)}`;
    },
    time: (instantMs, at = zone) => timeOfInstant(instantMs, at),
    rate: (basisPoints) => rates.format(basisPoints / 10_000),
    count: (value) => numbers.format(value),
    fileSize: (sizeBytes) => {
      // As file managers count them, so that 20 MB is what the limit calls 20 MB.
      const [value, unit] =
        sizeBytes < 1024 ** 2 ? [Math.max(1, Math.round(sizeBytes / 1024)), 'kilobyte']
        : sizeBytes < 1024 ** 3 ? [sizeBytes / 1024 ** 2, 'megabyte'] : [sizeBytes / 1024 ** 3, 'gigabyte'];
      return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
    },
    daysTo: (plain) => daysBetween(today(), plain),
    minutesTo: (instantMs) => Math.round((instantMs - nowMs()) / 60_000),
  };
}

export type Params = Record<string, string | number>;

/**
 * The parameters of a sentence, made readable: `amountCents` becomes `amount`, dates and moments
 * are written out, and `days` or `count` drives the plural.
 */
export function formatParams(params: Params, format: Formatter): Params {
  const readable: Params = { ...params };
  const currency = typeof params['currency'] === 'string' ? params['currency'] : 'EUR';
  const zone = typeof params['zone'] === 'string' ? params['zone'] : siteZone;
  for (const [name, value] of Object.entries(params)) {
    if (name.endsWith('Cents') && typeof value === 'number') readable[name.slice(0, -'Cents'.length)] = format.money(value, currency);
    else if (typeof value === 'number' && (name === 'at' || name.endsWith('At') || name === 'until')) readable[name] = format.moment(value, zone);
    else if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) readable[name] = format.date(value as PlainDate);
  }
  if (typeof params['days'] === 'number') readable['count'] = params['days'];
  return readable;
}
