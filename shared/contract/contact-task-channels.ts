/**
 * Contacts of no case: noted, taken, matched, closed.
 *
 * Invariants: noting works without the line; taking is the hub's word, for two must never do the same; nobody is told who took or noted what.
 */
import { z } from 'zod';
import { contactReasons, contactReasonSchema } from '../case/outcome-codes.ts';
import { CONTACT_TEXT_MOST, CONTACT_WHO_MOST, contactCloseReasons, noteChannels, taskChannels } from '../facts/contact-task-bodies.ts';
import { caseIdSchema, commandIdSchema, creditorIdSchema, factIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';

/** `unsent`: noted here, and the hub has it not yet; `free`; `mine`; `taken`: by a colleague. */
export const contactTaskStates = ['unsent', 'free', 'mine', 'taken'] as const;

export const contactTaskRowSchema = z.object({
  taskId: factIdSchema,
  at: instantSchema,
  channel: z.enum(taskChannels),
  who: z.string(),
  reasons: z.array(contactReasonSchema),
  text: z.string(),
  creditorId: creditorIdSchema.nullable(),
  creditorName: z.string().nullable(),
  caseId: caseIdSchema.nullable(),
  /** Of the one case that the number reaches, where it is this desk's own. */
  customerName: z.string().nullable(),
  times: z.int().positive(),
  state: z.enum(contactTaskStates),
});
export type ContactTaskRow = z.infer<typeof contactTaskRowSchema>;

export const contactTaskQueries = {
  /** Own first, then oldest first. `lapsesInMs`: so long from now until the next of what is taken is anybody's again, though nothing else happens; null: nothing is taken. */
  'list-contact-tasks': channel(z.object({}), z.object({
    rows: z.array(contactTaskRowSchema), creditors: z.array(z.object({ creditorId: creditorIdSchema, creditorName: z.string() })), lapsesInMs: z.int().positive().nullable(),
  })),
} as const satisfies ChannelMap;

export const contactTaskCommands = {
  'note-contact': channel(
    z.object({
      commandId: commandIdSchema, channel: z.enum(noteChannels), who: z.string().max(CONTACT_WHO_MOST), reasons: z.array(contactReasonSchema).max(contactReasons.length),
      text: z.string().max(CONTACT_TEXT_MOST), creditorId: creditorIdSchema.nullable(),
    }),
    z.object({ factId: factIdSchema }),
  ),
  /** `take` false: it is anybody's again. */
  'take-contact': channel(z.object({ commandId: commandIdSchema, taskId: factIdSchema, take: z.boolean() }), z.object({})),
  /** Takes it first where it is not taken here; the case is looked up where it is a colleague's. */
  'match-contact': channel(z.object({ commandId: commandIdSchema, taskId: factIdSchema, caseId: caseIdSchema }), z.object({ factId: factIdSchema })),
  'close-contact': channel(z.object({ commandId: commandIdSchema, taskId: factIdSchema, reason: z.enum(contactCloseReasons), text: z.string().max(500) }), z.object({ factId: factIdSchema })),
} as const satisfies ChannelMap;
