/** Outcome forms as operators fill them, for tests of every layer. */
import type { PlanBasisScreen } from '../contract/agreement-channels.ts';
import type { OutcomeForm } from '../contract/outcome-form.ts';
import type { PlanWishTexts } from '../plans/offer-plans.ts';
import { offerPlans, planFingerprint } from '../plans/offer-plans.ts';

/**
 * Inbound: no permit is asked for a call that the customer made, so these are saved whatever was saved a minute before. Identity is
 * confirmed where it must be. Tests about permits say `channel` themselves.
 */
const emptyForm: OutcomeForm = {
  code: 'NA', channel: 'phone-inbound', identityMethod: 'customer-code', withoutPermit: false, numberId: null, cause: null, note: '', amountText: '', dateText: '', method: null,
  disputeReason: null, disputeInvoiceId: null, callbackAudience: null, partyId: null, restDateText: '', moreParts: [], invoiceIds: [], plan: null, answerByText: '', proof: null,
  resendBy: null, addressText: '', nameText: '', owner: null, requestKind: null, refusedScope: null, spokeWith: null, reasons: ['other'],
};

export function plainForm(code: OutcomeForm['code'], parts: Partial<OutcomeForm> = {}): OutcomeForm {
  return { ...emptyForm, code, ...parts };
}

/** A plan as it is shown and read back: the first option for these texts. Throws where none fits. */
export function planForm(basis: PlanBasisScreen, texts: Omit<PlanWishTexts, 'firstText'>, parts: Partial<OutcomeForm> = {}): OutcomeForm {
  const restDays = new Set(basis.restDays);
  const offered = offerPlans({ ...texts, firstText: '' }, basis, (date) => restDays.has(date), 'it');
  if (!offered.ok) throw new Error(offered.error.code);
  const [first] = offered.value.options;
  if (first === undefined) throw new Error('no option');
  const { perMonthText, dayText, amountText } = texts;
  return plainForm('PLN', { amountText, plan: { perMonthText, dayText, firstText: '', kind: first.kind, stage: 'accepted', readBack: true, shown: planFingerprint(first.instalments) }, ...parts });
}

/** Everything that may be asked for, by bank transfer, in three days. */
export function promiseForm(parts: Partial<OutcomeForm> = {}): OutcomeForm {
  return plainForm('PTP', { method: 'bank-transfer', dateText: '+3', ...parts });
}
