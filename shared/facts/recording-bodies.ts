/**
 * What a recording leaves behind: the person's word about it, and the recording itself.
 *
 * Invariants: `recording-answered` with yes comes before any sound is kept, of the same call; `call-recorded` is told once the sound is
 * whole and sealed on the desk's disk. Its bytes are sealed with a key that stands here and nowhere else: with the fact's content goes every
 * copy of the sound, wherever a copy may lie (ADR 0022). They travel as attachments do, and are nobody's to be read as one.
 */
import { z } from 'zod';
import { attachmentIdSchema } from '../id.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

export const recordingAnswers = ['yes', 'no'] as const;

/** What the person said to the notice; the newest word of a call counts. */
export const recordingAnsweredBodySchema = z.object({ answer: z.enum(recordingAnswers), notice: z.enum(['it', 'en']), keepUntil: plainDateSchema.nullable() });
export type RecordingAnsweredBody = z.infer<typeof recordingAnsweredBodySchema>;

/** Under data, as the limit of an attachment is. */
const MAX_RECORDED_BYTES = 20 * 1024 * 1024;
/** Newer desks may know more ends: read as a word. */
export const recordingEnds = ['stopped', 'call-ended', 'interrupted', 'too-long'] as const;
export type RecordingEnd = (typeof recordingEnds)[number];

export const callRecordedBodySchema = z.object({
  /** Names the sealed blob on the desk that made it. */
  recordingId: attachmentIdSchema,
  mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/).max(100),
  /** Of the sealed bytes, as they lie and travel. */
  sizeBytes: z.int().positive().max(MAX_RECORDED_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  keyHex: z.string().regex(/^[0-9a-f]{64}$/),
  startedAt: instantSchema,
  endedAt: instantSchema,
  /** While it was paused nothing was heard; no end = until the recording's. */
  pauses: z.array(z.object({ from: instantSchema, to: instantSchema.nullable() })).max(1_000),
  end: z.string().max(40),
  /** The last day on which it is kept. */
  keepUntil: plainDateSchema,
  agreementVersion: z.int().positive(),
  conductVersion: z.int().positive().nullable(),
});
export type CallRecordedBody = z.infer<typeof callRecordedBodySchema>;

/** How much was recorded, without the pauses. */
export function recordedMs({ startedAt, endedAt, pauses }: Pick<CallRecordedBody, 'startedAt' | 'endedAt' | 'pauses'>): number {
  return Math.max(0, endedAt - startedAt - pauses.reduce((sum, { from, to }) => sum + ((to ?? endedAt) - from), 0));
}
