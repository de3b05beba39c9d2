/**
 * The people of a case: everyone with a role in it, and where they can be reached (domain §1).
 *
 * Invariant: what a file said is never overwritten by a reading of it: `raw` stays beside the number that was made of it.
 */
import { z } from 'zod';
import { numberIdSchema, partyIdSchema } from '../id.ts';
import type { DebtorKind } from './case-entity.ts';

export const partyRoles = [
  'holder', 'co-debtor', 'guarantor', 'heir', 'company-accounts', 'company-owner', 'company-reception', 'administrator', 'guardian', 'representative',
] as const;
export const partyRoleSchema = z.enum(partyRoles);
export type PartyRole = z.infer<typeof partyRoleSchema>;

export const partySchema = z.object({
  partyId: partyIdSchema,
  role: partyRoleSchema,
  name: z.string().trim().min(1).max(200),
  /** Whether this party may be told of the debt; guarantors and co-debtors only if the mandate says so. */
  mayBeTold: z.boolean(),
  language: z.string().regex(/^[a-z]{2,3}$/).nullable(),
  taxCode: z.string().max(20).nullable(),
  note: z.string().max(500).nullable(),
});
export type Party = z.infer<typeof partySchema>;

/** Roles that may be told without a further question; the others wait for the mandate. */
export const toldByDefault: Record<PartyRole, boolean> = {
  holder: true, 'co-debtor': false, guarantor: false, heir: false, 'company-accounts': true, 'company-owner': true, 'company-reception': false,
  administrator: true, guardian: true, representative: true,
};

/** Who is usually added to a case, by what its customer is; to a private person's case nobody comes who may be told unasked. */
export const usualNewRole: Record<DebtorKind, PartyRole> = {
  person: 'co-debtor', 'sole-trader': 'company-accounts', company: 'company-accounts', condominium: 'administrator', 'public-body': 'company-accounts',
};

export const contactSources = ['file', 'given-by-person', 'given-by-other', 'searched'] as const;
export const contactSourceSchema = z.enum(contactSources);

export const numberKinds = ['mobile', 'landline', 'other', 'unknown'] as const;

const pointShape = {
  /** One id for life, also for addresses. */
  pointId: numberIdSchema,
  /** Null = the holder. */
  partyId: partyIdSchema.nullable(),
  /** As it was written. */
  raw: z.string().min(1).max(300),
  source: contactSourceSchema,
  usable: z.boolean(),
  /** A workplace number is called only if the person gave it (rules §1a). */
  workplace: z.boolean(),
};

export const contactPointSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), ...pointShape, e164: z.string().nullable(), country: z.string().nullable(), numberKind: z.enum(numberKinds) }),
  z.object({ kind: z.literal('email'), ...pointShape }),
  z.object({ kind: z.literal('pec'), ...pointShape }),
  z.object({ kind: z.literal('post'), ...pointShape }),
]);
export type ContactPoint = z.infer<typeof contactPointSchema>;
