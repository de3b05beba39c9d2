/**
 * The files of a hub's attachments, in a folder of its data directory.
 *
 *   <fact id>.part   what has arrived so far; its length is the offset to go on from
 *   <fact id>        the whole file, renamed only after its SHA-256 matched and it was fsynced
 *
 * Invariants: a file without `.part` is whole and durable; `.part` files are worth nothing by themselves and may be
 * thrown away at any time; work on one file happens one at a time.
 */
import { createHash } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FactId } from '../../shared/id.ts';
import { factIdSchema } from '../../shared/id.ts';
import { hasRoom, sizeOf, writeAll } from '../file-pieces.ts';

const PART = '.part';
export class BlobFolder {
  readonly #folder: string;
  readonly #turns = new Map<FactId, Promise<unknown>>();

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'attachments');
  }

  /** Runs `work` when nobody else works on this file. */
  async inTurn<T>(factId: FactId, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(factId) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    this.#turns.set(factId, settled);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(factId) === settled) this.#turns.delete(factId);
    }
  }

  /** How many bytes have arrived; a whole file counts in full. */
  async receivedBytes(factId: FactId): Promise<number> {
    return (await sizeOf(this.#path(factId))) ?? (await sizeOf(this.#path(factId) + PART)) ?? 0;
  }

  /** Whether the disk has room for so many bytes and what is kept free. */
  hasRoom(byteCount: number): Promise<boolean> {
    return hasRoom(dirname(this.#folder), byteCount);
  }

  /** Writes the next bytes at `offset`, which is where the part ends. */
  async write(factId: FactId, offset: number, bytes: Uint8Array): Promise<void> {
    const made = await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) await syncPath(dirname(this.#folder));
    const path = this.#path(factId) + PART;
    const file = await open(path, offset === 0 ? 'w' : 'r+', 0o600);
    try {
      await writeAll(file, bytes, offset);
    } finally {
      await file.close();
    }
  }

  /** Makes the file whole and durable, or throws the part away because it is not what the fact says. */
  async finish(factId: FactId, expected: { sizeBytes: number; sha256: string }): Promise<'whole' | 'mismatch'> {
    const path = this.#path(factId);
    const alreadyWhole = (await sizeOf(path)) !== null;
    const from = alreadyWhole ? path : path + PART;
    if ((await sizeOf(from)) !== expected.sizeBytes || (await hashFile(from)) !== expected.sha256) {
      await rm(from, { force: true });
      return 'mismatch';
    }
    // A whole file met again after a crash: its name may not have been durable yet.
    await syncPath(from);
    if (!alreadyWhole) await rename(from, path);
    await syncPath(this.#folder);
    return 'whole';
  }

  /** The size of the whole file, or null when there is none. */
  wholeSize(factId: FactId): Promise<number | null> {
    return sizeOf(this.#path(factId));
  }

  /** Null when there is no whole file. */
  async read(factId: FactId): Promise<{ sizeBytes: number; stream: ReadStream } | null> {
    const sizeBytes = await sizeOf(this.#path(factId));
    return sizeBytes === null ? null : { sizeBytes, stream: createReadStream(this.#path(factId)) };
  }

  /** Everything of this file, durably gone. */
  async remove(factId: FactId): Promise<void> {
    await this.inTurn(factId, () => this.discard(factId));
  }

  /** As `remove`, for who has the turn already. */
  async discard(factId: FactId): Promise<void> {
    await rm(this.#path(factId), { force: true });
    await rm(this.#path(factId) + PART, { force: true });
    if ((await sizeOf(this.#folder)) !== null) await syncPath(this.#folder);
  }

  /** The facts of which there is anything. */
  async list(): Promise<FactId[]> {
    if ((await sizeOf(this.#folder)) === null) return [];
    const names = (await readdir(this.#folder)).map((name) => (name.endsWith(PART) ? name.slice(0, -PART.length) : name));
    return [...new Set(names)].map((name) => factIdSchema.safeParse(name)).flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  }

  #path(factId: FactId): string {
    return join(this.#folder, factId);
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
