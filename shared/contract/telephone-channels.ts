/**
 * The telephone as the page sees it through the desk: whether there is an account, how the open call's line stands, who called.
 * Line, devices, mute, digits and hanging up are main's: they act at once, whatever the desk does.
 *
 * Invariants: no password and no permit is ever here; a number of a caller is what the exchange says, which proves nothing.
 */
import { z } from 'zod';
import { outcomeCodeSchema } from '../case/outcome-codes.ts';
import { callIdSchema, commandIdSchema } from '../id.ts';
import { noAccountReasons } from '../protocol/telephone-protocol.ts';
import { callStateSchema } from '../telephone/call-state.ts';
import { instantSchema } from '../time.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';
import { transferWays } from '../telephone/transfer-way.ts';

export const shownCallStates = ['dialling', 'ringing', 'offered', 'answering', 'talking', 'held', 'transferring', 'ended'] as const;

/** How the open call stands on the line; null in its place = by hand. */
export const callTelephoneSchema = z.object({
  shown: z.enum(shownCallStates),
  heldByUs: z.boolean(),
  heldByThem: z.boolean(),
  sound: callStateSchema.shape.sound,
  answeredAtMs: instantSchema.nullable(),
  ended: z.object({
    /** As `history.callEnd.<cause>`, where this build knows it. */
    cause: z.string(),
    by: z.string(),
    talkSeconds: z.int().nullable(),
    isDropped: z.boolean(),
    /** What the end speaks for; null = it says nothing. */
    suggestCode: outcomeCodeSchema.nullable(),
    /** Until then it may be dialled again as the same conversation. */
    resumeUntilMs: instantSchema.nullable(),
  }).nullable(),
});
export type CallTelephone = z.infer<typeof callTelephoneSchema>;

export const unclaimedCallSchema = z.object({
  callId: callIdSchema,
  atMs: instantSchema,
  number: z.string().nullable(),
  name: z.string().nullable(),
  answeredAtMs: instantSchema.nullable(),
  endedAtMs: instantSchema.nullable(),
  /** Nobody answered it, and nobody refused it or sent it on. */
  isMissed: z.boolean(),
  /** The colleague it was sent on to before anybody answered here. */
  sentTo: z.string().nullable(),
});

export const telephoneScreenSchema = z.object({
  account: z.object({ user: z.string(), domain: z.string() }).nullable(),
  /** Why there is none; `unknown` until the hub was asked once. */
  reason: z.enum([...noAccountReasons, 'unknown']).nullable(),
  /** Calls that came in and belong to no case, newest first. */
  calls: z.array(unclaimedCallSchema),
  /** Events that are not on the disk yet: it is full, and the call goes on all the same. */
  unsavedCount: z.int().nonnegative(),
  /** The last call that could not be dialled, and why, as the softphone says it. */
  notDialled: z.object({ callId: callIdSchema, code: z.string() }).nullable(),
});
export type TelephoneScreen = z.infer<typeof telephoneScreenSchema>;

export const telephoneQueries = {
  'show-telephone': channel(z.object({}), telephoneScreenSchema),
} as const satisfies ChannelMap;

export const telephoneCommands = {
  /** To a colleague's extension; customers are called from their case. `redirect`: a call that still rings here, and is not answered. */
  'transfer-call': channel(z.object({ commandId: commandIdSchema, callId: callIdSchema, to: z.string().max(100), how: z.enum(transferWays) }), z.object({})),
  /** A call to a colleague, of no case: no script, no outcome and no fact; not while a customer is on the line. */
  'dial-extension': channel(z.object({ commandId: commandIdSchema, to: z.string().max(100) }), z.object({ callId: callIdSchema })),
} as const satisfies ChannelMap;
