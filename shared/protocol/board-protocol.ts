/**
 * The live board: `GET /v1/board` answers one snapshot, `GET /v1/board/live` (SSE) one after the other (ADR 0027).
 *
 * Invariants: each snapshot is the whole truth, so a board that missed some has missed nothing; it says on which revision of the feed it
 * stands and when it was counted. No operator is in it, by name, id or figure (domain §3.11): queues have no hours and hours have no queue. Who does what now comes beside it, for leads, where the agreement
 * covers it (`floor-protocol.ts`).
 */
import { z } from 'zod';
import { toneSchema } from '../case/case-entity.ts';
import { creditorIdSchema } from '../id.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

/**
 * What a queue is counted by. `toWork`: may be worked some time today; `dueNow`: now; `rested`: only the rules keep it back (rest after an
 * attempt, frequency, hours), nothing that was agreed and no decision; `callbacksUncovered`: within the hour, or late, and nobody connected has it.
 */
export const queueMeasures = [
  'toWork', 'dueNow', 'workedToday', 'talkedToday', 'promises', 'promisesBroken', 'callbacksToday', 'callbacksLate', 'callbacksUncovered', 'rested', 'waiting',
] as const;
export type QueueMeasure = (typeof queueMeasures)[number];

const countSchema = z.int().nonnegative();

/** One queue: a creditor's cases of one phase (tone), in one currency. */
export const boardQueueSchema = z.object({
  creditorId: creditorIdSchema,
  creditorName: z.string(),
  tone: toneSchema,
  currency: z.string(),
  counts: z.record(z.enum(queueMeasures), countSchema),
  promisedCents: z.int(),
  openCents: z.int(),
  /** When nothing is left of today's list at today's pace; null: nothing left, or too little was worked to say. */
  endsAtMs: instantSchema.nullable(),
});
export type BoardQueue = z.infer<typeof boardQueueSchema>;

/** An hour of today at the site, over all queues. Outcomes of one call are one contact. */
export const boardHourSchema = z.object({ hour: z.int().min(0).max(23), contacts: countSchema, rightParty: countSchema, promises: countSchema });
export type BoardHour = z.infer<typeof boardHourSchema>;

/** Within this long after it began to ring, an answer counts for the service level. */
export const ANSWERED_IN_TIME_SECONDS = 20;

/** Today's inbound calls, as the desks told them; `waiting`: ring and nobody has answered. */
export const boardInboundSchema = z.object({ waiting: countSchema, answered: countSchema, answeredInTime: countSchema, missed: countSchema });
export type BoardInbound = z.infer<typeof boardInboundSchema>;

export const boardSchema = z.object({
  revision: countSchema,
  /** By the hub's clock. */
  computedAt: instantSchema,
  /** The day at the site. */
  day: plainDateSchema,
  queues: z.array(boardQueueSchema),
  /** Hours with something in them, in order. */
  hours: z.array(boardHourSchema),
  promisedToday: z.array(z.object({ currency: z.string(), cents: z.int() })),
  inbound: boardInboundSchema,
});
export type Board = z.infer<typeof boardSchema>;

/** Data of an SSE event `board`: a `Board`; of an event `still`: the last one holds as of then. */
export const boardStillSchema = z.object({ asOf: instantSchema });

/** Share of inbound calls that were answered in time, in whole percent, rounded down; null: none came. */
export function serviceLevelPercent({ answered, answeredInTime, missed }: BoardInbound): number | null {
  return answered + missed === 0 ? null : Math.floor((answeredInTime * 100) / (answered + missed));
}
