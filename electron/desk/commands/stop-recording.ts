import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { readRecording } from '../store/recording-store.ts';
import { showRecorded } from './start-recording.ts';

/** Ends the recording of the call: main is told, and its last piece makes it a fact. Said twice it changes nothing more. */
export function stopRecording(session: Session, { callId, locale }: CommandRequest<'stop-recording'>): Result<CommandOutput<'stop-recording'>> {
  const recording = readRecording(session.db);
  if (recording?.callId === callId) session.telephone.record({ callId, recordingId: recording.recordingId, on: false });
  return showRecorded(session, callId, locale);
}
