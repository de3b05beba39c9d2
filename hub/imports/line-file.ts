/**
 * A text file that grows by whole lines: the lists of a job, its rejects.
 *
 * Invariants: it comes into being with its first line; memory holds one piece of it; what the disk refuses is thrown to whoever adds or
 * closes, never into the void: a stream's error that nobody waits for would end the process.
 */
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { writeAll } from '../file-pieces.ts';

const PIECE_BYTES = 65_536;

export class LineFile {
  readonly #path: string;
  #file: FileHandle | null = null;
  #waiting: string[] = [];
  #waitingLength = 0;
  #written = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get isThere(): boolean {
    return this.#file !== null || this.#written > 0;
  }

  async add(line: string): Promise<void> {
    this.#file ??= await open(this.#path, 'w', 0o600);
    this.#waiting.push(line);
    this.#waitingLength += line.length;
    if (this.#waitingLength >= PIECE_BYTES) await this.#flush(this.#file);
  }

  /** Resolves when every line is in the file; twice is as once. */
  async close(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    this.#file = null;
    try {
      await this.#flush(file);
    } finally {
      await file.close();
    }
  }

  async #flush(file: FileHandle): Promise<void> {
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#waitingLength = 0;
    await writeAll(file, bytes, this.#written);
    this.#written += bytes.length;
  }
}
