/**
 * Hours as people type them: `9-13`, `9:30–12`, `dalle 17 alle 20`, `17.30 20`.
 *
 * Invariant: two times of one day, the first before the second, or a sentence; nothing is guessed.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';

export interface Hours { from: string; to: string }

const time = '(\\d{1,2})(?:[:.](\\d{2}))?';
const pattern = new RegExp(`^(?:dalle|from)?\\s*${time}\\s*(?:[-–—]|alle|a|to|\\s)\\s*${time}$`, 'i');

/** Reads a span of hours; `field` names where the text was typed. */
export function readTypedHours(text: string, field: string): Result<Hours> {
  const match = pattern.exec(text.trim());
  const refused = fail('hours-unreadable', 'error.hoursUnreadable', { text, field });
  if (match === null) return refused;
  const [, fromHour, fromMinute, toHour, toMinute] = match;
  const from = timeOf(fromHour, fromMinute);
  const to = timeOf(toHour, toMinute);
  if (from === null || to === null || from >= to) return refused;
  return ok({ from, to });
}

function timeOf(hour: string | undefined, minute: string | undefined): string | null {
  const [hours, minutes] = [Number(hour), Number(minute ?? '0')];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
