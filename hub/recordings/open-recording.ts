/** Opens the sealed bytes of a recording with the key that its fact has; null where they are not what was sealed. */
import { createDecipheriv } from 'node:crypto';
import type { CallRecordedBody } from '../../shared/facts/recording-bodies.ts';
import { frameBoundTo, splitFrames } from '../../shared/recording-frames.ts';

const TAG_BYTES = 16;

export function openRecording({ recordingId, keyHex }: Pick<CallRecordedBody, 'recordingId' | 'keyHex'>, sealed: Uint8Array): Buffer | null {
  const { frames, endsAt } = splitFrames(sealed);
  if (endsAt !== sealed.length) return null;
  try {
    return Buffer.concat(frames.map((frame, index) => openFrame(recordingId, Buffer.from(keyHex, 'hex'), index, frame)));
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function openFrame(recordingId: string, key: Buffer, index: number, frame: Uint8Array): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  const end = frame.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(frameBoundTo(recordingId, index))).setAuthTag(frame.subarray(end));
  return Buffer.concat([decipher.update(frame.subarray(0, end)), decipher.final()]);
}
