/**
 * The outcome form as the operator fills it, and its way to the contract and back.
 *
 * Invariants: texts stay as typed (the desk reads them); a text typed for one code never turns
 * up under another, where it would mean something else.
 */
import type { OutcomeForm } from '../../../shared/contract/contract.ts';
import type { CaseScreen, Draft } from '../../../shared/contract/screens.ts';
import {
  causeCodeSchema, disputeReasonSchema, outcomeClassOf, outcomeCodeSchema, outcomeCodes, paymentMethodSchema,
} from '../../../shared/case/outcome-codes.ts';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { numberIdSchema } from '../../../shared/id.ts';
import { decimalOfCents } from '../../../shared/money/format-money.ts';
import type { AppError } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { Locale } from '../../../shared/contract/contract.ts';
import { dateOfInstant, timeOfInstant } from '../../../shared/time.ts';
import type { Outcome } from '../../app/sentences.ts';

export interface FormState {
  code: OutcomeCode | null;
  numberId: string;
  amountText: string;
  dateText: string;
  method: string;
  cause: string;
  disputeReason: string;
  disputeInvoiceId: string;
  callbackAudience: string;
  note: string;
}

/** What the form may be told apart by; also the names that errors carry. */
export type FormField =
  | 'code' | 'amountText' | 'dateText' | 'method' | 'cause' | 'disputeReason' | 'disputeInvoiceId' | 'callbackAudience' | 'note' | 'reason';

/** Codes with a button, in the order of the day's frequency. */
export const buttonCodes = ['NA', 'LB', 'RPC', 'PTP', 'DSP', 'CBK'] as const satisfies readonly OutcomeCode[];

/** Codes that need data for which there is no form yet: they are shown in histories and not offered. */
const notYetOffered: readonly OutcomeCode[] = ['PLN', 'SET', 'PPY', 'TRN', 'CMP', 'PRV'];
export const offeredCodes: readonly OutcomeCode[] = outcomeCodes.filter((code) => !notYetOffered.includes(code));

/** An empty form for a call to `numberId` ('' = none). */
export function emptyForm(numberId: string): FormState {
  return {
    code: null, numberId, amountText: '', dateText: '', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', note: '',
  };
}

/** The number a call goes to unless another one is chosen: the first that can ring. */
export function firstNumberId(numbers: CaseScreen['numbers']): string {
  return numbers.find((number) => number.usable)?.numberId ?? '';
}

/** The fields that a code asks for, in their order on the screen. */
export function fieldsOf(code: OutcomeCode | null): readonly FormField[] {
  if (code === null) return ['note'];
  switch (code) {
    case 'PTP': return ['amountText', 'dateText', 'method', 'cause', 'note'];
    case 'DSP': return ['disputeReason', 'disputeInvoiceId', 'amountText', 'cause', 'note'];
    case 'CBK': return ['dateText', 'callbackAudience', 'cause', 'note'];
    default: {
      const kind = outcomeClassOf[code];
      return kind === 'success' || kind === 'right-party' ? ['cause', 'note'] : ['note'];
    }
  }
}

/** The code meant by what was typed: the whole code, or a beginning that only one offered code has. */
export function matchCode(text: string): OutcomeCode | null {
  const typed = text.trim().toUpperCase();
  if (typed === '') return null;
  const exact = offeredCodes.find((code) => code === typed);
  if (exact !== undefined) return exact;
  const [only, ...others] = offeredCodes.filter((code) => code.startsWith(typed));
  return only !== undefined && others.length === 0 ? only : null;
}

export type Stash = Partial<Record<OutcomeCode, { amountText: string; dateText: string }>>;

/** Changes the code; amount and date go with the code they were typed for and come back with it. */
export function switchCode(form: FormState, stash: Stash, code: OutcomeCode): { form: FormState; stash: Stash } {
  if (form.code === code) return { form, stash };
  const kept = form.code === null ? stash : { ...stash, [form.code]: { amountText: form.amountText, dateText: form.dateText } };
  const texts = kept[code] ?? { amountText: '', dateText: '' };
  return { form: { ...form, ...texts, code }, stash: kept };
}

/** The form for the desk, or null while no code is chosen. Only what the code asks for goes along. */
export function toOutcomeForm(form: FormState): OutcomeForm | null {
  if (form.code === null) return null;
  const asked = fieldsOf(form.code);
  const when = <T>(field: FormField, value: T, otherwise: T): T => (asked.includes(field) ? value : otherwise);
  return {
    code: form.code,
    channel: 'phone-outbound',
    numberId: numberIdSchema.safeParse(form.numberId).data ?? null,
    cause: when('cause', causeCodeSchema.safeParse(form.cause).data ?? null, null),
    note: form.note,
    amountText: when('amountText', form.amountText, ''),
    dateText: when('dateText', form.dateText, ''),
    method: when('method', paymentMethodSchema.safeParse(form.method).data ?? null, null),
    disputeReason: when('disputeReason', disputeReasonSchema.safeParse(form.disputeReason).data ?? null, null),
    disputeInvoiceId: when('disputeInvoiceId', form.disputeInvoiceId === '' ? null : form.disputeInvoiceId, null),
    callbackAudience: when('callbackAudience', form.callbackAudience === 'only-me' || form.callbackAudience === 'anyone' ? form.callbackAudience : null, null),
  };
}

const longestNote = 4000;

/** What would be refused unread: a note longer than a fact may carry. */
export function checkNote(note: string): AppError | null {
  return note.length > longestNote ? fail('note-too-long', 'error.noteTooLong', { field: 'note' }).error : null;
}

/** What is kept against a crash; null when there is nothing to keep. */
export function draftOfForm(form: FormState, scriptStepId: string): Draft | null {
  const { numberId, ...rest } = form;
  const draft: Draft = { ...rest, scriptStepId };
  const untouched = Object.values(draft).every((value) => value === null || value === '');
  return untouched ? null : draft;
}

/** The form as it was left. */
export function formOfDraft(draft: Draft | null, numberId: string): FormState {
  if (draft === null) return emptyForm(numberId);
  const { scriptStepId, ...rest } = draft;
  return { ...emptyForm(numberId), ...rest };
}

/** A saved outcome back in the form, to be corrected: texts as a person would type them. */
export function formOfOutcome(outcome: Outcome, locale: Locale): FormState {
  const { promise, dispute, callback } = outcome;
  const amountCents = promise?.amountCents ?? dispute?.amountCents ?? null;
  const decimal = amountCents === null ? '' : decimalOfCents(amountCents);
  return {
    code: outcomeCodeSchema.parse(outcome.code),
    numberId: outcome.numberId ?? '',
    amountText: locale === 'it' ? decimal.replace('.', ',') : decimal,
    dateText: promise !== null ? typedDate(promise.dueOn) : callback !== null ? `${typedDate(dateOfInstant(callback.at, callback.zone))} ${timeOfInstant(callback.at, callback.zone)}` : '',
    method: promise?.method ?? '',
    cause: outcome.cause ?? '',
    disputeReason: dispute?.reason ?? '',
    disputeInvoiceId: dispute?.invoiceId ?? '',
    callbackAudience: callback?.audience ?? '',
    note: outcome.note ?? '',
  };
}

function typedDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${day ?? ''}/${month ?? ''}/${year ?? ''}`;
}
