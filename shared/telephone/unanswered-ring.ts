/**
 * What became of a call that came in and that nobody answered here: told from the cause of its end, in this one place.
 *
 * Invariants: a group rings at several places, and who takes the call makes the exchange take the others' ring back with the reason
 * `SIP;cause=200` (RFC 3326 §2: "Call completed elsewhere"); that call is whoever's took it, and nobody's missed one: not at the operator's
 * desk, not among what is owed, not on the board. Without that reason the caller gave up. An exchange that gives none makes each ring a missed one.
 */
import type { CallEndCause } from './call-end.ts';

/**
 * `given-up`: the caller hung up. `taken-elsewhere`: another place of the group answered. `sent-on`: passed to a colleague as it rang, whose
 * call it is. `refused`: here. `broken-off`: the line, the app or the exchange ended it; whether anybody answered is not known, so it counts as missed.
 */
export type UnansweredRing = 'given-up' | 'taken-elsewhere' | 'sent-on' | 'refused' | 'broken-off';

/** The cause of an incoming call that the exchange takes back (CANCEL), by its Reason header. */
export function causeOfCancel(reason: string | undefined): 'cancelled' | 'missed' {
  return /(?:^|,)\s*SIP\s*;[^,]*?\bcause\s*=\s*200\b/i.test((reason ?? '').slice(0, LONGEST_REASON)) ? 'cancelled' : 'missed';
}

const LONGEST_REASON = 500;

/** Of an incoming call that ended without an answer. */
export function readUnansweredRing(cause: CallEndCause): UnansweredRing {
  switch (cause) {
    case 'missed':
      return 'given-up';
    case 'cancelled':
      return 'taken-elsewhere';
    case 'transferred':
      return 'sent-on';
    case 'rejected':
    case 'busy':
      return 'refused';
    case 'no-answer':
    case 'no-such-number':
    case 'hung-up':
    case 'dropped':
    case 'line-failed':
    case 'interrupted':
      return 'broken-off';
  }
}

/** Whether the caller of an incoming call was served by nobody, as far as is known here, and is to be called back. */
export function isMissedCall({ answeredAtMs, end }: { answeredAtMs: number | null; end: { cause: CallEndCause } | null }): boolean {
  if (end === null || answeredAtMs !== null) return false;
  const ring = readUnansweredRing(end.cause);
  return ring === 'given-up' || ring === 'broken-off';
}

/** Whether it is another's call: taken at another place, or sent on. Whoever has it tells of it; it is nobody's to call back. */
export function isOthersCall(cause: CallEndCause): boolean {
  const ring = readUnansweredRing(cause);
  return ring === 'taken-elsewhere' || ring === 'sent-on';
}
