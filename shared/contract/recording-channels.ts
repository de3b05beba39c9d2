/**
 * Recording a call, as the page asks for it: the notice is read, the person answers, the desk decides.
 *
 * Invariants: recording begins in the desk, with the yes or after it, and nowhere else; it may be paused at once, by main (`pause-recording` of
 * the line), and goes on only where the desk began it. A no ends it, and what was recorded of the call until then is thrown away.
 */
import { z } from 'zod';
import { recordingLocks } from '../policy/find-recording-lock.ts';
import { plainDateSchema } from '../time.ts';

export const recordingScreenSchema = z.object({
  /** Why it is not recorded now, as `recording.lock.<lock>`; null: it may be. */
  lock: z.enum(recordingLocks).nullable(),
  /** The notice may be read and answered. */
  mayAsk: z.boolean(),
  answer: z.enum(['yes', 'no']).nullable(),
  /** The last day on which it would be kept. */
  keepUntil: plainDateSchema.nullable(),
  /** The desk has begun it, and has not its end yet. */
  isRunning: z.boolean(),
});
export type RecordingScreen = z.infer<typeof recordingScreenSchema>;
