/**
 * The hours in which a callback may be agreed: preset `it-unirec` (code of conduct for credit
 * management, Italy; commentary 2017–2023): Mon–Fri 08:30–21:00, Sat 08:30–15:00, Sunday none.
 * A booked callback is consent to the call's frequency, never to its hour (rules §1a).
 * Public holidays and the other packs come with the contact policy; this holds the hours only.
 */
import type { PlainDate } from '../time.ts';
import { addDays, dateOfInstant, dayOfWeek, instantOf, timeOfInstant } from '../time.ts';

export const callingHoursPreset = {
  preset: 'it-unirec',
  weekday: { from: '08:30', to: '21:00' },
  saturday: { from: '08:30', to: '15:00' },
  sunday: null,
} as const;

interface Window {
  from: string;
  to: string;
}

/** True when a call may begin at this instant in this zone. */
export function isWithinCallingHours(instantMs: number, zone: string): boolean {
  const window = windowOf(dateOfInstant(instantMs, zone));
  if (window === null) return false;
  const time = timeOfInstant(instantMs, zone);
  return time >= window.from && time < window.to;
}

/** The first instant, not before the given one, at which a call may begin. */
export function nextCallingMoment(instantMs: number, zone: string): number {
  if (isWithinCallingHours(instantMs, zone)) return instantMs;
  let date = dateOfInstant(instantMs, zone);
  for (;;) {
    const window = windowOf(date);
    const opening = window === null ? null : instantOf(date, window.from, zone);
    if (opening !== null && opening >= instantMs) return opening;
    date = addDays(date, 1);
  }
}

function windowOf(date: PlainDate): Window | null {
  const day = dayOfWeek(date);
  return day === 7 ? callingHoursPreset.sunday : day === 6 ? callingHoursPreset.saturday : callingHoursPreset.weekday;
}
