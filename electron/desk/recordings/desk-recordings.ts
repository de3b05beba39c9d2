/**
 * The recording under way: begun by a command, fed by main, ended as a fact.
 *
 *   begin (row, in the transaction of the yes) ─▶ main records ─▶ piece ─▶ on the disk ─▶ acknowledged ─▶ … ─▶ last ─▶ blob ─▶ fact, row of the file
 *                └─ no, or not the right party: thrown away                          desk or app died ─▶ what is there, as `interrupted`
 *
 * Invariants: no sound is taken that no row allows, and main is told to stop; a piece is acknowledged when it is durable, and what comes behind one
 * that the disk refused waits with it: main sends them all again, in order; the sound ends in one fact with its date, or is gone.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { DeskToMainTelephone, MainToDeskTelephone } from '../../../shared/contract/telephone-host-protocol.ts';
import type { CallRecordedBody, RecordingEnd } from '../../../shared/facts/recording-bodies.ts';
import { readBody } from '../../../shared/facts/fact-bodies.ts';
import type { AttachmentId, FactId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { MAX_ATTACHMENT_BYTES } from '../../../shared/protocol/attachment-protocol.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import { blobsOf } from '../attachments/attachment-blobs.ts';
import { afterCallCommit } from '../commands/after-commit.ts';
import { appendCaseFact } from '../commands/append-case-fact.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { forgetAttachments, insertAttachment } from '../store/attachment-store.ts';
import { readWorkersAgreement } from '../store/house-rules.ts';
import type { Sqlite } from '../store/database.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import type { Recording } from '../store/recording-store.ts';
import { readRecording, removeRecording, writeRecording } from '../store/recording-store.ts';
import { prepared } from '../store/statements.ts';
import { appendPiece, readPieces, recordingFolderOf, sweepRecordings } from './recording-folder.ts';

export type RecordedPiece = Extract<MainToDeskTelephone, { type: 'telephone-recorded' }>;
type TellMain = (message: DeskToMainTelephone) => void;

const MEDIA_TYPE = 'audio/webm';
/** The rest is for the pieces that come until main has heard of it. */
const MOST_BYTES = MAX_ATTACHMENT_BYTES - 1024 * 1024;

/** By open store: the piece that the disk refused, and that main still has. */
const putOff = new WeakMap<Sqlite, Pick<RecordedPiece, 'recordingId' | 'index'>>();

/** The row that allows sound to be taken. Call inside the transaction that found no lock. */
export function beginRecording(session: Session, call: OpenCall, held: CaseInBook, keepUntil: PlainDate): Recording {
  const { db, clock } = session;
  const agreement = readWorkersAgreement(db);
  if (agreement === null) throw new Error('a recording without an agreement is locked');
  const nowMs = clock.nowMs();
  const recording: Recording = {
    recordingId: newId<AttachmentId>(), keyHex: newRandomHex(32), keepUntil, startedAt: nowMs, pauses: [], agreementVersion: agreement.version,
    conductVersion: held.view.rules.conduct.version, callId: call.callId, caseId: call.caseId, customerId: call.customerId, basedOn: call.basedOn,
    policyVersion: call.policyVersion, pieces: 0, sizeBytes: 0, lastAt: nowMs,
  };
  writeRecording(db, recording);
  return recording;
}

/** Inside a transaction: with the row goes the key, and what lies on the disk is noise until it is swept. */
export function discardRecording(session: Pick<Session, 'db'>): Recording | null {
  const recording = readRecording(session.db);
  if (recording !== null) removeRecording(session.db);
  return recording;
}

/** A piece of sound. `last`: there is no more of it. */
export async function takePiece(session: Session, piece: RecordedPiece, tellMain: TellMain): Promise<void> {
  const { db, user } = session;
  const committed = (): void => { tellMain({ type: 'telephone-recorded-committed', ownerId: user.userId, recordingId: piece.recordingId, upTo: piece.index }); };
  const recording = readRecording(db);
  if (recording?.recordingId !== piece.recordingId) {
    // Thrown away, finished before, or never allowed.
    tellMain({ type: 'telephone-record', ownerId: user.userId, callId: piece.callId, recordingId: piece.recordingId, on: false });
    committed();
    return;
  }
  const before = putOff.get(db);
  if (before?.recordingId === piece.recordingId && before.index < piece.index) return;
  if (piece.bytes.length > 0) {
    const written = writePiece(session, recording, piece);
    if (written === 'put-off') return;
    if (written === 'gap' || written.sizeBytes > MOST_BYTES) {
      tellMain({ type: 'telephone-record', ownerId: user.userId, callId: piece.callId, recordingId: piece.recordingId, on: false });
    }
  }
  if (piece.end !== null && !(await finishWherePossible(session, piece.recordingId, { endedAt: piece.atMs, end: piece.end }))) return;
  committed();
}

