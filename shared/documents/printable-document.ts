/** Every document that can be printed, as one schema; how it looks is said in `render-document.ts`, which no page needs. */
import { z } from 'zod';
import { agreementDocumentSchema } from './agreement-document.ts';
import { coordinatesDocumentSchema } from './coordinates-document.ts';
import { interestDocumentSchema } from './interest-document.ts';

export const printableDocumentSchema = z.discriminatedUnion('kind', [agreementDocumentSchema, coordinatesDocumentSchema, interestDocumentSchema]);
export type PrintableDocument = z.infer<typeof printableDocumentSchema>;
