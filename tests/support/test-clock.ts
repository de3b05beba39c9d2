/**
 * When it is for tests: Tuesday morning, and no holiday until the weekend, at whatever hour they run.
 *
 * Invariants: people may be called then by every preset; the hub, the desk, the app and the test itself are set off by the same span, so
 * time goes on as usual in all of them. Imported first by whoever starts processes: it sets what they inherit.
 */
import { addDays, dateOfInstant, dayOfWeek, instantOf, shiftSystemClock, systemClock } from '../../shared/time.ts';

const NAME = 'PREMURA_TEST_CLOCK_SHIFT_MS';
const zone = 'Europe/Rome';
const TUESDAY = 2;
/** Italian ones that can fall on a day between Tuesday and Friday. */
const holidays = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '10-04', '11-01', '12-08', '12-25', '12-26'];

/** The span from now to the next Tuesday, half past nine. */
export function spanToCallingHours(nowMs: number): number {
  let day = dateOfInstant(nowMs, zone);
  while (dayOfWeek(day) !== TUESDAY || [0, 1, 2, 3].some((after) => holidays.includes(addDays(day, after).slice(5)))) day = addDays(day, 1);
  return instantOf(day, '09:30', zone) - nowMs;
}

const span = process.env[NAME] ?? String(spanToCallingHours(systemClock.nowMs()));
process.env[NAME] = span;
shiftSystemClock(Number(span));
