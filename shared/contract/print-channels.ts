/**
 * Printing a document of a case.
 *
 * Invariant: what is printed is made by the desk from its own facts; a document that a page hands over is taken by a test build only.
 */
import { z } from 'zod';
import { documentLanguages } from '../documents/letterhead.ts';
import { printableDocumentSchema } from '../documents/printable-document.ts';
import { caseIdSchema, commandIdSchema, factIdSchema } from '../id.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';
import { basedOnInput, savedSchema } from './people-channels.ts';

export const printSourceSchema = z.discriminatedUnion('from', [
  /** The newest plan of the case, by its outcome; refused unless the customer accepted it. */
  z.object({ from: z.literal('plan'), planId: factIdSchema, language: z.enum(documentLanguages) }),
  /** Where to pay what is owed now. */
  z.object({ from: z.literal('coordinates'), language: z.enum(documentLanguages) }),
  /** Interest on each invoice up to today, where the mandate claims any. */
  z.object({ from: z.literal('interest'), language: z.enum(documentLanguages) }),
  /** As it stands; refused by every build that is not a test's. */
  z.object({ from: z.literal('given'), document: printableDocumentSchema }),
]);
export type PrintSource = z.infer<typeof printSourceSchema>;

export const printCommands = {
  /** Makes the PDF and attaches it to the case; `read-attachment` then gives it to save or print. The fact is the attachment's, with its hash. */
  'print-document': channel(z.object({ commandId: commandIdSchema, caseId: caseIdSchema, source: printSourceSchema, basedOn: basedOnInput }), savedSchema),
} as const satisfies ChannelMap;
