/**
 * The sentences of the importer's errors: refusals of these routes (`HubError.code`), and why a job failed, or the command line
 * refused. One key per code, for the hub and for the desk.
 */
export const importErrorKeys = {
  'import-file-unknown': 'error.importFileUnknown',
  'import-file-too-large': 'error.importFileTooLarge',
  'import-file-incomplete': 'error.importFileIncomplete',
  'import-file-empty': 'error.importFileEmpty',
  'import-file-unreadable': 'error.importFileUnreadable',
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
  'import-column-ambiguous': 'error.importColumnAmbiguous',
  'import-column-twice': 'error.importColumnTwice',
  'import-map-invalid': 'error.importMapInvalid',
  'import-dates-mixed': 'error.importDatesMixed',
  'import-date-format-unknown': 'error.importDateFormatUnknown',
  'import-currency-unknown': 'error.importCurrencyUnknown',
  'import-creditor-unknown': 'error.importCreditorUnknown',
  'import-interrupted': 'error.importInterrupted',
  'import-file-gone': 'error.importFileGone',
  'import-failed': 'error.importFailed',
} as const;
export type ImportErrorCode = keyof typeof importErrorKeys;
