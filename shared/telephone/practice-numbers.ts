/**
 * How the far end of the practice line behaves, by what is dialled.
 *
 *   ends in                     behaves
 *   20 40 60 80 00              busy
 *   10 30 50 70 90              not in service
 *   15 35 55 75 95              refuses
 *   18 38 58 78 98              answers, and the connection drops
 *   1                           answers late
 *   9                           never answers
 *   anything else               answers; so does every extension (up to six digits)
 *
 * Invariant: pure; the same number behaves the same each time, so that a course can name customers for what they teach.
 */
import type { PracticeBehaviour } from '../contract/line-channels.ts';

const EXTENSION_DIGITS = 6;

const endings: readonly (readonly [RegExp, PracticeBehaviour])[] = [
  [/[02468]0$/, 'busy'],
  [/[13579]0$/, 'not-in-service'],
  [/[13579]5$/, 'refuses'],
  [/[13579]8$/, 'drops'],
  [/1$/, 'answers-late'],
  [/9$/, 'never-answers'],
];

/** What happens when this number is dialled. */
export function practiceBehaviour(number: string): PracticeBehaviour {
  const digits = number.replace(/\D/g, '');
  if (digits.length <= EXTENSION_DIGITS) return 'answers';
  return endings.find(([ending]) => ending.test(digits))?.[1] ?? 'answers';
}
