import type { CommandOutput, CommandRequest, Locale } from '../../../shared/contract/contract.ts';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import type { RecordingLock } from '../../../shared/policy/find-recording-lock.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { showOpenCall } from '../conduct/describe-call.ts';
import { describeRecording } from '../recordings/describe-recording.ts';
import { beginRecording } from '../recordings/desk-recordings.ts';
import type { Session } from '../session.ts';
import type { Recording } from '../store/recording-store.ts';
import { readRecording } from '../store/recording-store.ts';
import { afterCallCommit } from './after-commit.ts';
import { findCall } from './commit-in-call.ts';
import { commitOnce } from './commit-once.ts';

/** Records again a call whose person has said yes: after a stop, or when the sound had gone. */
export function startRecording(session: Session, { commandId, callId, locale }: CommandRequest<'start-recording'>): Result<CommandOutput<'start-recording'>> {
  const done = commitOnce(session, { commandId, name: 'start-recording' }, () => {
    const begun = openRecordingRow(session, callId);
    return begun.ok ? ok({ caseId: begun.value.caseId, recordingId: begun.value.recordingId }) : begun;
  });
  if (!done.ok) return done;
  const { caseId, recordingId } = done.value.reply;
  if (!done.value.repeated) {
    session.telephone.record({ callId, recordingId, on: true });
    afterCallCommit(session, caseId);
  }
  return showRecorded(session, callId, locale);
}

/** The lock: nothing begins unless everything stands, now, in this transaction. */
export function openRecordingRow(session: Session, callId: CallId): Result<Recording> {
  const found = findCall(session, callId);
  if (!found.ok) return found;
  const { call, held } = found.value;
  const { lock, keepUntil } = describeRecording(session, call, held);
  if (lock !== null || keepUntil === null) return recordingLocked(lock);
  if (readRecording(session.db) !== null) return fail('recording-runs', 'error.recordingRuns');
  return ok(beginRecording(session, call, held, keepUntil));
}

/** Why not, told as `recording.lock.<lock>`. */
export function recordingLocked(lock: RecordingLock | null): ReturnType<typeof fail> {
  return fail('recording-locked', 'error.recordingLocked', { lock: lock ?? 'not-kept' });
}

/** The call as it stands after a step about its recording. */
export function showRecorded(session: Session, callId: CallId, locale: Locale): Result<{ call: CallScreen }> {
  const call = showOpenCall(session, locale);
  return call?.callId === callId ? ok({ call }) : fail('call-not-open', 'error.callNotOpen');
}
