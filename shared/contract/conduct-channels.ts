/**
 * A contact from its permit to its end, as the page sees it.
 *
 * Invariants: the page gets nothing of creditor, amount or reason to *say* before the gate is confirmed: `walk` carries only the step
 * that stands now; every transition is on the disk when it is answered; one call at a time in front per desk.
 *
 *   none ─start-call▶ unconfirmed ─check-identity▶ confirmed | third-party | minor | refused ─record-outcome▶ none
 *                         └────────────────────────cancel-call (not made)────────────────────────────▶ none
 *                          any, its line ended ⇄ put-aside-call · take-up-call ⇄ waiting ─record-outcome▶ none
 */
import { z } from 'zod';
import { toneSchema } from '../case/case-entity.ts';
import { contactChannelSchema, contactReasonSchema, outcomeCodeSchema } from '../case/outcome-codes.ts';
import { contactCountersSchema, identityMethodSchema, identityResults } from '../facts/conduct-bodies.ts';
import { callIdSchema, caseIdSchema, commandIdSchema, numberIdSchema, partyIdSchema } from '../id.ts';
import { instantSchema, plainDateSchema } from '../time.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';
import { basedOnInput, savedSchema } from './people-channels.ts';
import { recordingScreenSchema } from './recording-channels.ts';
import { callTelephoneSchema } from './telephone-channels.ts';

const localeSchema = z.enum(['it', 'en']);
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** Why the desk itself lets nobody begin, besides the policy: told as `policy.<code>` too. */
export const deskRefusals = ['lease-none', 'lease-ended', 'lease-clock-set-back', 'taken', 'served', 'not-mandated', 'number-retired', 'call-waits'] as const;

/** May this number or address be used now? `code` is told as `policy.<code>`. */
export const guardViewSchema = z.object({
  pointId: numberIdSchema.nullable(),
  channel: contactChannelSchema,
  allowed: z.boolean(),
  code: z.string().nullable(),
  params: paramsSchema,
  /** Null: nobody knows. */
  nextAllowedAtMs: instantSchema.nullable(),
  /** A lead may let it be, with a reason. */
  overridable: z.boolean(),
  warnings: z.array(z.object({ code: z.string(), params: paramsSchema })),
});
export type GuardView = z.infer<typeof guardViewSchema>;

export const guardScreenSchema = z.object({
  policy: z.object({ policyId: z.string(), version: z.string(), title: z.string() }),
  certificate: z.enum(['none', 'trainee', 'full']),
  points: z.array(guardViewSchema),
  counters: contactCountersSchema,
  /** When something here changes by itself, at the latest: ask again then. */
  validUntilMs: instantSchema,
});
export type GuardScreen = z.infer<typeof guardScreenSchema>;

export const gateStates = ['unconfirmed', 'confirmed', 'third-party', 'minor', 'refused'] as const;
export const gateViewSchema = z.object({
  state: z.enum(gateStates),
  method: identityMethodSchema.nullable(),
  partyId: partyIdSchema.nullable(),
  /** What may be asked for, in order. */
  methods: z.array(identityMethodSchema),
  printedNumber: z.string().nullable(),
  /** The holder's, from a valid tax code: to be compared, never read out. */
  birthDate: plainDateSchema.nullable(),
});

export const fieldTypes = ['text', 'number', 'money', 'date', 'choice', 'phone', 'email', 'iban'] as const;

/** One step as it is said now; what lies behind it is not here. */
export const walkStepSchema = z.object({
  stepId: z.string(),
  kind: z.enum(['say', 'ask', 'capture', 'identity', 'disclosure', 'offer', 'objection']),
  title: z.string(),
  say: z.array(z.string()),
  doText: z.string().nullable(),
  fields: z.array(z.object({
    fieldId: z.string(), type: z.enum(fieldTypes), label: z.string(), required: z.boolean(), choices: z.array(z.object({ value: z.string(), label: z.string() })),
    /** As typed. */
    text: z.string(),
    restricted: z.boolean(),
  })),
  answers: z.array(z.object({
    answerId: z.string(), label: z.string(), ends: z.boolean(), suggestCode: outcomeCodeSchema.nullable(),
    /** In an identity step, what the answer says of the gate: the page asks how it was confirmed and sends `check-identity`. */
    identity: z.enum([...identityResults, 'not-now']).optional(),
  })),
});

export const walkScreenSchema = z.object({
  packId: z.string(),
  packVersion: z.string(),
  tone: toneSchema,
  locale: localeSchema,
  /** Titles of the steps behind, oldest first. */
  trail: z.array(z.object({ stepId: z.string(), title: z.string() })),
  step: walkStepSchema.nullable(),
  /** Those that may be met now; `place` is that of the whole list, from 1: a key means the same before the gate and behind it. */
  objections: z.array(z.object({ objectionId: z.string(), label: z.string(), place: z.int().positive() })),
  canGoBack: z.boolean(),
  suggestCode: outcomeCodeSchema.nullable(),
  /** Why they got in touch, by their answers. */
  reasons: z.array(contactReasonSchema),
  /** What was captured for the outcome form, by its field names. */
  fills: z.record(z.string(), z.string()),
});
export type WalkScreen = z.infer<typeof walkScreenSchema>;

