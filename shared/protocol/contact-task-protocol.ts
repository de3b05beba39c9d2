/**
 * Open contacts of no case, between hub and desk (ADR 0026).
 *
 *   feed                       entities of kind `contact-task`, to whoever answers customers, to leads, and to the owner of the one case reached
 *   POST /v1/contact-tasks/take {taskId, token, take} → yours · taken · gone
 *
 * Invariants: nothing here says who noted, took or ended it: an operator would stand beside a time (domain §3.11). Whose a task is, is a
 * random token that only the desk that took it knows; a taking that nobody ended lapses by itself.
 */
import { z } from 'zod';
import { contactReasonSchema } from '../case/outcome-codes.ts';
import { taskChannels } from '../facts/contact-task-bodies.ts';
import { caseIdSchema, creditorIdSchema, factIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';

/** Long enough to call back and write down; then it is anybody's again. */
export const TAKEN_FOR_MS = 30 * 60_000;
/** A task that nobody ended is forgotten after so long, with what it says. */
export const CONTACT_TASK_KEPT_MS = 30 * 86_400_000;

const tokenSchema = z.string().regex(/^[0-9a-f]{32}$/);

export const contactTaskEntitySchema = z.object({
  taskId: factIdSchema,
  at: instantSchema,
  zone: z.string(),
  channel: z.enum(taskChannels),
  who: z.string(),
  reasons: z.array(contactReasonSchema),
  text: z.string(),
  creditorId: creditorIdSchema.nullable(),
  creditorName: z.string().nullable(),
  /** The one case that the number reaches; of an ended task the case it was matched to. */
  caseId: caseIdSchema.nullable(),
  /** How often the same number rang in vain. */
  times: z.int().positive(),
  taken: z.object({ token: tokenSchema, untilMs: instantSchema }).nullable(),
  /** Goes to nobody, and holds nothing but ids and the time: so that a note that comes late opens nothing again. */
  isEnded: z.boolean(),
});
export type ContactTaskEntity = z.infer<typeof contactTaskEntitySchema>;

export const takeContactRequestSchema = z.object({ taskId: factIdSchema, token: tokenSchema, take: z.boolean() });
export const takeContactReplySchema = z.object({ state: z.enum(['yours', 'free', 'taken', 'gone']) });
