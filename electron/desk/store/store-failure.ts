/** Failures of the disk and of the store that an operator can act on. */
import Database from 'better-sqlite3';
import type { AppError } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';

interface Failure {
  ok: false;
  error: AppError;
}

/** Turns SQLite's and the file system's own failures into what the operator can act on; anything else is a bug and is thrown. */
export function storeFailure(error: unknown): Failure {
  const failure = error instanceof Database.SqliteError ? ofSqlite(error.code) : ofFile(error);
  if (failure === null) throw error;
  return failure;
}

function ofSqlite(code: string): Failure | null {
  if (code === 'SQLITE_FULL') return fail('disk-full', 'error.diskFull', { sqlite: code }, true);
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN') return fail('disk-read-only', 'error.diskReadOnly', { sqlite: code }, true);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return fail('store-locked', 'error.storeLocked', { sqlite: code }, true);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return fail('store-damaged', 'error.storeDamaged', { sqlite: code });
  if (code.startsWith('SQLITE_IOERR')) return fail('disk-failing', 'error.diskFailing', { sqlite: code }, true);
  return null;
}

function ofFile(error: unknown): Failure | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fail('disk-full', 'error.diskFull', { file: code }, true);
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return fail('disk-read-only', 'error.diskReadOnly', { file: code }, true);
    case 'EIO':
      return fail('disk-failing', 'error.diskFailing', { file: code }, true);
    default:
      return null;
  }
}
