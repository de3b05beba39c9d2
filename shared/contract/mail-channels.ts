/**
 * What is sent to a customer by mail.
 *
 * Invariants: the page says what it wants and the desk asks the lock (`find-mail-lock.ts`) again; nothing goes from a desk: the fact travels, and the hub sends.
 */
import { z } from 'zod';
import { mailLocks } from '../case/find-mail-lock.ts';
import { partyRoles } from '../case/party.ts';
import { mailedThings } from '../facts/mail-bodies.ts';
import { caseIdSchema, commandIdSchema, creditorIdSchema, factIdSchema, invoiceIdSchema, partyIdSchema } from '../id.ts';
import { mailOverviewSchema, mailProblemsSchema, mailSenderDraftSchema } from '../protocol/mail-protocol.ts';
import { instantSchema } from '../time.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';
import { basedOnInput, savedSchema } from './people-channels.ts';

const lockSchema = z.enum(mailLocks);

export const mailScreenSchema = z.object({
  /** `lock`: why nothing may go there, read back or not. */
  addresses: z.array(z.object({
    to: z.string(), partyId: partyIdSchema.nullable(), name: z.string(), role: z.enum(partyRoles), confirmedAt: instantSchema.nullable(), lock: lockSchema.nullable(),
  })),
  /** What stands in the way whatever the address; null: nothing. */
  lock: lockSchema.nullable(),
  /** The plan whose agreement may be printed. */
  planId: factIdSchema.nullable(),
  hasCoordinates: z.boolean(),
  hasInterest: z.boolean(),
  /** Newest first. */
  files: z.array(z.object({ factId: factIdSchema, fileName: z.string(), at: instantSchema })),
  invoices: z.array(z.object({ invoiceId: invoiceIdSchema, number: z.string() })),
});
export type MailScreen = z.infer<typeof mailScreenSchema>;

export const mailQueries = {
  /** Of a case of mine. */
  'show-mail': channel(z.object({ caseId: caseIdSchema }), mailScreenSchema),
  /** Of an administrator, from the hub; nobody's password. */
  'list-mail-senders': channel(z.object({}), mailOverviewSchema),
  /** Of a lead, from the hub. */
  'list-mail-problems': channel(z.object({}), mailProblemsSchema),
} as const satisfies ChannelMap;

export const mailCommands = {
  /** `attachmentFactId` null: a copy of these invoices is to be had from the creditor. `agreed`: the customer wants it by mail, at this address. */
  'request-mail': channel(
    z.object({
      commandId: commandIdSchema, caseId: caseIdSchema, basedOn: basedOnInput, what: z.enum(mailedThings), attachmentFactId: factIdSchema.nullable(),
      invoiceIds: z.array(invoiceIdSchema).max(400), to: z.string().max(300), partyId: partyIdSchema.nullable(), readBack: z.boolean(), agreed: z.boolean(), language: z.enum(['it', 'en']),
    }),
    savedSchema,
  ),
  /** Of an administrator. */
  'set-mail-sender': channel(z.object({ commandId: commandIdSchema, creditorId: creditorIdSchema, draft: mailSenderDraftSchema }), mailOverviewSchema),
  'remove-mail-sender': channel(z.object({ commandId: commandIdSchema, creditorId: creditorIdSchema }), mailOverviewSchema),
  /** Of a lead: what failed is tried again. */
  'retry-mail': channel(z.object({ commandId: commandIdSchema, mailId: z.uuid() }), mailProblemsSchema),
} as const satisfies ChannelMap;
