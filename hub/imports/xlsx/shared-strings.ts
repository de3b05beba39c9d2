/**
 * A workbook's shared strings, in a temporary file.
 *
 * Invariants: memory holds four bytes a string and two blocks of the file, whatever the workbook (half a million customers have
 * half a million names); a sheet names its strings almost in the order of the file, so a block serves many cells.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportRefusal } from '../import-refusal.ts';
import { scanXml } from './scan-xml.ts';

const BLOCK_BYTES = 262_144;
const MAX_STRING_LENGTH = 1_000_000;
const MAX_BYTES = 2 ** 31;

export interface SharedStrings {
  /** The string of this number; refused when there is none. */
  get(index: number): string;
  close(): Promise<void>;
}

/** A workbook without shared strings. */
export const noSharedStrings: SharedStrings = {
  get: () => {
    throw new ImportRefusal('import-workbook-damaged');
  },
  close: () => Promise.resolve(),
};

/** Puts the strings of the part into a private temporary file. */
export async function readSharedStrings(bytes: AsyncIterable<Buffer>): Promise<SharedStrings> {
  const folder = await mkdtemp(join(tmpdir(), 'premura-strings-'));
  const file = openSync(join(folder, 'strings'), 'wx+', 0o600);
  const close = async (): Promise<void> => {
    closeSync(file);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const spool = new StringSpool(file);
    for await (const piece of scanXml(bytes, stringHandlers(spool))) if (piece > 0) spool.flush();
    return { get: spool.get.bind(spool), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function stringHandlers(spool: StringSpool): Parameters<typeof scanXml>[1] {
  let text = '';
  let isText = false;
  let phonetic = 0;
  return {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic += 1;
      isText = name === 't' && phonetic === 0;
    },
    text: (piece) => {
      if (!isText) return;
      text += piece;
      if (text.length > MAX_STRING_LENGTH) throw new ImportRefusal('import-workbook-damaged');
    },
    close: (name) => {
      isText = false;
      if (name === 'rPh') phonetic -= 1;
      if (name === 'si') spool.add(text);
    },
  };
}

class StringSpool {
  readonly #file: number;
  #ends = new Uint32Array(1024);
  #count = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #end = 0;
  #written = 0;
  #block: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  constructor(file: number) {
    this.#file = file;
  }

  add(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    this.#end += bytes.length;
    if (this.#end > MAX_BYTES) throw new ImportRefusal('import-workbook-too-large');
    if (this.#count === this.#ends.length) {
      const grown = new Uint32Array(this.#count * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#ends[this.#count] = this.#end;
    this.#count += 1;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  flush(): void {
    if (this.#waitingBytes === 0) return;
    const bytes = Buffer.concat(this.#waiting);
    for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done, bytes.length - done, this.#written + done);
    this.#written += bytes.length;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  get(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) throw new ImportRefusal('import-workbook-damaged');
    const start = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
    const end = this.#ends[index] ?? start;
    if (end === start) return '';
    if (start < this.#block.start || end > this.#block.start + this.#block.bytes.length) this.#load(start, end);
    return this.#block.bytes.toString('utf8', start - this.#block.start, end - this.#block.start);
  }

  #load(start: number, end: number): void {
    // A little before the string too: rows that name strings slightly out of order stay in the block.
    const from = Math.max(0, start - BLOCK_BYTES / 4);
    const bytes = Buffer.allocUnsafe(Math.max(end - from, BLOCK_BYTES));
    const length = readSync(this.#file, bytes, 0, bytes.length, from);
    this.#block = { start: from, bytes: bytes.subarray(0, length) };
  }
}
