/**
 * The lists of one job (rejects and warnings, what came, went and changed), one JSON a line.
 *
 * Invariant: bounded: so many entries are listed, all are counted; a line is written whole or, after a crash, not read.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import type { z } from 'zod';

export const MOST_LISTED = 10_000;

export class ListWriter {
  readonly #path: string;
  #stream: WriteStream | null = null;
  #count = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async add(entry: unknown): Promise<void> {
    this.#count += 1;
    if (this.#count > MOST_LISTED) return;
    if (this.#stream === null) {
      this.#stream = createWriteStream(this.#path, { mode: 0o600 });
      await once(this.#stream, 'open');
    }
    if (!this.#stream.write(`${JSON.stringify(entry)}\n`)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    if (this.#stream === null) return;
    this.#stream.end();
    await finished(this.#stream);
  }
}

/** A page of a list; `total` counts what is listed. Empty where the list was never written or has gone. */
export async function readList<T>(path: string, schema: z.ZodType<T>, page: { after: number; limit: number }): Promise<{ total: number; entries: T[] }> {
  const entries: T[] = [];
  let total = 0;
  if (!(await exists(path))) return { total, entries };
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line === '' || !line.endsWith('}')) continue;
    if (total >= page.after && entries.length < page.limit) entries.push(schema.parse(JSON.parse(line)));
    total += 1;
  }
  return { total, entries };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
