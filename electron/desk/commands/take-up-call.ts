import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { showOpenCall } from '../conduct/describe-call.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { moveOpenCall, readOpenCall, readWaitingCalls } from '../store/open-call-store.ts';
import { afterStepCommit } from './after-commit.ts';
import { commitOnce } from './commit-once.ts';

/** Goes back to a call that waits for its outcome: it stands in front again, where it was left. */
export function takeUpCall(session: Session, { commandId, callId, locale }: CommandRequest<'take-up-call'>): Result<CommandOutput<'take-up-call'>> {
  const done = commitOnce(session, { commandId, name: 'take-up-call' }, () => {
    const call = readWaitingCalls(session.db).find((one) => one.callId === callId);
    if (call === undefined) return fail('call-not-open', 'error.callNotOpen');
    if (readOpenCall(session.db) !== null) return fail('call-open', 'error.callOpen');
    if (session.book.get(call.caseId, viewContext(session)) === null) return fail('case-not-found', 'error.caseNotFound');
    moveOpenCall(session.db, callId, null);
    return ok({ caseId: call.caseId });
  });
  if (!done.ok) return done;
  const call = showOpenCall(session, locale);
  if (call?.callId !== callId) return fail('call-not-open', 'error.callNotOpen');
  if (!done.value.repeated) afterStepCommit(session, call.caseId);
  return ok({ call });
}
