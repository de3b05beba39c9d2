/**
 * What a creditor lets be agreed in a repayment plan: data of the mandate.
 *
 * Invariant: acceleration (the whole is due at once, art. 1186 c.c.) is never a limit's doing: a person confirms it.
 */
import { z } from 'zod';

/** In hundredths of a percent. */
export const MOST_YEAR_RATE = 2_500;
export const MOST_MONTH_RATE = 200;

export const planInterestSchema = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('none') }),
  /** Capital × rate × days / 365 on the declining balance; never compound (art. 1283 c.c.). A year's rate. */
  z.object({ rule: z.literal('simple'), basisPoints: z.int().min(1).max(MOST_YEAR_RATE) }),
  /** Equal instalments by the annuity formula. A month's rate. */
  z.object({ rule: z.literal('annuity'), monthlyBasisPoints: z.int().min(1).max(MOST_MONTH_RATE) }),
]);
export type PlanInterest = z.infer<typeof planInterestSchema>;

export const planLimitsSchema = z.object({
  maxInstalments: z.int().min(2).max(120),
  minInstalmentCents: z.int().min(1).max(10_000_000),
  /** Of a first payment made at once; 0 = none is asked for. */
  minFirstPaymentCents: z.int().min(0).max(100_000_000),
  maxDurationMonths: z.int().min(1).max(120),
  interest: planInterestSchema,
  graceDays: z.int().min(0).max(60),
  /** So many instalments missed in a row, or in all, and a person may declare the plan broken. */
  consecutiveMissed: z.int().min(1).max(12),
  totalMissed: z.int().min(1).max(24),
});
export type PlanLimits = z.infer<typeof planLimitsSchema>;

/** Where a mandate says nothing. */
export const usualPlanLimits: PlanLimits = {
  maxInstalments: 12, minInstalmentCents: 2_500, minFirstPaymentCents: 0, maxDurationMonths: 12, interest: { rule: 'none' }, graceDays: 5,
  consecutiveMissed: 2, totalMissed: 3,
};
