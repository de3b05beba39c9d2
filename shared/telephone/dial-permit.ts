/**
 * Leave to dial one number for one call, given by the desk in the transaction that committed the permit (design §6).
 *
 * Invariant: it is good once, for ten seconds, for the number and the call that it names, and for nothing else.
 */
import { z } from 'zod';
import { callIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';
import { dialNumberSchema } from './dial-target.ts';

export const PERMIT_LASTS_MS = 10_000;

export const dialPermitSchema = z.object({ callId: callIdSchema, number: dialNumberSchema, expiresAtMs: instantSchema });
export type DialPermit = z.infer<typeof dialPermitSchema>;
