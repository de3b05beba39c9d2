/**
 * "These first": a lead puts a case, or a queue of the board (a creditor's cases of one tone), before the others until a day.
 *
 * Invariants: it moves the order and nothing else: no rule, rest or agreement gives way, and an agreed callback stays before it. `activity-resumed` with
 * this fact as its target ends it.
 */
import { z } from 'zod';
import { toneSchema } from '../case/case-entity.ts';
import { creditorIdSchema } from '../id.ts';
import { plainDateSchema } from '../time.ts';

export const queueNameSchema = z.object({ creditorId: creditorIdSchema, tone: toneSchema });
export type QueueName = z.infer<typeof queueNameSchema>;

/** `queue` null: the case of the header. `until`: its last day. */
export const prioritySetBodySchema = z.object({ queue: queueNameSchema.nullable(), until: plainDateSchema, reason: z.string().trim().min(3).max(500) });
export type PrioritySetBody = z.infer<typeof prioritySetBodySchema>;
