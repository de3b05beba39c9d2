/**
 * How the bytes of an attachment stand on the disk.
 *
 *   blob = chunk 0 ‖ chunk 1 ‖ …      chunk i = AES-256-GCM(bytes) ‖ tag (16)
 *
 * Invariants: one random key per blob, used for nothing else, so the chunk's number is a nonce that
 * never repeats; each chunk is bound to its blob, its place and the size of the whole, so a chunk
 * that is cut, moved, swapped or of another blob does not open.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { ATTACHMENT_CHUNK_BYTES } from '../../../shared/protocol/attachment-protocol.ts';

const TAG_BYTES = 16;
export const SEALED_CHUNK_BYTES = ATTACHMENT_CHUNK_BYTES + TAG_BYTES;

export interface BlobIdentity {
  attachmentId: string;
  sizeBytes: number;
  key: Buffer;
}

/** The length of the sealed blob of a file. */
export function sealedLength(sizeBytes: number): number {
  return sizeBytes + Math.ceil(sizeBytes / ATTACHMENT_CHUNK_BYTES) * TAG_BYTES;
}

export function sealChunk(blob: BlobIdentity, index: number, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', blob.key, nonce(index)).setAAD(boundTo(blob, index));
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Null means that these are not the bytes that were sealed in this place. */
export function openChunk(blob: BlobIdentity, index: number, sealed: Buffer): Buffer | null {
  if (sealed.length <= TAG_BYTES) return null;
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', blob.key, nonce(index), { authTagLength: TAG_BYTES })
    .setAAD(boundTo(blob, index))
    .setAuthTag(sealed.subarray(end));
  const bytes = decipher.update(sealed.subarray(0, end));
  try {
    return Buffer.concat([bytes, decipher.final()]);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function nonce(index: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 8);
  return bytes;
}

function boundTo(blob: BlobIdentity, index: number): Buffer {
  return Buffer.from(`${blob.attachmentId}:${String(index)}:${String(blob.sizeBytes)}`);
}
