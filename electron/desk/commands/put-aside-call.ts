import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { putCallAside } from '../conduct/put-aside.ts';
import type { Session } from '../session.ts';
import { afterStepCommit } from './after-commit.ts';
import { commitOnce } from './commit-once.ts';

/** The operator puts the ended call aside, because the next one comes first. No fact: nothing happened to the contact. */
export function putAsideCall(session: Session, { commandId, callId }: CommandRequest<'put-aside-call'>): Result<CommandOutput<'put-aside-call'>> {
  const done = commitOnce(session, { commandId, name: 'put-aside-call' }, () => {
    const call = putCallAside(session, callId);
    return call.ok ? ok({ caseId: call.value.caseId }) : call;
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterStepCommit(session, done.value.reply.caseId);
  return ok({ call: null });
}
