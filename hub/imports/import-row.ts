/**
 * One row of a creditor's file, read and checked; or the reason why it was not taken.
 *
 * Invariant: nothing in an `ImportRow` was guessed row by row: the file's date order and decimal mark
 * were decided once for the whole file, and a cell that does not fit them makes the row a reject.
 */
import { z } from 'zod';
import { debtorKindSchema } from '../../shared/case/case-entity.ts';
import { paymentMethodSchema } from '../../shared/case/outcome-codes.ts';
import { partyRoleSchema } from '../../shared/case/party.ts';
import type { importWarningCodes } from '../../shared/protocol/import-protocol.ts';
import { plainDateSchema } from '../../shared/time.ts';
import { rejectCodes } from './reject-reasons.ts';

/** What is kept of an IBAN: enough to be found by. */
export const IBAN_TAIL = 6;

const optionalText = z.string().min(1).nullable();

/** Somebody besides the holder, as a row names them. */
export const partySaidSchema = z.object({
  role: partyRoleSchema,
  name: z.string().min(1).max(200),
  mayBeTold: z.boolean(),
  taxCode: optionalText,
  /** The role as the file words it, where it is none we know. */
  note: optionalText,
  /** Phone cells as they stand. */
  phone: optionalText,
  emails: z.array(z.string()),
});
export type PartySaid = z.infer<typeof partySaidSchema>;

/** What a row of either kind of file says of a customer. */
export const customerRowSchema = z.object({
  /** Line of the file on which the row begins, from 1. */
  line: z.int().positive(),
  customerCode: z.string().min(1),
  customerName: optionalText,
  kind: debtorKindSchema.nullable(),
  /** The cell as it stands; several columns joined by ` ; `. */
  phone: optionalText,
  email: optionalText,
  address: optionalText,
  /** Two-letter code, lower case. */
  language: z.string().regex(/^[a-z]{2}$/).nullable(),
  /** Checked where it can be; one that is wrong stands as it is written, and links nobody. */
  taxCode: optionalText,
  salesAgent: optionalText,
  /** Of an IBAN that holds: its last six signs, and no more of it. */
  ibanTail: z.string().length(IBAN_TAIL).nullable(),
  moreEmails: z.array(z.string()),
  pecs: z.array(z.string()),
  otherAddress: optionalText,
  parties: z.array(partySaidSchema),
});
export type CustomerRow = z.infer<typeof customerRowSchema>;

export const importRowSchema = customerRowSchema.extend({
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
});
export type ImportRow = z.infer<typeof importRowSchema>;

/** A line of a paid list. */
export const paymentRowSchema = z.object({
  line: z.int().positive(),
  /** One of the two is there. */
  customerCode: optionalText,
  invoiceNumber: optionalText,
  paidOn: plainDateSchema,
  amountCents: z.int().positive(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  method: paymentMethodSchema.nullable(),
  /** The method and what tells the payment from others, as they are written. */
  methodText: optionalText,
  reference: optionalText,
});
export type PaymentRow = z.infer<typeof paymentRowSchema>;

export const rejectedRowSchema = z.object({
  line: z.int().positive(),
  reasonCode: z.enum(rejectCodes),
  /** A sentence in Italian. */
  reason: z.string(),
  /** The same in English. */
  reasonEn: z.string(),
  /** What the sentences were made of. */
  details: z.object({ column: z.string(), value: z.string(), otherLine: z.int(), expected: z.string() }).partial(),
  /** The cells as the file had them. */
  raw: z.array(z.string()),
});
export type RejectedRow = z.infer<typeof rejectedRowSchema>;

/** Something to look at in a row that was taken. */
export interface RowWarning { code: (typeof importWarningCodes)[number]; column: string; value: string; expected?: string }

/** A row of the file that was not taken; `key` is its invoice's, where that much could be read: the file does hold it. */
export interface RejectItem { type: 'reject'; reject: RejectedRow; key: string | null }

/** What the reader yields, in the order of the file. */
export type ReadItem = { type: 'row'; row: ImportRow; raw: string[]; warnings: RowWarning[]; hidden: boolean } | RejectItem;

/** The same of a customer file. */
export type CustomerItem = { type: 'customer'; row: CustomerRow; warnings: RowWarning[]; hidden: boolean } | RejectItem;

/** The same of a paid list. */
export type PaymentItem = { type: 'payment'; row: PaymentRow; raw: string[]; warnings: RowWarning[]; hidden: boolean } | RejectItem;
