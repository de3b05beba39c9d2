/** How a job ended, and what of it its row holds. */
import type { Updateable } from 'kysely';
import type { ImportErrorCode } from '../../../shared/protocol/import-errors.ts';
import type { ImportJobReport } from '../../../shared/protocol/import-protocol.ts';
import { importErrorKeys } from '../../../shared/protocol/import-errors.ts';
import type { AppError } from '../../../shared/result.ts';
import { isDiskFull } from '../../file-pieces.ts';
import type { ImportJobsTable } from '../../store/tables.ts';
import type { JobError, JobProgress } from './job-row.ts';

export interface JobEnd {
  state: 'done' | 'failed' | 'cancelled';
  /** Not null when it failed. */
  error: JobError | null;
  /** Not null when it is done. */
  report: ImportJobReport | null;
  rejectsFile: string | null;
}

/** The hub stops. */
export class Stopped extends Error {}
/** Somebody said so. */
export class Cancelled extends Error {}

export function describeThrown(thrown: unknown): JobEnd {
  if (thrown instanceof Cancelled) return { state: 'cancelled', error: null, report: null, rejectsFile: null };
  return { state: 'failed', error: errorOfCode(codeOf(thrown)), report: null, rejectsFile: null };
}

export function errorOfCode(code: ImportErrorCode): JobError {
  return { code, messageKey: importErrorKeys[code], params: {} };
}

export function jobError({ code, messageKey, details }: AppError): JobError {
  return { code, messageKey, params: details };
}

export function toColumns(end: JobEnd, endedAt: number, progress: JobProgress): Updateable<ImportJobsTable> {
  return {
    state: end.state, ended_at: endedAt, progress: JSON.stringify(progress), rejects_file: end.rejectsFile,
    error: end.error === null ? null : JSON.stringify(end.error), report: end.report === null ? null : JSON.stringify(end.report),
  };
}

function codeOf(thrown: unknown): ImportErrorCode {
  if (thrown instanceof Stopped) return 'import-interrupted';
  if (isDiskFull(thrown)) return 'import-disk-full';
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT' ? 'import-file-gone' : 'import-failed';
}
