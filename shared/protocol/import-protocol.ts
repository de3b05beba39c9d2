/**
 * Imports for people: a creditor's file goes up in pieces, is looked at, mapped, tried and taken. Leads and administrators only.
 *
 *   POST  /v1/import-files                        {fileName, sizeBytes} → ImportFile
 *   GET   /v1/import-files/:fileId                → ImportFile (how far the upload is; asked before going on after a cut)
 *   PATCH /v1/import-files/:fileId?offset=N       bytes as `IMPORT_CHUNK_CONTENT_TYPE` → ImportFile; 409 with the same body when N is not `receivedBytes`
 *   DELETE /v1/import-files/:fileId               → {} (also with a job that has ended; 409 while one runs)
 *   GET   /v1/import-files/:fileId/preview?creditor=&content=&sheet=   → ImportPreview
 *   POST  /v1/import-files/:fileId/jobs           ImportJobRequest → ImportJob (201)
 *   GET   /v1/import-jobs?creditor=               → {jobs: ImportJob[]}, newest first, 50 at most
 *   GET   /v1/import-jobs/:jobId                  → ImportJob; ask every half second while it runs
 *   POST  /v1/import-jobs/:jobId/cancel           {} → ImportJob, which ends soon; one that has ended stays as it is
 *   POST  /v1/import-jobs/:jobId/again            {} → ImportJob (201): the same file with the same choices, where the file is still here
 *   GET   /v1/import-jobs/:jobId/rejects?after=&limit=                 → ImportRejectsPage
 *   GET   /v1/import-jobs/:jobId/rejects.csv?language=it|en            → text/csv, the rejected rows as they were, to mend and send again
 *   GET   /v1/import-jobs/:jobId/changes?kind=&after=&limit=           → ImportChangesPage
 *   GET   /v1/import-creditors                    → {creditors: ImportCreditor[]}
 *
 * Invariants: a request may be lost or repeated; `receivedBytes` is what is on the hub's disk; nothing is imported without a job
 * that was asked for, and a job takes exactly the columns its `map` names. A failed or cancelled job has stored whole batches only
 * (`progress.rowsStored` says how many rows, exactly, whatever ended it), has marked no invoice as missing before all rows were stored, and the
 * same job again completes it. Once every row is stored, a job is no longer cancelled. Files are deleted when a real job is done, else after seven days. No answer names who did it.
 * Refusals are `HubError`s; their codes, and those of a job's own failures, stand in `import-errors.ts`.
 */
import { z } from 'zod';
import { creditorIdSchema, importFileIdSchema, importJobIdSchema } from '../id.ts';
import { currencySchema } from '../money/currency.ts';
import { instantSchema, plainDateSchema } from '../time.ts';
import { CHUNK_CONTENT_TYPE } from './attachment-protocol.ts';
import { importContentSchema, importFieldSchema } from './import-columns.ts';

export const MAX_IMPORT_FILE_BYTES = 512 * 1024 * 1024;
/** The largest body of one PATCH. */
export const IMPORT_CHUNK_BYTES = 4 * 1024 * 1024;
/** As attachments have it: the hub reads such a body whole, within the limit. */
export const IMPORT_CHUNK_CONTENT_TYPE = CHUNK_CONTENT_TYPE;
/** A file that no real job has taken is deleted so many days after its last byte came. */
export const IMPORT_FILE_DAYS = 7;
export const PREVIEW_ROWS = 20;

export const importFileSchema = z.object({
  fileId: importFileIdSchema,
  fileName: z.string(),
  sizeBytes: z.int().positive(),
  /** Send from here on; equal to `sizeBytes` when the file is whole. */
  receivedBytes: z.int().nonnegative(),
  /** When it will be deleted at the latest. */
  expiresAt: instantSchema,
});
export type ImportFile = z.infer<typeof importFileSchema>;

export const newImportFileSchema = z.object({
  fileName: z.string().trim().min(1).max(255),
  /** Larger than `MAX_IMPORT_FILE_BYTES` is refused with `import-file-too-large`, empty with `import-file-empty`. */
  sizeBytes: z.int().nonnegative(),
});

export const importChunkQuerySchema = z.object({ offset: z.coerce.number().int().nonnegative() });

export const importCreditorNameSchema = z.string().trim().min(1).max(200);

export const importPreviewQuerySchema = z.object({
  /** Whose saved mapping to suggest; may be a creditor the hub does not know yet. */
  creditor: importCreditorNameSchema.optional(),
  /** Absent = guessed. */
  content: importContentSchema.optional(),
  /** Name of the sheet; absent = the first visible one with rows. */
  sheet: z.string().max(100).optional(),
});

/** Where a column's suggestion comes from: the creditor's saved mapping, the header's words, or what stands in the cells. */
export const suggestionSources = ['saved', 'name', 'values'] as const;

