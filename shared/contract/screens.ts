/**
 * What each screen is told. Amounts are cents, instants UTC milliseconds, dates plain; the
 * page only formats and translates, it never computes money or rules.
 */
import { z } from 'zod';
import { caseEntitySchema, caseMailSchema, debtorKindSchema, invoiceSchema, phoneNumberSchema, toneSchema } from '../case/case-entity.ts';
import { clockKinds } from '../case/fold-decisions.ts';
import { outcomeCodeSchema } from '../case/outcome-codes.ts';
import { preferencesSchema } from '../facts/contact-bodies.ts';
import { suspensionBodySchema } from '../facts/decision-bodies.ts';
import { callStartedBodySchema, identityCheckedBodySchema, identityMethodSchema } from '../facts/conduct-bodies.ts';
import { callEndedBodySchema } from '../facts/telephone-bodies.ts';
import { attachmentBodySchema } from '../facts/fact-bodies.ts';
import { agreementNewsSchema, agreementsViewSchema } from './agreement-screen.ts';
import { salvageNoticeSchema } from './salvage-notice.ts';
import { shownPromiseStates } from '../payments/promise-state.ts';
import { disputeMovedBodySchema } from '../facts/agreement-bodies.ts';
import { disputeDetailSchema, promiseDetailSchema } from '../facts/agreement-details.ts';
import { contactMatchedBodySchema } from '../facts/contact-task-bodies.ts';
import { mailRequestedBodySchema } from '../facts/mail-bodies.ts';
import { outcomeBodySchema } from '../facts/outcome-body.ts';
import { contactPointSchema, partySchema } from '../case/party.ts';
import { caseIdSchema, creditorIdSchema, factIdSchema, flagIdSchema, userIdSchema } from '../id.ts';
import { leaseStates } from '../policy/read-lease.ts';
import { userSchema } from '../protocol/session-protocol.ts';
import { flagCodeSchema, flagEntitySchema, incomingEntitySchema } from '../protocol/feed-protocol.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

/** A sentence of the list: translation key `reason.<key>` with parameters. */
export const reasonSchema = z.object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export const blockedSchema = z.object({ reason: reasonSchema, until: instantSchema.nullable() });

/** An operator known on this PC. */
export const accountSchema = z.object({
  username: z.string(),
  displayName: z.string(),
  role: z.string(),
  /** This store holds facts that the hub has not confirmed. */
  unsent: z.boolean(),
});
export const demoAccountSchema = z.object({ username: z.string(), password: z.string(), displayName: z.string(), role: z.string() });

export const sessionScreenSchema = z.object({
  user: userSchema.nullable(),
  accounts: z.array(accountSchema),
  demoAccounts: z.array(demoAccountSchema),
  hubReachable: z.boolean(),
  /** Whether somebody must set the agency up before anybody can sign in; `unknown` until the hub was asked. */
  setup: z.enum(['unknown', 'needed', 'done']),
  /** False only in a test build, whose SQLite has no cipher. */
  encrypted: z.boolean(),
  /** The data of whoever is signed in was damaged and set aside. */
  salvage: salvageNoticeSchema.nullable(),
});
export type SessionScreen = z.infer<typeof sessionScreenSchema>;

export const syncScreenSchema = z.object({
  network: z.enum(['online', 'connecting', 'offline']),
  unsentCount: z.int().nonnegative(),
  lastSyncAt: instantSchema.nullable(),
  /** Why the last attempt failed, as `error.<…>`; null when it did not. */
  problem: z.object({ code: z.string(), messageKey: z.string() }).nullable(),
});
export type SyncScreen = z.infer<typeof syncScreenSchema>;

