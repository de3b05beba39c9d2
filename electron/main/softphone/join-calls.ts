/**
 * Three in one conversation: two calls of ours whose far ends hear each other, and us.
 *
 * Invariants: two calls are joined, or none; a call that ends, or is put on hold, leaves the other one as an ordinary call; whatever audio page
 * comes next is told with the first question about each call.
 */
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Call } from './call.ts';
import type { SoftphoneParts } from './softphone.ts';

export interface JoinCalls {
  /** Whichever waits on hold is taken back first. */
  joinCalls(callId: CallId, withCallId: CallId): Promise<Result<null>>;
}

/** Joining, for a softphone. */
export function joinCalls(parts: SoftphoneParts): JoinCalls {
  const canBe = (call: Call | undefined): call is Call => call?.state().phase === 'connected' && call.state().transfer === 'none';
  return {
    joinCalls: async (callId, withCallId) => {
      const [one, other] = [parts.calls.get(callId), parts.calls.get(withCallId)];
      if (!canBe(one) || !canBe(other) || one === other || joinedCalls(parts).length > 0) return fail('telephone-call-not-so', 'error.telephoneCallNotSo');
      for (const call of [one, other]) call.step({ kind: 'joined', joined: true });
      for (const call of [one, other]) {
        const taken = call.state().heldByUs ? await call.hold(false) : ok(null);
        if (taken.ok) continue;
        partCalls(parts);
        return taken;
      }
      tellPage(parts, [one, other]);
      return ok(null);
    },
  };
}

/** The other call of the conversation that this one is in. */
export function partnerOf(parts: Pick<SoftphoneParts, 'calls'>, callId: CallId): CallId | null {
  return joinedCalls(parts).find((call) => call.callId !== callId)?.callId ?? null;
}

/** Each is an ordinary call again. */
export function partCalls(parts: SoftphoneParts): void {
  const calls = joinedCalls(parts);
  for (const call of calls) call.step({ kind: 'joined', joined: false });
  tellPage(parts, calls);
}

export function joinedCalls({ calls }: Pick<SoftphoneParts, 'calls'>): Call[] {
  return [...calls.values()].filter((call) => call.state().isJoined);
}

function tellPage(parts: SoftphoneParts, calls: readonly Call[]): void {
  for (const call of calls) void parts.audio.request('join-sounds', { callId: call.callId, joinedWith: call.state().isJoined ? partnerOf(parts, call.callId) : null });
}
