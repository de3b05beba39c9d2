/**
 * The rules of the house as the feed brings them to every desk: how each creditor may be spoken for, which scripts are in
 * force, which days are closed, who is trained for which tone.
 *
 * Invariants: all of it is published at the hub, one number higher each time, and a desk works offline with the newest it has;
 * where the hub has published nothing for a creditor, `standardConduct` holds, which is never looser than a preset. Running calls
 * finish on the version they began with. A certificate goes to its owner and to leads, never to colleagues.
 */
import { z } from 'zod';
import { debtorKinds, debtorKindSchema, toneSchema } from '../case/case-entity.ts';
import type { DebtorKind } from '../case/case-entity.ts';
import { identityMethodSchema } from '../facts/conduct-bodies.ts';
import type { IdentityMethod } from '../facts/conduct-bodies.ts';
import type { CreditorId } from '../id.ts';
import { creditorIdSchema, userIdSchema } from '../id.ts';
import { jsonObjectSchema } from '../json-object.ts';
import { agreementTermsSchema, usualAgreementTerms } from './agreement-terms.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

const idTextSchema = z.string().regex(/^[a-z][a-z0-9-]*$/).max(80);

/** What one creditor chose. `stricter`: values that replace the preset's, per policy; `tightenPolicy` refuses looser ones. */
export const conductEntitySchema = z.object({
  creditorId: creditorIdSchema,
  version: z.int().positive(),
  policyOfKind: z.record(debtorKindSchema, idTextSchema),
  stricter: z.record(z.string(), jsonObjectSchema),
  /** In the order in which they are asked for; the name is always asked besides. */
  identityMethods: z.record(debtorKindSchema, z.array(identityMethodSchema).min(1)),
  /** The number printed on this creditor's invoices, for those who do not trust the call. */
  printedNumber: z.string().max(40).nullable(),
  /** The mandate lets guarantors and co-debtors be called. */
  mayCallGuarantors: z.boolean(),
  /** The mandate lets calls be recorded, by the policy's own terms; hubs of before say nothing. */
  mayRecord: z.boolean().default(false),
  /** The place whose patron saint is a holiday for this creditor's customers, where theirs is unknown. */
  city: z.string().max(80).nullable(),
  /** What may be agreed; a conduct of before it was known has what is usual. */
  agreements: agreementTermsSchema.default(usualAgreementTerms),
});
export type ConductEntity = z.infer<typeof conductEntitySchema>;

/** Days on which nobody is called, beyond public holidays. One per agency. */
export const calendarEntitySchema = z.object({
  calendarId: z.literal('agency'),
  version: z.int().positive(),
  closures: z.array(z.object({ from: plainDateSchema, to: plainDateSchema, name: z.string().trim().min(1).max(100) })).max(500),
  /** Every year, month and day `12-07`, per city as people write it. */
  patronSaints: z.array(z.object({ city: z.string().trim().min(1).max(80), monthDay: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/), name: z.string().trim().max(100) })).max(2000),
});
export type CalendarEntity = z.infer<typeof calendarEntitySchema>;

/** A published script: the pack as `script-pack.ts` reads it, resolved (nothing included from elsewhere). */
export const scriptEntitySchema = z.object({
  packId: idTextSchema,
  packVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  publishedAt: instantSchema,
  /** False: replaced or withdrawn; kept for calls that run on it and for reading what was said. */
  isInForce: z.boolean(),
  pack: jsonObjectSchema,
});
export type ScriptEntity = z.infer<typeof scriptEntitySchema>;

export const certificateLevels = ['trainee', 'full'] as const;
/** That somebody is trained to speak in a tone; none, or one that has ended = not. */
export const certificateEntitySchema = z.object({
  userId: userIdSchema, tone: toneSchema, level: z.enum(certificateLevels), since: plainDateSchema, until: plainDateSchema.nullable(),
});
export type CertificateEntity = z.infer<typeof certificateEntitySchema>;

/** Consumers by the code of conduct, everybody else by office hours (rules §1a). */
export const standardPolicyOfKind: Record<DebtorKind, string> = {
  person: 'it-unirec', condominium: 'it-unirec', 'sole-trader': 'it-business', company: 'it-business', 'public-body': 'it-business',
};

/** Name plus one of these (domain §3.3, rules §1a). */
export const standardIdentityMethods: Record<DebtorKind, IdentityMethod[]> = {
  person: ['birth-date', 'tax-code', 'customer-code', 'address'],
  condominium: ['role', 'tax-code', 'customer-code', 'address'],
  'sole-trader': ['tax-code', 'customer-code', 'address', 'role'],
  company: ['role', 'customer-code', 'tax-code'],
  'public-body': ['role', 'customer-code', 'tax-code'],
};

/** What holds where nothing was published. */
export function standardConduct(creditorId: CreditorId): Omit<ConductEntity, 'version'> & { version: null } {
  return {
    creditorId, version: null, policyOfKind: standardPolicyOfKind, stricter: {}, identityMethods: standardIdentityMethods, printedNumber: null,
    mayCallGuarantors: false, mayRecord: false, city: null, agreements: usualAgreementTerms,
  };
}
export type Conduct = ConductEntity | ReturnType<typeof standardConduct>;

/** Kinds for a form, in the order in which they are shown. */
export const conductKinds = debtorKinds;

// What leads and administrators ask of the hub; replies carry what is in force now.
export const conductDraftSchema = conductEntitySchema.omit({ version: true });
export const calendarDraftSchema = calendarEntitySchema.omit({ version: true });
export const conductOverviewSchema = z.object({
  creditors: z.array(z.object({ creditorId: creditorIdSchema, name: z.string(), conduct: conductEntitySchema.nullable() })),
  calendar: calendarEntitySchema.nullable(),
});
export const certificateListSchema = z.object({
  people: z.array(z.object({ userId: userIdSchema, displayName: z.string(), certificates: z.array(certificateEntitySchema) })),
});
export const scriptListSchema = z.object({
  /** Not the packs themselves, but what a lead knows each by. */
  scripts: z.array(scriptEntitySchema.omit({ pack: true }).extend({ title: z.object({ it: z.string(), en: z.string() }), tone: toneSchema })),
});
export type ScriptInList = z.infer<typeof scriptListSchema>['scripts'][number];
/** A pack as its file has it; answered with what was published, or with everything the checker found. */
export const publishScriptSchema = z.object({ pack: jsonObjectSchema });
/** All that a person is certified for: a tone that is not named is withdrawn. */
export const certificateDraftSchema = z.object({ certificates: z.array(certificateEntitySchema.omit({ userId: true })).max(3) });
