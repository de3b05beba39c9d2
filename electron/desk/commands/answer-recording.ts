import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { RecordingAnsweredBody } from '../../../shared/facts/recording-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { describeRecording } from '../recordings/describe-recording.ts';
import { discardRecording } from '../recordings/desk-recordings.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { afterCallCommit } from './after-commit.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { findCall } from './commit-in-call.ts';
import { commitOnce } from './commit-once.ts';
import { openRecordingRow, recordingLocked, showRecorded } from './start-recording.ts';

/**
 * What the person said to the notice, as a fact of the call. A yes begins the recording in the same transaction; a no ends one, and what was
 * recorded until then is thrown away. The call goes on either way.
 */
export function answerRecording(session: Session, input: CommandRequest<'answer-recording'>): Result<CommandOutput<'answer-recording'>> {
  const { commandId, callId, answer, locale } = input;
  const done = commitOnce(session, { commandId, name: 'answer-recording' }, () => {
    const found = findCall(session, callId);
    if (!found.ok) return found;
    const { call, held } = found.value;
    const before = describeRecording(session, call, held);
    if (!before.mayAsk) return recordingLocked(before.lock);
    const body: RecordingAnsweredBody = { answer, notice: locale, keepUntil: before.keepUntil };
    appendCaseFact(session, held.entity, 'recording-answered', body, call.basedOn, call);
    session.book.placeAgain(call.caseId, viewContext(session));
    if (answer === 'no') {
      const thrownAway = discardRecording(session);
      return ok({ caseId: call.caseId, order: thrownAway === null ? null : { callId, recordingId: thrownAway.recordingId, on: false } });
    }
    const begun = openRecordingRow(session, callId);
    return begun.ok ? ok({ caseId: call.caseId, order: { callId, recordingId: begun.value.recordingId, on: true } }) : fail(begun.error.code, begun.error.messageKey, begun.error.details);
  });
  if (!done.ok) return done;
  const { caseId, order } = done.value.reply;
  if (!done.value.repeated) {
    if (order !== null) session.telephone.record(order);
    afterCallCommit(session, caseId);
  }
  return showRecorded(session, callId, locale);
}
