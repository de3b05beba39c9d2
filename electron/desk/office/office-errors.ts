/**
 * Sentences of the hub's refusals and of failed jobs, by code.
 *
 * Invariant: every code of the import protocol has one: the compiler asks for it.
 */
import type { ImportErrorCode } from '../../../shared/protocol/import-errors.ts';
import { importErrorKeys } from '../../../shared/protocol/import-errors.ts';

/** What the hub says of rules that it does not publish. */
export const conductErrorKeys = {
  'changed-meanwhile': 'error.changedMeanwhile',
  'unknown-creditor': 'error.unknownCreditor',
  'policy-unknown': 'error.policyUnknown',
  'policy-not-for-kind': 'error.policyNotForKind',
  'policy-looser': 'error.policyLooserAt',
  'policy-fixed': 'error.policyFixed',
  'policy-unreadable': 'error.policyUnreadable',
  'closure-reversed': 'error.closureReversed',
  'no-such-day': 'error.noSuchDay',
  'version-not-higher': 'error.versionNotHigher',
  'script-has-findings': 'error.scriptHasFindings',
  'script-unreadable': 'error.scriptUnreadable',
  'unknown-script': 'error.unknownScript',
  'not-in-force': 'error.scriptNotInForce',
  'certificate-reversed': 'error.certificateReversed',
} as const;

type OfficeCode = ImportErrorCode | keyof typeof conductErrorKeys | 'already-set-up' | 'password-too-short' | 'password-too-easy' | 'username-taken' | 'unknown-user' | 'not-allowed';

const errorKeys: Readonly<Record<OfficeCode, string>> = {
  ...importErrorKeys,
  ...conductErrorKeys,
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
