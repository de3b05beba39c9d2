/**
 * Calls that had no end when the desk began, and of which main knows nothing.
 *
 * Invariants: main was there all the time and never heard of it: it was not made. Else it went down with main and was interrupted: the call of
 * a case stays open for its outcome, with the draft where it was; a ring that nobody had answered is a missed call.
 */
import { plainCallEnd } from '../../../shared/facts/telephone-bodies.ts';
import type { CallId, CaseId } from '../../../shared/id.ts';
import { plainEnd } from '../../../shared/telephone/call-state.ts';
import { endCall } from '../conduct/end-call.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readOpenCall } from '../store/open-call-store.ts';
import { readTelephoneCall, writeTelephoneCall } from '../store/telephone-call-store.ts';
import { keepCall } from './keep-call.ts';

/** @returns whether any was closed, and the cases of those that had one */
export function closeLostCalls(session: Session, suspects: readonly CallId[], main: { sinceMs: number; callIds: readonly CallId[] }): { count: number; caseIds: CaseId[] } {
  const caseIds: CaseId[] = [];
  let count = 0;
  session.db.transaction(() => {
    for (const callId of suspects.filter((one) => !main.callIds.includes(one))) {
      const call = readTelephoneCall(session.db, callId);
      if (call === null || call.endedAtMs !== null) continue;
      count += 1;
      if (call.caseId !== null) caseIds.push(call.caseId);
      const nowMs = session.clock.nowMs();
      const open = readOpenCall(session.db);
      if (call.lastNumber === 0 && main.sinceMs <= call.begunAtMs) {
        writeTelephoneCall(session.db, { ...call, endedAtMs: nowMs });
        if (open?.callId === callId) endCall(session, open, 'not-made');
        continue;
      }
      const isDropped = call.answeredAtMs !== null;
      keepCall(session, { ...call, endedAtMs: nowMs, end: plainEnd('interrupted', 'network') }, {
        type: 'call-ended', at: nowMs, body: { ...plainCallEnd('interrupted'), isDropped, permitFactId: call.permitFactId },
      });
      if (call.caseId !== null) session.book.placeAgain(call.caseId, viewContext(session));
    }
  }).immediate();
  return { count, caseIds };
}
