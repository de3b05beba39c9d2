/** Outcome forms as operators fill them, for tests of every layer. */
import type { OutcomeForm } from '../contract/outcome-form.ts';

/**
 * Inbound: no permit is asked for a call that the customer made, so these are saved whatever was saved a minute before. Identity is
 * confirmed where it must be. Tests about permits say `channel` themselves.
 */
const emptyForm: OutcomeForm = {
  code: 'NA', channel: 'phone-inbound', identityMethod: 'customer-code', withoutPermit: false, numberId: null, cause: null, note: '', amountText: '', dateText: '', method: null,
  disputeReason: null, disputeInvoiceId: null, callbackAudience: null, partyId: null, restDateText: '', countText: '', proof: null,
  resendBy: null, addressText: '', nameText: '', owner: null, requestKind: null, refusedScope: null, spokeWith: null,
};

export function plainForm(code: OutcomeForm['code'], parts: Partial<OutcomeForm> = {}): OutcomeForm {
  return { ...emptyForm, code, ...parts };
}

/** Everything that may be asked for, by bank transfer, in three days. */
export function promiseForm(parts: Partial<OutcomeForm> = {}): OutcomeForm {
  return plainForm('PTP', { method: 'bank-transfer', dateText: '+3', ...parts });
}
