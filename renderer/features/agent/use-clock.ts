/** The reading of the clock that durations are counted by, as often as asked. */
import { useEffect, useState } from 'react';
import { monotonicMs } from '../../../shared/time.ts';

/** @param everyMs null: nothing counts, and nothing is drawn anew; what begins to count is drawn by a component of its own */
export function useClock(everyMs: number | null): number {
  const [nowMs, setNowMs] = useState(monotonicMs);
  useEffect(() => {
    if (everyMs === null) return undefined;
    const timer = setInterval(() => { setNowMs(monotonicMs()); }, everyMs);
    return () => { clearInterval(timer); };
  }, [everyMs]);
  return nowMs;
}

/** `2:14`, `1:02:14`. */
export function spanText(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${String(minutes)}:${two(seconds % 60)}` : `${String(hours)}:${two(minutes)}:${two(seconds % 60)}`;
}
