/**
 * Sends the files that wait, one turn at a time, after the facts that carry them.
 *
 *   ask offsets ─┬─ stored ─▶ marked, on the hub's word
 *                ├─ erased ─▶ forgotten
 *                ├─ unknown ─▶ next turn (its fact goes first)
 *                └─ waiting from n ─▶ chunk ─▶ the hub's new offset ─▶ chunk … ─▶ stored
 *
 * Invariants: the hub's offset is asked first and believed, so a kill anywhere costs one chunk at
 * most; a turn has a budget, so facts and feed wait for some chunks, never for a file; what the hub refuses about one
 * file stops neither the others nor the loop; a blob that does not open is said, never skipped.
 */
import { createHash } from 'node:crypto';
import type { CaseId, FactId } from '../../../shared/id.ts';
import type { UploadState } from '../../../shared/protocol/attachment-protocol.ts';
import {
  CHUNK_CHECKSUM_HEADER, CHUNK_CONTENT_TYPE, chunkReplySchema, MAX_OFFSETS_PER_QUESTION, offsetsReplySchema,
} from '../../../shared/protocol/attachment-protocol.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import { monotonicMs } from '../../../shared/time.ts';
import type { AttachmentBlobs } from '../attachments/attachment-blobs.ts';
import type { HeldAttachment } from '../store/attachment-store.ts';
import {
  forgetAttachments, markDamaged, markStored, markWaiting, readStoredAttachments, readWaitingAttachments, releaseStored, writeSentBytes,
} from '../store/attachment-store.ts';
import type { Sqlite } from '../store/database.ts';
import type { HubClient } from './hub-client.ts';

const CHUNK_TIMEOUT_MS = 60_000;
/** Times that a file may be thrown back in one turn: a chunk spoilt on the way, an offset of another desk. */
const MAX_SETBACKS = 3;
/** A blob that the hub confirmed is held this long, should the hub be restored from a backup. */
const HOLD_STORED_MS = 7 * 24 * 3_600_000;

export interface UploadTurn {
  db: Sqlite;
  blobs: AttachmentBlobs;
  clock: Clock;
  client: HubClient;
  signal: AbortSignal;
  budgetMs: number;
  /** Ask about confirmed files too: once per connection, for a hub that was restored. */
  recheck: boolean;
  /** How a file stands has changed on the disk, enough to be shown. */
  onProgress: (caseId: CaseId) => void;
}

/** @returns `more` when the budget ended before the work; a failure only when the hub cannot be spoken to */
export async function uploadAttachments(turn: UploadTurn): Promise<Result<{ more: boolean }>> {
  const { db, blobs, clock } = turn;
  blobs.sweep(db);
  const endsAtMs = monotonicMs() + turn.budgetMs;
  const confirmed = turn.recheck ? readStoredAttachments(db) : [];
  const files = [...confirmed, ...readWaitingAttachments(db)];
  if (files.length === 0) return ok({ more: false });
  const states = await askOffsets(turn, files);
  if (!states.ok) return endsTheTurn(states.error) ? states : ok({ more: false });
  takeBack(turn, confirmed, states.value);
  // Only now: a hub that was restored meanwhile may miss what it had confirmed.
  releaseStored(db, clock.nowMs() - HOLD_STORED_MS);
  for (const file of files) {
    const state = states.value.get(file.factId);
    if (state === undefined || !takeState(turn, file, state)) continue;
    const sent = await sendFile(turn, file, state.receivedBytes, endsAtMs);
    if (!sent.ok) return sent;
    if (sent.value === 'budget-ended') return ok({ more: true });
  }
  return ok({ more: false });
}

async function askOffsets(turn: UploadTurn, files: readonly HeldAttachment[]): Promise<Result<Map<FactId, UploadState>>> {
  const states = new Map<FactId, UploadState>();
  for (let start = 0; start < files.length; start += MAX_OFFSETS_PER_QUESTION) {
    const factIds = files.slice(start, start + MAX_OFFSETS_PER_QUESTION).map((file) => file.factId);
    const reply = await turn.client.requestJson('POST', '/v1/attachments/offsets', offsetsReplySchema, { body: { factIds }, signal: turn.signal });
    if (!reply.ok) return reply;
    for (const upload of reply.value.uploads) states.set(upload.factId, upload);
  }
  return ok(states);
}

/** What the hub confirmed once and no longer has waits again. */
function takeBack(turn: UploadTurn, confirmed: readonly HeldAttachment[], states: ReadonlyMap<FactId, UploadState>): void {
  for (const file of confirmed) {
    const status = states.get(file.factId)?.status;
    // A recording whose last day is over.
    if (status === 'erased') turn.db.transaction(() => { forgetAttachments(turn.db, [file.factId]); }).immediate();
    if (status !== 'waiting' && status !== 'unknown') continue;
    markWaiting(turn.db, file.factId);
    turn.onProgress(file.caseId);
  }
}

/** Writes down what the hub said; true when it wants bytes. */
function takeState(turn: UploadTurn, file: HeldAttachment, state: UploadState): boolean {
  const { db } = turn;
  switch (state.status) {
    case 'waiting':
      if (state.receivedBytes === file.sentBytes) return true;
      writeSentBytes(db, file.factId, state.receivedBytes);
      if (tenthOf(file, state.receivedBytes) !== tenthOf(file, file.sentBytes) || file.sentBytes === 0) turn.onProgress(file.caseId);
      file.sentBytes = state.receivedBytes;
      return true;
    case 'stored':
      markStored(db, file.factId, turn.clock.nowMs());
      break;
    case 'erased':
      db.transaction(() => { forgetAttachments(db, [file.factId]); }).immediate();
      break;
    case 'unknown':
      return false;
  }
  turn.onProgress(file.caseId);
  return false;
}

async function sendFile(
  turn: UploadTurn, file: HeldAttachment, from: number, endsAtMs: number,
): Promise<Result<'settled' | 'put-off' | 'budget-ended'>> {
  let offset = from;
  let setbacks = 0;
  for (;;) {
    const bytes = await turn.blobs.read(file, offset);
    if (bytes === 'unreadable') return ok('put-off');
    if (bytes === 'damaged') {
      markDamaged(turn.db, file.factId);
      turn.onProgress(file.caseId);
      return ok('settled');
    }
    const reply = await turn.client.requestJson('PATCH', `/v1/attachments/${file.factId}?offset=${String(offset)}`, chunkReplySchema, {
      body: bytes, accepted: [200, 409], timeoutMs: CHUNK_TIMEOUT_MS, signal: turn.signal,
      headers: { 'content-type': CHUNK_CONTENT_TYPE, [CHUNK_CHECKSUM_HEADER]: createHash('sha256').update(bytes).digest('hex') },
    });
    if (!reply.ok && endsTheTurn(reply.error)) return reply;
    const goesOn = reply.ok && reply.value.receivedBytes === offset + bytes.length;
    if (!goesOn) setbacks += 1;
    if (reply.ok) {
      if (!takeState(turn, file, reply.value)) return ok('settled');
      offset = reply.value.receivedBytes;
    }
    if (setbacks > MAX_SETBACKS) return ok('put-off');
    if (monotonicMs() > endsAtMs) return ok('budget-ended');
  }
}

/** The screens are told at every tenth: each telling makes them ask again. */
function tenthOf(file: HeldAttachment, sentBytes: number): number {
  return Math.floor((sentBytes * 10) / file.sizeBytes);
}

/** A refusal about one file is not a fault of the line. */
function endsTheTurn(error: AppError): boolean {
  return error.code !== 'hub-refused' && error.code !== 'hub-answer-unreadable';
}
