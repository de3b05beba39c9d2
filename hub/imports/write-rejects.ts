/**
 * The rejects file: what was not imported, why, and the cells as they were.
 *
 * Invariant: a spreadsheet opens it without running anything (a cell that could be a formula gets an
 * apostrophe, which the importer takes off again), and once repaired it can be imported as it is.
 */
import type { RejectedRow } from './import-row.ts';
import { LineFile } from './line-file.ts';

export interface RejectsWriter {
  /** Path of the file, or null as long as nothing was rejected. */
  readonly path: string | null;
  add(reject: RejectedRow): Promise<void>;
  /** Resolves when everything is in the file. */
  close(): Promise<void>;
}

/** Opens a rejects file at `path`; it comes into being with the first reject. */
export function openRejects(path: string, headers: readonly string[], language: 'it' | 'en' = 'it'): RejectsWriter {
  const file = new LineFile(path);
  return {
    get path() {
      return file.isThere ? path : null;
    },
    async add(reject) {
      if (!file.isThere) {
        const ownHeaders = language === 'it' ? ['Riga', 'Motivo'] : ['Line', 'Reason'];
        await file.add(`\ufeff${toCsvLine([...ownHeaders, ...headers.map((header) => header.replace(/#\d+$/, ''))])}`);
      }
      await file.add(toCsvLine([String(reject.line), language === 'it' ? reject.reason : reject.reasonEn, ...reject.raw]));
    },
    close: () => file.close(),
  };
}

/** Cells as one line of a semicolon file that no spreadsheet will run. */
export function toCsvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quote(disarm(cell))).join(';')}\r\n`;
}

function disarm(cell: string): string {
  const isPlainNumber = /^[-+]?[\d\s.,']+-?$/.test(cell);
  return /^[=+\-@\t\r]/.test(cell) && !isPlainNumber ? `'${cell}` : cell;
}

function quote(cell: string): string {
  return /[";\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
