/** Whether a call may be recorded, and whether it is: the one answer for the screen and for the desk's lock. */
import type { RecordingScreen } from '../../../shared/contract/recording-channels.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import { agreementCovers } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { findRecordingLock, mayAskForRecording, recordingKeepUntil } from '../../../shared/policy/find-recording-lock.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { readWorkersAgreement } from '../store/house-rules.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { readRecording } from '../store/recording-store.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';

export function describeRecording(session: Session, { callId, gate }: Pick<OpenCall, 'callId' | 'gate'>, held: CaseInBook): RecordingScreen {
  const { db } = session;
  const call = readTelephoneCall(db, callId);
  const today = todayOf(session);
  const { conduct, policy } = held.view.rules;
  const keepUntil = recordingKeepUntil(policy.recording.keepDays, today);
  const answer = held.view.folded.calls.find((one) => one.callId === callId)?.recordingAnswer ?? null;
  const lock = findRecordingLock({
    line: call === null ? 'by-hand' : session.telephone.line(), isMandated: conduct.mayRecord, keepUntil,
    isAgreed: agreementCovers(readWorkersAgreement(db), 'recording', today),
    isTalking: call?.endedAtMs === null && call.state?.phase === 'connected', gate: gate.state, answer,
  });
  const running = readRecording(db);
  return { lock, mayAsk: mayAskForRecording(lock), answer, keepUntil, isRunning: running?.callId === callId };
}

function todayOf({ clock, siteZone }: Session): PlainDate {
  return dateOfInstant(clock.nowMs(), siteZone);
}
