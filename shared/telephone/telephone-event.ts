/**
 * What the softphone tells: one stream, in the order in which things happened.
 *
 * Invariant: `number` counts without a gap from 1 in each life of main, so that whoever commits them knows what is missing.
 */
import { z } from 'zod';
import { callIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';
import { soundFiguresSchema } from './call-quality.ts';
import { callStateSchema, callStepSchema } from './call-state.ts';
import { dialNumberSchema } from './dial-target.ts';

/** Why there is no line; told as `telephone.problem.<code>`. */
export const lineProblems = [
  'wrong-credentials', 'unreachable', 'refused-connection', 'not-an-exchange', 'certificate-expired', 'certificate-other-name',
  'certificate-unknown', 'secure-connection-failed', 'registration-refused', 'no-answer', 'connection-lost',
] as const;
export type LineProblem = (typeof lineProblems)[number];

export const lineStateSchema = z.object({
  name: z.enum(['stopped', 'connecting', 'registering', 'registered', 'waiting', 'refused']),
  /** Of the last attempt that failed; null while all is well. */
  problem: z.enum(lineProblems).nullable(),
  sipStatus: z.int().nullable(),
  /** In `waiting`: until the next attempt. */
  retryInMs: z.number().nullable(),
});
export type LineState = z.infer<typeof lineStateSchema>;

export const callerSchema = z.object({ number: dialNumberSchema.nullable(), name: z.string().nullable() });
export type Caller = z.infer<typeof callerSchema>;

const happened = { number: z.int().positive(), atMs: instantSchema };

export const telephoneEventSchema = z.discriminatedUnion('kind', [
  z.object({ ...happened, kind: z.literal('line'), line: lineStateSchema }),
  /** A call begins; the caller of an inbound one is what it says of itself. */
  z.object({
    ...happened, kind: z.literal('call-begun'), callId: callIdSchema, caller: callerSchema, state: callStateSchema,
    /** Another call was in front when it came. */
    waiting: z.boolean(),
    /** The number that was called, where the exchange says it. */
    called: dialNumberSchema.nullable().optional(),
  }),
  z.object({ ...happened, kind: z.literal('call-stepped'), callId: callIdSchema, step: callStepSchema, state: callStateSchema }),
  z.object({ ...happened, kind: z.literal('call-heard'), callId: callIdSchema }),
  z.object({ ...happened, kind: z.literal('call-quality'), callId: callIdSchema, figures: soundFiguresSchema, mos: z.number() }),
  z.object({ ...happened, kind: z.literal('audio-page'), alive: z.boolean() }),
]);
export type TelephoneEvent = z.infer<typeof telephoneEventSchema>;
