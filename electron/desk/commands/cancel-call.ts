import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { PERMIT_LASTS_MS } from '../../../shared/telephone/dial-permit.ts';
import { endCall } from '../conduct/end-call.ts';
import type { Session } from '../session.ts';
import { readTelephoneCall, writeTelephoneCall } from '../store/telephone-call-store.ts';
import { afterCallCommit } from './after-commit.ts';
import { findCall } from './commit-in-call.ts';
import { commitOnce } from './commit-once.ts';

/** Nothing rang: the attempt is taken back, and the permit is used up. */
export function cancelCall(session: Session, input: CommandRequest<'cancel-call'>): Result<CommandOutput<'cancel-call'>> {
  const done = commitOnce(session, { commandId: input.commandId, name: 'cancel-call' }, () => {
    const found = findCall(session, input.callId);
    if (!found.ok) return found;
    const onLine = readTelephoneCall(session.db, input.callId);
    // Dialled, or main may dial it yet: it is hung up, and its outcome says what came of it.
    if (onLine !== null && (onLine.lastNumber > 0 || session.clock.nowMs() < onLine.begunAtMs + PERMIT_LASTS_MS)) return fail('call-on-line', 'error.callOnLine');
    if (onLine !== null) writeTelephoneCall(session.db, { ...onLine, endedAtMs: session.clock.nowMs() });
    endCall(session, found.value.call, 'not-made');
    return ok({ call: null, caseId: found.value.call.caseId });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCallCommit(session, done.value.reply.caseId);
  return ok({ call: null });
}
