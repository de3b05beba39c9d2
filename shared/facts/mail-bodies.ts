/**
 * A document that somebody wants by mail.
 *
 * Invariants: the person wanted it in that channel, said so on the telephone, and the address is the one they confirmed; the file is the attachment's, the
 * very bytes that were attached. Whether it went is no fact of the desk: the hub's outbox says so (`case-entity.ts`, `mails`).
 */
import { z } from 'zod';
import { factIdSchema, invoiceIdSchema, partyIdSchema } from '../id.ts';
import { mailAddressSchema } from '../protocol/mail-protocol.ts';

/** `invoice-copy`: the creditor's own invoice, sent again. */
export const mailedThings = ['agreement', 'coordinates', 'interest', 'invoice-copy', 'document'] as const;
export type MailedThing = (typeof mailedThings)[number];

export const mailRequestedBodySchema = z
  .object({
    what: z.enum(mailedThings),
    /** The fact that carries the file. Null: a copy of an invoice that nobody here has, to be asked of the creditor. */
    attachmentFactId: factIdSchema.nullable(),
    /** Of an invoice copy; else empty. */
    invoiceIds: z.array(invoiceIdSchema).max(400),
    to: mailAddressSchema,
    /** Whose address; null = the holder. */
    partyId: partyIdSchema.nullable(),
    /** Letter by letter, in this call; false: it was so before. */
    readBack: z.boolean(),
    /** They want it by mail. */
    agreed: z.literal(true),
    language: z.enum(['it', 'en']),
  })
  .refine(({ what, attachmentFactId }) => attachmentFactId !== null || what === 'invoice-copy', { message: 'only a copy of an invoice may be missing', path: ['attachmentFactId'] })
  .refine(({ what, invoiceIds }) => (what === 'invoice-copy') === invoiceIds.length > 0, { message: 'a copy names its invoices', path: ['invoiceIds'] });
export type MailRequestedBody = z.infer<typeof mailRequestedBodySchema>;
