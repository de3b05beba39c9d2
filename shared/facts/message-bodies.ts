/**
 * A message from one person of the house to others (ADR 0027): kept with who, to whom and when; erased with the person where it is about a case.
 *
 * Invariants: a message stands by itself, known by its fact's id, so order and repeats of facts change nothing; who has read it is nobody's
 * fact (that would be an operator beside a time). To all or to a person only leads write; anybody may write to whoever has a case.
 */
import { z } from 'zod';
import { userIdSchema } from '../id.ts';

export const MESSAGE_MOST_CHARACTERS = 500;

export const messageRecipientSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('person'), userId: userIdSchema }),
  /** Whoever has the case of the header when the hub hears of it; where nobody has, the leads. */
  z.object({ kind: z.literal('case-holder') }),
]);
export type MessageRecipient = z.infer<typeof messageRecipientSchema>;

export const messageSentBodySchema = z.object({ to: messageRecipientSchema, text: z.string().trim().min(1).max(MESSAGE_MOST_CHARACTERS) });
export type MessageSentBody = z.infer<typeof messageSentBodySchema>;
