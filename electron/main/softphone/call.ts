/**
 * One call: a SIP session, its sound, and its state (drawn in `shared/telephone/call-state.ts`).
 *
 * Invariants: every change of the state is told as a step, once, in order; the call ends once; what the operator does acts at once, and
 * what the far end must be told while the line is lost (a hang-up) is kept and said when the line is back.
 */
import type { Invitation, Inviter, Session } from 'sip.js';
import { SessionState } from 'sip.js';
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { CallEnd } from '../../../shared/telephone/call-end.ts';
import { readQ850 } from '../../../shared/telephone/call-end.ts';
import type { CallState, CallStep } from '../../../shared/telephone/call-state.ts';
import { newCallState, nextCallState, plainEnd } from '../../../shared/telephone/call-state.ts';
import { causeOfCancel } from '../../../shared/telephone/unanswered-ring.ts';
import type { AudioClient } from './audio-client.ts';
import { createRenegotiator } from './renegotiate.ts';
import { SessionMedia } from './session-media.ts';

export interface CallContext {
  audio: AudioClient;
  isLineThere: () => boolean;
  /** How often the line was lost so far. */
  lineLosses: () => number;
  /** The other call of the conversation of three that this one is in. */
  joinedWith: (callId: CallId) => CallId | null;
  onStep: (call: Call, step: CallStep) => void;
  /** The far end has no such call any more: it ends, and the exchange is told in case it has. */
  onGone: (call: Call) => void;
  log: (line: string) => void;
}

export interface Call {
  readonly callId: CallId;
  readonly session: Session;
  readonly media: SessionMedia;
  state(): CallState;
  step(step: CallStep): void;
  /** The end, told once. */
  end(end: CallEnd): void;
  hold(held: boolean): Promise<Result<null>>;
  mute(muted: boolean): Promise<Result<null>>;
  /** Says to the far end where the sound is now; a call that is gone there ends here. */
  renegotiate(): Promise<void>;
  /** The audio page that is there now has the sound, or nobody. */
  soundIs(there: boolean): void;
  /** A description failed: the code stands for the reason of the end. */
  failure(): string | null;
}

/** A call around a session that is at its beginning. */
export function createCall(callId: CallId, session: Inviter | Invitation, direction: CallState['direction'], context: CallContext): Call {
  let state = newCallState(direction);
  let wantsHeld = false;
  let theirHold = false;
  let failure: string | null = null;
  let isStale = false;
  const media = new SessionMedia({
    callId,
    audio: context.audio,
    wanted: () => ({ held: wantsHeld, muted: state.muted, joinedWith: state.isJoined ? context.joinedWith(callId) : null }),
    onTheirHold: (held) => {
      theirHold = held;
      step({ kind: 'held', by: 'them', held });
    },
    onFailure: (code) => { failure = code; },
    onStaleAnswer: () => { isStale = true; },
  });
  const renegotiate = createRenegotiator(session, context.lineLosses);

  function step(taken: CallStep): void {
    const next = nextCallState(state, taken);
    if (next === state) return;
    state = next;
    context.onStep(call, taken);
  }

  function end(how: CallEnd): void {
    step({ kind: 'ended', end: how });
  }

  const call: Call = {
    callId, session, media, step, end,
    state: () => state,
    failure: () => failure,
    hold: async (held) => {
      if (state.phase !== 'connected') return notNow();
      if (!context.isLineThere()) return fail('telephone-line-lost', 'error.telephoneLineLost', {}, true);
      const before = wantsHeld;
      wantsHeld = held;
      const result = await renegotiate(() => wantsHeld === held);
      if (result === 'done') {
        step({ kind: 'held', by: 'us', held: wantsHeld });
        return ok(null);
      }
      wantsHeld = before;
      if (result === 'gone') context.onGone(call);
      return fail('telephone-hold-refused', 'error.telephoneHoldRefused', { status: result === 'gone' ? null : result.refused }, true);
    },
    mute: async (muted) => {
      if (state.phase === 'ended') return notNow();
      step({ kind: 'muted', muted });
      const result = await context.audio.request('set-muted', { callId, muted });
      return result.ok ? ok(null) : result;
    },
    renegotiate: async () => {
      if (state.phase !== 'connected') return;
      const result = await renegotiate();
      if (result === 'gone') context.onGone(call);
      else if (result !== 'done') context.log(`telephone: a call could not be renewed (${String(result.refused)})`);
    },
    soundIs: (there) => { step({ kind: 'sound', there }); },
  };

  session.stateChange.addListener((sessionState) => {
    if (sessionState === SessionState.Established) {
      step({ kind: 'connected' });
      step({ kind: 'held', by: 'them', held: theirHold });
      if (isStale) void call.renegotiate();
    } else if (sessionState === SessionState.Terminated) {
      // Whoever ended it on purpose has said so before, or says so right behind this, with the reason.
      queueMicrotask(() => { end(plainEnd(state.phase === 'connected' ? 'dropped' : 'line-failed', 'network')); });
    }
  });
  session.delegate = {
    onBye: (bye) => {
      const reason = bye.request.getHeader('reason');
      void bye.accept();
      end({ cause: 'hung-up', by: 'them', sipStatus: null, q850: readQ850(reason) });
    },
    onCancel: (cancel) => { end(plainEnd(causeOfCancel(cancel.request.getHeader('reason')), 'them')); },
    // sip.js would follow a REFER by itself: whoever calls us would make us dial.
    onRefer: (referral) => { void referral.reject({ statusCode: 603 }); },
    onInfo: (info) => { void info.accept(); },
    onMessage: (message) => { void message.accept(); },
    onNotify: (notification) => { void notification.accept(); },
  };
  return call;
}

function notNow(): Result<never> {
  return fail('telephone-call-not-so', 'error.telephoneCallNotSo');
}
