/** A draft of nothing yet, for tests. */
import type { Draft } from '../contract/screens.ts';
import { draftSchema } from '../contract/screens.ts';

export const emptyDraft: Draft = draftSchema.parse({
  code: null, amountText: '', dateText: '', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', note: '', scriptStepId: '',
});
