/** Calls that come in. */
import { Invitation } from 'sip.js';
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { plainEnd } from '../../../shared/telephone/call-state.ts';
import type { SoftphoneParts } from './softphone.ts';

export interface AnswerCalls {
  /** Takes the call; whoever is in front is put on hold first. */
  accept(callId: CallId): Promise<Result<null>>;
  /** Busy to whoever may try again, declined to whoever should not. */
  reject(callId: CallId, how: 'busy' | 'declined'): Result<null>;
  /** To the permit's extension, before anybody answers here: no microphone, no sound. The exchange follows the 302, or tells the caller that it does not. */
  redirect(callId: CallId, permit: unknown): Result<null>;
}

const BUSY_HERE = 486;
const DECLINED = 603;
const MOVED_TEMPORARILY = 302;

/** Answering, for a softphone. */
export function answerCalls(parts: SoftphoneParts): AnswerCalls {
  return {
    accept: async (callId) => {
      const call = parts.calls.get(callId);
      if (call === undefined || !(call.session instanceof Invitation) || call.state().phase !== 'offered') return notSo();
      call.step({ kind: 'accepted' });
      for (const other of parts.calls.values()) {
        const { phase, heldByUs } = other.state();
        if (other === call || phase !== 'connected' || heldByUs) continue;
        const held = await other.hold(true);
        if (!held.ok) parts.log(`telephone: the call in front was not held: ${held.error.code}`);
      }
      // Whoever called may have given up meanwhile.
      if (call.state().phase !== 'answering') return notSo();
      try {
        await call.session.accept();
      } catch (error) {
        parts.log(`telephone: a call was not answered: ${String(error)}`);
        parts.finish(call, plainEnd('line-failed', 'us'));
        return fail(call.failure() ?? 'telephone-not-answered', call.failure() === 'no-microphone' ? 'error.audioNoMicrophone' : 'error.telephoneNotAnswered');
      }
      return ok(null);
    },
    reject: (callId, how) => {
      const call = parts.calls.get(callId);
      if (call?.state().phase !== 'offered') return notSo();
      parts.finish(call, plainEnd('rejected', 'us'), how === 'busy' ? BUSY_HERE : DECLINED);
      return ok(null);
    },
    redirect: (callId, given) => {
      const [call, connection] = [parts.calls.get(callId), parts.connection()];
      if (call === undefined || !(call.session instanceof Invitation) || call.state().phase !== 'offered' || connection === null) return notSo();
      if (connection.line.state().name !== 'registered') return fail('telephone-line-lost', 'error.telephoneLineLost', {}, true);
      const permit = parts.permits.use(given);
      if (!permit.ok) return permit;
      call.end(plainEnd('transferred', 'us'));
      const contact = `Contact: <sip:${permit.value.number}@${connection.account.domain}>`;
      call.session.reject({ statusCode: MOVED_TEMPORARILY, extraHeaders: [contact] }).catch((error: unknown) => { parts.log(`telephone: a call was not sent on: ${String(error)}`); });
      return ok(null);
    },
  };
}

function notSo(): Result<never> {
  return fail('telephone-call-not-so', 'error.telephoneCallNotSo');
}
