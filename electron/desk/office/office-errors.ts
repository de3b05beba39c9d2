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
  'terms-refused': 'error.termsRefused',
  'closure-reversed': 'error.closureReversed',
  'no-such-day': 'error.noSuchDay',
  'version-not-higher': 'error.versionNotHigher',
  'script-has-findings': 'error.scriptHasFindings',
  'script-unreadable': 'error.scriptUnreadable',
  'unknown-script': 'error.unknownScript',
  'not-in-force': 'error.scriptNotInForce',
  'rate-table-invalid': 'error.rates.refused',
  'unknown-rate': 'error.rates.notPublished',
  'rate-needed': 'error.rates.needed',
  'rate-withdrawal-needed': 'error.rates.withdrawFirst',
  'no-workers-agreement': 'error.noWorkersAgreement',
  'certificate-reversed': 'error.certificateReversed',
} as const;

/** What the hub says of mail. */
export const mailErrorKeys = {
  'mail-locked': 'error.mailRetryLocked',
  'no-failed-mail': 'error.mailNotFailed',
  'mail-password-missing': 'error.mailPasswordMissing',
  'authority-unreadable': 'error.mailAuthorityUnreadable',
  'no-mail-sender': 'error.mailNoSender',
} as const;

/** What the hub says of the floor. */
export const floorErrorKeys = {
  'not-agreed': 'error.notAgreed',
  'no-help-asked': 'error.noHelpAsked',
  'no-feature-code': 'error.noFeatureCode',
  'no-extension': 'error.noExtension',
  'listening-not-told': 'error.listeningNotTold',
  'no-listening': 'error.noListening',
  'wrap-up-not-over': 'error.wrapUpNotOver',
  'no-release': 'error.noRelease',
} as const;

/** A path that this hub does not know: it is of a version before. */
const olderHubKeys = { 'not-found': 'error.hubOlder' } as const;

type OfficeCode = keyof typeof olderHubKeys | ImportErrorCode | keyof typeof conductErrorKeys | keyof typeof mailErrorKeys | keyof typeof floorErrorKeys | 'already-set-up' | 'password-too-short' | 'password-too-easy' | 'username-taken' | 'unknown-user' | 'not-allowed' | 'too-many-searches' | 'search-too-short' | 'unknown-case';

const errorKeys: Readonly<Record<OfficeCode, string>> = {
  ...importErrorKeys,
  ...conductErrorKeys,
  ...mailErrorKeys,
  ...floorErrorKeys,
  ...olderHubKeys,
  'already-set-up': 'error.alreadySetUp',
  'password-too-short': 'error.passwordTooShort',
  'password-too-easy': 'error.passwordTooEasy',
  'username-taken': 'error.usernameTaken',
  'unknown-user': 'error.unknownUser',
  'not-allowed': 'error.notAllowed',
  'too-many-searches': 'error.tooManySearches',
  'search-too-short': 'error.searchTooShort',
  'unknown-case': 'error.caseNotFound',
};

/** The sentence of a code; null where it has none of its own. */
export function errorKeyOf(code: string): string | null {
  return isOfficeCode(code) ? errorKeys[code] : null;
}

function isOfficeCode(code: string): code is OfficeCode {
  return Object.hasOwn(errorKeys, code);
}
