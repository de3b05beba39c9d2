/** The calendar as typed: nothing is turned away while it is typed, everything is read before it is published. */
import type { z } from 'zod';
import { plainDateOf, plainDateSchema } from '../../../shared/time.ts';
import type { CalendarEntity } from '../../../shared/protocol/conduct-protocol.ts';
import { calendarDraftSchema } from '../../../shared/protocol/conduct-protocol.ts';

export interface ClosureText { from: string; to: string; name: string }
/** `day` as people write it: 7/12. */
export interface SaintText { city: string; day: string; name: string }
export interface CalendarForm { closures: ClosureText[]; saints: SaintText[] }

export const calendarProblemCodes = ['name', 'city', 'date', 'reversed', 'day'] as const;
/** `closures.0.to` and what is wrong there, as `conduct.calendar.<problem>`. */
export type CalendarProblems = Readonly<Record<string, (typeof calendarProblemCodes)[number]>>;
export type CalendarDraft = z.infer<typeof calendarDraftSchema>;

/** 29 February is a day of some years. */
const LEAP_YEAR = 2024;

export function formOfCalendar(calendar: CalendarEntity | null): CalendarForm {
  return {
    closures: (calendar?.closures ?? []).map(({ from, to, name }) => ({ from, to, name })),
    saints: (calendar?.patronSaints ?? []).map(({ city, monthDay, name }) => ({ city, day: showMonthDay(monthDay), name })),
  };
}

/** What may be published, or everything that is wrong. */
export function readCalendar(form: CalendarForm): { ok: true; draft: CalendarDraft } | { ok: false; problems: CalendarProblems } {
  const problems: Record<string, CalendarProblems[string]> = {};
  form.closures.forEach(({ from, to, name }, index) => {
    const at = `closures.${String(index)}`;
    if (!plainDateSchema.safeParse(from).success) problems[`${at}.from`] = 'date';
    if (!plainDateSchema.safeParse(to).success) problems[`${at}.to`] = 'date';
    else if (from > to) problems[`${at}.to`] = 'reversed';
    if (name.trim() === '') problems[`${at}.name`] = 'name';
  });
  form.saints.forEach(({ city, day }, index) => {
    if (city.trim() === '') problems[`saints.${String(index)}.city`] = 'city';
    if (readMonthDay(day) === null) problems[`saints.${String(index)}.day`] = 'day';
  });
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  return {
    ok: true,
    draft: calendarDraftSchema.parse({
      calendarId: 'agency',
      closures: [...form.closures].sort((one, other) => one.from.localeCompare(other.from)),
      patronSaints: form.saints.map(({ city, day, name }) => ({ city, monthDay: readMonthDay(day), name })),
    }),
  };
}

/** `7/12`, `07.12` and `7 12` are 7 December; null where there is no such day. */
export function readMonthDay(text: string): string | null {
  const [, day, month] = /^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*$/.exec(text) ?? [];
  if (day === undefined || month === undefined || plainDateOf(LEAP_YEAR, Number(month), Number(day)) === null) return null;
  return `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

export function showMonthDay(monthDay: string): string {
  const [month, day] = monthDay.split('-').map(Number);
  return `${String(day)}/${String(month)}`;
}
