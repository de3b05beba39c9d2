/**
 * Sentences of the hub's refusals and of failed jobs, by code.
 *
 * Invariant: every code of the import protocol has one: the compiler asks for it.
 */
import type { ImportErrorCode } from '../../../shared/protocol/import-errors.ts';
import { importErrorKeys } from '../../../shared/protocol/import-errors.ts';

type OfficeCode = ImportErrorCode | 'already-set-up' | 'password-too-short' | 'password-too-easy' | 'username-taken' | 'unknown-user' | 'not-allowed';

const errorKeys: Readonly<Record<OfficeCode, string>> = {
  ...importErrorKeys,
  'already-set-up': 'error.alreadySetUp',
  'password-too-short': 'error.passwordTooShort',
  'password-too-easy': 'error.passwordTooEasy',
  'username-taken': 'error.usernameTaken',
  'unknown-user': 'error.unknownUser',
  'not-allowed': 'error.notAllowed',
};

/** The sentence of a code; null where it has none of its own. */
export function errorKeyOf(code: string): string | null {
  return isOfficeCode(code) ? errorKeys[code] : null;
}

function isOfficeCode(code: string): code is OfficeCode {
  return Object.hasOwn(errorKeys, code);
}
