/** How the open call stands on the line, and what its end speaks for. */
import type { CallTelephone } from '../../../shared/contract/telephone-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { shownCallState } from '../../../shared/telephone/call-state.ts';
import { suggestOutcome } from '../../../shared/telephone/suggest-outcome.ts';
import type { Sqlite } from '../store/database.ts';
import type { TelephoneCall } from '../store/telephone-call-store.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';
import { isDropped } from './read-step.ts';

const MINUTE_MS = 60_000;

/** Null: dialled by hand. @param resumeMinutes for how long the policy takes a call that dropped up again */
export function showCallTelephone(db: Sqlite, callId: CallId, resumeMinutes: number): CallTelephone | null {
  const call = readTelephoneCall(db, callId);
  if (call === null) return null;
  const { state, answeredAtMs, endedAtMs } = call;
  return {
    shown: endedAtMs !== null ? 'ended' : state === null ? 'dialling' : shownCallState(state),
    heldByUs: state?.heldByUs ?? false, heldByThem: state?.heldByThem ?? false, sound: state?.sound ?? 'none', answeredAtMs,
    ended: endedAtMs === null ? null : endedView(call, endedAtMs, resumeMinutes),
  };
}

function endedView(call: TelephoneCall, endedAtMs: number, resumeMinutes: number): CallTelephone['ended'] {
  const { direction, end, answeredAtMs, rangAtMs } = call;
  if (end === null) return { cause: 'not-made', by: 'unknown', talkSeconds: null, isDropped: false, suggestCode: null, resumeUntilMs: null };
  const talkedMs = answeredAtMs === null ? null : Math.max(0, endedAtMs - answeredAtMs);
  const fell = isDropped(call, end);
  return {
    cause: end.cause, by: end.by, talkSeconds: talkedMs === null ? null : Math.round(talkedMs / 1000), isDropped: fell,
    suggestCode: fell ? 'DRP' : suggestOutcome({ direction, end, talkedMs, rang: rangAtMs !== null }),
    resumeUntilMs: fell && direction === 'outbound' ? endedAtMs + resumeMinutes * MINUTE_MS : null,
  };
}
