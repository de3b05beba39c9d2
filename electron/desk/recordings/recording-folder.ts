/**
 * The sealed sound of the recording under way, beside one operator's store.
 *
 * Invariants: a piece is sealed and durable when `append` returns; the same piece given twice lies there once; a piece that was cut by a crash is
 * dropped with what would follow it. Each piece is bound to its recording and its place, with a key used for this recording only.
 */
import { createCipheriv } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FRAME_HEAD_BYTES, frameBoundTo, splitFrames } from '../../../shared/recording-frames.ts';
import type { Sqlite } from '../store/database.ts';
import type { Recording } from '../store/recording-store.ts';

type Identity = Pick<Recording, 'recordingId' | 'keyHex'>;

/** How far a recording is: as its row says, where the file is that long, else as the file itself says. */
interface Extent { pieces: number; sizeBytes: number }

/** The folder of an open store. */
export function recordingFolderOf(db: Sqlite): string {
  return join(dirname(db.name), 'recordings');
}

/** Seals the piece at its place. `gap`: one before it is missing. Throws what the disk refuses. */
export function appendPiece(folder: string, recording: Identity & Extent, index: number, bytes: Uint8Array): Extent | 'gap' {
  const isNewFolder = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  const path = join(folder, recording.recordingId);
  const isNew = !existsSync(path);
  const { pieces, sizeBytes } = isNew ? { pieces: 0, sizeBytes: 0 } : extentOf(path, recording);
  if (index < pieces) return { pieces, sizeBytes };
  if (index > pieces) return 'gap';
  const frame = sealFrame(recording, index, bytes);
  const file = openSync(path, isNew ? 'w' : 'r+', 0o600);
  try {
    ftruncateSync(file, sizeBytes);
    for (let done = 0; done < frame.length;) done += writeSync(file, frame, done, frame.length - done, sizeBytes + done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(folder);
  if (isNewFolder) syncFolder(dirname(folder));
  return { pieces: pieces + 1, sizeBytes: sizeBytes + frame.length };
}

function extentOf(path: string, { pieces, sizeBytes }: Extent): Extent {
  if (statSync(path).size === sizeBytes) return { pieces, sizeBytes };
  const { frames, endsAt } = splitFrames(readFileSync(path));
  return { pieces: frames.length, sizeBytes: endsAt };
}

/** Everything that lies there whole; null: nothing. */
export function readPieces(folder: string, recordingId: string): Buffer | null {
  const path = join(folder, recordingId);
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  const { endsAt } = splitFrames(bytes);
  return endsAt === 0 ? null : bytes.subarray(0, endsAt);
}

/** Removes all but the one that is under way. */
export function sweepRecordings(folder: string, keptId: string | null): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name !== keptId) rmSync(join(folder, name), { force: true });
}

function sealFrame({ recordingId, keyHex }: Identity, index: number, bytes: Uint8Array): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(keyHex, 'hex'), nonce).setAAD(Buffer.from(frameBoundTo(recordingId, index)));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUInt32BE(sealed.length);
  return Buffer.concat([head, sealed]);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
