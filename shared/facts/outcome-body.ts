/**
 * What came of a contact, and what a correction puts in its place.
 *
 * Invariant: an older version is upcast by giving every part it did not know as null, and by the agreements as they were meant
 * (`agreement-details.ts`); a part stands only under the codes that `outcome-rules.ts` names.
 */
import { z } from 'zod';
import {
  causeCodeSchema, contactChannelSchema, contactReasonSchema, contactReasons, outcomeCodeSchema, paymentMethodSchema, privacyRequestKindSchema, proofStateSchema, refusedContactScopeSchema,
  resendChannelSchema, taskOwnerSchema,
} from '../case/outcome-codes.ts';
import { outcomeParts, outcomeRules } from '../case/outcome-rules.ts';
import { factIdSchema, numberIdSchema, partyIdSchema } from '../id.ts';
import { currencySchema } from '../money/currency.ts';
import { instantSchema, plainDateSchema, zoneSchema } from '../time.ts';
import {
  disputeDetailSchema, disputeDetailSchemaV1, disputeDetailSchemaV2, planDetailSchema, planDetailSchemaV2, promiseDetailSchema, promiseDetailSchemaV1,
  upcastDispute, upcastPlan, upcastPromise,
} from './agreement-details.ts';

const noteSchema = z.string().max(4000);
const shortTextSchema = z.string().trim().min(1).max(300);
const amountSchema = { amountCents: z.int().positive(), currency: currencySchema };

export const callbackDetailSchema = z.object({ at: instantSchema, zone: zoneSchema, audience: z.enum(['only-me', 'anyone']) });

/** PAID: what the customer says was paid. PPY: a part, and when the rest follows. */
export const paymentDetailSchema = z.object({
  ...amountSchema, paidOn: plainDateSchema, method: paymentMethodSchema.nullable(), proof: proofStateSchema, restDueOn: plainDateSchema.nullable(),
});

/** Less than the debt, offered by the customer: binds nobody until a lead has approved it. */
export const settlementDetailSchema = z.object({ offeredCents: z.int().positive(), currency: currencySchema, payBy: plainDateSchema });
export const resendDetailSchema = z.object({ by: resendChannelSchema, to: shortTextSchema, checkOn: plainDateSchema });
export const holderChangeDetailSchema = z.object({ newHolder: shortTextSchema, since: plainDateSchema.nullable(), contact: z.string().max(300) });
export const representedDetailSchema = z.object({ name: shortTextSchema, contact: z.string().max(300) });
export const complaintDetailSchema = z.object({ owner: taskOwnerSchema, dueOn: plainDateSchema });
/** The clock is one month from the request (GDPR art. 12(3)). */
export const privacyRequestDetailSchema = z.object({ kind: privacyRequestKindSchema, dueOn: plainDateSchema, owner: taskOwnerSchema });

const headShape = {
  code: outcomeCodeSchema,
  channel: contactChannelSchema,
  numberId: numberIdSchema.nullable(),
  cause: causeCodeSchema.nullable(),
  note: noteSchema.nullable(),
};

/** As published first; never changed. */
export const outcomeBodySchemaV1 = z
  .object({
    ...headShape,
    channel: z.enum(['phone-outbound', 'phone-inbound']),
    promise: promiseDetailSchemaV1.nullable(),
    dispute: disputeDetailSchemaV1.nullable(),
    callback: callbackDetailSchema.nullable(),
  })
  .superRefine((body, context) => {
    const needs = { promise: body.code === 'PTP', dispute: body.code === 'DSP', callback: body.code === 'CBK' };
    for (const part of ['promise', 'dispute', 'callback'] as const) {
      if (needs[part] !== (body[part] !== null)) {
        context.addIssue({ code: 'custom', path: [part], message: `${part} does not fit ${body.code}` });
      }
    }
  });

