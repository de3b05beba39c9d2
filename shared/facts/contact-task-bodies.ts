/**
 * Contacts that came in and belong to no case yet: noted, then matched to a case or closed; missed calls are noted by the desk itself.
 *
 * Invariants: a note names its contact by its own fact's id, and is of no case; what is matched carries the note's content along, so that the
 * case's history says it and it goes with the person; whoever is first to end a task ends it, and a second end changes nothing.
 */
import { z } from 'zod';
import { contactReasons, contactReasonSchema } from '../case/outcome-codes.ts';
import { caseIdSchema, creditorIdSchema, factIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';

export const noteChannels = ['phone', 'email', 'letter', 'elsewhere'] as const;
export const taskChannels = [...noteChannels, 'missed-call'] as const;
export type TaskChannel = (typeof taskChannels)[number];

export const CONTACT_TEXT_MOST = 2_000;
export const CONTACT_WHO_MOST = 200;

const contentSchema = z.object({
  channel: z.enum(taskChannels),
  /** A number, a name, an address: as it was said. Of a missed call the number, in E.164 where it is in a numbering plan. */
  who: z.string().trim().min(1).max(CONTACT_WHO_MOST),
  reasons: z.array(contactReasonSchema).max(contactReasons.length),
  text: z.string().trim().max(CONTACT_TEXT_MOST),
});

export const contactNotedBodySchema = contentSchema.extend({
  creditorId: creditorIdSchema.nullable(),
  /** The one case that the number reaches, as the desk's directory has it. */
  reachedCaseId: caseIdSchema.nullable(),
});
export type ContactNotedBody = z.infer<typeof contactNotedBodySchema>;

/** About the case of the header. */
export const contactMatchedBodySchema = contentSchema.extend({ taskId: factIdSchema, contactAt: instantSchema });
export type ContactMatchedBody = z.infer<typeof contactMatchedBodySchema>;

export const contactCloseReasons = ['called-back', 'no-answer', 'not-a-customer', 'duplicate', 'other'] as const;
export const contactClosedBodySchema = z.object({ taskId: factIdSchema, reason: z.enum(contactCloseReasons), text: z.string().trim().max(500) });
export type ContactClosedBody = z.infer<typeof contactClosedBodySchema>;
