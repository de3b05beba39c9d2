/** How long a call lasts: `02:14`, `1:02:14`. */
import type { ReactNode } from 'react';
import { useTicking } from './use-ticking.ts';

export function CallClock({ sinceMs }: { sinceMs: number }): ReactNode {
  const nowMs = useTicking(true);
  return <b className="num" role="timer" aria-live="off">{clockText(nowMs - sinceMs)}</b>;
}

/** `02:14`, `1:02:14`. */
export function clockText(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${String(hours)}:${rest}`;
}
