/** The time now, every second, for what counts while it is shown. */
import { useEffect, useState } from 'react';
import { systemClock } from '../../../shared/time.ts';

/** @param runs false where nothing is counted: then nothing is drawn anew */
export function useTicking(runs: boolean): number {
  const [nowMs, setNowMs] = useState(() => systemClock.nowMs());
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => { setNowMs(systemClock.nowMs()); }, 1_000);
    return () => { clearInterval(timer); };
  }, [runs]);
  return nowMs;
}
