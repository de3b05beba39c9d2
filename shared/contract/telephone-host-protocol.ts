/**
 * The telephone between main, which has the line, and the desk, which has the permit and the facts.
 *
 *   desk  telephone-account ─▶ main   on the line with it (null: off); main answers `telephone-hello`, then what waits
 *   desk  telephone-dial ────▶ main   the only way to an INVITE; `telephone-not-dialled` where it could not
 *   desk  telephone-transfer ▶ main
 *   main  telephone-events ──▶ desk   in order; kept by main until `telephone-committed` names a number that is not lower
 *
 * Invariants: account and permit go from the desk to main and never to a page. What belongs to one operator's calls is committed by
 * that operator's desk only (`ownerId`): main keeps it while somebody else is signed in.
 */
import { z } from 'zod';
import { callIdSchema, userIdSchema } from '../id.ts';
import { telephoneAccountSchema } from '../telephone/account.ts';
import { dialPermitSchema } from '../telephone/dial-permit.ts';
import { dialNumberSchema } from '../telephone/dial-target.ts';
import { telephoneEventSchema } from '../telephone/telephone-event.ts';
import { instantSchema } from '../time.ts';

export const mainToDeskTelephone = [
  /** `sinceMs`: since when main is there; `callIds`: the owner's calls that live, or of which something waits to be committed. */
  z.object({ type: z.literal('telephone-hello'), ownerId: userIdSchema, sinceMs: instantSchema, callIds: z.array(callIdSchema) }),
  z.object({ type: z.literal('telephone-events'), ownerId: userIdSchema, events: z.array(telephoneEventSchema) }),
  /** Nothing left the machine; `code` as the softphone says it. */
  z.object({ type: z.literal('telephone-not-dialled'), ownerId: userIdSchema, callId: callIdSchema, code: z.string().max(80) }),
] as const;

export const deskToMainTelephone = [
  z.object({ type: z.literal('telephone-account'), ownerId: userIdSchema.nullable(), account: telephoneAccountSchema.nullable() }),
  /** `callerNumber`: what the called person is to see, the creditor's; null = what the exchange shows. */
  z.object({ type: z.literal('telephone-dial'), ownerId: userIdSchema, permit: dialPermitSchema, callerNumber: dialNumberSchema.nullable() }),
  /** The permit's number is the colleague's. `attended`: it is dialled first, and joined when the operator says so. */
  z.object({ type: z.literal('telephone-transfer'), ownerId: userIdSchema, callId: callIdSchema, how: z.enum(['blind', 'attended']), permit: dialPermitSchema }),
  z.object({ type: z.literal('telephone-committed'), ownerId: userIdSchema, upTo: z.int().positive() }),
] as const;

export type MainToDeskTelephone = z.infer<(typeof mainToDeskTelephone)[number]>;
export type DeskToMainTelephone = z.infer<(typeof deskToMainTelephone)[number]>;
