/** Why somebody got in touch, as the form keeps it, and what it usually comes to. */
import { contactReasonSchema } from '../../../shared/case/outcome-codes.ts';
import type { ContactReason, OutcomeCode } from '../../../shared/case/outcome-codes.ts';

export function reasonsOfText(text: string): ContactReason[] {
  return text.split(' ').flatMap((reason) => contactReasonSchema.safeParse(reason).data ?? []);
}

/** What a reason usually comes to; null: listen first. */
export function codeOfReasons(text: string): OutcomeCode | null {
  for (const reason of reasonsOfText(text)) {
    const code = usualCode[reason];
    if (code !== undefined) return code;
  }
  return null;
}

const usualCode: Partial<Record<ContactReason, OutcomeCode>> = {
  paid: 'PAID', 'bank-details': 'RPC', balance: 'RPC', 'not-received': 'RES', 'wrong-amount': 'DSP', service: 'DSP', 'cannot-pay': 'PLN', complaint: 'CMP', privacy: 'PRV',
};
