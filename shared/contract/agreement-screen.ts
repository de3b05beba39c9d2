/** What was agreed about a case, as its screen shows it (`shared/case/view-agreements.ts`). */
import { z } from 'zod';
import {
  agreementCancelledBodySchema, disputeClosedBodySchema, disputeMovedBodySchema, paymentRecordedBodySchema, paymentReversedBodySchema, planAcceptedBodySchema, planBrokenBodySchema, settlementDecidedBodySchema,
} from '../facts/agreement-bodies.ts';
import { factIdSchema, invoiceIdSchema, paymentIdSchema } from '../id.ts';
import { planStates } from '../plans/plan-state.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

const centsSchema = z.int();

export const settlementStates = ['asked', 'approved', 'refused', 'lapsed'] as const;

const interestLineSchema = z.object({
  from: plainDateSchema, to: plainDateSchema, days: z.int(), daysOfYear: z.union([z.literal(365), z.literal(366)]), basisPoints: z.int(), capitalCents: centsSchema, interestCents: centsSchema,
});

export const agreementsViewSchema = z.object({
  plan: z.object({
    planId: factIdSchema, at: instantSchema, state: z.enum(planStates), currency: z.string(),
    /** `paidCents`: of this instalment, payments filling them in their order. */
    instalments: z.array(z.object({ dueOn: plainDateSchema, capitalCents: centsSchema, interestCents: centsSchema, amountCents: centsSchema, paidCents: centsSchema, isMissed: z.boolean() })),
    amountCents: centsSchema, paidCents: centsSchema, leftCents: centsSchema, overdueCents: centsSchema, mayBeBroken: z.boolean(),
    next: z.object({ dueOn: plainDateSchema, amountCents: centsSchema }).nullable(),
  }).nullable(),
  /** The newest that was asked for. */
  settlement: z.object({
    factId: factIdSchema, state: z.enum(settlementStates), offeredCents: centsSchema, amountCents: centsSchema.nullable(), currency: z.string(), payBy: plainDateSchema,
    reason: z.string().nullable(),
  }).nullable(),
  /** Newest first. */
  payments: z.array(z.object({
    paymentId: paymentIdSchema, on: plainDateSchema, amountCents: centsSchema, currency: z.string(), evidence: z.string(), source: z.enum(['person', 'paid-list']),
  })),
  /** Null: nothing is claimed beside the capital. `refusedOn`: the first day for which no rate is known; then there is no figure. */
  interest: z.object({
    kind: z.enum(['legal', 'late-payment']), lumpSumCents: centsSchema, totalCents: centsSchema,
    invoices: z.array(z.object({ invoiceId: invoiceIdSchema, totalCents: centsSchema, lines: z.array(interestLineSchema) })),
    refusedOn: plainDateSchema.nullable(),
  }).nullable(),
  /** The last day on which each open invoice may be asked for. */
  prescription: z.array(z.object({ invoiceId: invoiceIdSchema, lastDay: plainDateSchema, isTimeBarred: z.boolean() })),
});
export type AgreementsView = z.infer<typeof agreementsViewSchema>;

/** What became of an agreement, a dispute or a payment. */
export const agreementNewsSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plan-accepted'), body: planAcceptedBodySchema }),
  z.object({ type: z.literal('agreement-cancelled'), body: agreementCancelledBodySchema }),
  z.object({ type: z.literal('plan-broken'), body: planBrokenBodySchema }),
  z.object({ type: z.literal('dispute-moved'), body: disputeMovedBodySchema }),
  z.object({ type: z.literal('dispute-closed'), body: disputeClosedBodySchema }),
  z.object({ type: z.literal('settlement-decided'), body: settlementDecidedBodySchema }),
  z.object({ type: z.literal('payment-recorded'), body: paymentRecordedBodySchema }),
  z.object({ type: z.literal('payment-reversed'), body: paymentReversedBodySchema }),
]);
