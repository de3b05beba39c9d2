/**
 * Why a call may not be recorded now: the one answer, for the screen and for the desk's lock.
 *
 * Invariants: off is what holds unless everything stands: the creditor's mandate, a date until which it is kept, the agreement with the
 * workers, somebody known to be the right party on a line of our own, and their yes to the notice. The first that is missing is told.
 * What is practised is never recorded.
 */
import type { gateStates } from '../contract/conduct-channels.ts';
import type { PlainDate } from '../time.ts';
import { addDays } from '../time.ts';

export const recordingLocks = [
  'practice', 'by-hand', 'not-mandated', 'not-kept', 'no-agreement', 'not-talking', 'not-identified', 'not-asked', 'refused',
] as const;
export type RecordingLock = (typeof recordingLocks)[number];

export interface RecordingCircumstances {
  line: 'softphone' | 'practice-line' | 'by-hand';
  /** The creditor's mandate lets its calls be recorded. */
  isMandated: boolean;
  keepUntil: PlainDate | null;
  isAgreed: boolean;
  isTalking: boolean;
  gate: (typeof gateStates)[number];
  answer: 'yes' | 'no' | null;
}

/** Null: it may. */
export function findRecordingLock({ line, isMandated, keepUntil, isAgreed, isTalking, gate, answer }: RecordingCircumstances): RecordingLock | null {
  if (line === 'practice-line') return 'practice';
  if (line === 'by-hand') return 'by-hand';
  if (!isMandated) return 'not-mandated';
  if (keepUntil === null) return 'not-kept';
  if (!isAgreed) return 'no-agreement';
  if (!isTalking) return 'not-talking';
  if (gate !== 'confirmed') return 'not-identified';
  if (answer === null) return 'not-asked';
  return answer === 'no' ? 'refused' : null;
}

/** Whether the notice may be read and answered: everything stands but the answer. */
export function mayAskForRecording(lock: RecordingLock | null): boolean {
  return lock === null || lock === 'not-asked' || lock === 'refused';
}

/** The last day on which a recording of today is kept; null: the policy says none, or not at all. */
export function recordingKeepUntil(keepDays: number | null, today: PlainDate): PlainDate | null {
  return keepDays === null || keepDays === 0 ? null : addDays(today, keepDays);
}
