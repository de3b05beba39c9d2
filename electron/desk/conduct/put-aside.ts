/**
 * Puts the call in front aside: its line has ended, its outcome is still to be told.
 *
 * Invariants: never a call that is still on the line, or of which nobody knows (dialled by hand); everything that belongs to it stays as it
 * is, so its outcome is told later as if it had been told at once: the same contact, permit and policy.
 */
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { moveOpenCall, readOpenCall, readWaitingCalls } from '../store/open-call-store.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';

/** What one head can carry: after these one is told first. */
export const MOST_WAITING_CALLS = 3;

/** Call inside a transaction. @param callId the call that is meant; null: whichever stands in front */
export function putCallAside({ db, clock }: Pick<Session, 'db' | 'clock'>, callId: CallId | null): Result<OpenCall> {
  const call = readOpenCall(db);
  if (call === null || (callId !== null && call.callId !== callId)) return fail('call-not-open', 'error.callNotOpen');
  const onLine = readTelephoneCall(db, call.callId);
  if (onLine === null) return fail('call-by-hand', 'error.callByHandNotAside');
  if (onLine.endedAtMs === null) return fail('call-still-talking', 'error.callStillOnLine');
  if (readWaitingCalls(db).length >= MOST_WAITING_CALLS) return fail('too-many-waiting', 'error.tooManyWaiting', { most: MOST_WAITING_CALLS });
  moveOpenCall(db, call.callId, clock.nowMs());
  return ok(call);
}
