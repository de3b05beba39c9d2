import { failField } from '../../../shared/case/form-context.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { IdentityCheckedBody } from '../../../shared/facts/conduct-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { passGate } from '../conduct/call-walk.ts';
import { identityMethodsOf } from '../conduct/identity-methods.ts';
import type { Session } from '../session.ts';
import { discardRecording } from '../recordings/desk-recordings.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitInCall } from './commit-in-call.ts';

/**
 * Moves the identity gate of the open call; the newest word counts, so a slip is put right by saying it again. Whoever turns out not to be the
 * right party was recorded by mistake: that is thrown away, and main is told to end it.
 */
export function checkIdentity(session: Session, input: CommandRequest<'check-identity'>): Result<CommandOutput<'check-identity'>> {
  let thrownAway: ReturnType<typeof discardRecording> = null;
  const done = commitInCall(session, 'check-identity', input, (call, held) => {
    const { result, partyId } = input;
    const method = result === 'confirmed' ? input.method : null;
    if (result === 'confirmed') {
      if (method === null) return failField('identityMethod', 'identity-missing', 'error.identityMissing');
      if (!identityMethodsOf(held).includes(method)) {
        return failField('identityMethod', 'identity-method-unknown', 'error.identityMethodUnknown');
      }
    }
    const body: IdentityCheckedBody = { result, method, partyId };
    appendCaseFact(session, held.entity, 'identity-checked', body, call.basedOn, call);
    if (result !== 'confirmed') thrownAway = discardRecording(session);
    const gate = { state: result, method, partyId };
    return ok({ gate, walk: passGate(session, held, call, result, input.locale) });
  });
  if (done.ok) endThrownAway(session, thrownAway);
  return done;
}

function endThrownAway({ telephone }: Session, recording: ReturnType<typeof discardRecording>): void {
  if (recording !== null) telephone.record({ callId: recording.callId, recordingId: recording.recordingId, on: false });
}
