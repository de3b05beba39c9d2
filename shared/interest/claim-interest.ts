/**
 * Whether interest may be spoken of at all.
 *
 * Invariants: nothing is claimed unless the creditor's mandate says so; late-payment interest never of a consumer (D.Lgs. 231/2002,
 * art. 1–2), and a condominium is one (CJEU C-329/19); in courtesy tone nothing, whatever the mandate says. The 40 € of art. 6 are per unpaid invoice and only with that interest.
 */
import { z } from 'zod';
import type { DebtorKind } from '../case/case-entity.ts';

export const interestClaims = ['none', 'legal', 'late-payment'] as const;

/** What a creditor's mandate lets be claimed, by kind of debtor. */
export const interestMandateSchema = z.object({
  consumer: z.enum(['none', 'legal']).default('none'),
  business: z.enum(interestClaims).default('none'),
  /** Art. 6: a lump sum for the costs of recovery, per invoice. */
  lumpSumCents: z.int().min(0).max(100_000).default(0),
});
export type InterestMandate = z.infer<typeof interestMandateSchema>;

export const noInterestMandate: InterestMandate = { consumer: 'none', business: 'none', lumpSumCents: 0 };

/** Art. 6 D.Lgs. 231/2002. */
export const LATE_PAYMENT_LUMP_SUM_CENTS = 4_000;

export interface InterestClaim {
  kind: (typeof interestClaims)[number];
  lumpSumCents: number;
}

/** What is claimed of this debtor in this tone. */
export function claimOf(mandate: InterestMandate, debtor: DebtorKind, isCourtesy: boolean): InterestClaim {
  const kind = isCourtesy ? 'none' : mandate[isConsumer(debtor) ? 'consumer' : 'business'];
  return { kind, lumpSumCents: kind === 'late-payment' ? mandate.lumpSumCents : 0 };
}

function isConsumer(debtor: DebtorKind): boolean {
  switch (debtor) {
    case 'person': case 'condominium': return true;
    case 'sole-trader': case 'company': case 'public-body': return false;
  }
}
