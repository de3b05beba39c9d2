/** What an operator does in tests: signs in with the demo password, fills the outcome form. */
import type { OutcomeForm } from '../../shared/contract/contract.ts';
import type { DeskProcess } from './desk-process.ts';

export const demoPassword = 'premura-demo';

export async function signInAs(desk: DeskProcess, username: string, password = demoPassword): Promise<void> {
  const session = await desk.command('sign-in', { username, password });
  if (!session.ok) throw new Error(`sign-in of ${username}: ${session.error.code} ${JSON.stringify(session.error.details)}`);
}

const emptyForm: OutcomeForm = {
  code: 'NA', channel: 'phone-outbound', numberId: null, cause: null, note: '', amountText: '', dateText: '', method: null,
  disputeReason: null, disputeInvoiceId: null, callbackAudience: null,
};

export function plainForm(code: OutcomeForm['code'], parts: Partial<OutcomeForm> = {}): OutcomeForm {
  return { ...emptyForm, code, ...parts };
}

export function promiseForm(parts: Partial<OutcomeForm> = {}): OutcomeForm {
  return plainForm('PTP', { method: 'bank-transfer', dateText: '+3', ...parts });
}
