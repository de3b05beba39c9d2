/**
 * A file that cannot be read further, carried out of a stream.
 *
 * Invariant: thrown only by readers of files, and always turned into a `Result` by whoever opened the file.
 */
import type { ImportErrorCode } from '../../shared/protocol/import-errors.ts';
import { importErrorKeys } from '../../shared/protocol/import-errors.ts';
import { fail } from '../../shared/result.ts';
import type { ErrorDetails, Result } from '../../shared/result.ts';

export type RefusalCode =
  | 'import-workbook-damaged' | 'import-workbook-too-large' | 'import-workbook-locked' | 'import-workbook-old' | 'import-sheet-unknown' | 'import-not-text'
  | 'import-file-empty';

export class ImportRefusal extends Error {
  readonly code: RefusalCode;
  readonly details: ErrorDetails;
  constructor(code: RefusalCode, details: ErrorDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** Runs a piece of reading; a refusal inside becomes its failure. */
export async function catchRefusal<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportRefusal) return failImport(error.code, error.details);
    throw error;
  }
}

/** A failure of the importer, with the sentence that everybody gives it. */
export function failImport(code: ImportErrorCode, details: ErrorDetails = {}): ReturnType<typeof fail> {
  return fail(code, importErrorKeys[code], details);
}
