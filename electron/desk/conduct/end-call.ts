/**
 * How a call ends without an outcome.
 *
 * Invariant: a call that nobody can come back to (older than a shift, or its lease is over), in front or waiting for its outcome, is closed when
 * the session begins: the attempt counts, and a new call may begin.
 */
import type { EndCause } from '../../../shared/facts/telephone-bodies.ts';
import { plainCallEnd } from '../../../shared/facts/telephone-bodies.ts';
import { appendCaseFact } from '../commands/append-case-fact.ts';
import { findLease } from '../queries/find-lease.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { readOpenCall, readWaitingCalls, removeOpenCall } from '../store/open-call-store.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';

/** A shift. */
const OLDEST_MS = 12 * 3_600_000;

/** Call inside a transaction. */
export function endCall(session: Session, call: OpenCall, cause: EndCause): void {
  // How a call on the line ended, the line has told.
  if (readTelephoneCall(session.db, call.callId)?.end == null) appendCaseFact(session, call, 'call-ended', plainCallEnd(cause), call.basedOn, call);
  removeOpenCall(session.db, call.callId);
  session.book.placeAgain(call.caseId, viewContext(session));
}

/** When a session begins. */
export function closeInterruptedCalls(session: Session): void {
  const front = readOpenCall(session.db);
  for (const call of [...(front === null ? [] : [front]), ...readWaitingCalls(session.db)]) {
    const isOld = session.clock.nowMs() - call.startedAtMs > OLDEST_MS || findLease(session).state === 'ended';
    if (isOld) session.db.transaction(() => { endCall(session, call, 'interrupted'); }).immediate();
  }
}
