/**
 * Reads SQLite's write-ahead log (https://www.sqlite.org/fileformat2.html#walformat) to tell damage from a commit that
 * a power cut tore.
 *
 * SQLite takes the frames up to the first whose checksum fails and drops the rest without a word: right for a torn
 * commit that nobody was told of, wrong for a flipped bit, which takes every acknowledged commit after it along.
 * Invariant used here: with synchronous=FULL a frame is written only after the commit before it is on the disk. So a
 * frame of this generation behind a *later* commit than the last one SQLite takes proves damage; a single commit that
 * does not check out at the end may be torn, and the witness (`witness.ts`) decides.
 */
/** The page size of every store; SQLite's default, never changed. */
export const PAGE_BYTES = 4096;
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** One page as a frame holds it, valid or not. */
export interface LogPage {
  pageNumber: number;
  bytes: Buffer;
}

interface Frame extends LogPage {
  isCommit: boolean;
  isOfThisGeneration: boolean;
}

/** What is wrong with a log, or null when SQLite will take all that was committed, a torn last commit apart. */
export function judgeLog(log: Buffer): string | null {
  if (log.length <= HEADER_BYTES) return null;
  const header = log.subarray(0, HEADER_BYTES);
  const readWord = wordReader(header);
  if (readWord === null) return 'the log has lost its beginning';
  let sum = addUp([0, 0], header.subarray(0, 24), readWord);
  if (!sumMatches(sum, header, 24)) return 'the beginning of the log is not as it was written';
  let isBroken = false;
  let commitsBehind = 0;
  for (const { offset, frame } of framesOf(log)) {
    if (!isBroken) {
      sum = addUp(sum, log.subarray(offset, offset + 8), readWord);
      sum = addUp(sum, frame.bytes, readWord);
      isBroken = !frame.isOfThisGeneration || !sumMatches(sum, log, offset + 16);
      if (!isBroken) continue;
      // A generation that is over: its frames stay in the file until they are overwritten.
    }
    if (!frame.isOfThisGeneration) continue;
    if (commitsBehind > 0) return 'commits of the log are not as they were written';
    if (frame.isCommit) commitsBehind += 1;
  }
  return null;
}

/** Every page that stands in the log, oldest first, whatever its checksum says. */
export function readLogPages(log: Buffer): LogPage[] {
  return [...framesOf(log)].map(({ frame }) => frame);
}

function* framesOf(log: Buffer): Generator<{ offset: number; frame: Frame }> {
  for (let offset = HEADER_BYTES; offset + FRAME_HEADER_BYTES + PAGE_BYTES <= log.length; offset += FRAME_HEADER_BYTES + PAGE_BYTES) {
    yield {
      offset,
      frame: {
        pageNumber: log.readUInt32BE(offset),
        bytes: log.subarray(offset + FRAME_HEADER_BYTES, offset + FRAME_HEADER_BYTES + PAGE_BYTES),
        isCommit: log.readUInt32BE(offset + 4) !== 0,
        isOfThisGeneration: log.subarray(offset + 8, offset + 16).equals(log.subarray(16, 24)),
      },
    };
  }
}

function wordReader(header: Buffer): ((bytes: Buffer, at: number) => number) | null {
  switch (header.readUInt32BE(0)) {
    case 0x377f0682:
      return (bytes, at) => bytes.readUInt32LE(at);
    case 0x377f0683:
      return (bytes, at) => bytes.readUInt32BE(at);
    default:
      return null;
  }
}

function addUp([first, second]: [number, number], bytes: Buffer, readWord: (bytes: Buffer, at: number) => number): [number, number] {
  let a = first;
  let b = second;
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + readWord(bytes, at) + b) >>> 0;
    b = (b + readWord(bytes, at + 4) + a) >>> 0;
  }
  return [a, b];
}

function sumMatches([first, second]: [number, number], bytes: Buffer, at: number): boolean {
  return bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second;
}
