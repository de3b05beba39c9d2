/**
 * The telephone between main, which has the line, and the desk, which has the permit and the facts.
 *
 *   desk  telephone-account ─▶ main   on the line with it (null: off); main answers `telephone-hello`, then what waits
 *   desk  telephone-dial ────▶ main   the only way to an INVITE; `telephone-not-dialled` where it could not
 *   desk  telephone-transfer ▶ main
 *   desk  telephone-record ──▶ main   the only way to a recording: on, or off
 *   main  telephone-recorded ▶ desk   its pieces, in order; kept by main until `telephone-recorded-committed` names them
 *   main  telephone-events ──▶ desk   in order; kept by main until `telephone-committed` names a number that is not lower
 *
 * Invariants: account and permit go from the desk to main and never to a page. What belongs to one operator's calls is committed by
 * that operator's desk only (`ownerId`): main keeps it while somebody else is signed in.
 */
import { z } from 'zod';
import { recordingEnds } from '../facts/recording-bodies.ts';
import { attachmentIdSchema, callIdSchema, userIdSchema } from '../id.ts';
import { telephoneAccountSchema } from '../telephone/account.ts';
import { dialPermitSchema } from '../telephone/dial-permit.ts';
import { dialNumberSchema } from '../telephone/dial-target.ts';
import { telephoneEventSchema } from '../telephone/telephone-event.ts';
import { transferWays } from '../telephone/transfer-way.ts';
import { instantSchema } from '../time.ts';

export const mainToDeskTelephone = [
  /** `sinceMs`: since when main is there; `callIds`: the owner's calls that live, or of which something waits to be committed. */
  z.object({ type: z.literal('telephone-hello'), ownerId: userIdSchema, sinceMs: instantSchema, callIds: z.array(callIdSchema), recordingIds: z.array(attachmentIdSchema).default([]) }),
  z.object({ type: z.literal('telephone-events'), ownerId: userIdSchema, events: z.array(telephoneEventSchema) }),
  /** `end`: there is no more of it, and why; its bytes may be none. */
  z.object({
    type: z.literal('telephone-recorded'), ownerId: userIdSchema, callId: callIdSchema, recordingId: attachmentIdSchema, index: z.int().nonnegative(),
    bytes: z.instanceof(Uint8Array), startedAtMs: instantSchema, atMs: instantSchema, pauses: z.array(z.object({ from: instantSchema, to: instantSchema.nullable() })),
    end: z.enum(recordingEnds).nullable(),
  }),
  /** Nothing left the machine; `code` as the softphone says it. */
  z.object({ type: z.literal('telephone-not-dialled'), ownerId: userIdSchema, callId: callIdSchema, code: z.string().max(80) }),
] as const;

export const deskToMainTelephone = [
  z.object({ type: z.literal('telephone-account'), ownerId: userIdSchema.nullable(), account: telephoneAccountSchema.nullable() }),
  /** `callerNumber`: what the called person is to see, the creditor's; null = what the exchange shows. */
  z.object({ type: z.literal('telephone-dial'), ownerId: userIdSchema, permit: dialPermitSchema, callerNumber: dialNumberSchema.nullable() }),
  /** The permit's number is the colleague's. `attended`: it is dialled first, and joined when the operator says so; `redirect`: of a call that rings. */
  z.object({ type: z.literal('telephone-transfer'), ownerId: userIdSchema, callId: callIdSchema, how: z.enum(transferWays), permit: dialPermitSchema }),
  z.object({ type: z.literal('telephone-record'), ownerId: userIdSchema, callId: callIdSchema, recordingId: attachmentIdSchema, on: z.boolean() }),
  z.object({ type: z.literal('telephone-recorded-committed'), ownerId: userIdSchema, recordingId: attachmentIdSchema, upTo: z.int().nonnegative() }),
  z.object({ type: z.literal('telephone-committed'), ownerId: userIdSchema, upTo: z.int().positive() }),
] as const;

export type MainToDeskTelephone = z.infer<(typeof mainToDeskTelephone)[number]>;
export type DeskToMainTelephone = z.infer<(typeof deskToMainTelephone)[number]>;
