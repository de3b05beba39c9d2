/**
 * Sentences of the hub's refusals and of failed jobs, by code.
 *
 * Invariant: every code of the import protocol has one: the compiler asks for it.
 */
import type { importErrorCodes, importRefusalCodes } from '../../../shared/protocol/import-protocol.ts';

type OfficeCode =
  | (typeof importRefusalCodes)[number] | (typeof importErrorCodes)[number]
  | 'already-set-up' | 'password-too-short' | 'password-too-easy' | 'username-taken' | 'unknown-user' | 'not-allowed';

const errorKeys: Readonly<Record<OfficeCode, string>> = {
  'import-file-unknown': 'error.importFileUnknown',
  'import-file-too-large': 'error.importFileTooLarge',
  'import-file-incomplete': 'error.importFileIncomplete',
  'import-file-empty': 'error.importFileEmpty',
  'import-disk-full': 'error.importDiskFull',
  'import-job-unknown': 'error.importJobUnknown',
  'import-job-running': 'error.importJobRunning',
  'import-sheet-unknown': 'error.importSheetUnknown',
  'import-workbook-damaged': 'error.importWorkbookDamaged',
  'import-workbook-too-large': 'error.importWorkbookTooLarge',
  'import-workbook-locked': 'error.importWorkbookLocked',
  'import-workbook-old': 'error.importWorkbookOld',
  'import-not-text': 'error.importNotText',
  'import-map-unknown-column': 'error.importMapUnknownColumn',
  'import-column-missing': 'error.importColumnMissing',
  'import-column-twice': 'error.importColumnTwice',
  'import-dates-mixed': 'error.importDatesMixed',
  'import-interrupted': 'error.importInterrupted',
  'import-file-gone': 'error.importFileGone',
  'import-failed': 'error.importFailed',
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