const commonShape = {
  ...headShape,
  /** Who was spoken with; null = the holder, or nobody. */
  partyId: partyIdSchema.nullable(),
  callback: callbackDetailSchema.nullable(),
  payment: paymentDetailSchema.nullable(),
  settlement: settlementDetailSchema.nullable(),
  resend: resendDetailSchema.nullable(),
  holderChange: holderChangeDetailSchema.nullable(),
  represented: representedDetailSchema.nullable(),
  complaint: complaintDetailSchema.nullable(),
  privacyRequest: privacyRequestDetailSchema.nullable(),
  refusedContact: refusedContactScopeSchema.nullable(),
  languageWanted: z.string().trim().min(2).max(60).nullable(),
  nextContactOn: plainDateSchema.nullable(),
  spokeWith: z.enum(['right-party', 'other']).nullable(),
};

/** As published second; never changed. */
export const outcomeBodySchemaV2 = z
  .object({ ...commonShape, promise: promiseDetailSchemaV1.nullable(), dispute: disputeDetailSchemaV2.nullable(), plan: planDetailSchemaV2.nullable() })
  .superRefine(checkParts);

export const outcomeBodySchema = z
  .object({
    ...commonShape,
    /** Why they got in touch; of what was noted before this was asked, nothing. */
    reasons: z.array(contactReasonSchema).max(contactReasons.length).default([]),
    promise: promiseDetailSchema.nullable(), dispute: disputeDetailSchema.nullable(), plan: planDetailSchema.nullable(),
  })
  .superRefine(checkParts);
export type OutcomeBody = z.infer<typeof outcomeBodySchema>;

type Parts = { code: z.infer<typeof outcomeCodeSchema> } & Record<(typeof outcomeParts)[number], unknown>;

function checkParts(body: Parts, context: z.RefinementCtx): void {
  const { needs, may } = outcomeRules[body.code];
  for (const part of outcomeParts) {
    const isGiven = body[part] !== null;
    if (isGiven ? !needs.includes(part) && !may.includes(part) : needs.includes(part)) {
      context.addIssue({ code: 'custom', path: [part], message: `${part} does not fit ${body.code}` });
    }
  }
}

/** No part at all: what every outcome starts from. */
export const noParts = {
  promise: null, dispute: null, callback: null, payment: null, plan: null, settlement: null, resend: null, holderChange: null, represented: null,
  complaint: null, privacyRequest: null, refusedContact: null, languageWanted: null, nextContactOn: null, spokeWith: null,
} as const satisfies Record<(typeof outcomeParts)[number], null>;

/** Version 1 said less: its codes may lack parts that later ones ask for. */
export function upcastOutcomeV1(body: z.infer<typeof outcomeBodySchemaV1>): OutcomeBody {
  const { promise, dispute } = body;
  return {
    ...noParts, ...body, partyId: null, reasons: [], promise: promise === null ? null : upcastPromise(promise),
    dispute: dispute === null ? null : upcastDispute({ ...dispute, proof: 'none' }),
  };
}

export function upcastOutcomeV2(body: z.infer<typeof outcomeBodySchemaV2>): OutcomeBody {
  const { promise, dispute, plan } = body;
  return {
    ...body, reasons: [], promise: promise === null ? null : upcastPromise(promise), dispute: dispute === null ? null : upcastDispute(dispute),
    plan: plan === null ? null : upcastPlan(plan),
  };
}

const correctionShape = { targetFactId: factIdSchema, reason: z.string().min(3).max(500) };

export const correctionBodySchemaV1 = z.object({ ...correctionShape, replacement: outcomeBodySchemaV1.nullable() });
export const correctionBodySchemaV2 = z.object({ ...correctionShape, replacement: outcomeBodySchemaV2.nullable() });

/** Replaces (or, with `replacement` null, annuls) an earlier outcome; the target is always the first fact. */
export const correctionBodySchema = z.object({ ...correctionShape, replacement: outcomeBodySchema.nullable() });
export type CorrectionBody = z.infer<typeof correctionBodySchema>;

export function upcastCorrectionV1(body: z.infer<typeof correctionBodySchemaV1>): CorrectionBody {
  return { ...body, replacement: body.replacement === null ? null : upcastOutcomeV1(body.replacement) };
}

export function upcastCorrectionV2(body: z.infer<typeof correctionBodySchemaV2>): CorrectionBody {
  return { ...body, replacement: body.replacement === null ? null : upcastOutcomeV2(body.replacement) };
}
