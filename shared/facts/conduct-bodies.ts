/**
 * How a contact was allowed, begun, checked and led: what a call leaves behind besides its outcome. All carry the call's
 * id in the header, so that permit, call, identity, script and outcome are one contact.
 *
 * Invariants: no outbound contact begins without `contact-permitted` in the same transaction (design §6); a permit is good for
 * one contact; a `call-ended` with cause `not-made` takes the attempt back, because nothing rang. What a person said of their own
 * needs (`support-need-saved`) stands apart from every list and is kept only with their consent.
 *
 *   contact-permitted ─▶ call-started ─▶ identity-checked* ─▶ outcome-recorded* ─▶ script-followed, with the last outcome or when the call is closed
 *                              └────────▶ call-ended (telephone-bodies.ts)
 */
import { z } from 'zod';
import { contactChannelSchema } from '../case/outcome-codes.ts';
import { factIdSchema, numberIdSchema, partyIdSchema } from '../id.ts';
import { jsonObjectSchema } from '../json-object.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

/** The facts of a contact that come before its outcome: a contact is told once, by the outcome. */
export const leadingUpToOutcome: readonly string[] = ['contact-permitted', 'call-started', 'identity-checked', 'script-followed', 'call-ended', 'call-moved', 'recording-answered', 'call-recorded'];

const idTextSchema = z.string().regex(/^[a-z][a-z0-9-]*$/).max(80);
const reasonSchema = z.string().trim().min(3).max(500);

/** What was counted when the permit was given; the hub counts again when it knows more. */
export const contactCountersSchema = z.object({
  conversationsToday: z.int().nonnegative(), conversationsThisWeek: z.int().nonnegative(),
  roundsToday: z.int().nonnegative(), roundsThisWeek: z.int().nonnegative(), callsInWindow: z.int().nonnegative(),
});
export type ContactCounters = z.infer<typeof contactCountersSchema>;

export const contactPermittedBodySchema = z.object({
  channel: contactChannelSchema,
  /** The number or address; null where none is known to the case (a letter by hand). */
  pointId: numberIdSchema.nullable(),
  /** As it was dialled or written to: E.164, or as typed. */
  to: z.string().max(300).nullable(),
  /** Null = the holder. */
  partyId: partyIdSchema.nullable(),
  /** `tightened`: the creditor's own stricter values were in force, as published with this number. */
  policy: z.object({ policyId: idTextSchema, version: z.string().max(40), conductVersion: z.int().nonnegative().nullable() }),
  counters: contactCountersSchema,
  /** The lead's `contact-allowed` without which frequency would have refused. */
  allowedBy: factIdSchema.nullable(),
  /** 10 s for a telephone; later there must be a new one. */
  validUntil: instantSchema,
});
export type ContactPermittedBody = z.infer<typeof contactPermittedBodySchema>;

export const callStartedBodySchema = z.object({
  direction: z.enum(['outbound', 'inbound']),
  pointId: numberIdSchema.nullable(),
  partyId: partyIdSchema.nullable(),
  /** `by-hand`: dialled on another telephone and logged here. */
  by: z.enum(['by-hand', 'softphone', 'practice-line']),
});
export type CallStartedBody = z.infer<typeof callStartedBodySchema>;

export const identityMethods = ['birth-date', 'tax-code', 'customer-code', 'address', 'role', 'called-back', 'known-voice'] as const;
export const identityMethodSchema = z.enum(identityMethods);
export type IdentityMethod = z.infer<typeof identityMethodSchema>;

export const identityResults = ['confirmed', 'refused', 'third-party', 'minor'] as const;
export const identityCheckedBodySchema = z
  .object({
    result: z.enum(identityResults),
    /** How the right party was known; only where confirmed. Never the detail itself. */
    method: identityMethodSchema.nullable(),
    /** Who it was: null = the holder. */
    partyId: partyIdSchema.nullable(),
  })
  .refine((body) => (body.result === 'confirmed') === (body.method !== null), { message: 'a method stands with a confirmed identity only', path: ['method'] });
export type IdentityCheckedBody = z.infer<typeof identityCheckedBodySchema>;

/** The way a call took through its script. Texts are not repeated: pack and version say them. */
export const scriptFollowedBodySchema = z.object({
  packId: idTextSchema,
  packVersion: z.string().max(40),
  locale: z.enum(['it', 'en']),
  path: z.array(z.object({ stepId: idTextSchema, answerId: idTextSchema.nullable(), at: instantSchema })).max(400),
  objections: z.array(z.object({ objectionId: idTextSchema, at: instantSchema })).max(100),
  disclosures: z.array(z.object({ disclosureId: idTextSchema, at: instantSchema })).max(50),
  /** By field; restricted fields are never among them. */
  captured: jsonObjectSchema,
});
export type ScriptFollowedBody = z.infer<typeof scriptFollowedBodySchema>;

/** A lead lets frequency be exceeded, for a reason and until a moment; hours, holidays and the rest stay. */
export const contactAllowedBodySchema = z.object({ until: instantSchema, reason: reasonSchema });
export type ContactAllowedBody = z.infer<typeof contactAllowedBodySchema>;

export const supportNeeds = ['slower-pace', 'large-print', 'written-only', 'trusted-person', 'certain-hours', 'interpreter', 'breathing-space'] as const;
/** Needs that a person asked us to remember, with their explicit consent (GDPR art. 9(2)(a)); `withdrawn` forgets them. */
export const supportNeedBodySchema = z
  .object({ consent: z.enum(['given', 'withdrawn']), needs: z.array(z.enum(supportNeeds)), reviewOn: plainDateSchema.nullable() })
  .refine((body) => body.consent === 'given' || body.needs.length === 0, { message: 'nothing is kept without consent', path: ['needs'] });
export type SupportNeedBody = z.infer<typeof supportNeedBodySchema>;
