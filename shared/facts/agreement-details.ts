/**
 * What was agreed on the telephone, as the outcome's fact carries it: a promise, a plan, a dispute.
 *
 * Invariants: amounts are whole cents above zero; days ascend and no day comes twice; what a version did not ask for is null in the
 * upcast, never guessed: promises of before version 3 name invoices without amounts, plans of before it name no invoice at all.
 */
import { z } from 'zod';
import { disputeReasonSchema, paymentMethodSchema, proofStateSchema, taskOwnerSchema } from '../case/outcome-codes.ts';
import { invoiceIdSchema } from '../id.ts';
import { currencySchema } from '../money/currency.ts';
import { divideEqually } from '../plans/make-schedule.ts';
import { planInterestSchema } from '../plans/plan-limits.ts';
import { planKinds } from '../plans/plan-options.ts';
import { addMonths, plainDateSchema } from '../time.ts';
import type { PlainDate } from '../time.ts';

const centsSchema = z.int().positive();
const MOST_PARTS = 12;
const MOST_INSTALMENTS = 121;
/** As long as nothing else was agreed, and for all that was promised before version 3. */
export const USUAL_GRACE_DAYS = 2;

/** Versions 1 and 2. */
export const promiseDetailSchemaV1 = z.object({
  amountCents: centsSchema, currency: currencySchema, dueOn: plainDateSchema, method: paymentMethodSchema, invoiceIds: z.array(invoiceIdSchema),
});

export const promiseDetailSchema = z.object({
  currency: currencySchema,
  method: paymentMethodSchema,
  graceDays: z.int().min(0).max(60),
  parts: z.array(z.object({ dueOn: plainDateSchema, amountCents: centsSchema })).min(1).max(MOST_PARTS).refine(isAscending, { message: 'days must ascend' }),
  /** Which invoices it is about, and how much of each; null: as much as it reaches. None: about the whole case. */
  invoices: z.array(z.object({ invoiceId: invoiceIdSchema, amountCents: centsSchema.nullable() })),
});
export type PromiseDetail = z.infer<typeof promiseDetailSchema>;

export function upcastPromise({ amountCents, currency, dueOn, method, invoiceIds }: z.infer<typeof promiseDetailSchemaV1>): PromiseDetail {
  return {
    currency, method, graceDays: USUAL_GRACE_DAYS, parts: [{ dueOn, amountCents }],
    invoices: invoiceIds.map((invoiceId) => ({ invoiceId, amountCents: null })),
  };
}

/** Version 2: a plan agreed in words. */
export const planDetailSchemaV2 = z.object({
  totalCents: centsSchema, currency: currencySchema, instalmentCount: z.int().min(2).max(120), firstDueOn: plainDateSchema,
});

export const planDetailSchema = z.object({
  /** `proposed`: the customer thinks it over; a `plan-accepted` fact, or none, follows. */
  stage: z.enum(['proposed', 'accepted']),
  /** Which of the options it was; `agreed`: in words only, before version 3. */
  kind: z.enum([...planKinds, 'agreed']),
  currency: currencySchema,
  instalments: z.array(z.object({ dueOn: plainDateSchema, capitalCents: centsSchema, interestCents: z.int().min(0) }))
    .min(1).max(MOST_INSTALMENTS).refine(isAscending, { message: 'days must ascend' }),
  /** What it pays off, and how much of each; none: not named. */
  invoices: z.array(z.object({ invoiceId: invoiceIdSchema, amountCents: centsSchema })),
  /** As they held when it was made: a mandate that changes changes no plan. */
  terms: z.object({
    interest: planInterestSchema, graceDays: z.int().min(0).max(60), consecutiveMissed: z.int().min(1).max(12), totalMissed: z.int().min(1).max(24),
  }),
  /** It was read back to the customer before the yes. */
  readBack: z.boolean(),
});
export type PlanDetail = z.infer<typeof planDetailSchema>;

/** Equal instalments a month apart, as they were meant; an amount of fewer cents than instalments is paid at once. */
export function upcastPlan({ totalCents, currency, instalmentCount, firstDueOn }: z.infer<typeof planDetailSchemaV2>): PlanDetail {
  const parts = divideEqually(totalCents, instalmentCount) ?? [totalCents];
  return {
    stage: 'accepted', kind: 'agreed', currency, invoices: [], readBack: false,
    instalments: parts.map((capitalCents, index) => ({ dueOn: addMonths(firstDueOn, index), capitalCents, interestCents: 0 })),
    terms: { interest: { rule: 'none' }, graceDays: USUAL_GRACE_DAYS, consecutiveMissed: 2, totalMissed: 3 },
  };
}

export const disputeDetailSchemaV1 = z.object({
  reason: disputeReasonSchema,
  invoiceId: invoiceIdSchema,
  /** The disputed part; null when the whole invoice is disputed. */
  amountCents: centsSchema.nullable(),
  currency: currencySchema,
});
export const disputeDetailSchemaV2 = disputeDetailSchemaV1.extend({ proof: proofStateSchema });
export const disputeDetailSchema = disputeDetailSchemaV2.extend({
  /** Who finds out, and by when an answer is due; null: nobody was named. */
  owner: taskOwnerSchema.nullable(),
  dueOn: plainDateSchema.nullable(),
});
export type DisputeDetail = z.infer<typeof disputeDetailSchema>;

export function upcastDispute(dispute: z.infer<typeof disputeDetailSchemaV2>): DisputeDetail {
  return { ...dispute, owner: null, dueOn: null };
}

/** What was promised in all. */
export function promisedCents({ parts }: Pick<PromiseDetail, 'parts'>): number {
  return parts.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

/** What the plan's instalments come to, interest included. */
export function plannedCents({ instalments }: Pick<PlanDetail, 'instalments'>): number {
  return instalments.reduce((sum, { capitalCents, interestCents }) => sum + capitalCents + interestCents, 0);
}

function isAscending(days: readonly { dueOn: PlainDate }[]): boolean {
  return days.every(({ dueOn }, index) => index === 0 || dueOn > (days[index - 1]?.dueOn ?? dueOn));
}