export const callScreenSchema = z.object({
  callId: callIdSchema,
  caseId: caseIdSchema,
  direction: z.enum(['outbound', 'inbound']),
  startedAtMs: instantSchema,
  pointId: numberIdSchema.nullable(),
  partyId: partyIdSchema.nullable(),
  gate: gateViewSchema,
  /** Null: there is no script for this case. */
  walk: walkScreenSchema.nullable(),
  /** Null: dialled by hand. */
  telephone: callTelephoneSchema.nullable().default(null),
  /** Null: told by a desk of before. */
  recording: recordingScreenSchema.nullable().default(null),
  /** An outcome of it stands: it may be closed without another (`told-in-call.ts`). */
  isTold: z.boolean().default(false),
});
export type CallScreen = z.infer<typeof callScreenSchema>;

export const conductQueries = {
  'show-guard': channel(z.object({ caseId: caseIdSchema, locale: localeSchema }), guardScreenSchema),
  /** The call that runs on this desk, also after a crash; null = none. */
  'show-call': channel(z.object({ locale: localeSchema }), z.object({
    call: callScreenSchema.nullable(),
    /** Ended on the line, put aside, and waiting for their outcome; whoever waits longest first. */
    waiting: z.array(z.object({ callId: callIdSchema, caseId: caseIdSchema, sinceMs: instantSchema })).default([]),
  })),
  /** The script before a call, to be read in preparation: nothing of it is kept. */
  'preview-script': channel(z.object({ caseId: caseIdSchema, locale: localeSchema, path: z.array(z.string()).max(400) }), z.object({ walk: walkScreenSchema.nullable() })),
} as const satisfies ChannelMap;

const ofCall = { commandId: commandIdSchema, callId: callIdSchema, locale: localeSchema };

export const conductCommands = {
  /**
   * Permit and start in one transaction, or a refusal `contact-blocked` with the guard's code, params and next moment. Inbound needs no permit.
   * `softphone`: main is told to dial, with the permit; or, with the `callId` of a call that came in, that call is said to be this case's.
   */
  'start-call': channel(
    z.object({
      commandId: commandIdSchema, caseId: caseIdSchema, direction: z.enum(['outbound', 'inbound']), pointId: numberIdSchema.nullable(),
      locale: localeSchema, basedOn: basedOnInput, line: z.enum(['by-hand', 'softphone']).default('by-hand'), callId: callIdSchema.nullable().default(null),
    }),
    z.object({ call: callScreenSchema }),
  ),
  'check-identity': channel(
    z.object({ ...ofCall, result: z.enum(identityResults), method: identityMethodSchema.nullable(), partyId: partyIdSchema.nullable() }),
    z.object({ call: callScreenSchema }),
  ),
  'walk-script': channel(
    z.object({
      ...ofCall,
      action: z.discriminatedUnion('kind', [
        /** Values as typed; the desk reads them. `stepId` is where the page stands: an answer to a step that is no longer shown is refused. */
        z.object({ kind: z.literal('answer'), stepId: z.string(), answerId: z.string(), values: z.record(z.string(), z.string().max(2000)) }),
        z.object({ kind: z.literal('objection'), objectionId: z.string() }),
        z.object({ kind: z.literal('back') }),
      ]),
    }),
    z.object({ call: callScreenSchema }),
  ),
  /** What is being typed into the step that stands, at every pause; no fact, and nothing where that step stands no more. */
  'keep-typed': channel(
    z.object({ commandId: commandIdSchema, callId: callIdSchema, stepId: z.string(), values: z.record(z.string(), z.string().max(2000)) }), z.object({}),
  ),
  /** What the person said to the notice; a yes begins the recording. Refused as `recording-locked` with the lock. */
  'answer-recording': channel(z.object({ ...ofCall, answer: z.enum(['yes', 'no']) }), z.object({ call: callScreenSchema })),
  /** Again, on the yes of this call. */
  'start-recording': channel(z.object(ofCall), z.object({ call: callScreenSchema })),
  'stop-recording': channel(z.object(ofCall), z.object({ call: callScreenSchema })),
  /** Nothing rang: the attempt is taken back. */
  'cancel-call': channel(z.object(ofCall), z.object({ call: z.null() })),
  /** An outcome of it was saved while it went on, and it is over: no other is needed. */
  'close-call': channel(z.object(ofCall), z.object({ call: z.null() })),
  /** Its line has ended and the next comes first: it waits for its outcome, with all that belongs to it. `too-many-waiting` from the fourth on. */
  'put-aside-call': channel(z.object(ofCall), z.object({ call: z.null() })),
  /** Back to one that waits; only while no other is open. */
  'take-up-call': channel(z.object(ofCall), z.object({ call: callScreenSchema })),
  /** A lead lets frequency be exceeded until the end of a day; `untilText` as typed, empty = today. */
  'allow-contact': channel(
    z.object({ commandId: commandIdSchema, caseId: caseIdSchema, untilText: z.string().max(100), reason: z.string().max(500), locale: localeSchema }), savedSchema,
  ),
} as const satisfies ChannelMap;
