/**
 * A call that was open when the desk began, and of which main knows nothing.
 *
 * Invariants: main was there all the time and never heard of it: it was not made. Main is younger than the call: it went down with the call,
 * which was interrupted; the call stays open for its outcome, and the draft is where it was.
 */
import { plainCallEnd } from '../../../shared/facts/telephone-bodies.ts';
import type { CallId, CaseId } from '../../../shared/id.ts';
import { plainEnd } from '../../../shared/telephone/call-state.ts';
import { endCall } from '../conduct/end-call.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readOpenCall } from '../store/open-call-store.ts';
import { readTelephoneCall, writeTelephoneCall } from '../store/telephone-call-store.ts';
import { appendCallFacts } from './append-call-facts.ts';

/** @returns the case whose call was closed, or null */
export function closeLostCall(session: Session, callId: CallId, main: { sinceMs: number; callIds: readonly CallId[] }): CaseId | null {
  const open = readOpenCall(session.db);
  const call = readTelephoneCall(session.db, callId);
  if (open?.callId !== callId || call === null || call.endedAtMs !== null || main.callIds.includes(callId)) return null;
  const nowMs = session.clock.nowMs();
  const wasNeverMade = call.lastNumber === 0 && main.sinceMs <= call.begunAtMs;
  session.db.transaction(() => {
    if (wasNeverMade) {
      writeTelephoneCall(session.db, { ...call, endedAtMs: nowMs });
      endCall(session, open, 'not-made');
      return;
    }
    const isDropped = call.answeredAtMs !== null;
    appendCallFacts(session, call, [{ type: 'call-ended', at: nowMs, body: { ...plainCallEnd('interrupted'), isDropped, permitFactId: call.permitFactId } }]);
    writeTelephoneCall(session.db, { ...call, endedAtMs: nowMs, end: plainEnd('interrupted', 'network') });
    session.book.placeAgain(open.caseId, viewContext(session));
  }).immediate();
  return open.caseId;
}
