/** Channels about what is agreed on the telephone. */
import { z } from 'zod';
import { paymentMethodSchema, taskOwnerSchema } from '../case/outcome-codes.ts';
import { disputeClosedBodySchema, disputeMovedBodySchema, settlementDecidedBodySchema } from '../facts/agreement-bodies.ts';
import { disputeDetailSchema, planDetailSchema } from '../facts/agreement-details.ts';
import { caseIdSchema, commandIdSchema, factIdSchema, invoiceIdSchema, paymentIdSchema } from '../id.ts';
import { planLimitsSchema } from '../plans/plan-limits.ts';
import { planStates } from '../plans/plan-state.ts';
import { instantSchema, plainDateSchema } from '../time.ts';
import { channel } from './channel.ts';
import type { ChannelMap } from './channel.ts';
import { basedOnInput, savedSchema } from './people-channels.ts';

const localeSchema = z.enum(['it', 'en']);

/** All that the page needs to show options while somebody moves a slider; the desk makes them again before it keeps one. */
export const planBasisSchema = z.object({
  debtCents: z.int().nonnegative(),
  currency: z.string(),
  limits: planLimitsSchema,
  today: plainDateSchema,
  earliest: plainDateSchema,
  invoices: z.array(z.object({ invoiceId: invoiceIdSchema, number: z.string(), dueDate: plainDateSchema, claimableCents: z.int() })),
  timeBarred: z.array(z.object({ invoiceId: invoiceIdSchema, number: z.string(), lastDay: plainDateSchema })),
  /** Every day on which no instalment falls due, as far as a plan may reach. */
  restDays: z.array(plainDateSchema),
});
export type PlanBasisScreen = z.infer<typeof planBasisSchema>;

/** What may still be acted on (`shared/case/open-agreements.ts`), each by the fact that the act names. */
export const openAgreementsSchema = z.object({
  promise: z.object({ targetFactId: factIdSchema, amountCents: z.int(), currency: z.string(), dueOn: plainDateSchema }).nullable(),
  plan: z.object({
    targetFactId: factIdSchema, state: z.enum(planStates), currency: z.string(), amountCents: z.int(), leftCents: z.int(),
    instalments: planDetailSchema.shape.instalments, missedCount: z.int(), mayBeBroken: z.boolean(),
  }).nullable(),
  disputes: z.array(disputeDetailSchema.pick({ reason: true, owner: true, dueOn: true, currency: true }).extend({
    targetFactId: factIdSchema, invoiceId: invoiceIdSchema, number: z.string(), proof: disputeMovedBodySchema.shape.proof, disputedCents: z.int(), statedCents: z.int(),
  })),
  settlements: z.array(z.object({ targetFactId: factIdSchema, at: instantSchema, offeredCents: z.int(), currency: z.string(), payBy: plainDateSchema })),
  payments: z.array(z.object({
    paymentId: paymentIdSchema, paidOn: plainDateSchema, amountCents: z.int(), leftCents: z.int(), currency: z.string(), evidence: z.string(),
    source: z.enum(['person', 'paid-list']),
  })),
});
export type OpenAgreementsScreen = z.infer<typeof openAgreementsSchema>;

export const agreementQueries = {
  'show-plan-basis': channel(z.object({ caseId: caseIdSchema }), planBasisSchema),
  /** Of a case of mine; a lead's case carries them (`lead-channels.ts`). */
  'show-open-agreements': channel(z.object({ caseId: caseIdSchema }), openAgreementsSchema.extend({ today: plainDateSchema })),
} as const satisfies ChannelMap;

const target = { commandId: commandIdSchema, caseId: caseIdSchema, targetFactId: factIdSchema };
const mine = { ...target, basedOn: basedOnInput };
const reason = z.string().max(500);
const typed = z.string().max(100);

/** On a case of mine. */
export const agreementCommands = {
  /** `readBack`: the proposed plan was read to the customer once more, who said yes. */
  'accept-plan': channel(z.object({ ...mine, readBack: z.boolean() }), savedSchema),
  /** A promise or a plan. */
  'cancel-agreement': channel(z.object({ ...mine, reason }), savedSchema),
  /** `dueText` as typed; empty = no day. */
  'move-dispute': channel(
    z.object({ ...mine, proof: disputeMovedBodySchema.shape.proof, owner: taskOwnerSchema.nullable(), dueText: typed, note: reason, locale: localeSchema }), savedSchema,
  ),
} as const satisfies ChannelMap;

/** Of a lead, on any case. */
export const agreementDecisions = {
  /** `amountText`: what is not owed, where it is upheld in part. */
  'close-dispute': channel(z.object({ ...target, reason, result: disputeClosedBodySchema.shape.result, amountText: typed, locale: localeSchema }), savedSchema),
  /** Empty texts approve what was offered. */
  'decide-settlement': channel(
    z.object({ ...target, reason, verdict: settlementDecidedBodySchema.shape.verdict, amountText: typed, payByText: typed, locale: localeSchema }), savedSchema,
  ),
  /** `confirmed`: that the whole is due at once was confirmed apart. */
  'declare-plan-broken': channel(z.object({ ...target, reason, confirmed: z.boolean() }), savedSchema),
  /** `invoiceIds`: the debtor's own choice, in that order. What went to no invoice is answered, and stays with the payment. */
  'record-payment': channel(
    z.object({
      commandId: commandIdSchema, caseId: caseIdSchema, amountText: typed, paidOnText: typed, method: paymentMethodSchema.nullable(), evidence: z.string().max(300),
      invoiceIds: z.array(invoiceIdSchema).max(400), locale: localeSchema,
    }),
    savedSchema.extend({
      allocations: z.array(z.object({ number: z.string(), amountCents: z.int() })), leftCents: z.int(), currency: z.string(),
    }),
  ),
  'reverse-payment': channel(z.object({ commandId: commandIdSchema, caseId: caseIdSchema, paymentId: paymentIdSchema, reason }), savedSchema),
} as const satisfies ChannelMap;
