/**
 * Imports for people: the page hands the desk a file in parts, the desk hands them to the hub.
 *
 * Invariants: no message carries more than `IMPORT_PART_BYTES` of a file; nothing here is a fact of an operator: a part sent again is answered with
 * where the hub stands. Leads and administrators only; the desk refuses the others, and the hub does too.
 */
import { z } from 'zod';
import { commandIdSchema, importFileIdSchema, importJobIdSchema } from '../id.ts';
import {
  importChangeKinds, importChangesPageSchema, importCreditorNameSchema, importCreditorsReplySchema, importFileSchema, importJobRequestSchema,
  importJobSchema, importJobsReplySchema, importPreviewSchema, importRejectsPageSchema, newImportFileSchema,
} from '../protocol/import-protocol.ts';
import { importContentSchema } from '../protocol/import-columns.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';

/** The largest part of a file in one message. */
export const IMPORT_PART_BYTES = 1024 * 1024;
/** Rejects or changes shown at a time. */
export const IMPORT_PAGE_ROWS = 100;

const commandId = commandIdSchema;
const fileId = importFileIdSchema;
const jobId = importJobIdSchema;
const after = z.int().nonnegative();

export const importQueries = {
  'show-import-file': channel(z.object({ fileId }), importFileSchema),
  'preview-import': channel(
    z.object({ fileId, creditor: importCreditorNameSchema.nullable(), content: importContentSchema.nullable(), sheet: z.string().max(100).nullable() }),
    importPreviewSchema,
  ),
  'list-import-jobs': channel(z.object({}), importJobsReplySchema),
  'show-import-job': channel(z.object({ jobId }), importJobSchema),
  'list-import-rejects': channel(z.object({ jobId, after }), importRejectsPageSchema),
  'list-import-changes': channel(z.object({ jobId, kind: z.enum(importChangeKinds), after }), importChangesPageSchema),
  'list-import-creditors': channel(z.object({}), importCreditorsReplySchema),
} as const satisfies ChannelMap;

export const importCommands = {
  'begin-import-file': channel(newImportFileSchema.extend({ commandId }), importFileSchema),
  /** Where the hub stands afterwards: at another offset than this part's end, go on from there. */
  'send-import-part': channel(z.object({ commandId, fileId, offset: after, bytes: z.instanceof(Uint8Array) }), importFileSchema),
  'discard-import-file': channel(z.object({ commandId, fileId }), z.object({})),
  'start-import': channel(z.object({ commandId, fileId, request: importJobRequestSchema }), importJobSchema),
  /** Ends it between two batches; what is stored by then stays. */
  'cancel-import': channel(z.object({ commandId, jobId }), importJobSchema),
  /** The same file with the same choices: completes what was cut. */
  'repeat-import': channel(z.object({ commandId, jobId }), importJobSchema),
  /** Writes the CSV of every rejected row into the downloads folder, under a name that is free there. */
  'save-import-rejects': channel(z.object({ commandId, jobId, locale: z.enum(['it', 'en']) }), z.object({ path: z.string() })),
} as const satisfies ChannelMap;
