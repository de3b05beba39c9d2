/**
 * The lists of one job (rejects and warnings, what came, went and changed), one JSON a line.
 *
 * Invariant: bounded: so many entries are listed, all are counted; a line is written whole or, after a crash, not read.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import type { ImportJobId } from '../../../shared/id.ts';
import { sizeOf } from '../../file-pieces.ts';
import type { ImportListener } from '../../receivables/import-request.ts';
import { LineFile } from '../line-file.ts';
import { changeOfInvoice, changeOfLeftOut } from './describe-change.ts';
import { jobListPath } from './import-folder.ts';

export const MOST_LISTED = 10_000;

class ListWriter {
  readonly #file: LineFile;
  #count = 0;

  constructor(path: string) {
    this.#file = new LineFile(path);
  }

  async add(entry: unknown): Promise<void> {
    this.#count += 1;
    if (this.#count <= MOST_LISTED) await this.#file.add(`${JSON.stringify(entry)}\n`);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** The lists of a job that begins; whoever opens closes. */
export function openJobLists(dataDir: string, jobId: ImportJobId): { listener: Pick<ImportListener, 'note' | 'stored' | 'leftOut' | 'paid'>; close(): Promise<void> } {
  const writerOf = (list: Parameters<typeof jobListPath>[2]): ListWriter => new ListWriter(jobListPath(dataDir, jobId, list));
  const writers = { notes: writerOf('notes'), came: writerOf('came'), went: writerOf('went'), changed: writerOf('changed') };
  return {
    listener: {
      note: (note) => writers.notes.add(note),
      stored: async (invoice) => {
        const change = changeOfInvoice(invoice);
        if (invoice.before === null) await writers.came.add(change);
        else if (change.fields.length > 0) await writers.changed.add(change);
      },
      leftOut: (invoice) => writers.went.add(changeOfLeftOut(invoice)),
      paid: (change) => writers.changed.add(change),
    },
    close: async () => {
      for (const writer of Object.values(writers)) await writer.close();
    },
  };
}

/** A page of a list; `total` counts what is listed. Empty where the list was never written or has gone. */
export async function readList<T>(path: string, schema: z.ZodType<T>, page: { after: number; limit: number }): Promise<{ total: number; entries: T[] }> {
  const entries: T[] = [];
  let total = 0;
  if ((await sizeOf(path)) === null) return { total, entries };
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line === '' || !line.endsWith('}')) continue;
    if (total >= page.after && entries.length < page.limit) entries.push(schema.parse(JSON.parse(line)));
    total += 1;
  }
  return { total, entries };
}