export const previewColumnSchema = z.object({
  /** The header made unique (`Importo#2`, `#7` where there is none): the column's name in `map`. */
  column: z.string(),
  field: importFieldSchema.nullable(),
  from: z.enum(suggestionSources).nullable(),
});

export const dateFormatSchema = z.enum(['DD/MM/YYYY', 'M/D/YYYY', 'YYYY-MM-DD']);

export const importPreviewSchema = z.object({
  format: z.enum(['csv', 'xlsx']),
  content: importContentSchema,
  /** True where `content` was guessed, not asked for. */
  contentGuessed: z.boolean(),
  /** Sheets of a workbook in its order; empty for CSV. */
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  sheet: z.string().nullable(),
  /** Null for a workbook. */
  encoding: z.enum(['utf8', 'utf16-le', 'utf16-be', 'win1252']).nullable(),
  delimiter: z.enum([';', ',', '\t', '|']).nullable(),
  /** Line (or row of the sheet) of the header; what stands above it is passed over. */
  headerLine: z.int().positive(),
  columns: z.array(previewColumnSchema),
  /** The first rows under the header as text, `PREVIEW_ROWS` at most; dates of a workbook as `YYYY-MM-DD`. */
  rows: z.array(z.object({ line: z.int().positive(), cells: z.array(z.string()) })),
  /** Required fields that no column was suggested for. */
  missingFields: z.array(importFieldSchema),
  /** Guessed from the first rows (or saved); null = the file mixes orders and a person must say. A job may leave it null: then the whole file decides. */
  dateFormat: dateFormatSchema.nullable(),
  /** For rows that name no currency. */
  currency: currencySchema,
  /** True when the creditor has a saved mapping for this content. */
  hasSavedMapping: z.boolean(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const columnMappingSchema = z.object({ column: z.string().min(1).max(500), field: importFieldSchema });
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

export const importJobRequestSchema = z.object({
  creditor: importCreditorNameSchema,
  content: importContentSchema,
  sheet: z.string().max(100).nullable(),
  /** The columns that are read, each for one field; a column that is not named is not read. */
  map: z.array(columnMappingSchema).max(500),
  /** Null = the whole file decides. */
  dateFormat: dateFormatSchema.nullable(),
  currency: currencySchema,
  /** The day whose state the file shows; null = today at the hub's site. */
  asOf: plainDateSchema.nullable(),
  /** Goes through every step and takes it back. */
  dryRun: z.boolean(),
  /** Keeps `map`, `dateFormat` and `currency` for the creditor's next file of this content. */
  saveMapping: z.boolean(),
});
export type ImportJobRequest = z.infer<typeof importJobRequestSchema>;

const countSchema = z.int().nonnegative();
const changeCountsSchema = z.object({ new: countSchema, updated: countSchema, unchanged: countSchema });
/** Currency → integer cents. */
const centsSchema = z.record(z.string(), z.int());

/** How many invoices, and what they come to. */
const tallySchema = z.object({ invoices: countSchema, cents: centsSchema });
export type ImportTally = z.infer<typeof tallySchema>;

export const importJobReportSchema = z.object({
  rows: z.object({ read: countSchema, taken: countSchema, repeated: countSchema, rejected: countSchema, hidden: countSchema }),
  customers: changeCountsSchema,
  /** Null for a customer file. */
  invoices: changeCountsSchema.nullable(),
  /** Every valid row of an invoice file. */
  amountCents: centsSchema,
  /** As of `asOf`; null for a customer file. */
  open: z.object({ invoices: countSchema, customers: countSchema, cents: centsSchema, overdue: countSchema }).nullable(),
  /** Taken, with something to look at (a tax code that is none, a number nobody can dial). */
  warnings: countSchema,
  /** Against what the hub had before this file; null for a customer file. Lists: `/changes`. */
  changes: z.object({
    /** Invoices the hub did not know. */
    came: tallySchema,
    /** Open at the hub and not in this file: nothing is assumed paid, the case shows it. Sums are residuals. */
    went: tallySchema,
    /** Amount, due date, residual or settlement is another; the sum is residual after less residual before. */
    changed: tallySchema,
  }).nullable(),
  /** A paid list only; then `changes.changed` are the invoices that its payments lower. */
  payments: z.object({
    counted: countSchema,
    /** Counted by an earlier file. */
    known: countSchema,
    customers: countSchema,
    /** Of those counted. */
    cents: centsSchema,
    /** Of it, what no invoice took: nothing was open for it. */
    leftCents: centsSchema,
  }).nullable().default(null),
});
export type ImportJobReport = z.infer<typeof importJobReportSchema>;

/** `cancelling`: somebody said so, and what was taken by then goes to the desks. */
export const importJobStates = ['waiting', 'running', 'cancelling', 'done', 'failed', 'cancelled'] as const;
export type ImportJobState = (typeof importJobStates)[number];

/** Why a job stopped; its sentence is `error.<camel-cased code>` with `params`. */
export const importErrorSchema = z.object({
  code: z.string(),
  messageKey: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export const importJobSchema = z.object({
  jobId: importJobIdSchema,
  fileId: importFileIdSchema,
  fileName: z.string(),
  creditor: z.string(),
  content: importContentSchema,
  dryRun: z.boolean(),
  asOf: plainDateSchema,
  state: z.enum(importJobStates),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  progress: z.object({
    /** Looking at the whole file, taking its rows, or sending the changed cases to the desks. */
    phase: z.enum(['looking', 'taking', 'sending']),
    rowsRead: countSchema,
    /** Rows that stay whatever happens next; none of a trial. */
    rowsStored: countSchema.default(0),
    /** Of the bytes to be read in this phase. */
    bytesRead: countSchema,
    bytesTotal: countSchema,
  }),
  /** Not null when `done`. */
  report: importJobReportSchema.nullable(),
  /** Not null when `failed`. */
  error: importErrorSchema.nullable(),
  /** The file is still here: the same job can be run again, or the real one after a trial. */
  fileKept: z.boolean(),
});
export type ImportJob = z.infer<typeof importJobSchema>;

export const importPageQuerySchema = z.object({
  /** How many entries to pass over. */
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Why a row was not taken; the page's sentence is `imports.rejects.<code>` with `params`. */
export const importRejectCodes = [
  'missing-value', 'too-many-cells', 'broken-quotes', 'broken-characters', 'total-row', 'repeated-header', 'code-exponent', 'date-invalid', 'date-serial',
  'amount-invalid', 'amount-ambiguous', 'amount-too-precise', 'amount-too-large', 'currency-unsupported', 'currency-conflict',
  'disputed-invalid', 'credit-note-positive', 'repeated-with-other-amount', 'repeated-with-other-values',
  'payment-not-positive', 'payment-in-future', 'customer-unknown', 'invoice-unknown', 'invoice-of-several', 'payment-currency',
] as const;
/** A row that was taken, and what to look at; sentence as above. */
export const importWarningCodes = [
  'quote-open', 'tax-code-invalid', 'iban-invalid', 'phone-unusable', 'email-invalid', 'party-role-unknown', 'payment-left-over', 'payment-beyond-open',
] as const;

export const importNoteSchema = z.object({
  severity: z.enum(['reject', 'warning']),
  line: z.int().positive(),
  /** The column's header; null where the whole row is meant. */
  column: z.string().nullable(),
  /** What stands there. */
  value: z.string().nullable(),
  code: z.enum([...importRejectCodes, ...importWarningCodes]),
  /** `column`, `value`, `expected`, `otherLine` as the sentence needs them. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ImportNote = z.infer<typeof importNoteSchema>;

/** Rejects and warnings in the order of the file; the first 10,000 are listed, the CSV has every rejected row. */
export const importRejectsPageSchema = z.object({ total: countSchema, notes: z.array(importNoteSchema) });
export type ImportRejectsPage = z.infer<typeof importRejectsPageSchema>;

export const importChangeKinds = ['came', 'went', 'changed'] as const;
export const importChangesQuerySchema = importPageQuerySchema.extend({ kind: z.enum(importChangeKinds) });

const changeFields = ['amount', 'residual', 'dueDate', 'settledOn', 'disputed', 'documentType', 'currency'] as const;

export const importChangeSchema = z.object({
  customerCode: z.string(),
  customerName: z.string(),
  invoiceNumber: z.string(),
  issueDate: plainDateSchema,
  dueDate: plainDateSchema,
  residualCents: z.int(),
  currency: currencySchema,
  /** `changed` only. Values as text: cents for amounts, `YYYY-MM-DD` for dates. */
  fields: z.array(z.object({ field: z.enum(changeFields), before: z.string().nullable(), after: z.string().nullable() })),
});
export type ImportChange = z.infer<typeof importChangeSchema>;

/** `went` by customer code, due date and number, the others in the order of the file; the first 10,000 of each kind are listed, the report counts all. */
export const importChangesPageSchema = z.object({ total: countSchema, changes: z.array(importChangeSchema) });
export type ImportChangesPage = z.infer<typeof importChangesPageSchema>;

export const importCreditorSchema = z.object({
  creditorId: creditorIdSchema,
  name: z.string(),
  cases: countSchema,
  /** When the last real import of it ended; null = none through these routes. */
  lastImportAt: instantSchema.nullable(),
});
export type ImportCreditor = z.infer<typeof importCreditorSchema>;
export const importCreditorsReplySchema = z.object({ creditors: z.array(importCreditorSchema) });
export const importJobsQuerySchema = z.object({ creditor: importCreditorNameSchema.optional() });
export const importJobsReplySchema = z.object({ jobs: z.array(importJobSchema) });
