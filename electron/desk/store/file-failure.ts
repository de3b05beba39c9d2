/** Turns the failures of writing a file into what the operator can act on; anything else is a bug and is thrown. */
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';

export function fileFailure(error: unknown): Extract<Result<never>, { ok: false }> {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('disk-full', 'error.diskFull', { file: code }, true);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return fail('disk-read-only', 'error.diskReadOnly', { file: code }, true);
  throw error;
}
