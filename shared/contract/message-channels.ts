/**
 * Messages between the people of the house.
 *
 * Invariants: sending is a fact, so it works without the line and goes out once; that a message was read stays on this PC, in the reader's own
 * store, and is told to nobody.
 */
import { z } from 'zod';
import { messageRecipientSchema, MESSAGE_MOST_CHARACTERS } from '../facts/message-bodies.ts';
import { caseIdSchema, commandIdSchema, factIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';
import { savedSchema } from './people-channels.ts';

/** What was sent longer ago is not shown any more, read or not. */
export const MESSAGE_DAYS = 7;

export const messageRowSchema = z.object({
  messageId: factIdSchema,
  at: instantSchema,
  text: z.string(),
  /** Null: from an operator, told to leads. */
  from: z.string().nullable(),
  to: z.enum(['all', 'person', 'case-holder']),
  caseId: caseIdSchema.nullable(),
  /** Of the case, where this desk holds it. */
  customerName: z.string().nullable(),
});
export type MessageRow = z.infer<typeof messageRowSchema>;

export const messageQueries = {
  /** What nobody has read here yet, oldest first. */
  'list-messages': channel(z.object({}), z.object({ unread: z.array(messageRowSchema) })),
} as const satisfies ChannelMap;

export const messageCommands = {
  /** `aboutCaseId` need not be mine; wanted for `case-holder`. */
  'send-message': channel(
    z.object({
      commandId: commandIdSchema, to: messageRecipientSchema, text: z.string().max(MESSAGE_MOST_CHARACTERS * 2),
      aboutCaseId: caseIdSchema.nullable(),
    }),
    savedSchema,
  ),
  'read-message': channel(z.object({ commandId: commandIdSchema, messageId: factIdSchema }), z.object({})),
} as const satisfies ChannelMap;
