import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import { showOpenCall } from '../conduct/describe-call.ts';
import type { Session } from '../session.ts';
import { readWaitingCalls } from '../store/open-call-store.ts';

/** The call that runs on this desk, also after a crash of it, and those that wait for their outcome. */
export function showCall(session: Session, input: QueryRequest<'show-call'>): QueryOutput<'show-call'> {
  return {
    call: showOpenCall(session, input.locale),
    waiting: readWaitingCalls(session.db).map(({ callId, caseId, putAsideAtMs, startedAtMs }) => ({ callId, caseId, sinceMs: putAsideAtMs ?? startedAtMs })),
  };
}
