/**
 * Feed: `GET /v1/feed?cursor=…&device=…` answers NDJSON: one `page` line, entity lines, one `end` line.
 *
 * Invariants: a page without its `end` line was cut and is thrown away whole; page and cursor
 * are applied in one transaction; a snapshot replaces everything held; an upsert
 * carries the current state. The cursor names a revision *and* the random tag that the hub
 * gave it, so a hub restored from a backup never takes an old cursor for one of its own.
 *
 * A snapshot is one whole page, unless the desk asks with `limit=…` for pages of at most so many entities: then it is a page
 * `snapshot` of those whose last change is oldest, and goes on with `delta` pages from its cursor, like any feed, until one
 * has no `more`. Only that one lets the desk drop what it held before and the snapshot did not bring. So each cursor in
 * between is a cursor like any other: nothing that changes meanwhile is skipped, a cut or a crash goes on where it was,
 * and a hub restored in between does not know the cursor and begins anew. Removals that the log knows come with every page.
 *
 * Sending a cursor says that the page up to it was applied: with `device` it is an acknowledgement (ADR 0014),
 * unless the desk says `ahead=1`: it reads on while it still applies, and gets no lease with that.
 */
import { z } from 'zod';
import { caseEntitySchema, toneSchema } from '../case/case-entity.ts';
import { outcomeCodeSchema } from '../case/outcome-codes.ts';
import { caseIdSchema, creditorIdSchema, customerIdSchema, factIdSchema, flagIdSchema, invoiceIdSchema, userIdSchema } from '../id.ts';
import { contactTaskEntitySchema } from './contact-task-protocol.ts';
import { calendarEntitySchema, certificateEntitySchema, conductEntitySchema, scriptEntitySchema } from './conduct-protocol.ts';
import { ratesEntitySchema } from './rates-protocol.ts';
import { workersAgreementEntitySchema } from './workers-agreement-protocol.ts';
import { jsonObjectSchema } from '../json-object.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

export const cursorSchema = z.string().regex(/^(\d+:[0-9a-f]{16})?$/);

export const flagCodes = [
  'unknown-case', 'not-assigned', 'promise-over-balance', 'promise-past-due', 'dispute-over-invoice', 'malformed-body',
  'correction-target-missing', 'not-allowed', 'owner-not-collector',
  /** No hub sends it: how a desk reads the code of a newer one. */
  'newer',
  // Of conduct: a contact without a permit, one too many by what all desks together know, agreed without a confirmed identity, a lead's word used.
  'contact-without-permit', 'frequency-exceeded', 'identity-not-confirmed', 'frequency-allowed', 'not-certified',
  // Of mail: asked for in a way that lets nothing go; a copy of an invoice that only the creditor has.
  'mail-not-allowed', 'copy-wanted',
] as const;
export const flagCodeSchema = z.enum(flagCodes);
export type FlagCode = z.infer<typeof flagCodeSchema>;

/** What the hub noticed about a fact: it happened, and somebody should look. */
export const flagEntitySchema = z.object({
  flagId: flagIdSchema,
  factId: factIdSchema,
  caseId: caseIdSchema.nullable(),
  code: flagCodeSchema,
  at: instantSchema,
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The fact it is about, in a few words; never by whom. Flags of before lack it. */
  about: z.object({
    type: z.string(), at: instantSchema, code: outcomeCodeSchema.nullable(), amountCents: z.int().nullable(), currency: z.string().nullable(),
    dueOn: plainDateSchema.nullable(), customerName: z.string().nullable(), creditorName: z.string().nullable(),
  }).nullable().default(null),
  /** Somebody has looked at it. */
  settled: z.object({ at: instantSchema, note: z.string().nullable() }).nullable().default(null),
});
export type FlagEntity = z.infer<typeof flagEntitySchema>;

/** The lease as hubs before ADR 0014 gave it, one per person; now it comes with the page. */
export const leaseEntitySchema = z.object({ userId: userIdSchema, untilMs: instantSchema });
export type LeaseEntity = z.infer<typeof leaseEntitySchema>;

