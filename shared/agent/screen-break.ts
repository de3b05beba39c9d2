/**
 * When a break from the screen is due: fifteen minutes in every two hours of it (D.Lgs. 81/2008, art. 175).
 *
 *   active ─▶ +work ─ 120 min ─▶ due ─ postponed ─▶ due again after ten minutes
 *      └─ nothing for five minutes or more ─▶ +pause ─ 15 min of them ─▶ counted anew
 *
 * Invariants: pure; what is shorter than a pause is work, waiting for the machine too; pauses add up until they are a break. It reminds and
 * enforces nothing; it lives in the page of whoever works there and is told to nobody.
 */
const MINUTE_MS = 60_000;
export const WORK_BEFORE_BREAK_MS = 120 * MINUTE_MS;
export const BREAK_MS = 15 * MINUTE_MS;
export const SHORTEST_PAUSE_MS = 5 * MINUTE_MS;
export const POSTPONE_MS = 10 * MINUTE_MS;

export interface ScreenWork {
  workedMs: number;
  pausedMs: number;
  activeAtMs: number;
  postponedUntilMs: number | null;
}

export function newScreenWork(nowMs: number): ScreenWork {
  return { workedMs: 0, pausedMs: 0, activeAtMs: nowMs, postponedUntilMs: null };
}

/** Somebody used the screen now, or is on the telephone in front of it. */
export function screenUsed(work: ScreenWork, nowMs: number): ScreenWork {
  // A clock that was set back tells nothing of the time between.
  const gapMs = Math.max(0, nowMs - work.activeAtMs);
  if (gapMs < SHORTEST_PAUSE_MS) return { ...work, workedMs: work.workedMs + gapMs, activeAtMs: nowMs };
  const pausedMs = work.pausedMs + gapMs;
  return pausedMs >= BREAK_MS ? newScreenWork(nowMs) : { ...work, pausedMs, activeAtMs: nowMs };
}

/** Asked to be reminded later. */
export function postponeBreak(work: ScreenWork, nowMs: number): ScreenWork {
  return { ...work, postponedUntilMs: nowMs + POSTPONE_MS };
}

/** Whether to remind now: never somebody who is away from the screen. */
export function isBreakDue(work: ScreenWork, nowMs: number): boolean {
  const gapMs = nowMs - work.activeAtMs;
  if (gapMs >= SHORTEST_PAUSE_MS || work.workedMs + Math.max(0, gapMs) < WORK_BEFORE_BREAK_MS) return false;
  return work.postponedUntilMs === null || nowMs >= work.postponedUntilMs || nowMs < work.postponedUntilMs - POSTPONE_MS;
}
