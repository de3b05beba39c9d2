/**
 * The fields that each outcome asks for, in their order on the screen: the one list for page and desk.
 *
 * Invariant: the texts are as typed; what they mean depends on the code (`read-outcome-form.ts`).
 */
import type { OutcomeCode } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';

export const formFields = [
  'amountText', 'dateText', 'method', 'cause', 'disputeReason', 'disputeInvoiceId', 'callbackAudience', 'proof', 'restDateText',
  'partsText', 'invoiceIds', 'perMonthText', 'dayText', 'firstText', 'planKind', 'planStage', 'planReadBack', 'planShown', 'answerByText',
  'resendBy', 'addressText', 'nameText', 'owner', 'requestKind', 'refusedScope', 'spokeWith', 'note',
] as const;
export type FormFieldName = (typeof formFields)[number];

/** What stands before cause and note, which the rules decide. */
const ownFields: Partial<Record<OutcomeCode, readonly FormFieldName[]>> = {
  PTP: ['amountText', 'dateText', 'partsText', 'method', 'invoiceIds'],
  PLN: ['amountText', 'perMonthText', 'dayText', 'firstText', 'planKind', 'planStage', 'planReadBack', 'planShown'],
  PAID: ['amountText', 'dateText', 'method', 'proof'],
  PPY: ['amountText', 'dateText', 'method', 'restDateText'],
  DSP: ['disputeReason', 'disputeInvoiceId', 'amountText', 'proof', 'owner', 'answerByText'],
  RES: ['resendBy', 'addressText', 'dateText'],
  SET: ['amountText', 'dateText'],
  REF: ['dateText'],
  RPC: ['dateText'],
  CBK: ['dateText', 'callbackAudience', 'spokeWith'],
  TRN: ['nameText', 'dateText', 'addressText', 'spokeWith'],
  LAW: ['nameText', 'addressText'],
  CMP: ['owner', 'dateText'],
  PRV: ['requestKind', 'owner'],
  DNC: ['refusedScope'],
  LNG: ['nameText'],
};

/** The fields that a code asks for; a note is always possible. */
export function fieldsOfCode(code: OutcomeCode): readonly FormFieldName[] {
  const { cause, noteRequired } = outcomeRules[code];
  const own = ownFields[code] ?? [];
  if (noteRequired) return ['note', ...own];
  return [...own, ...(cause === 'no' ? [] : ['cause' as const]), 'note'];
}

/** How the typed date of a code is read. */
export function dateKindOf(code: OutcomeCode): 'date' | 'past-date' | 'moment' {
  switch (code) {
    case 'CBK': return 'moment';
    case 'PAID': case 'TRN': return 'past-date';
    default: return 'date';
  }
}
