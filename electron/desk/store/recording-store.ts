/**
 * The recording under way on this desk: at most one.
 *
 * Invariants: written in the transaction of what allows it, before any sound; its key stands here, in the sealed store, until the fact takes it
 * over, so its file without this row is noise. It goes with the erasure of its person.
 */
import { z } from 'zod';
import { callRecordedBodySchema } from '../../../shared/facts/recording-bodies.ts';
import { basedOnInput } from '../../../shared/contract/people-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import { callIdSchema, caseIdSchema, customerIdSchema } from '../../../shared/id.ts';
import { instantSchema } from '../../../shared/time.ts';
import type { Sqlite } from './database.ts';
import { deleteMeta, readMeta, writeMeta } from './meta.ts';

const recordingSchema = z.object({
  ...callRecordedBodySchema.pick({ recordingId: true, keyHex: true, keepUntil: true, startedAt: true, pauses: true, agreementVersion: true, conductVersion: true }).shape,
  callId: callIdSchema,
  caseId: caseIdSchema,
  customerId: customerIdSchema,
  basedOn: basedOnInput,
  policyVersion: z.string().nullable(),
  /** Pieces of sound on the disk, and how long they are, sealed. */
  pieces: z.int().nonnegative(),
  sizeBytes: z.int().nonnegative(),
  /** When the last of them came. */
  lastAt: instantSchema,
});
export type Recording = z.infer<typeof recordingSchema>;

export function readRecording(db: Sqlite): Recording | null {
  const text = readMeta(db, 'recording');
  return text === null ? null : recordingSchema.parse(JSON.parse(text));
}

export function writeRecording(db: Sqlite, recording: Recording): void {
  writeMeta(db, 'recording', JSON.stringify(recording));
}

export function removeRecording(db: Sqlite): void {
  deleteMeta(db, 'recording');
}

/** For the erasure of a person: with the row goes the key. */
export function forgetRecording(db: Sqlite, caseIds: readonly CaseId[]): void {
  const recording = readRecording(db);
  if (recording !== null && caseIds.includes(recording.caseId)) removeRecording(db);
}