/** A line of the lead's list: what came in, and of whom, never by whom (domain §3.11). */
export const incomingEntitySchema = z.object({
  factId: factIdSchema,
  caseId: caseIdSchema,
  customerName: z.string(),
  creditorName: z.string(),
  code: outcomeCodeSchema,
  at: instantSchema,
  zone: z.string(),
  amountCents: z.int().nullable(),
  currency: z.string().nullable(),
  dueOn: plainDateSchema.nullable(),
  invoiceIds: z.array(invoiceIdSchema),
  invoiceNumbers: z.array(z.string()),
  status: z.enum(['effective', 'corrected', 'annulled']),
  /** A second person's look at it; null = none is asked for. Lines of before lack it. */
  audit: z.object({
    state: z.enum(['waiting', 'approved', 'rejected', 'observed']), reason: z.string().nullable(), at: instantSchema.nullable(),
  }).nullable().default(null),
});
export type IncomingEntity = z.infer<typeof incomingEntitySchema>;

/** From one person of the house to others; it goes to those it is for. `from` null: from an operator, told to leads (domain §3.11). */
export const messageEntitySchema = z.object({
  messageId: factIdSchema,
  at: instantSchema,
  zone: z.string(),
  text: z.string(),
  to: z.enum(['all', 'person', 'case-holder']),
  caseId: caseIdSchema.nullable(),
  from: z.object({ userId: userIdSchema, displayName: z.string() }).nullable(),
});
export type MessageEntity = z.infer<typeof messageEntitySchema>;

/** A queue that comes before the others until a day (`priority-bodies.ts`); for all who work, with why and never by whom. */
export const priorityEntitySchema = z.object({
  priorityId: factIdSchema, creditorId: creditorIdSchema, creditorName: z.string(), tone: toneSchema, until: plainDateSchema, reason: z.string(), at: instantSchema,
});
export type PriorityEntity = z.infer<typeof priorityEntitySchema>;

/**
 * A person was erased: whoever holds anything of these cases deletes it (ADR 0011). Never removed, so that a desk
 * restored from a backup hears of it again; ids and a time only.
 */
export const erasureEntitySchema = z.object({ customerId: customerIdSchema, caseIds: z.array(caseIdSchema), at: instantSchema });
export type ErasureEntity = z.infer<typeof erasureEntitySchema>;

export const entityKinds = ['case', 'flag', 'lease', 'incoming', 'erasure', 'conduct', 'calendar', 'script', 'certificate', 'workers-agreement', 'rates', 'message', 'contact-task', 'priority'] as const;
export const entityKindSchema = z.enum(entityKinds);
export type EntityKind = z.infer<typeof entityKindSchema>;

export const entitySchemas = {
  case: caseEntitySchema, flag: flagEntitySchema, lease: leaseEntitySchema, incoming: incomingEntitySchema,
  erasure: erasureEntitySchema, conduct: conductEntitySchema, calendar: calendarEntitySchema, script: scriptEntitySchema,
  certificate: certificateEntitySchema, 'workers-agreement': workersAgreementEntitySchema, rates: ratesEntitySchema, message: messageEntitySchema,
  'contact-task': contactTaskEntitySchema, priority: priorityEntitySchema,
} as const;

/** How long the desk that asked may work what it holds, counted from its asking. */
export const leaseGrantSchema = z.object({ lifeMs: z.int().nonnegative() });
export type LeaseGrant = z.infer<typeof leaseGrantSchema>;

/** `body` is parsed by the kind's schema at the desk; kinds it does not know are kept raw. */
export const feedLineSchema = z.discriminatedUnion('line', [
  z.object({ line: z.literal('page'), mode: z.enum(['delta', 'snapshot']) }),
  z.object({ line: z.literal('upsert'), kind: z.string(), id: z.string(), revision: z.int().positive(), body: jsonObjectSchema }),
  z.object({ line: z.literal('remove'), kind: z.string(), id: z.string(), revision: z.int().positive() }),
  /** The lease comes where nothing outdated is left: with the last page, or with the first of an empty desk. */
  z.object({ line: z.literal('end'), cursor: cursorSchema, more: z.boolean(), lease: leaseGrantSchema.optional() }),
]);
export type FeedLine = z.infer<typeof feedLineSchema>;

/** Sent on `GET /v1/live` as the data of an SSE `feed` event: something newer than this waits. */
export const liveEventSchema = z.object({ revision: z.int().nonnegative() });
