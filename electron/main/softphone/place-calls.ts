/**
 * Calls that go out.
 *
 * Invariant: the permit is used before anything is sent, and its number is the one that is dialled; there is no other way.
 */
import { Inviter, SessionState, URI } from 'sip.js';
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Refusal } from '../../../shared/telephone/call-end.ts';
import { endOfRefusal, readQ850 } from '../../../shared/telephone/call-end.ts';
import { plainEnd } from '../../../shared/telephone/call-state.ts';
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import type { SoftphoneParts } from './softphone.ts';

export interface PlaceCalls {
  /** Answers when the INVITE is out. `callerNumber` is what the called person is to see: the creditor's. */
  dial(permit: unknown, callerNumber: DialNumber | null): Promise<Result<{ callId: CallId }>>;
}

interface FinalAnswer {
  message: { statusCode?: number | undefined; getHeader(name: string): string | undefined };
}

/** Dialling, for a softphone. */
export function placeCalls(parts: SoftphoneParts): PlaceCalls {
  return {
    dial: async (given, callerNumber) => {
      const connection = parts.connection();
      if (connection?.line.state().name !== 'registered') return fail('telephone-line-lost', 'error.telephoneLineLost', {}, true);
      const inFront = [...parts.calls.values()].some((call) => !call.state().heldByUs);
      if (inFront) return fail('telephone-call-in-front', 'error.telephoneCallInFront');
      const permit = parts.permits.use(given);
      if (!permit.ok) return permit;
      const { callId, number } = permit.value;
      const { agent, account } = connection;
      const inviter = new Inviter(agent, new URI('sip', number, account.domain), {
        extraHeaders: callerNumber === null ? [] : [`P-Preferred-Identity: <sip:${callerNumber}@${account.domain}>`],
      });
      const call = parts.newCall(callId, inviter, 'outbound');
      parts.begin(call, { number, name: null });
      const giveUp = setTimeout(() => {
        if (call.state().phase !== 'connected') parts.finish(call, plainEnd('no-answer', 'us'));
      }, account.ringForMs);
      inviter.stateChange.addListener(() => {
        if (inviter.state !== SessionState.Establishing && inviter.state !== SessionState.Initial) clearTimeout(giveUp);
      });
      const refused = (answer: FinalAnswer): void => { call.end(endOfRefusal(refusalOf(answer))); };
      try {
        await inviter.invite({
          requestDelegate: {
            onProgress: ({ message }) => {
              if (message.statusCode === 180 || message.statusCode === 183) call.step({ kind: 'rings' });
            },
            onReject: refused,
            onRedirect: refused,
          },
        });
      } catch (error) {
        call.end(plainEnd(call.failure() === null ? 'cancelled' : 'line-failed', 'us'));
        parts.log(`telephone: a call was not sent: ${String(error)}`);
        const isMicrophone = call.failure() === 'no-microphone';
        return fail(call.failure() ?? 'telephone-not-dialled', isMicrophone ? 'error.audioNoMicrophone' : 'error.telephoneNotDialled', {}, true);
      }
      return ok({ callId });
    },
  };
}

function refusalOf({ message }: FinalAnswer): Refusal {
  return { sipStatus: message.statusCode ?? 500, q850: readQ850(message.getHeader('reason')) };
}
