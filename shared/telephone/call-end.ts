/**
 * Why a call ended, and who ended it.
 *
 * Invariants: what the exchange says (a SIP status of RFC 3261 §21, a Q.850 cause in a Reason header of RFC 3326) is kept beside what it
 * was taken for; a Q.850 cause is nearer to the far end than the status that carried it, and wins.
 */
import { z } from 'zod';

export const callEndCauses = [
  'busy', 'no-answer', 'rejected', 'no-such-number', 'cancelled', 'missed', 'hung-up', 'transferred', 'dropped', 'line-failed', 'interrupted',
] as const;
export type CallEndCause = (typeof callEndCauses)[number];

export const callEndSchema = z.object({
  cause: z.enum(callEndCauses),
  by: z.enum(['us', 'them', 'network']),
  sipStatus: z.int().min(100).max(699).nullable(),
  q850: z.int().min(1).max(127).nullable(),
});
export type CallEnd = z.infer<typeof callEndSchema>;

/** A final answer that was not a yes. */
export interface Refusal {
  sipStatus: number;
  q850: number | null;
}

/** What an outbound call came to that was refused before anybody answered. */
export function endOfRefusal(refusal: Refusal): CallEnd {
  const cause = (refusal.q850 === null ? null : causeOfQ850(refusal.q850)) ?? causeOfStatus(refusal.sipStatus);
  const by = cause === 'busy' || cause === 'rejected' ? 'them' : 'network';
  return { cause, by, sipStatus: refusal.sipStatus, q850: refusal.q850 };
}

function causeOfStatus(status: number): CallEndCause {
  switch (status) {
    case 486:
    case 600:
      return 'busy';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'no-such-number';
    case 408:
    case 480:
    case 487:
      return 'no-answer';
    case 603:
    case 607:
      return 'rejected';
    default:
      return 'line-failed';
  }
}

/** ITU-T Q.850 §2.2.7; null for causes that say nothing of the far end. */
function causeOfQ850(cause: number): CallEndCause | null {
  switch (cause) {
    case 1:
    case 22:
    case 28:
      return 'no-such-number';
    case 17:
      return 'busy';
    case 18:
    case 19:
    case 20:
      return 'no-answer';
    case 21:
      return 'rejected';
    default:
      return null;
  }
}

/** The Q.850 cause of a Reason header, or null: `Q.850;cause=17;text="User busy"`. */
export function readQ850(reason: string | undefined): number | null {
  const match = /(?:^|,)\s*Q\.850\s*;[^,]*?\bcause\s*=\s*(\d{1,3})\b/i.exec((reason ?? '').slice(0, 500));
  const cause = Number(match?.[1]);
  return cause >= 1 && cause <= 127 ? cause : null;
}
