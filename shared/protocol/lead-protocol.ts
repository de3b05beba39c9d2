/**
 * What a lead asks the hub: lists in figures, any case, who could take it.
 *
 * Invariant: no answer names an operator beside a time (domain §3.11): actors are hidden, figures have no person, and
 * the collectors come with their names alone.
 */
import { z } from 'zod';
import { caseEntitySchema, debtorKindSchema, toneSchema } from '../case/case-entity.ts';
import { caseIdSchema, creditorIdSchema, userIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';

/** What cases are counted by; each is also a filter. */
export const caseMeasures = [
  'cases', 'toWork', 'workedToday', 'talkedToday', 'promises', 'promisesBroken', 'callbacksToday', 'callbacksLate', 'disputes', 'stopped', 'waiting',
] as const;
export const caseMeasureSchema = z.enum(caseMeasures);
export type CaseMeasure = z.infer<typeof caseMeasureSchema>;

const countsSchema = z.record(caseMeasureSchema, z.int().nonnegative());

/** One list: a creditor's cases of one tone, in one currency. */
export const listRowSchema = z.object({
  creditorId: creditorIdSchema,
  creditorName: z.string(),
  tone: toneSchema,
  currency: z.string(),
  counts: countsSchema,
  openCents: z.int(),
  promisedCents: z.int(),
});
export type ListRow = z.infer<typeof listRowSchema>;

export const listsReplySchema = z.object({ asOf: instantSchema, rows: z.array(listRowSchema) });
export type ListsReply = z.infer<typeof listsReplySchema>;

/** Every part narrows; `search` is words, each found anywhere in name, code, tax code, invoice or telephone number. */
export const caseFilterSchema = z.object({
  search: z.string().trim().max(200).default(''),
  creditorId: creditorIdSchema.optional(),
  tone: toneSchema.optional(),
  measure: caseMeasureSchema.optional(),
});
export type CaseFilter = z.infer<typeof caseFilterSchema>;

export const foundCaseSchema = z.object({
  caseId: caseIdSchema,
  customerName: z.string(),
  customerCode: z.string(),
  creditorName: z.string(),
  kind: debtorKindSchema,
  tone: toneSchema,
  currency: z.string(),
  openCents: z.int(),
  /** What the case counts for, besides `cases`. */
  measures: z.array(caseMeasureSchema),
});
export type FoundCase = z.infer<typeof foundCaseSchema>;

export const foundCasesSchema = z.object({ rows: z.array(foundCaseSchema), more: z.boolean() });

/** `untilMs`: on the way to another operator, who has it then at the latest. */
export const assignmentStateSchema = z.object({ state: z.enum(['nobody', 'held', 'on-the-way']), untilMs: instantSchema.nullable() });

export const caseReplySchema = z.object({
  case: caseEntitySchema,
  /** The same person's cases with other creditors: contacts are counted per person, and nothing of them is shown. */
  others: z.array(caseEntitySchema).default([]),
  revision: z.int().nonnegative(),
  assignment: assignmentStateSchema,
});
export type CaseReply = z.infer<typeof caseReplySchema>;

export const collectorsReplySchema = z.object({ collectors: z.array(z.object({ userId: userIdSchema, displayName: z.string() })) });
