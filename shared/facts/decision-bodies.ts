/**
 * What a second person decides about a case: a lead, or the creditor's person.
 *
 * Invariant: a decision is a fact with a reason; who took it stands in the header, and what it decided about stays.
 */
import { z } from 'zod';
import { factIdSchema, flagIdSchema, invoiceIdSchema, userIdSchema } from '../id.ts';
import { plainDateSchema } from '../time.ts';

const reasonSchema = z.string().trim().min(3).max(500);

/** No contact about this, until a day (`suspended`) or for good (`excluded`). `invoiceId` null = the whole case. */
export const suspensionBodySchema = z
  .object({ kind: z.enum(['suspended', 'excluded']), invoiceId: invoiceIdSchema.nullable(), until: plainDateSchema.nullable(), reason: reasonSchema })
  .refine((body) => body.kind === 'suspended' || body.until === null, { message: 'an exclusion has no end', path: ['until'] });
export type SuspensionBody = z.infer<typeof suspensionBodySchema>;

/** Ends a suspension, or lets work go on after an outcome that stopped it; `targetFactId` is that fact. */
export const resumptionBodySchema = z.object({ targetFactId: factIdSchema, reason: reasonSchema });
export type ResumptionBody = z.infer<typeof resumptionBodySchema>;

/** A second person's word on a positive outcome (domain §3.9). */
export const auditBodySchema = z
  .object({ targetFactId: factIdSchema, verdict: z.enum(['approved', 'rejected', 'observed']), reason: z.string().trim().max(500).nullable() })
  .refine((body) => body.verdict === 'approved' || (body.reason ?? '').length >= 3, { message: 'say why', path: ['reason'] });
export type AuditBody = z.infer<typeof auditBodySchema>;

/** A flag that somebody looked at. */
export const flagSettledBodySchema = z.object({ flagId: flagIdSchema, note: z.string().trim().max(500).nullable() });
export type FlagSettledBody = z.infer<typeof flagSettledBodySchema>;

/** Gives the customer, with all cases, to another operator; the hub acts on it as its lease allows (ADR 0014). */
export const assignmentBodySchema = z.object({ ownerId: userIdSchema, reason: reasonSchema });
export type AssignmentBody = z.infer<typeof assignmentBodySchema>;
