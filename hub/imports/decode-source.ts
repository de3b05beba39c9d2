/**
 * The bytes of a creditor's file and the alphabet they are written in.
 *
 * Invariant: memory stays bounded whatever the size: a stream is first put in a private temporary file,
 * because the whole file is read twice (once to decide its encoding, dates and decimals, once for the rows).
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';

/** In the first bytes of a text; a page break here and there is none. */
const MOST_CONTROLS = 0.01;

/** A file by its path, its bytes, or a stream of them. */
export type ImportInput = Buffer | Readable | { path: string };

export type ImportEncoding = 'utf8' | 'utf16-le' | 'utf16-be' | 'win1252';

/** Bytes that can be read more than once. */
export interface RepeatableSource {
  /** A fresh stream from the first byte. */
  openStream(): Readable;
  /** The first bytes. */
  head(bytes: number): Promise<Buffer>;
  size(): Promise<number>;
  /** A file with these bytes, for a reader that goes back and forth. */
  path(): Promise<string>;
  /** Removes the temporary copy, if there is one. */
  close(): Promise<void>;
}

/** Makes any input readable twice. */
export async function openSource(input: ImportInput): Promise<RepeatableSource> {
  if (Buffer.isBuffer(input)) {
    return bufferSource(input);
  }
  if (!(input instanceof Readable)) return fileSource(input.path, () => Promise.resolve());
  const folder = await mkdtemp(join(tmpdir(), 'premura-import-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'file');
  try {
    await pipeline(input, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return fileSource(path, remove);
}

function bufferSource(input: Buffer): RepeatableSource {
  let written: Promise<RepeatableSource> | null = null;
  return {
    openStream: () => Readable.from(slices(input)),
    head: (bytes) => Promise.resolve(input.subarray(0, bytes)),
    size: () => Promise.resolve(input.length),
    path: async () => (await (written ??= openSource(Readable.from(slices(input))))).path(),
    close: async () => (await written)?.close(),
  };
}

function* slices(buffer: Buffer): Generator<Buffer> {
  const size = 65_536;
  for (let start = 0; start < buffer.length; start += size) yield buffer.subarray(start, start + size);
}

function fileSource(path: string, close: () => Promise<void>): RepeatableSource {
  return {
    openStream: () => createReadStream(path),
    size: async () => (await stat(path)).size,
    path: () => Promise.resolve(path),
    async head(bytes) {
      const file = await open(path);
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    close,
  };
}

/**
 * Byte order mark, else zero bytes, else valid UTF-8, else UTF-8 with a few lines of something else (where more of its letters are right
 * than wrong), else Windows-1252; null when the file is not text.
 */
export async function detectEncoding(source: RepeatableSource): Promise<ImportEncoding | null> {
  const head = await source.head(4096);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf16-le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf16-be';
  const zeros = head.filter((byte) => byte === 0).length;
  if (zeros > 0) {
    const oddZeros = head.filter((byte, index) => byte === 0 && index % 2 === 1).length;
    if (isBinary(head) || zeros < head.length / 4) return null;
    return oddZeros > zeros / 2 ? 'utf16-le' : 'utf16-be';
  }
  if (isBinary(head)) return null;
  return (await isUtf8(source)) || (await isMostlyUtf8(source)) ? 'utf8' : 'win1252';
}

/** What the first bytes say the file is, where it is no text: a workbook (a zip), an old Office file or an encrypted workbook. */
export function formatOf(head: Buffer): 'zip' | 'ole' | 'other' {
  const magic = head.subarray(0, 4).toString('hex');
  if (magic === '504b0304') return 'zip';
  return magic === 'd0cf11e0' ? 'ole' : 'other';
}

/** The first bytes of a zip (xlsx, ods), an old Office file or a PDF; or more control characters than a text has by mistake. */
function isBinary(head: Buffer): boolean {
  const controls = head.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 0).length;
  if (controls > head.length * MOST_CONTROLS) return true;
  return ['504b0304', 'd0cf11e0', '25504446'].some((magic) => head.subarray(0, 4).toString('hex') === magic);
}

/** Counts letters of several bytes that are well formed, and bytes that belong to none. */
async function isMostlyUtf8(source: RepeatableSource): Promise<boolean> {
  let right = 0;
  let wrong = 0;
  let missing = 0;
  for await (const chunk of source.openStream() as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if ((byte & 0xc0) === 0x80) {
        if (missing === 0) wrong += 1;
        else if (missing === 1) right += 1;
        missing = Math.max(0, missing - 1);
        continue;
      }
      if (missing > 0) wrong += 1;
      missing = byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xf0 && byte < 0xf5 ? 3 : 0;
      if (byte >= 0x80 && missing === 0) wrong += 1;
    }
  }
  return right > wrong;
}

async function isUtf8(source: RepeatableSource): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of source.openStream()) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

/** A stream of text without byte order mark. */
export function decoderFor(encoding: ImportEncoding): NodeJS.ReadWriteStream {
  return iconv.decodeStream(encoding, { stripBOM: true });
}

/** The text of the first bytes. */
export function decodeHead(head: Buffer, encoding: ImportEncoding): string {
  return iconv.decode(head, encoding, { stripBOM: true });
}
