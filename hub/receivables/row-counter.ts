/**
 * Counts the rows of a file, and writes down what was not taken and what is to be looked at.
 *
 * Invariant: every row is counted once, in the order of the file.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CustomerItem, ImportRow, RejectedRow, RowWarning } from '../imports/import-row.ts';
import { openRejects } from '../imports/write-rejects.ts';
import type { RejectsWriter } from '../imports/write-rejects.ts';
import type { ImportListener, ImportRequest } from './import-request.ts';

type CountedItem =
  | { type: 'row'; row: ImportRow; warnings: RowWarning[]; hidden: boolean } | { type: 'repeat'; hidden: boolean } | CustomerItem
  | { type: 'payment'; row: { line: number }; warnings: RowWarning[]; hidden: boolean } | { type: 'reject'; reject: RejectedRow };

export class RowCounter {
  readonly rows = { read: 0, taken: 0, repeated: 0, rejected: 0, hidden: 0 };
  warnings = 0;
  readonly #rejects: RejectsWriter;
  readonly #listener: ImportListener;

  private constructor(rejects: RejectsWriter, listener: ImportListener) {
    this.#rejects = rejects;
    this.#listener = listener;
  }

  static async open(request: ImportRequest, headers: readonly string[], listener: ImportListener): Promise<RowCounter> {
    await mkdir(dirname(request.rejectsPath), { recursive: true, mode: 0o700 });
    return new RowCounter(openRejects(request.rejectsPath, headers), listener);
  }

  get rejectsPath(): string | null {
    return this.#rejects.path;
  }

  async add(item: CountedItem): Promise<void> {
    this.rows.read += 1;
    this.#listener.rows?.(this.rows.read);
    switch (item.type) {
      case 'reject': {
        this.rows.rejected += 1;
        await this.#rejects.add(item.reject);
        const { line, reasonCode, details } = item.reject;
        const params = { ...details };
        await this.#listener.note?.({ severity: 'reject', line, column: details.column ?? null, value: details.value ?? null, code: reasonCode, params });
        return;
      }
      case 'repeat':
        this.rows.repeated += 1;
        break;
      case 'row':
      case 'customer':
      case 'payment':
        this.rows.taken += 1;
        this.warnings += item.warnings.length;
        for (const { code, column, value, expected } of item.warnings) {
          await this.#listener.note?.({ severity: 'warning', line: item.row.line, column, value, code, params: { column, value, ...(expected === undefined ? {} : { expected }) } });
        }
    }
    if (item.hidden) this.rows.hidden += 1;
  }

  close(): Promise<void> {
    return this.#rejects.close();
  }
}
