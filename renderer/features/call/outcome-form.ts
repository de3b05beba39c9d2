/**
 * The outcome form as the operator fills it, and its way to the contract and back.
 *
 * Invariants: texts stay as typed (the desk reads them); a text typed for one code never turns
 * up under another, where it would mean something else.
 */
import type { OutcomeForm } from '../../../shared/contract/outcome-form.ts';
import type { CaseScreen, Draft } from '../../../shared/contract/screens.ts';
import {
  causeCodeSchema, contactChannelSchema, disputeReasonSchema, outcomeCodes, paymentMethodSchema, privacyRequestKindSchema, proofStateSchema,
  refusedContactScopeSchema, resendChannelSchema, taskOwnerSchema,
} from '../../../shared/case/outcome-codes.ts';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { agreedFigures } from '../../../shared/facts/agreed-figures.ts';
import type { FormFieldName } from '../../../shared/case/outcome-fields.ts';
import { fieldsOfCode, formFields } from '../../../shared/case/outcome-fields.ts';
import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import { identityMethodSchema } from '../../../shared/facts/conduct-bodies.ts';
import type { NumberId } from '../../../shared/id.ts';
import { invoiceIdSchema, numberIdSchema, partyIdSchema } from '../../../shared/id.ts';
import { decimalOfCents } from '../../../shared/money/format-money.ts';
import { planFingerprint } from '../../../shared/plans/offer-plans.ts';
import { planKinds } from '../../../shared/plans/plan-options.ts';
import type { AppError } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { Locale } from '../../../shared/contract/contract.ts';
import { dateOfInstant, timeOfInstant } from '../../../shared/time.ts';
import type { Outcome } from '../../app/sentences.ts';
import { reasonsOfText } from './contact-reasons.ts';

/** What the form may be told apart by; also the names that errors carry. */
export type FormField = FormFieldName | 'code' | 'numberId' | 'partyId' | 'identityMethod' | 'reason' | 'reasons';

export interface FormState extends Record<FormFieldName, string> {
  code: OutcomeCode | null;
  numberId: string;
  partyId: string;
  channel: string;
  /** How the right party was known, where no call's gate says it. */
  identityMethod: string;
  /** Why they got in touch, apart by spaces: of the contact, whatever came of it. */
  reasons: string;
}

/** Codes with a button, in the order of the day's frequency. */
export const buttonCodes = ['NA', 'LB', 'RPC', 'PTP', 'DSP', 'CBK'] as const satisfies readonly OutcomeCode[];
/** The same for a call that ends before anybody has said who they are. */
export const earlyButtonCodes = ['NA', 'LB', 'AM', 'TPC', 'IDR', 'CBK'] as const satisfies readonly OutcomeCode[];
export const offeredCodes: readonly OutcomeCode[] = outcomeCodes;

const emptyFields = Object.fromEntries(formFields.map((field) => [field, ''])) as Record<FormFieldName, string>;

/** An empty form for a call to `numberId` ('' = none), whose owner is spoken with unless somebody else answers. */
export function emptyForm(numberId: string, partyId = ''): FormState {
  return { code: null, numberId, partyId, channel: 'phone-outbound', identityMethod: '', reasons: '', ...emptyFields };
}

/** The number a call goes to unless another one is chosen: the first that can ring. */
export function firstNumberId(numbers: CaseScreen['numbers']): string {
  return numbers.find((number) => number.usable)?.numberId ?? '';
}

/** The number that was rung last, to be rung once more; null: none was. */
export function lastRung(numbers: CaseScreen['numbers']): NumberId | null {
  const rung = numbers.flatMap(({ numberId, last }) => (last === null ? [] : [{ numberId, at: last.at }]));
  return rung.toSorted((one, other) => other.at - one.at)[0]?.numberId ?? null;
}

/** Whose number it is; '' = the holder's. */
export function partyOfNumber(numbers: CaseScreen['numbers'], numberId: string): string {
  return numbers.find((number) => number.numberId === numberId)?.partyId ?? '';
}

/** The fields that a code asks for, in their order on the screen; before a code, the cause: listening comes first. */
export function fieldsOf(code: OutcomeCode | null): readonly FormFieldName[] {
  return code === null ? ['cause', 'note'] : fieldsOfCode(code);
}

