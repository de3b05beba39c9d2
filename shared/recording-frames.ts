/**
 * How the sealed sound of a recording lies in its file: one frame per piece, as it came.
 *
 *   file = frame 0 ‖ frame 1 ‖ …      frame = length (4 bytes, big-endian) ‖ sealed piece
 *
 * Invariant: what is cut at its end still has all its whole frames, and the pieces of the whole frames are a sound that can be played.
 */
export const FRAME_HEAD_BYTES = 4;
/** No piece is nearly as long; a longer word is no length. */
const LONGEST_BYTES = 4 * 1024 * 1024;

/** The whole frames, in order, and where they end. */
export function splitFrames(bytes: Uint8Array): { frames: Uint8Array[]; endsAt: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Uint8Array[] = [];
  let endsAt = 0;
  while (endsAt + FRAME_HEAD_BYTES <= bytes.length) {
    const length = view.getUint32(endsAt);
    const next = endsAt + FRAME_HEAD_BYTES + length;
    if (length === 0 || length > LONGEST_BYTES || next > bytes.length) break;
    frames.push(bytes.subarray(endsAt + FRAME_HEAD_BYTES, next));
    endsAt = next;
  }
  return { frames, endsAt };
}

/** What a piece is sealed for: its recording and its place. */
export function frameBoundTo(recordingId: string, index: number): string {
  return `recording:${recordingId}:${String(index)}`;
}
