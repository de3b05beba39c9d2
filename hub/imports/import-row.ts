/**
 * One row of a creditor's file, read and checked; or the reason why it was not taken.
 *
 * Invariant: nothing in an `ImportRow` was guessed row by row: the file's date order and decimal mark
 * were decided once for the whole file, and a cell that does not fit them makes the row a reject.
 */
import { z } from 'zod';
import { debtorKindSchema } from '../../shared/case/case-entity.ts';
import { plainDateSchema } from '../../shared/time.ts';
import { rejectCodes } from './reject-reasons.ts';

const optionalText = z.string().min(1).nullable();

export const importRowSchema = z.object({
  /** Line of the file on which the row begins, from 1. */
  line: z.int().positive(),
  customerCode: z.string().min(1),
  customerName: optionalText,
  kind: debtorKindSchema.nullable(),
  invoiceNumber: z.string().min(1),
  issueDate: plainDateSchema,
  dueDate: plainDateSchema,
  /** Negative for a credit note or a payment on account. */
  amountCents: z.int(),
  /** What the creditor says is still open; null when the file does not say. */
  residualCents: z.int().nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  documentType: optionalText,
  settledDate: plainDateSchema.nullable(),
  disputed: z.boolean(),
  /** The cell as it stands; several columns joined by ` ; `. */
  phone: optionalText,
  email: optionalText,
  address: optionalText,
  /** Two-letter code, lower case. */
  language: z.string().regex(/^[a-z]{2}$/).nullable(),
  taxCode: optionalText,
  salesAgent: optionalText,
});
export type ImportRow = z.infer<typeof importRowSchema>;

export const rejectedRowSchema = z.object({
  line: z.int().positive(),
  reasonCode: z.enum(rejectCodes),
  /** A sentence in Italian. */
  reason: z.string(),
  /** The same in English. */
  reasonEn: z.string(),
  /** The cells as the file had them. */
  raw: z.array(z.string()),
});
export type RejectedRow = z.infer<typeof rejectedRowSchema>;

/** What the reader yields, in the order of the file. */
export type ReadItem = { type: 'row'; row: ImportRow; raw: string[] } | { type: 'reject'; reject: RejectedRow };
