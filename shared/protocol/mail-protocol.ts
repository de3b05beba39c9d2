/**
 * Mail as the hub keeps and sends it: a sender per creditor, and what could not be sent.
 *
 *   GET    /v1/mail/senders               → overview (administrators); nobody's password
 *   PUT    /v1/mail/senders/:creditorId   sender draft; `password` null keeps the one there is → overview
 *   DELETE /v1/mail/senders/:creditorId   → overview
 *   GET    /v1/mail/problems              → what was not sent, or waits longer than it should (leads)
 *   POST   /v1/mail/problems/:mailId/retry → problems
 *
 * Invariants: a password goes in and never comes out; an address is in no answer. A connection is encrypted unless the server is on this machine.
 */
import { z } from 'zod';
import { caseIdSchema, creditorIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';

const plainLine = (most: number): z.ZodString => z.string().trim().min(1).max(most).regex(/^[^\p{Cc}]*$/u);
/** One mailbox, as a person confirms it; nothing that a header could be made of. */
export const mailAddressSchema = z.string().trim().max(254).regex(/^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[^\s@<>"(),:;\\[\]\p{Cc}]+\.[^\s@<>"(),:;\\[\]\p{Cc}]+$/u);

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

export const mailSenderSchema = z.object({
  senderName: plainLine(100),
  senderAddress: mailAddressSchema,
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
  port: z.int().min(1).max(65_535),
  /** `tls` from the first byte; `starttls` before anything is said; `none` on this machine only. */
  security: z.enum(['tls', 'starttls', 'none']),
  /** Null: the server asks for no account. */
  user: plainLine(200).nullable(),
  /** In PEM form, where the server's certificate is of an authority of one's own. */
  privateAuthority: z.string().max(20_000).nullable(),
}).refine(({ security, host }) => security !== 'none' || loopback.has(host.toLowerCase()), { message: 'not encrypted', path: ['security'] });
export type MailSender = z.infer<typeof mailSenderSchema>;

/** `password` null keeps the one there is. */
export const mailSenderDraftSchema = z.object({ sender: mailSenderSchema, password: z.string().min(1).max(200).nullable() });
export type MailSenderDraft = z.infer<typeof mailSenderDraftSchema>;

export const mailOverviewSchema = z.object({
  senders: z.array(z.object({ creditorId: creditorIdSchema, creditorName: z.string(), sender: mailSenderSchema.nullable() })),
});
export type MailOverview = z.infer<typeof mailOverviewSchema>;

/** Nobody may send it as it is: it is asked for anew, or not at all. */
export const lockedMailCodes = ['not-allowed', 'contact-stopped'] as const;
/** Why a mail is not sent. The first five are final until a person acts; the others go by themselves. */
export const mailFailureCodes = [
  ...lockedMailCodes, 'address-refused', 'message-refused', 'gave-up', 'no-sender', 'file-missing', 'sender-refused', 'not-encrypted', 'server-unreachable', 'server-busy',
] as const;
export type MailFailureCode = (typeof mailFailureCodes)[number];

export const mailProblemSchema = z.object({
  mailId: z.uuid(),
  caseId: caseIdSchema,
  customerName: z.string(),
  creditorName: z.string(),
  kind: z.string(),
  /** `failed`: nothing more is tried. */
  state: z.enum(['queued', 'failed']),
  code: z.enum(mailFailureCodes),
  /** What to do, in words. */
  sentence: z.string(),
  status: z.int().nullable(),
  attempts: z.int().nonnegative(),
  queuedAt: instantSchema,
  nextAt: instantSchema.nullable(),
});
export type MailProblem = z.infer<typeof mailProblemSchema>;
export const mailProblemsSchema = z.object({ problems: z.array(mailProblemSchema) });
