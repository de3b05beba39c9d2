/** What can be done with a call that stands: hold, mute, digits, transfer, hang up. */
import { URI } from 'sip.js';
import type { Session } from 'sip.js';
import { tonesSchema } from '../../../shared/contract/audio-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { plainEnd } from '../../../shared/telephone/call-state.ts';
import type { Call } from './call.ts';
import type { SoftphoneParts } from './softphone.ts';
import { joinedCalls } from './join-calls.ts';
import { transfer } from './transfer.ts';

export interface TalkOnCalls {
  hold(callId: CallId, held: boolean): Promise<Result<null>>;
  mute(callId: CallId, muted: boolean): Promise<Result<null>>;
  /** `0`–`9`, `*`, `#`, `A`–`D`. */
  sendTones(callId: CallId, tones: string): Promise<Result<null>>;
  /** Refers the far end to the permit's number. */
  transferBlind(callId: CallId, permit: unknown): Promise<Result<null>>;
  /** Connects the far ends of two calls with each other. */
  transferAttended(callId: CallId, toCallId: CallId): Promise<Result<null>>;
  /** Ends a call, however far it came. */
  hangUp(callId: CallId): Result<null>;
}

const TONE_MS = 160;

/** Talking, for a softphone. */
export function talkOnCalls(parts: SoftphoneParts): TalkOnCalls {
  const connected = (callId: CallId): Call | null => {
    const call = parts.calls.get(callId);
    return call?.state().phase === 'connected' ? call : null;
  };

  async function refer(call: Call, how: 'blind' | 'attended', target: URI | Session): Promise<Result<null>> {
    call.step({ kind: 'transfer-begun', how });
    const result = await transfer(call.session, target);
    if (!result.done) {
      call.step({ kind: 'transfer-failed', sipStatus: result.sipStatus });
      return fail('telephone-transfer-failed', 'error.telephoneTransferFailed', { status: result.sipStatus });
    }
    parts.finish(call, plainEnd('transferred', 'us'));
    return ok(null);
  }

  return {
    hold: async (callId, held) => (await parts.calls.get(callId)?.hold(held)) ?? notSo(),
    mute: async (callId, muted) => {
      const call = parts.calls.get(callId);
      if (call === undefined) return notSo();
      // Whoever mutes among three is heard by none of them.
      const others = call.state().isJoined ? joinedCalls(parts).filter((one) => one !== call) : [];
      for (const other of others) await other.mute(muted);
      return call.mute(muted);
    },
    sendTones: async (callId, tones) => {
      const call = connected(callId);
      if (call === null || !tonesSchema.safeParse(tones).success) return notSo();
      if (parts.connection()?.account.tones === 'info') {
        for (const tone of tones) await call.session.info({ requestOptions: { body: infoBody(tone) } });
        return ok(null);
      }
      const sent = await parts.audio.request('send-tones', { callId, tones, durationMs: TONE_MS });
      return sent.ok ? ok(null) : sent;
    },
    transferBlind: async (callId, given) => {
      const [call, account] = [connected(callId), parts.connection()?.account];
      if (call === null || account === undefined || call.state().transfer !== 'none') return notSo();
      const permit = parts.permits.use(given);
      if (!permit.ok) return permit;
      return refer(call, 'blind', new URI('sip', permit.value.number, account.domain));
    },
    transferAttended: async (callId, toCallId) => {
      const [call, other] = [connected(callId), connected(toCallId)];
      if (call === null || other === null || call === other || call.state().transfer !== 'none') return notSo();
      const result = await refer(call, 'attended', other.session);
      // The far ends talk with each other: whoever of them has not left this call by now is let go.
      if (result.ok) parts.finish(other, plainEnd('transferred', 'us'));
      return result;
    },
    hangUp: (callId) => {
      const call = parts.calls.get(callId);
      if (call === undefined) return notSo();
      const { phase, direction } = call.state();
      const cause = phase === 'connected' ? 'hung-up' : direction === 'outbound' ? 'cancelled' : 'rejected';
      parts.finish(call, plainEnd(cause, 'us'));
      return ok(null);
    },
  };
}

function infoBody(tone: string): { contentDisposition: string; contentType: string; content: string } {
  return { contentDisposition: 'render', contentType: 'application/dtmf-relay', content: `Signal=${tone}\r\nDuration=${String(TONE_MS)}\r\n` };
}

function notSo(): Result<never> {
  return fail('telephone-call-not-so', 'error.telephoneCallNotSo');
}
