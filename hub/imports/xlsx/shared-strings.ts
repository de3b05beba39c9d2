/**
 * A workbook's shared strings, in a temporary file.
 *
 * Invariants: memory holds at most eight bytes a string and sixteen blocks of the file, whatever the workbook (half a million customers have
 * half a million names). A sheet names most strings in the order of the file, and a few (a city, "Fattura") in every row: the blocks
 * that were used last stay, so neither kind drives the other out.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportRefusal } from '../import-refusal.ts';
import { scanXml } from './scan-xml.ts';

const BLOCK_BYTES = 65_536;
const MOST_BLOCKS = 16;
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
  /** By number, the one used last at the end. */
  readonly #blocks = new Map<number, Buffer>();

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
    const first = Math.floor(start / BLOCK_BYTES);
    const last = Math.floor((end - 1) / BLOCK_BYTES);
    const from = start - first * BLOCK_BYTES;
    if (first === last) return this.#block(first).toString('utf8', from, from + end - start);
    const pieces: Buffer[] = [];
    // A copy of each: the next block may take the place of this one.
    for (let number = first; number <= last; number += 1) pieces.push(Buffer.from(this.#block(number)));
    return Buffer.concat(pieces).toString('utf8', from, from + end - start);
  }

  #block(number: number): Buffer {
    const known = this.#blocks.get(number);
    if (known !== undefined) {
      this.#blocks.delete(number);
      this.#blocks.set(number, known);
      return known;
    }
    const [[oldest, room] = [null, Buffer.alloc(BLOCK_BYTES)]] = this.#blocks.size < MOST_BLOCKS ? [] : this.#blocks;
    if (oldest !== null) this.#blocks.delete(oldest);
    readSync(this.#file, room, 0, BLOCK_BYTES, number * BLOCK_BYTES);
    this.#blocks.set(number, room);
    return room;
  }
}
