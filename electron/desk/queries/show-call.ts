import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import { showOpenCall } from '../conduct/describe-call.ts';
import type { Session } from '../session.ts';

/** The call that runs on this desk, also after a crash of it. */
export function showCall(session: Session, input: QueryRequest<'show-call'>): QueryOutput<'show-call'> {
  return { call: showOpenCall(session, input.locale) };
}
