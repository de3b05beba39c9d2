/**
 * May this desk give its operator a case to start? The one answer, for the lists now and for each dial later.
 *
 * Invariants: a lease is the hub's last word plus so long (12 h at most), counted on the desk's own clock, so it does not matter
 * how wrong that clock is, only that it goes on; a clock that was set back since the hub's last word counts no time any more, so
 * the lease is over until the hub is heard again. Facts are never refused: this is about starting, not about saving.
 */
export const leaseStates = ['live', 'none', 'ended', 'clock-set-back'] as const;
export type LeaseStateName = (typeof leaseStates)[number];

/** Instants of the desk's own clock. */
export interface HeldLease {
  /** Null: the hub has not said yet. */
  endsAtMs: number | null;
  /** The highest instant that was seen since the hub's last word. */
  clockSeenMs: number;
}

export interface LeaseState { state: LeaseStateName; endsAtMs: number | null }

/** A time server nudges a clock; a hand sets it by more. */
export const CLOCK_TOLERANCE_MS = 2 * 60_000;

export function readLease(lease: HeldLease, nowMs: number): LeaseState {
  const { endsAtMs, clockSeenMs } = lease;
  if (endsAtMs === null) return { state: 'none', endsAtMs };
  if (nowMs >= endsAtMs || clockSeenMs >= endsAtMs) return { state: 'ended', endsAtMs };
  if (nowMs < clockSeenMs - CLOCK_TOLERANCE_MS) return { state: 'clock-set-back', endsAtMs };
  return { state: 'live', endsAtMs };
}
