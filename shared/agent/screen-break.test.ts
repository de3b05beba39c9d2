import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScreenWork } from './screen-break.ts';
import { BREAK_MS, POSTPONE_MS, SHORTEST_PAUSE_MS, isBreakDue, newScreenWork, postponeBreak, screenUsed } from './screen-break.ts';

const MINUTE_MS = 60_000;

/** A key each minute from the one moment to the other. */
function worked(work: ScreenWork, fromMinute: number, toMinute: number): ScreenWork {
  let now = work;
  for (let minute = fromMinute; minute <= toMinute; minute += 1) now = screenUsed(now, minute * MINUTE_MS);
  return now;
}

describe('the break from the screen', () => {
  const twoHours = worked(newScreenWork(0), 1, 119);

  it('is due after two hours of work, waiting for the machine included', () => {
    expect(isBreakDue(twoHours, 119 * MINUTE_MS)).toBe(false);
    expect(isBreakDue(twoHours, 120 * MINUTE_MS)).toBe(true);
    expect(isBreakDue(worked(newScreenWork(0), 1, 118), 122 * MINUTE_MS)).toBe(true);
  });

  it('may wait ten minutes, as often as one likes', () => {
    const later = postponeBreak(twoHours, 120 * MINUTE_MS);
    const busy = worked(later, 121, 129);
    expect(isBreakDue(busy, 129 * MINUTE_MS)).toBe(false);
    expect(isBreakDue(worked(busy, 130, 130), 120 * MINUTE_MS + POSTPONE_MS)).toBe(true);
    // A clock that was set back an hour keeps nobody from a break.
    expect(isBreakDue({ ...busy, activeAtMs: 60 * MINUTE_MS }, 60 * MINUTE_MS)).toBe(true);
  });

  it('was taken with fifteen minutes away, at once or in pauses of five', () => {
    const back = screenUsed(twoHours, 119 * MINUTE_MS + BREAK_MS);
    expect(back).toEqual(newScreenWork(119 * MINUTE_MS + BREAK_MS));
    const inParts = worked(newScreenWork(0), 1, 60);
    const afterOne = screenUsed(inParts, 67 * MINUTE_MS);
    expect(afterOne).toMatchObject({ workedMs: 60 * MINUTE_MS, pausedMs: 7 * MINUTE_MS });
    expect(screenUsed(worked(afterOne, 68, 90), 98 * MINUTE_MS)).toEqual(newScreenWork(98 * MINUTE_MS));
  });

  it('is not asked of somebody who is away', () => {
    expect(isBreakDue(twoHours, 119 * MINUTE_MS + SHORTEST_PAUSE_MS)).toBe(false);
  });

  it('comes after two hours of keys, however they fall, and never before', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: SHORTEST_PAUSE_MS - 1 }), { minLength: 1, maxLength: 200 }), (gaps) => {
      let work = newScreenWork(0);
      let nowMs = 0;
      for (const gapMs of gaps) {
        nowMs += gapMs;
        work = screenUsed(work, nowMs);
        expect(isBreakDue(work, nowMs)).toBe(nowMs >= 120 * MINUTE_MS);
      }
    }));
  });
});
