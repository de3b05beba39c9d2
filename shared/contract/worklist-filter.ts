/** What the worklist may be narrowed to; everything null = all. Kept by name as a saved view. */
import { z } from 'zod';
import { debtorKindSchema, toneSchema } from '../case/case-entity.ts';

/** Why a case is in front of the operator, as one may choose among. */
export const worklistWhys = ['callback', 'promise-open', 'promise-broken', 'payment-claimed', 'recovery', 'overdue', 'due-soon', 'due-later'] as const;
export const worklistWhySchema = z.enum(worklistWhys);

const centsSchema = z.int().min(-1e12).max(1e12).nullable().default(null);
/** Negative = days still to go. */
const daysSchema = z.int().min(-36_500).max(36_500).nullable().default(null);

export const worklistFilterSchema = z.object({
  text: z.string().max(200).default(''),
  tone: toneSchema.nullable().default(null),
  why: worklistWhySchema.nullable().default(null),
  kind: debtorKindSchema.nullable().default(null),
  /** Of the open balance. */
  amountFromCents: centsSchema,
  amountToCents: centsSchema,
  /** Of the oldest invoice that may be asked for. */
  daysLateFrom: daysSchema,
  daysLateTo: daysSchema,
  disputed: z.boolean().nullable().default(null),
  hasDraft: z.boolean().nullable().default(null),
});
export type WorklistFilter = z.output<typeof worklistFilterSchema>;
export const noFilter: WorklistFilter = worklistFilterSchema.parse({});
