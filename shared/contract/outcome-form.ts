/** The outcome form as typed; the desk reads the texts, so that no rule lives on the page. */
import { z } from 'zod';
import {
  causeCodeSchema, contactChannelSchema, disputeReasonSchema, outcomeCodeSchema, paymentMethodSchema, privacyRequestKindSchema, proofStateSchema,
  refusedContactScopeSchema, resendChannelSchema, taskOwnerSchema,
} from '../case/outcome-codes.ts';
import { identityMethodSchema } from '../facts/conduct-bodies.ts';
import { numberIdSchema, partyIdSchema } from '../id.ts';

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
  /** PLN: how many instalments. */
  countText: textSchema,
  method: paymentMethodSchema.nullable(),
  disputeReason: disputeReasonSchema.nullable(),
  disputeInvoiceId: z.string().nullable(),
  callbackAudience: z.enum(['only-me', 'anyone']).nullable(),
  proof: proofStateSchema.nullable(),
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
  /** The rules refused the contact, and it happened all the same: it is saved, and the hub flags it. */
  withoutPermit: z.boolean().default(false),
});
export type OutcomeForm = z.infer<typeof outcomeFormSchema>;