/** My own numbers of today: made on my desk from my own facts, sent to nobody (domain §3.11). */
export const todayScreenSchema = z.object({
  calls: z.int(),
  rightParty: z.int(),
  promises: z.int(),
  /** By currency. */
  promised: z.array(z.object({ currency: z.string(), amountCents: z.int() })),
  /** Right-party contacts per hundred calls; null before the first call. */
  contactPercent: z.int().nullable(),
  /** Hours of the site without a gap, whole hours from 0 to 23. */
  byHour: z.array(z.object({ hour: z.int().min(0).max(23), calls: z.int(), rightParty: z.int() })),
});
export type TodayScreen = z.infer<typeof todayScreenSchema>;

export const worklistRowSchema = z.object({
  caseId: caseIdSchema,
  customerName: z.string(),
  customerCode: z.string(),
  creditorId: creditorIdSchema,
  creditorName: z.string(),
  kind: debtorKindSchema,
  tone: toneSchema,
  openCents: z.int(),
  claimableCents: z.int(),
  currency: z.string(),
  /** Open ones: a customer with several is called once, about all of them. */
  invoiceCount: z.int(),
  reasons: z.array(reasonSchema),
  blocked: blockedSchema.nullable(),
  callbackAt: instantSchema.nullable(),
  promiseDueOn: plainDateSchema.nullable(),
  disputed: z.boolean(),
  number: z.string().nullable(),
  lastOutcome: z.object({ code: outcomeCodeSchema, at: instantSchema }).nullable(),
  hasDraft: z.boolean(),
});
export type WorklistRow = z.infer<typeof worklistRowSchema>;

export const worklistViews = [
  'to-work', 'callbacks', 'promises', 'promises-broken', 'waiting', 'stopped', 'disputes', 'worked-today', 'all',
] as const;
export const worklistViewSchema = z.enum(worklistViews);
export type WorklistViewName = z.infer<typeof worklistViewSchema>;

/** Whether a case may be started now, and why not (`shared/policy/read-lease.ts`). */
export const leaseViewSchema = z.object({ state: z.enum(leaseStates), endsAtMs: instantSchema.nullable() });

export const worklistScreenSchema = z.object({
  /** A window of the view: the first of them is the `offset`-th of all. */
  rows: z.array(worklistRowSchema),
  offset: z.int().nonnegative(),
  counts: z.record(worklistViewSchema, z.int()),
  creditors: z.array(z.object({ creditorId: creditorIdSchema, name: z.string(), count: z.int() })),
  /** Of every case of the view, by currency; also of those outside the window. */
  totals: z.array(z.object({ currency: z.string(), openCents: z.int(), claimableCents: z.int() })),
  lease: leaseViewSchema,
  /** From when people may be called; null = now. */
  callableFrom: instantSchema.nullable(),
});
export type WorklistScreen = z.infer<typeof worklistScreenSchema>;

export const ageingSchema = z.record(z.enum(['current', 'days-1-30', 'days-31-60', 'days-61-90', 'days-over-90']), z.int());

/** A second person's word on an outcome. */
export const auditViewSchema = z.object({ verdict: z.enum(['approved', 'rejected', 'observed']), reason: z.string().nullable(), at: instantSchema });

