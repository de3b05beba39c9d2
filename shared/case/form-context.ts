/** What a typed form is read against, and how it is refused beside its field. */
import { fail } from '../result.ts';
import type { FormFieldName } from './outcome-fields.ts';
import type { CaseView } from './view-case.ts';

export interface FormContext {
  view: Pick<CaseView, 'claimableCents' | 'openCents' | 'currency' | 'invoices' | 'numbers' | 'rules' | 'folded'>;
  nowMs: number;
  zone: string;
  locale: 'it' | 'en';
}

export type FormErrorField = FormFieldName | 'code' | 'numberId' | 'partyId' | 'reason' | 'reasons' | 'identityMethod';

/** A failure that stands beside its field. */
export function failField(field: FormErrorField, code: string, messageKey: string, details: Record<string, string | number> = {}): ReturnType<typeof fail> {
  return fail(code, messageKey, { ...details, field });
}
