/**
 * What a team lead asks and decides.
 *
 * Invariants: every decision carries a reason and becomes a fact; what is asked of the hub (lists, any case, collectors)
 * needs the line and says so when there is none; no screen names an operator beside a time (domain §3.11).
 */
import { z } from 'zod';
import { clockKinds } from '../case/fold-decisions.ts';
import { outcomeCodeSchema } from '../case/outcome-codes.ts';
import { suspensionBodySchema } from '../facts/decision-bodies.ts';
import { caseIdSchema, commandIdSchema, factIdSchema, flagIdSchema, invoiceIdSchema, sharePlanIdSchema, userIdSchema } from '../id.ts';
import { queueNameSchema } from '../facts/priority-bodies.ts';
import { incomingEntitySchema, priorityEntitySchema } from '../protocol/feed-protocol.ts';
import { assignmentStateSchema, caseFilterSchema, collectorsReplySchema, foundCasesSchema, listsReplySchema } from '../protocol/lead-protocol.ts';
import { shareRequestSchema, shareSummarySchema } from '../protocol/share-protocol.ts';
import { instantSchema, plainDateSchema } from '../time.ts';
import { openAgreementsSchema } from './agreement-channels.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';
import { outcomeFormSchema } from './outcome-form.ts';
import { savedSchema } from './people-channels.ts';
import { caseScreenSchema } from './screens.ts';

const localeSchema = z.enum(['it', 'en']);

/** What a lead can let go on again, by the fact that stopped it. */
export const resumableSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stop'), factId: factIdSchema, at: instantSchema, code: outcomeCodeSchema }),
  z.object({ kind: z.literal('clock'), factId: factIdSchema, at: instantSchema, about: z.enum(clockKinds), dueOn: plainDateSchema }),
  z.object({ kind: z.literal('represented'), factId: factIdSchema, at: instantSchema, name: z.string() }),
  z.object({ kind: z.literal('priority'), factId: factIdSchema, at: instantSchema, until: plainDateSchema, reason: z.string() }),
  z.object({ kind: z.literal('suspension'), factId: factIdSchema, at: instantSchema, suspension: suspensionBodySchema, invoiceNumber: z.string().nullable() }),
]);
export type Resumable = z.infer<typeof resumableSchema>;

/** The same case as its operator sees it, to be read; `assignment` says how far a reassignment is. */
export const leadCaseScreenSchema = z.object({
  screen: caseScreenSchema,
  assignment: assignmentStateSchema,
  resumable: z.array(resumableSchema),
  agreements: openAgreementsSchema,
  /** Settlements that this very lead asked for: another person answers them. */
  ownSettlements: z.array(factIdSchema),
  /** Why nobody may call just now, told as `policy.<code>`; where `overridable`, a lead may allow it. `allowance`: what was allowed and has not ended. */
  frequency: z.object({
    refused: z.object({
      code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])), nextAllowedAtMs: instantSchema.nullable(), overridable: z.boolean(),
    }).nullable(),
    allowance: z.object({ untilMs: instantSchema, reason: z.string() }).nullable(),
  }),
  /** Outcomes that still count: a lead may annul or audit them. */
  standing: z.array(z.object({ factId: factIdSchema, auditable: z.boolean() })),
});
export type LeadCaseScreen = z.infer<typeof leadCaseScreenSchema>;

export const auditScreenSchema = z.object({ rows: z.array(incomingEntitySchema), waiting: z.int() });
export type AuditScreen = z.infer<typeof auditScreenSchema>;

export const leadQueries = {
  'list-lists': channel(z.object({}), listsReplySchema),
  'find-cases': channel(caseFilterSchema, foundCasesSchema),
  'show-lead-case': channel(z.object({ caseId: caseIdSchema }), leadCaseScreenSchema),
  'list-collectors': channel(z.object({}), collectorsReplySchema),
  /** Queues that come before the others, until today or later. */
  'list-priorities': channel(z.object({}), z.object({ rows: z.array(priorityEntitySchema) })),
  /** What sharing a queue would bring; `planId` names exactly that, for a quarter of an hour. */
  'plan-share': channel(shareRequestSchema, z.object({ planId: sharePlanIdSchema, summary: shareSummarySchema, moves: z.int().nonnegative() })),
  'list-audits': channel(z.object({}), auditScreenSchema),
} as const satisfies ChannelMap;

const about = { commandId: commandIdSchema, caseId: caseIdSchema, reason: z.string().max(500) };

export const leadCommands = {
  /** `untilText` as typed; empty = until a lead resumes it. `invoiceId` null = the whole case. */
  'suspend-activity': channel(
    z.object({ ...about, kind: z.enum(['suspended', 'excluded']), invoiceId: invoiceIdSchema.nullable(), untilText: z.string().max(100), locale: localeSchema }),
    savedSchema,
  ),
  /** Before the others until a day, as typed; empty: today. `caseId` or `queue`, one of them. */
  'set-priority': channel(
    z.object({ commandId: commandIdSchema, caseId: caseIdSchema.nullable(), queue: queueNameSchema.nullable(), untilText: z.string().max(100), reason: z.string().max(500), locale: localeSchema })
      .refine(({ caseId, queue }) => (caseId === null) !== (queue === null), { message: 'a case or a queue' }),
    savedSchema,
  ),
  'end-priority': channel(z.object({ commandId: commandIdSchema, priorityId: factIdSchema, reason: z.string().max(500) }), savedSchema),
  'resume-activity': channel(z.object({ ...about, targetFactId: factIdSchema }), savedSchema),
  'assign-customer': channel(z.object({ ...about, ownerId: userIdSchema }), savedSchema),
  /** Gives every customer of the plan as it was seen: one fact each, all or none of them. */
  'share-queue': channel(z.object({ commandId: commandIdSchema, planId: sharePlanIdSchema, reason: z.string().max(500) }), z.object({ moves: z.int() })),
  'audit-outcome': channel(z.object({ ...about, targetFactId: factIdSchema, verdict: z.enum(['approved', 'rejected', 'observed']) }), savedSchema),
  /** `form` null annuls. Any outcome, whoever saved it and whenever; both stay in the history. */
  'correct-as-lead': channel(z.object({ ...about, targetFactId: factIdSchema, form: outcomeFormSchema.nullable(), locale: localeSchema }), savedSchema),
  'settle-flag': channel(z.object({ commandId: commandIdSchema, flagId: flagIdSchema, note: z.string().max(500) }), savedSchema),
} as const satisfies ChannelMap;
