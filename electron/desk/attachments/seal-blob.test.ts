import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { newRandomHex } from '../../../shared/id.ts';
import { ATTACHMENT_CHUNK_BYTES } from '../../../shared/protocol/attachment-protocol.ts';
import { openChunk, sealChunk, sealedLength } from './seal-blob.ts';

const blob = { attachmentId: 'a', sizeBytes: ATTACHMENT_CHUNK_BYTES + 100, key: randomBytes(32) };
const bytes = randomBytes(ATTACHMENT_CHUNK_BYTES);

it('opens what it sealed, and knows how long the whole is', () => {
  const sealed = sealChunk(blob, 0, bytes);
  expect(openChunk(blob, 0, sealed)?.equals(bytes)).toBe(true);
  expect(sealed.length + sealChunk(blob, 1, bytes.subarray(0, 100)).length).toBe(sealedLength(blob.sizeBytes));
});

it.each([
  ['another place', { ...blob }, 1],
  ['another blob', { ...blob, attachmentId: 'b' }, 0],
  ['another size of the whole', { ...blob, sizeBytes: ATTACHMENT_CHUNK_BYTES }, 0],
  ['another key', { ...blob, key: Buffer.from(newRandomHex(32), 'hex') }, 0],
])('does not open a chunk of %s', (_what, other, index) => {
  expect(openChunk(other, index, sealChunk(blob, 0, bytes))).toBeNull();
});

it('does not open a chunk with one bit changed anywhere, or cut', () => {
  const small = sealChunk(blob, 1, bytes.subarray(0, 20));
  for (let bit = 0; bit < small.length * 8; bit += 1) {
    const changed = Buffer.from(small);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(openChunk(blob, 1, changed)).toBeNull();
  }
  for (let length = 0; length < small.length; length += 1) expect(openChunk(blob, 1, small.subarray(0, length))).toBeNull();
});

it('never seals two chunks of a blob with the same nonce: equal bytes look different', () => {
  const body = (index: number): Buffer => sealChunk(blob, index, bytes).subarray(0, ATTACHMENT_CHUNK_BYTES);
  expect(body(0).equals(body(1))).toBe(false);
});
