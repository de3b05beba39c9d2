/**
 * Who does what now, help, and who listens, as pages ask for it (`floor-protocol.ts`).
 *
 * Invariants: nothing of it is stored at the desk: no command log, no row; each change is said on the topic `floor`. A page tells the
 * operator's state only while `followedBy` names the agreement that covers it.
 */
import { z } from 'zod';
import { callIdSchema, commandIdSchema, userIdSchema } from '../id.ts';
import { helpsSchema, listeningIdSchema, listeningWays, ownFloorSchema, ownStateSchema, releaseReasonSchema, releaseReplySchema } from '../protocol/floor-protocol.ts';
import { workersAgreementEntitySchema } from '../protocol/workers-agreement-protocol.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';

export const floorScreenSchema = z.object({
  /** The agreement by which leads see by name what this operator does; null: nobody sees it. */
  followedBy: workersAgreementEntitySchema.nullable(),
  /** The agreement by which leads may listen; null: nobody may. */
  heardBy: workersAgreementEntitySchema.nullable(),
  own: ownFloorSchema,
  /** For leads. */
  helps: helpsSchema.shape.helps,
  /** To whom this lead listens; null: to nobody. */
  listening: z.object({ listeningId: listeningIdSchema, callId: callIdSchema, userId: userIdSchema, how: z.enum(listeningWays) }).nullable(),
  /** A lead let this operator out of a wrap-up: who and why, until the operator has closed it. */
  released: z.object({ byName: z.string(), reason: z.string() }).nullable().default(null),
});
export type FloorScreen = z.infer<typeof floorScreenSchema>;

/** A page says no more often that it is typed in. */
export const TYPED_TOLD_EVERY_MS = 5_000;

const none = z.object({});

export const floorQueries = {
  'show-floor': channel(z.object({}), floorScreenSchema),
} as const satisfies ChannelMap;

export const floorCommands = {
  'tell-state': channel(ownStateSchema.extend({ commandId: commandIdSchema }), none),
  /** In a call; it ends with the call, or when it is taken back. */
  'ask-help': channel(z.object({ commandId: commandIdSchema, isRaised: z.boolean() }), none),
  'answer-help': channel(z.object({ commandId: commandIdSchema, userId: userIdSchema }), none),
  /** Dials the exchange's code once the operator's screen says that somebody listens; refused where it cannot say so. */
  'begin-listening': channel(z.object({ commandId: commandIdSchema, userId: userIdSchema, how: z.enum(listeningWays) }), z.object({ callId: callIdSchema })),
  /** The screen of the operator shows it. */
  'confirm-listening': channel(z.object({ commandId: commandIdSchema, listeningId: listeningIdSchema }), none),
  /** The call that was listened to is over. */
  'drop-listeners': channel(z.object({ commandId: commandIdSchema }), none),
  /** A lead asks to let somebody out of a wrap-up that is over its time; answered with what that person's desk decided. */
  'release-wrap-up': channel(z.object({ commandId: commandIdSchema, userId: userIdSchema, reason: releaseReasonSchema }), releaseReplySchema),
  /** Somebody types here: nobody lets them out of a wrap-up now. Stays on this PC. */
  'tell-typed': channel(z.object({ commandId: commandIdSchema }), none),
  /** The operator has read who let them out, and why. */
  'close-release': channel(z.object({ commandId: commandIdSchema }), none),
} as const satisfies ChannelMap;
