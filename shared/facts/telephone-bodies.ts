/**
 * What the telephone tells of a call: how it went (`call-moved`), how it ended (`call-ended`) and how it sounded.
 *
 * Invariants: each stands once, known by its call and its `number`, whatever was told twice; `atMs` is the softphone's clock, because
 * a desk that was down commits late. Words (moves, causes, who) are open: a newer desk may say one that this build does not know; it is
 * kept as it came and shown as such. Nobody's number stands here but one that a call was transferred to.
 *
 *   call-started ─▶ call-moved* (ringing, answered, held …) ─▶ call-ended ─▶ call-moved (measured)
 */
import { z } from 'zod';
import { factIdSchema } from '../id.ts';
import type { CallEndCause } from '../telephone/call-end.ts';
import { callEndCauses } from '../telephone/call-end.ts';
import { instantSchema } from '../time.ts';

const wordSchema = z.string().regex(/^[a-z][a-z0-9-]*$/).max(40);

/** How it sounded, in whole numbers: loss in thousandths, MOS in hundredths (shared/telephone/call-quality.ts). */
export const callQualitySchema = z.object({
  lossPermille: z.int().min(0).max(1000),
  jitterMs: z.int().nonnegative(),
  /** Null: the far end never reported. */
  roundTripMs: z.int().nonnegative().nullable(),
  mosHundredths: z.int().min(100).max(500).nullable(),
});
export type CallQuality = z.infer<typeof callQualitySchema>;

/** The moves that this build writes. */
export const callMoves = [
  'ringing', 'answered', 'held', 'resumed', 'held-by-them', 'resumed-by-them', 'transfer-begun', 'transfer-failed', 'sound-lost', 'sound-back', 'measured',
] as const;
export type CallMove = (typeof callMoves)[number];

export const callMovedBodySchema = z.object({
  move: wordSchema,
  /** Where it stands in what the softphone told: with the call's id it is said once. */
  number: z.int().positive(),
  atMs: instantSchema,
  /** The permit that the call was dialled on; null = inbound. */
  permitFactId: factIdSchema.nullable(),
  /** Of a transfer: `blind` or `attended`. */
  how: wordSchema.nullable(),
  /** Of a transfer: the extension or number. */
  to: z.string().max(30).nullable(),
  sipStatus: z.int().min(100).max(699).nullable(),
  /** Of `measured`. */
  quality: callQualitySchema.nullable(),
});
export type CallMovedBody = z.infer<typeof callMovedBodySchema>;

/** As the desk without a telephone wrote it. */
export const callEndedBodySchemaV1 = z.object({ cause: z.enum(['not-made', 'interrupted']) });

/** The causes that this build writes: those of the telephone, and `not-made` (begun and never dialled). */
export const endCauses = [...callEndCauses, 'not-made'] as const;
export type EndCause = CallEndCause | 'not-made';
export type EndedBy = 'us' | 'them' | 'network' | 'unknown';

export const callEndedBodySchema = z.object({
  cause: wordSchema,
  /** Who hung up: us, them, the network (exchange, line); unknown where nobody was there to see it. */
  by: wordSchema,
  sipStatus: z.int().min(100).max(699).nullable(),
  q850: z.int().min(1).max(127).nullable(),
  /** Null: it never rang; nobody answered. */
  ringSeconds: z.int().nonnegative().nullable(),
  talkSeconds: z.int().nonnegative().nullable(),
  quality: callQualitySchema.nullable(),
  /** The line fell while they talked: it may be taken up again within fifteen minutes as the same conversation (rules §1a). */
  isDropped: z.boolean(),
  /** As in `call-moved`; null = ended without the telephone. */
  number: z.int().positive().nullable(),
  permitFactId: factIdSchema.nullable(),
});
export type CallEndedBody = z.infer<typeof callEndedBodySchema>;

/** An end that no telephone told. */
export function plainCallEnd(cause: EndCause): CallEndedBody {
  return { cause, by: 'unknown', sipStatus: null, q850: null, ringSeconds: null, talkSeconds: null, quality: null, isDropped: false, number: null, permitFactId: null };
}

export function upcastCallEnded({ cause }: z.infer<typeof callEndedBodySchemaV1>): CallEndedBody {
  return plainCallEnd(cause);
}

/** The cause as this build knows it; null = one of a newer desk. */
export function readEndCause(cause: string): EndCause | null {
  return endCauses.find((known) => known === cause) ?? null;
}

/** The move as this build knows it; null = one of a newer desk. */
export function readMove(move: string): CallMove | null {
  return callMoves.find((known) => known === move) ?? null;
}
