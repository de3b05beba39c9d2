/**
 * What a creditor's mandate lets be agreed on the telephone, and what its letters say: data of the conduct (ADR 0016).
 *
 * Invariant: where nothing was published `usualAgreementTerms` hold: no interest is claimed, no coordinates are read out, a plan acknowledges nothing.
 */
import { z } from 'zod';
import { interestMandateSchema, noInterestMandate } from '../interest/claim-interest.ts';
import { planLimitsSchema, usualPlanLimits } from '../plans/plan-limits.ts';

/** Where money goes. The IBAN is checked where it is typed and again at the hub. */
export const paymentCoordinatesSchema = z.object({
  beneficiary: z.string().trim().min(1).max(70),
  iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/),
  bic: z.string().regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/).nullable(),
  /** Where a card pays; null = not at this creditor. */
  cardPage: z.url().max(200).nullable(),
});
export type PaymentCoordinates = z.infer<typeof paymentCoordinatesSchema>;

export const letterheadSchema = z.object({
  name: z.string().trim().min(1).max(120),
  address: z.string().trim().max(200),
  taxCode: z.string().trim().max(30),
  telephone: z.string().trim().max(40),
  email: z.string().trim().max(120),
});
export type Letterhead = z.infer<typeof letterheadSchema>;

export const agreementTermsSchema = z.object({
  planLimits: planLimitsSchema,
  interest: interestMandateSchema,
  promise: z.object({ graceDays: z.int().min(0).max(30), maxDaysAhead: z.int().min(1).max(365), maxParts: z.int().min(1).max(12) }),
  /** Of the claims of this creditor: law and kind of claim decide (art. 2946–2948 c.c., L. 205/2017). */
  prescriptionMonths: z.int().min(1).max(240),
  /** Less than the debt may be asked of a lead. */
  settlementsAsked: z.boolean(),
  coordinates: paymentCoordinatesSchema.nullable(),
  letterhead: letterheadSchema.nullable(),
  /** Whether the written plan acknowledges the debt (art. 2944 c.c.). */
  acknowledgement: z.boolean(),
});
export type AgreementTerms = z.infer<typeof agreementTermsSchema>;

export const usualAgreementTerms: AgreementTerms = {
  planLimits: usualPlanLimits, interest: noInterestMandate, promise: { graceDays: 2, maxDaysAhead: 365, maxParts: 6 }, prescriptionMonths: 120,
  settlementsAsked: true, coordinates: null, letterhead: null, acknowledgement: false,
};
