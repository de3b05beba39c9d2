import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { endCall } from '../conduct/end-call.ts';
import type { Session } from '../session.ts';
import { afterCallCommit } from './after-commit.ts';
import { findCall } from './commit-in-call.ts';
import { commitOnce } from './commit-once.ts';

/** Nothing rang: the attempt is taken back, and the permit is used up. */
export function cancelCall(session: Session, input: CommandRequest<'cancel-call'>): Result<CommandOutput<'cancel-call'>> {
  const done = commitOnce(session, { commandId: input.commandId, name: 'cancel-call' }, () => {
    const found = findCall(session, input.callId);
    if (!found.ok) return found;
    endCall(session, found.value.call, 'not-made');
    return ok({ call: null, caseId: found.value.call.caseId });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCallCommit(session, done.value.reply.caseId);
  return ok({ call: null });
}
