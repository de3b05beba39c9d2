/**
 * The agreement with the workers, on record (domain §3.11; L. 300/1970 art. 4): without one that covers it, nothing that follows people at
 * work is on.
 *
 * Invariants: an administrator records it at the hub, one number higher each time, and what was recorded before stays; it goes to every
 * desk, so that each person sees what is on and by which paper; withdrawn, or past its last day, it covers nothing. A scope that a build does
 * not know is covered by nothing there.
 */
import { z } from 'zod';
import type { PlainDate } from '../time.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

/** `recording`: calls are recorded. `named-states`: a lead sees who does what now. `listening`: a lead listens to a call, whispers, joins it. */
export const agreementScopes = ['recording', 'named-states', 'listening'] as const;
export type AgreementScope = (typeof agreementScopes)[number];
/** What the law knows: an agreement with the representatives, or the inspectorate's authorisation in its place. */
export const agreementKinds = ['works-agreement', 'authorisation'] as const;

const lineSchema = z.string().trim().min(3).max(300);

/** As an administrator records it. */
export const workersAgreementDraftSchema = z
  .object({
    kind: z.enum(agreementKinds),
    scopes: z.array(z.enum(agreementScopes)).min(1),
    signedOn: plainDateSchema,
    /** The first and the last day on which it covers; no last day = until it is withdrawn. */
    from: plainDateSchema,
    until: plainDateSchema.nullable(),
    signatories: lineSchema,
    /** Where the paper is: protocol number, archive. */
    document: lineSchema,
  })
  .refine(({ from, until }) => until === null || from <= until, { message: 'ends before it begins', path: ['until'] });
export type WorkersAgreementDraft = z.infer<typeof workersAgreementDraftSchema>;

export const agreementWithdrawalSchema = z.object({ reason: lineSchema });

export const workersAgreementEntitySchema = z.object({
  agreementId: z.literal('agency'),
  version: z.int().positive(),
  recordedAt: instantSchema,
  ...workersAgreementDraftSchema.shape,
  scopes: z.array(z.string()).transform((scopes) => agreementScopes.filter((scope) => scopes.includes(scope))),
  withdrawn: z.object({ at: instantSchema, reason: z.string() }).nullable(),
});
export type WorkersAgreementEntity = z.infer<typeof workersAgreementEntitySchema>;

/** What stands, and everything before it, newest first. */
export const workersAgreementListSchema = z.object({ versions: z.array(workersAgreementEntitySchema) });

/** Whether the agreement on record covers this on a day of the site. */
export function agreementCovers(agreement: WorkersAgreementEntity | null, scope: AgreementScope, today: PlainDate): boolean {
  if (agreement === null || agreement.withdrawn !== null || !agreement.scopes.includes(scope)) return false;
  return agreement.from <= today && (agreement.until === null || today <= agreement.until);
}