function writePiece({ db }: Session, recording: Recording, { index, bytes, atMs, pauses, startedAtMs }: RecordedPiece): ReturnType<typeof appendPiece> | 'put-off' {
  try {
    const written = appendPiece(recordingFolderOf(db), recording, index, bytes);
    if (written !== 'gap') writeRecording(db, { ...recording, ...written, startedAt: startedAtMs, pauses, lastAt: atMs });
    putOff.delete(db);
    return written;
  } catch (error) {
    if (!isRefusedByDisk(error)) throw error;
    // Main keeps it, and sends it again.
    putOff.set(db, { recordingId: recording.recordingId, index });
    return 'put-off';
  }
}

/** False: the disk takes nothing now. */
async function finishWherePossible(session: Session, recordingId: AttachmentId, how: { endedAt: number; end: RecordingEnd } | null): Promise<boolean> {
  try {
    await finishRecording(session, recordingId, how);
    return true;
  } catch (error) {
    if (isRefusedByDisk(error)) return false;
    throw error;
  }
}

function isRefusedByDisk(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'SQLITE_FULL', 'SQLITE_READONLY'].includes(code);
}

/** Makes the sound that is there a fact with its file; nothing, where there is none. */
async function finishRecording(session: Session, recordingId: AttachmentId, how: { endedAt: number; end: RecordingEnd } | null): Promise<void> {
  const { db } = session;
  const folder = recordingFolderOf(db);
  const sealed = readPieces(folder, recordingId);
  const blobs = blobsOf(db);
  const blob = { attachmentId: recordingId, sizeBytes: sealed?.length ?? 0, key: randomBytes(32) };
  let kept: Recording | null = null;
  try {
    if (sealed !== null) await blobs.write(blob, sealed);
    // Signed out meanwhile: the next session finds row and sound, and finishes.
    if (!db.open) return;
    kept = db.transaction((): Recording | null => {
      const recording = readRecording(db);
      if (recording?.recordingId !== recordingId) return null;
      removeRecording(db);
      if (sealed === null) return null;
      const { keyHex, startedAt, pauses, keepUntil, agreementVersion, conductVersion } = recording;
      const endedAt = Math.max(startedAt, how?.endedAt ?? recording.lastAt);
      const body: CallRecordedBody = {
        recordingId, mediaType: MEDIA_TYPE, sizeBytes: sealed.length, sha256: createHash('sha256').update(sealed).digest('hex'), keyHex, startedAt, endedAt,
        pauses, end: how?.end === 'stopped' && sealed.length > MOST_BYTES ? 'too-long' : how?.end ?? 'interrupted', keepUntil, agreementVersion, conductVersion,
      };
      const fact = appendCaseFact(session, recording, 'call-recorded', body, recording.basedOn, recording);
      insertAttachment(db, { ...blob, factId: fact.header.id, caseId: recording.caseId, sha256: body.sha256 });
      session.book.placeAgain(recording.caseId, viewContext(session));
      return recording;
    }).immediate();
    sweepRecordings(folder, readRecording(db)?.recordingId ?? null);
  } finally {
    if (sealed !== null) await blobs.settle(recordingId, kept !== null);
  }
  if (kept !== null) afterCallCommit(session, kept.caseId);
  else session.notify({ what: ['call'], caseIds: [] });
}

/** When a session begins: what lies there without its row goes, and what is past its last day. */
export function tidyRecordings({ db, clock, siteZone }: Session): void {
  sweepRecordings(recordingFolderOf(db), readRecording(db)?.recordingId ?? null);
  const today = dateOfInstant(clock.nowMs(), siteZone);
  const rows = prepared<[], { id: FactId; version: number; body: string }>(db, `SELECT DISTINCT facts.id, version, body FROM facts
    JOIN attachments ON attachments.fact_id = facts.id WHERE type = 'call-recorded' AND body IS NOT NULL`).all();
  const expired = rows.filter(({ version, body }) => {
    const read = readBody('call-recorded', version, JSON.parse(body));
    return read.type === 'call-recorded' && read.body.keepUntil < today;
  });
  if (expired.length > 0) db.transaction(() => { forgetAttachments(db, expired.map(({ id }) => id)); }).immediate();
}

/** What main says it still records, when a session has begun: what it knows nothing of went down with it. */
export async function resumeRecording(session: Session, livingIds: readonly AttachmentId[]): Promise<void> {
  const recording = readRecording(session.db);
  if (recording !== null && !livingIds.includes(recording.recordingId)) await finishWherePossible(session, recording.recordingId, null);
}
