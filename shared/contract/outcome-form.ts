/** The outcome form as typed; the desk reads the texts, so that no rule lives on the page. */
import { z } from 'zod';
import {
  causeCodeSchema, contactChannelSchema, contactReasonSchema, contactReasons, disputeReasonSchema, outcomeCodeSchema, paymentMethodSchema, privacyRequestKindSchema, proofStateSchema,
  refusedContactScopeSchema, resendChannelSchema, taskOwnerSchema,
} from '../case/outcome-codes.ts';
import { identityMethodSchema } from '../facts/conduct-bodies.ts';
import { planDetailSchema } from '../facts/agreement-details.ts';
import { invoiceIdSchema, numberIdSchema, partyIdSchema } from '../id.ts';
import { planKinds } from '../plans/plan-options.ts';

const textSchema = z.string().max(300);

export const outcomeFormSchema = z.object({
  code: outcomeCodeSchema,
  channel: contactChannelSchema,
  numberId: numberIdSchema.nullable(),
  /** Who was spoken with; null = the holder, or nobody. */
  partyId: partyIdSchema.nullable(),
  cause: causeCodeSchema.nullable(),
  note: z.string().max(4000),
  /** Empty = everything that may be asked for. */
  amountText: textSchema,
  /** What the date is of depends on the code (`dateKindOf`). */
  dateText: textSchema,
  /** PPY: when the rest follows. */
  restDateText: textSchema,
  /** PTP: what is promised for later days, beside the first. */
  moreParts: z.array(z.object({ dateText: textSchema, amountText: textSchema })).max(11).default([]),
  /** PTP, PLN: the invoices that it is about; none = the oldest first. */
  invoiceIds: z.array(invoiceIdSchema).max(400).default([]),
  /** PLN: the wish as typed, the option that was chosen, and its instalments as they were shown (`planFingerprint`). */
  plan: z.object({
    perMonthText: textSchema, dayText: textSchema, firstText: textSchema, kind: z.enum(planKinds).nullable(), stage: planDetailSchema.shape.stage,
    readBack: z.boolean(), shown: z.string().max(8_000),
  }).nullable().default(null),
  method: paymentMethodSchema.nullable(),
  disputeReason: disputeReasonSchema.nullable(),
  disputeInvoiceId: z.string().nullable(),
  callbackAudience: z.enum(['only-me', 'anyone']).nullable(),
  proof: proofStateSchema.nullable(),
  /** DSP: by when an answer is due. */
  answerByText: textSchema.default(''),
  resendBy: resendChannelSchema.nullable(),
  /** RES: where to. TRN, LAW: how to reach the new holder or the representative. */
  addressText: textSchema,
  /** TRN: the new holder. LAW: the representative. LNG: the language. */
  nameText: textSchema,
  owner: taskOwnerSchema.nullable(),
  requestKind: privacyRequestKindSchema.nullable(),
  refusedScope: refusedContactScopeSchema.nullable(),
  spokeWith: z.enum(['right-party', 'other']).nullable(),
  /** How the right party was known, where no call's gate says it. */
  identityMethod: identityMethodSchema.nullable().default(null),
  /** Why they got in touch, where they did. */
  reasons: z.array(contactReasonSchema).max(contactReasons.length).default([]),
  /** The rules refused the contact, and it happened all the same: it is saved, and the hub flags it. */
  withoutPermit: z.boolean().default(false),
});
export type OutcomeForm = z.infer<typeof outcomeFormSchema>;
