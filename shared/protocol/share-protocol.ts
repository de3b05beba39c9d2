/**
 * Sharing a queue (a creditor's cases of one tone) between people: what a lead asks about, and what would come of it.
 *
 * Invariant: assignments and nothing else: no time, nothing of what anybody did (domain §3.11). Who has a certain customer now is not said.
 */
import { z } from 'zod';
import { queueNameSchema } from '../facts/priority-bodies.ts';
import { caseIdSchema, customerIdSchema, userIdSchema } from '../id.ts';

/** `share`: has as many as the others who share; `give`: gives all away; `keep`: is left as they are. */
export const shareParts = ['share', 'give', 'keep'] as const;
export const sharePartSchema = z.enum(shareParts);
export type SharePart = z.infer<typeof sharePartSchema>;

const somePeopleSchema = z.array(userIdSchema).max(1_000);

/** `people` null: whoever has some of the queue shares. `movesAgreed`: also those with an agreed callback, promise or plan. */
export const shareRequestSchema = z.object({
  queue: queueNameSchema,
  people: z.object({ sharing: somePeopleSchema, giving: somePeopleSchema }).nullable()
    .refine((people) => people?.giving.some((userId) => people.sharing.includes(userId)) !== true, { message: 'who gives does not share' }),
  movesAgreed: z.boolean(),
});
export type ShareRequest = z.infer<typeof shareRequestSchema>;

/** Customers: of this queue that count, and open ones of all queues. */
export const sharePersonSchema = z.object({
  userId: userIdSchema, displayName: z.string(), part: sharePartSchema,
  now: z.int().nonnegative(), then: z.int().nonnegative(), allNow: z.int().nonnegative(), allThen: z.int().nonnegative(),
});
export type SharePerson = z.infer<typeof sharePersonSchema>;

/** What a person sees of it. */
export const shareSummarySchema = z.object({
  people: z.array(sharePersonSchema),
  /** Customers of the queue that nobody has. */
  nobodys: z.int().nonnegative(),
  /** Open cases of other queues that go along, for a person goes with all their cases. */
  casesAlong: z.int().nonnegative(),
  /** Customers of those who share or give that stay, and why. */
  stays: z.object({ agreed: z.int().nonnegative(), onTheWay: z.int().nonnegative() }),
});
export type ShareSummary = z.infer<typeof shareSummarySchema>;

/** One fact each; the case is one of the queue. */
export const shareMoveSchema = z.object({ caseId: caseIdSchema, customerId: customerIdSchema, ownerId: userIdSchema });
export type ShareMove = z.infer<typeof shareMoveSchema>;

export const sharePlanSchema = z.object({ summary: shareSummarySchema, moves: z.array(shareMoveSchema) });
export type SharePlan = z.infer<typeof sharePlanSchema>;
