import { expect, it } from 'vitest';
import { CLOCK_TOLERANCE_MS, readLease } from './read-lease.ts';

const HOUR_MS = 3_600_000;
const at = Date.UTC(2026, 10, 20, 9);
const endsAtMs = at + 12 * HOUR_MS;

it.each([
  ['at the hub’s word', 0, 0, 'live'],
  ['in the last millisecond', 12 * HOUR_MS - 1, 0, 'live'],
  ['at its end', 12 * HOUR_MS, 0, 'ended'],
  ['long after', 48 * HOUR_MS, 0, 'ended'],
  ['a nudge of the clock', HOUR_MS - CLOCK_TOLERANCE_MS, HOUR_MS, 'live'],
  ['the clock set back', HOUR_MS - CLOCK_TOLERANCE_MS - 1, HOUR_MS, 'clock-set-back'],
  ['the clock set back before the hub’s word', -48 * HOUR_MS, 0, 'clock-set-back'],
  ['the clock set back after the end was seen', 12 * HOUR_MS - 1000, 12 * HOUR_MS, 'ended'],
] as const)('%s', (_name, nowMs, seenMs, state) => {
  expect(readLease({ endsAtMs, clockSeenMs: at + seenMs }, at + nowMs)).toEqual({ state, endsAtMs });
});

it('without the hub’s word there is none', () => {
  expect(readLease({ endsAtMs: null, clockSeenMs: 0 }, at)).toEqual({ state: 'none', endsAtMs: null });
});