const entryHead = { factId: factIdSchema, at: instantSchema, zone: z.string(), actor: userIdSchema };
export const historyEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('outcome'), ...entryHead, outcome: outcomeBodySchema, status: z.enum(['effective', 'corrected', 'annulled']), reason: z.string().nullable(),
    audit: auditViewSchema.nullable(),
  }),
  z.object({
    kind: z.literal('correction'), ...entryHead, targetFactId: factIdSchema, outcome: outcomeBodySchema.nullable(), reason: z.string(),
    status: z.enum(['effective', 'superseded']),
  }),
  z.object({ kind: z.literal('note'), ...entryHead, text: z.string() }),
  z.object({ kind: z.literal('attachment'), ...entryHead, attachment: attachmentBodySchema }),
  z.object({ kind: z.literal('party'), ...entryHead, party: partySchema, removed: z.boolean() }),
  z.object({ kind: z.literal('contact-point'), ...entryHead, point: contactPointSchema }),
  z.object({ kind: z.literal('preferences'), ...entryHead, preferences: preferencesSchema }),
  z.object({ kind: z.literal('priority'), ...entryHead, until: plainDateSchema, reason: z.string() }),
  z.object({ kind: z.literal('suspension'), ...entryHead, suspension: suspensionBodySchema, active: z.boolean() }),
  z.object({ kind: z.literal('resumption'), ...entryHead, targetFactId: factIdSchema, reason: z.string(), answers: z.enum(clockKinds).nullable() }),
  z.object({ kind: z.literal('audit'), ...entryHead, targetFactId: factIdSchema, verdict: auditViewSchema.shape.verdict, reason: z.string().nullable() }),
  z.object({ kind: z.literal('assignment'), ...entryHead, ownerId: userIdSchema, reason: z.string() }),
  z.object({
    kind: z.literal('call'), ...entryHead, direction: callStartedBodySchema.shape.direction, by: callStartedBodySchema.shape.by,
    ended: z.literal('not-made').nullable(), end: callEndedBodySchema.extend({ at: instantSchema }).nullable(), isPermitted: z.boolean(),
  }),
  z.object({ kind: z.literal('identity'), ...entryHead, identity: identityCheckedBodySchema }),
  z.object({ kind: z.literal('script'), ...entryHead, packId: z.string(), packVersion: z.string(), steps: z.int(), objections: z.int() }),
  z.object({ kind: z.literal('agreement'), ...entryHead, about: agreementNewsSchema }),
  z.object({ kind: z.literal('allowance'), ...entryHead, until: instantSchema, reason: z.string() }),
  z.object({ kind: z.literal('mail'), ...entryHead, mail: mailRequestedBodySchema }),
  z.object({ kind: z.literal('contact'), ...entryHead, contact: contactMatchedBodySchema }),
  z.object({ kind: z.literal('recording-answer'), ...entryHead, answer: z.enum(['yes', 'no']) }),
  z.object({ kind: z.literal('recording'), ...entryHead, recordedMs: z.int().nonnegative(), end: z.string(), keepUntil: plainDateSchema }),
  z.object({ kind: z.literal('unknown'), ...entryHead, type: z.string() }),
]);

/** How an attached file of this desk stands with the hub; `percent` is whole and below 100 until it is stored. */
export const uploadViewSchema = z.object({ state: z.enum(['waiting', 'sending', 'stored', 'damaged']), percent: z.int().min(0).max(100) });
export type UploadView = z.infer<typeof uploadViewSchema>;

export type HistoryEntryView = z.infer<typeof historyEntrySchema>;

/** What the outcome form holds before it is saved; texts are as typed. */
export const draftSchema = z.object({
  code: outcomeCodeSchema.nullable(),
  amountText: z.string(),
  dateText: z.string(),
  method: z.string(),
  cause: z.string(),
  disputeReason: z.string(),
  disputeInvoiceId: z.string(),
  callbackAudience: z.string(),
  note: z.string(),
  scriptStepId: z.string(),
  // Drafts of the first schema lack what follows.
  numberId: z.string().default(''),
  reasons: z.string().default(''),
  partyId: z.string().default(''),
  channel: z.string().default(''),
  restDateText: z.string().default(''),
  partsText: z.string().default(''),
  invoiceIds: z.string().default(''),
  perMonthText: z.string().default(''),
  dayText: z.string().default(''),
  firstText: z.string().default(''),
  planKind: z.string().default(''),
  planStage: z.string().default(''),
  planReadBack: z.string().default(''),
  planShown: z.string().default(''),
  answerByText: z.string().default(''),
  proof: z.string().default(''),
  resendBy: z.string().default(''),
  addressText: z.string().default(''),
  nameText: z.string().default(''),
  owner: z.string().default(''),
  requestKind: z.string().default(''),
  refusedScope: z.string().default(''),
  spokeWith: z.string().default(''),
});
export type Draft = z.infer<typeof draftSchema>;