/** Whether somebody was spoken with: then it matters who, and over which channel. */
export function isConversation(code: OutcomeCode | null): boolean {
  return code !== null && !['attempt', 'fail'].includes(outcomeRules[code].class);
}

/** Whether the right party was told something, by telephone: then it must be known how they were recognised. */
export function needsIdentity(form: Pick<FormState, 'code' | 'channel' | 'spokeWith'>): boolean {
  if (form.code === null || (form.channel !== 'phone-outbound' && form.channel !== 'phone-inbound')) return false;
  return ['success', 'right-party'].includes(outcomeRules[form.code].class) && form.spokeWith !== 'other';
}

/** What a code starts with, on the screen for everybody to see: never a promise, an amount or a date. */
export function defaultsOf(code: OutcomeCode, screen: Pick<CaseScreen, 'invoices'>): Partial<OwnTexts> {
  switch (code) {
    case 'PAID': return { proof: 'requested' };
    case 'CBK': return { callbackAudience: 'anyone', spokeWith: 'right-party' };
    case 'TRN': return { spokeWith: 'right-party' };
    case 'PRV': return { owner: 'lead' };
    case 'DSP': {
      const [only, ...others] = screen.invoices.filter((invoice) => invoice.residualCents > 0);
      return { proof: 'none', ...(only !== undefined && others.length === 0 ? { disputeInvoiceId: only.invoiceId } : {}) };
    }
    default: return {};
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

/** Cause and note are about the contact, whatever came of it; everything else belongs to its code. */
export type OwnTexts = Record<Exclude<FormFieldName, 'cause' | 'note'>, string>;
export type Stash = Partial<Record<OutcomeCode, OwnTexts>>;

function ownTexts(fields: Record<FormFieldName, string>): OwnTexts {
  const { cause, note, ...own } = fields;
  return own;
}

/** Changes the code; what was typed goes with the code it was typed for and comes back with it. */
export function switchCode(form: FormState, stash: Stash, code: OutcomeCode, defaults: Partial<OwnTexts> = {}): { form: FormState; stash: Stash } {
  if (form.code === code) return { form, stash };
  const kept = form.code === null ? stash : { ...stash, [form.code]: ownTexts(form) };
  return { form: { ...form, ...ownTexts(emptyFields), ...defaults, ...kept[code], code }, stash: kept };
}

/** The form for the desk, or null while no code is chosen. Only what the code asks for goes along. */
export function toOutcomeForm(form: FormState): OutcomeForm | null {
  if (form.code === null) return null;
  const asked = fieldsOf(form.code);
  const text = (field: FormFieldName): string => (asked.includes(field) ? form[field] : '');
  return {
    code: form.code,
    channel: contactChannelSchema.safeParse(form.channel).data ?? 'phone-outbound',
    numberId: numberIdSchema.safeParse(form.numberId).data ?? null,
    // Nobody was spoken with: then nobody is named.
    partyId: isConversation(form.code) ? (partyIdSchema.safeParse(form.partyId).data ?? null) : null,
    note: form.note,
    amountText: text('amountText'),
    dateText: text('dateText'),
    restDateText: text('restDateText'),
    moreParts: partsOfText(text('partsText')),
    invoiceIds: idsOfText(text('invoiceIds')),
    plan: form.code === 'PLN' ? planOfForm(form) : null,
    answerByText: text('answerByText'),
    addressText: text('addressText'),
    nameText: text('nameText'),
    cause: causeCodeSchema.safeParse(text('cause')).data ?? null,
    method: paymentMethodSchema.safeParse(text('method')).data ?? null,
    disputeReason: disputeReasonSchema.safeParse(text('disputeReason')).data ?? null,
    disputeInvoiceId: text('disputeInvoiceId') === '' ? null : form.disputeInvoiceId,
    callbackAudience: form.callbackAudience === 'only-me' || form.callbackAudience === 'anyone' ? form.callbackAudience : null,
    proof: proofStateSchema.safeParse(text('proof')).data ?? null,
    resendBy: resendChannelSchema.safeParse(text('resendBy')).data ?? null,
    owner: taskOwnerSchema.safeParse(text('owner')).data ?? null,
    requestKind: privacyRequestKindSchema.safeParse(text('requestKind')).data ?? null,
    refusedScope: refusedContactScopeSchema.safeParse(text('refusedScope')).data ?? null,
    spokeWith: text('spokeWith') === 'right-party' || text('spokeWith') === 'other' ? (form.spokeWith as 'right-party' | 'other') : null,
    identityMethod: needsIdentity(form) ? (identityMethodSchema.safeParse(form.identityMethod).data ?? null) : null,
    reasons: reasonsOfText(form.reasons),
    withoutPermit: false,
  };
}

/** The plan's part of the form. */
function planOfForm({ perMonthText, dayText, firstText, planKind, planStage, planReadBack, planShown }: FormState): OutcomeForm['plan'] {
  return {
    perMonthText, dayText, firstText, kind: planKinds.find((kind) => kind === planKind) ?? null, stage: planStage === 'proposed' ? 'proposed' : 'accepted',
    readBack: planReadBack === 'yes', shown: planShown,
  };
}

/** What a plan that was kept would have been typed as; where its days would be others by now, the page asks for a new choice. */
function wishOfPlan(plan: Outcome['plan'], locale: Locale): Pick<FormState, 'perMonthText' | 'dayText' | 'firstText' | 'planKind' | 'planStage' | 'planReadBack' | 'planShown'> {
  if (plan === null) return { planKind: '', planReadBack: '', planShown: '', perMonthText: '', dayText: '', firstText: '', planStage: '' };
  const later = plan.kind === 'first-now' ? plan.instalments.slice(1) : plan.instalments;
  const most = Math.max(...later.map(({ capitalCents, interestCents }) => capitalCents + interestCents));
  return {
    planKind: plan.kind === 'agreed' ? '' : plan.kind, planReadBack: plan.readBack ? 'yes' : '', planShown: planFingerprint(plan.instalments), perMonthText: typedAmount(most, locale), dayText: String(Number(later[0]?.dueOn.slice(8) ?? '1')),
    firstText: plan.kind === 'first-now' ? typedAmount(plan.instalments[0]?.capitalCents ?? 0, locale) : '', planStage: plan.stage,
  };
}

function sumOfCapital({ instalments }: NonNullable<Outcome['plan']>): number {
  return instalments.reduce((sum, { capitalCents }) => sum + capitalCents, 0);
}

const PART_SEPARATOR = '\t';

/** Further parts of a promise as one text, a line each. */
export function textOfParts(parts: OutcomeForm['moreParts']): string {
  return parts.map(({ dateText, amountText }) => `${dateText}${PART_SEPARATOR}${amountText}`).join('\n');
}

export function partsOfText(text: string): OutcomeForm['moreParts'] {
  return text === '' ? [] : text.split('\n').map((line) => {
    const [dateText = '', amountText = ''] = line.split(PART_SEPARATOR);
    return { dateText, amountText };
  });
}

export function idsOfText(text: string): OutcomeForm['invoiceIds'] {
  return text.split(' ').flatMap((id) => invoiceIdSchema.safeParse(id).data ?? []);
}

function typedAmount(amountCents: number, locale: Locale): string {
  const decimal = decimalOfCents(amountCents);
  return locale === 'it' ? decimal.replace('.', ',') : decimal;
}

const longestNote = 4000;

/** What would be refused unread: a note longer than a fact may carry. */
export function checkNote(note: string): AppError | null {
  return note.length > longestNote ? fail('note-too-long', 'error.noteTooLong', { field: 'note' }).error : null;
}

/** What is kept against a crash; null when there is nothing to keep. */
export function draftOfForm(form: FormState, scriptStepId: string): Draft | null {
  const { numberId, partyId, channel, ...rest } = form;
  const untouched = scriptStepId === '' && Object.values(rest).every((value) => value === null || value === '');
  return untouched ? null : { ...form, scriptStepId };
}

/** The form as it was left; a number chosen then is chosen still. */
export function formOfDraft(draft: Draft | null, numberId: string, partyId = ''): FormState {
  if (draft === null) return emptyForm(numberId, partyId);
  const { scriptStepId, ...rest } = draft;
  const isOld = rest.numberId === '';
  return {
    ...emptyForm(numberId), ...rest, numberId: isOld ? numberId : rest.numberId, partyId: isOld ? partyId : rest.partyId,
    channel: rest.channel === '' ? 'phone-outbound' : rest.channel,
  };
}

/** Where an invoice would go again over one channel, as the case knows it; '' = not known. */
export function knownAddress(screen: Pick<CaseScreen, 'addresses' | 'numbers' | 'customer'>, resendBy: string): string {
  const usable = (kind: string): string | undefined => screen.addresses.find((address) => address.kind === kind && address.usable)?.raw;
  switch (resendBy) {
    case 'email': return usable('email') ?? screen.customer.email ?? '';
    case 'pec': return usable('pec') ?? '';
    case 'post': return usable('post') ?? screen.customer.address ?? '';
    case 'message': return screen.numbers.find(({ kind, usable: rings }) => kind === 'mobile' && rings)?.raw ?? '';
    default: return '';
  }
}

/** A channel was chosen: its known address stands in the field at once, unless another one was typed. */
export function chooseResend(form: FormState, screen: Parameters<typeof knownAddress>[0], resendBy: string): Partial<FormState> {
  const isUntyped = form.addressText.trim() === '' || form.addressText === knownAddress(screen, form.resendBy);
  return { resendBy, ...(isUntyped ? { addressText: knownAddress(screen, resendBy) } : {}) };
}

/** A saved outcome back in the form, to be corrected: texts as a person would type them. */
export function formOfOutcome(outcome: Outcome, locale: Locale): FormState {
  const { promise, dispute, callback, payment, plan, resend, holderChange, represented, complaint, privacyRequest } = outcome;
  const { amountCents, dueOn } = agreedFigures(outcome);
  const date = payment?.paidOn ?? dueOn ?? resend?.checkOn ?? holderChange?.since ?? complaint?.dueOn
    ?? outcome.nextContactOn ?? null;
  return {
    ...emptyForm(outcome.numberId ?? ''),
    code: outcome.code,
    partyId: outcome.partyId ?? '',
    channel: outcome.channel,
    reasons: outcome.reasons.join(' '),
    amountText: promise !== null ? typedAmount(promise.parts[0]?.amountCents ?? 0, locale) : plan !== null ? typedAmount(sumOfCapital(plan), locale) : amountCents === null ? '' : typedAmount(amountCents, locale),
    dateText: callback !== null
      ? `${typedDate(dateOfInstant(callback.at, callback.zone))} ${timeOfInstant(callback.at, callback.zone)}` : date === null ? '' : typedDate(date),
    restDateText: payment?.restDueOn == null ? '' : typedDate(payment.restDueOn),
    partsText: promise === null ? '' : textOfParts(promise.parts.slice(1).map((part) => ({ dateText: typedDate(part.dueOn), amountText: typedAmount(part.amountCents, locale) }))),
    invoiceIds: '',
    ...wishOfPlan(plan, locale),
    answerByText: dispute?.dueOn == null ? '' : typedDate(dispute.dueOn),
    method: promise?.method ?? payment?.method ?? '',
    cause: outcome.cause ?? '',
    disputeReason: dispute?.reason ?? '',
    disputeInvoiceId: dispute?.invoiceId ?? '',
    callbackAudience: callback?.audience ?? '',
    proof: dispute?.proof ?? payment?.proof ?? '',
    resendBy: resend?.by ?? '',
    addressText: resend?.to ?? holderChange?.contact ?? represented?.contact ?? '',
    nameText: holderChange?.newHolder ?? represented?.name ?? outcome.languageWanted ?? '',
    owner: dispute?.owner ?? complaint?.owner ?? privacyRequest?.owner ?? '',
    requestKind: privacyRequest?.kind ?? '',
    refusedScope: outcome.refusedContact ?? '',
    spokeWith: outcome.spokeWith ?? '',
    note: outcome.note ?? '',
  };
}

function typedDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${day ?? ''}/${month ?? ''}/${year ?? ''}`;
}