/** A number with what came of it. */
export const numberViewSchema = phoneNumberSchema.extend({
  retired: z.object({ code: outcomeCodeSchema, at: instantSchema }).nullable(),
  last: z.object({ code: outcomeCodeSchema, at: instantSchema }).nullable(),
  attempts: z.int(),
});

export const caseScreenSchema = z.object({
  caseId: caseIdSchema,
  /** Newest feed revision of the case that this desk holds: goes into `basedOn`. */
  revision: z.int().nonnegative(),
  customer: caseEntitySchema.shape.customer,
  /** By what the right party may be recognised where no call's gate says it, in order. */
  identityMethods: z.array(identityMethodSchema),
  creditorName: z.string(),
  /** In the order in which to ring them. */
  numbers: z.array(numberViewSchema),
  parties: z.array(partySchema),
  addresses: z.array(contactPointSchema),
  preferences: z.array(preferencesSchema),
  /** What keeps the case from work until somebody decides; a lead ends it by naming the fact. */
  stops: z.array(z.object({ factId: factIdSchema, at: instantSchema, code: outcomeCodeSchema })),
  suspensions: z.array(suspensionBodySchema.safeExtend({ factId: factIdSchema, at: instantSchema })),
  represented: z.object({ name: z.string(), contact: z.string() }).nullable(),
  tone: toneSchema,
  currency: z.string(),
  openCents: z.int(),
  overdueCents: z.int(),
  notYetDueCents: z.int(),
  disputedCents: z.int(),
  claimableCents: z.int(),
  ageing: ageingSchema,
  invoices: z.array(invoiceSchema.extend({ daysLate: z.int(), bucket: z.string(), disputedCents: z.int(), claimableCents: z.int(),
    suspended: z.object({ until: plainDateSchema.nullable(), reason: z.string() }).nullable(),
  })),
  promise: promiseDetailSchema.extend({
    promiseId: factIdSchema, at: instantSchema, state: z.enum(shownPromiseStates), amountCents: z.int(), dueOn: plainDateSchema, paidCents: z.int(),
  }).nullable(),
  agreements: agreementsViewSchema,
  disputes: z.array(disputeDetailSchema.extend({ disputeId: factIdSchema, at: instantSchema, proof: disputeMovedBodySchema.shape.proof })),
  callback: z.object({ at: instantSchema, zone: z.string(), audience: z.enum(['only-me', 'anyone']), note: z.string().nullable() }).nullable(),
  reasons: z.array(reasonSchema),
  blocked: blockedSchema.nullable(),
  /** How what was asked for by mail stands at the hub, by its fact. */
  mails: z.array(caseMailSchema),
  /** Newest first. */
  history: z.array(historyEntrySchema.and(z.object({
    mine: z.boolean(), sent: z.boolean(), correctable: z.boolean(),
    /** Only for a file that this desk attached. */
    upload: uploadViewSchema.nullable(),
  }))),
  draft: draftSchema.nullable(),
});
export type CaseScreen = z.infer<typeof caseScreenSchema>;

export const incomingScreenSchema = z.object({
  rows: z.array(incomingEntitySchema),
  totals: z.object({ outcomes: z.int(), rightParty: z.int(), promises: z.int(), promisedCents: z.record(z.string(), z.int()), disputes: z.int() }),
});
export type IncomingScreen = z.infer<typeof incomingScreenSchema>;

export const flagScreenSchema = z.object({
  rows: z.array(z.object({
    flagId: flagIdSchema, code: flagCodeSchema, at: instantSchema, caseId: caseIdSchema.nullable(), customerName: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
    about: flagEntitySchema.shape.about,
  })),
});

/** A typed entry understood: what it means, to be shown beside the field. */
export const typedEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('money'), amountCents: z.int() }),
  z.object({ kind: z.literal('date'), date: plainDateSchema }),
  z.object({ kind: z.literal('moment'), at: instantSchema, zone: z.string() }),
]);
export type TypedEntry = z.infer<typeof typedEntrySchema>;
