/**
 * The parts of an outcome, each read from the texts of the form.
 *
 * Invariant: a date that must lie ahead is never past, one that tells of the past never ahead; an empty amount means
 * all that may be asked for, and no amount is larger than the debt.
 */
import type { OutcomeForm } from '../contract/outcome-form.ts';
import type { PromiseDetail } from '../facts/agreement-details.ts';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import type { InvoiceId } from '../id.ts';
import { parseMoney } from '../money/parse-money.ts';
import { nothingToPlan, offerPlans, planFingerprint } from '../plans/offer-plans.ts';
import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import type { PlainDate } from '../time.ts';
import { addDays, addMonths, addWorkingDays, dateOfInstant } from '../time.ts';
import { isCallingTime } from './contact-rules.ts';
import type { FormContext, FormErrorField } from './form-context.ts';
import { failField } from './form-context.ts';
import { isInstalmentRestDay, planBasis } from './plan-basis.ts';
import { readTypedDate, readTypedMoment } from './read-typed-date.ts';
import { readTypedPastDate } from './read-typed-past-date.ts';

type Parts = Result<Partial<OutcomeBody>>;

/** A promise further away than this is a typing error or a plan. */
const LONGEST_PROMISE_DAYS = 365;
const LONGEST_CALLBACK_MS = 90 * 86_400_000;
const LONGEST_CONTACT_DAYS = 180;
/** A payment older than this is in the ledger. */
const OLDEST_PAYMENT_DAYS = 730;
const USUAL_CHECK_DAYS = 7;
const USUAL_COMPLAINT_WORKING_DAYS = 5;
/** For a creditor to answer a dispute. */
const USUAL_ANSWER_WORKING_DAYS = 10;

/** One day or several; each part beside the invoices that it pays. */
export function readPromise(form: OutcomeForm, context: FormContext): Parts {
  const { promise: terms } = context.view.rules.conduct.agreements;
  const invoices = chosenInvoices(form, context);
  const mostCents = form.invoiceIds.length === 0 ? context.view.claimableCents : sumOf(invoices);
  const amount = readAmount(form.amountText, mostCents, context);
  if (!amount.ok) return amount;
  const dueOn = readDateAhead('dateText', form.dateText, terms.maxDaysAhead, context);
  if (!dueOn.ok) return dueOn;
  const parts = [{ dueOn: dueOn.value, amountCents: amount.value }];
  if (form.moreParts.length >= terms.maxParts) return failField('partsText', 'parts-too-many', 'error.partsTooMany', { most: terms.maxParts });
  for (const [index, part] of form.moreParts.entries()) {
    const read = readPart(part, parts, index + 2, mostCents, context);
    if (!read.ok) return read;
    parts.push(read.value);
  }
  if (form.method === null) return failField('method', 'method-missing', 'error.methodMissing');
  const promised = parts.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return ok({ promise: { currency: context.view.currency, method: form.method, graceDays: terms.graceDays, parts, invoices: coveredInvoices(invoices, promised) } });
}

type PromisePart = PromiseDetail['parts'][number];

/** @param place counted from 1, for whoever reads the error */
function readPart(part: OutcomeForm['moreParts'][number], before: readonly PromisePart[], place: number, mostCents: number, context: FormContext): Result<PromisePart> {
  const today = todayOf(context);
  const date = readTypedDate(part.dateText, { today, locale: context.locale });
  if (!date.ok) return failField('partsText', 'date-unreadable', 'error.dateUnreadable', { text: part.dateText, place });
  const last = before.at(-1)?.dueOn ?? today;
  if (date.value <= last) return failField('partsText', 'parts-not-ascending', 'error.partsNotAscending', { date: date.value, place });
  const { maxDaysAhead } = context.view.rules.conduct.agreements.promise;
  if (date.value > addDays(today, maxDaysAhead)) return failField('partsText', 'date-too-far', 'error.dateTooFar', { date: date.value, place });
  const amount = parseMoney(part.amountText, context.locale);
  if (!amount.ok) return failField('partsText', 'amount-unreadable', 'error.amountUnreadable', { text: part.amountText, place });
  if (amount.value <= 0) return failField('partsText', 'amount-zero', 'error.amountZero', { place });
  const promised = before.reduce((sum, { amountCents }) => sum + amountCents, amount.value);
  if (promised > mostCents) return failField('partsText', 'amount-too-large', 'error.amountTooLarge', { amountCents: mostCents, currency: context.view.currency, place });
  return ok({ dueOn: date.value, amountCents: amount.value });
}

interface CoveredInvoice { invoiceId: InvoiceId; claimableCents: number }

/** Those that were ticked, or all that may be asked for; a time-barred one only if it was ticked: to promise it is to acknowledge it. */
function chosenInvoices(form: OutcomeForm, context: FormContext): CoveredInvoice[] {
  if (form.invoiceIds.length === 0) return planBasis(context.view, context, true).invoices;
  return context.view.invoices.filter(({ invoiceId, claimableCents }) => claimableCents > 0 && form.invoiceIds.includes(invoiceId));
}

function sumOf(invoices: readonly CoveredInvoice[]): number {
  return invoices.reduce((sum, { claimableCents }) => sum + claimableCents, 0);
}

/** Oldest first: the invoices that the amount reaches (art. 1193 c.c., the oldest debt first). */
function coveredInvoices(invoices: readonly CoveredInvoice[], amountCents: number): { invoiceId: InvoiceId; amountCents: number }[] {
  const covered: { invoiceId: InvoiceId; amountCents: number }[] = [];
  let leftCents = amountCents;
  for (const { invoiceId, claimableCents } of invoices) {
    if (leftCents <= 0) break;
    covered.push({ invoiceId, amountCents: Math.min(leftCents, claimableCents) });
    leftCents -= claimableCents;
  }
  return covered;
}

/** The option that was chosen, made again from what was typed: it must be the one that was shown. */
export function readPlan(form: OutcomeForm, context: FormContext): Parts {
  const basis = planBasis(context.view, context);
  if (basis.debtCents === 0) return nothingToPlan(basis);
  if (form.plan === null || form.plan.kind === null) return failField('planKind', 'plan-not-chosen', 'error.plan.notChosen');
  const { kind, stage, readBack, shown, ...texts } = form.plan;
  const offered = offerPlans({ amountText: form.amountText, ...texts }, basis, (date) => isInstalmentRestDay(context.view.rules, date), context.locale);
  if (!offered.ok) return offered;
  const chosen = offered.value.options.find((option) => option.kind === kind);
  if (chosen === undefined || planFingerprint(chosen.instalments) !== shown) return failField('planKind', 'plan-changed', 'error.plan.changed');
  if (stage === 'accepted' && !readBack) return failField('planReadBack', 'plan-not-read-back', 'error.plan.notReadBack');
  const { interest, graceDays, consecutiveMissed, totalMissed } = basis.limits;
  return ok({
    plan: {
      stage, kind, readBack, currency: basis.currency, terms: { interest, graceDays, consecutiveMissed, totalMissed },
      instalments: chosen.instalments.map(({ dueOn, capitalCents, interestCents }) => ({ dueOn, capitalCents, interestCents })),
      invoices: coveredInvoices(basis.invoices, offered.value.wish.debtCents),
    },
  });
}

/** Paid in full or in part, on a day that was; without a date, today. */
export function readPaid(form: OutcomeForm, context: FormContext): Parts {
  const amount = readAmount(form.amountText, context.view.openCents, context);
  if (!amount.ok) return amount;
  const paidOn = readDateBefore('dateText', form.dateText, context);
  if (!paidOn.ok) return paidOn;
  const { currency } = context.view;
  return ok({ payment: { amountCents: amount.value, currency, paidOn: paidOn.value, method: form.method, proof: form.proof ?? 'requested', restDueOn: null } });
}

/** A part, paid or about to be, and the day of the rest. */
export function readPartPayment(form: OutcomeForm, context: FormContext): Parts {
  if (form.amountText.trim() === '') return failField('amountText', 'amount-missing', 'error.amountMissing');
  const amount = readAmount(form.amountText, context.view.claimableCents, context);
  if (!amount.ok) return amount;
  const today = todayOf(context);
  const paidOn = form.dateText.trim() === '' ? ok(today) : readTypedDate(form.dateText, { today, locale: context.locale });
  if (!paidOn.ok) return failField('dateText', 'date-unreadable', 'error.dateUnreadable', { text: form.dateText });
  const restDueOn = form.restDateText.trim() === '' ? ok(null) : readDateAhead('restDateText', form.restDateText, LONGEST_PROMISE_DAYS, context);
  if (!restDueOn.ok) return restDueOn;
  const { currency } = context.view;
  return ok({
    payment: { amountCents: amount.value, currency, paidOn: paidOn.value, method: form.method, proof: form.proof ?? 'none', restDueOn: restDueOn.value },
  });
}

export function readDispute(form: OutcomeForm, context: FormContext): Parts {
  if (form.disputeReason === null) return failField('disputeReason', 'dispute-reason-missing', 'error.disputeReasonMissing');
  const invoice = context.view.invoices.find((entry) => entry.invoiceId === form.disputeInvoiceId);
  if (invoice === undefined) return failField('disputeInvoiceId', 'invoice-missing', 'error.invoiceMissing');
  const whole = form.amountText.trim() === '';
  const amount = whole ? ok(null) : readAmount(form.amountText, invoice.residualCents, context);
  if (!amount.ok) return amount;
  const dueOn = form.answerByText.trim() === ''
    ? ok(addWorkingDays(todayOf(context), USUAL_ANSWER_WORKING_DAYS)) : readDateAhead('answerByText', form.answerByText, LONGEST_CONTACT_DAYS, context);
  if (!dueOn.ok) return dueOn;
  const { invoiceId, currency } = invoice;
  return ok({
    dispute: { reason: form.disputeReason, invoiceId, amountCents: amount.value, currency, proof: form.proof ?? 'none', owner: form.owner ?? 'back-office', dueOn: dueOn.value },
  });
}

export function readResend(form: OutcomeForm, context: FormContext): Parts {
  if (form.resendBy === null) return failField('resendBy', 'channel-missing', 'error.channelMissing');
  const to = form.addressText.trim();
  if (to === '') return failField('addressText', 'address-missing', 'error.addressMissing');
  const isMail = form.resendBy === 'email' || form.resendBy === 'pec';
  if (isMail && !/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(to)) return failField('addressText', 'address-unreadable', 'error.emailUnreadable', { text: to });
  const checkOn = form.dateText.trim() === ''
    ? ok(addDays(todayOf(context), USUAL_CHECK_DAYS)) : readDateAhead('dateText', form.dateText, LONGEST_CONTACT_DAYS, context);
  return checkOn.ok ? ok({ resend: { by: form.resendBy, to, checkOn: checkOn.value } }) : checkOn;
}

export function readSettlement(form: OutcomeForm, context: FormContext): Parts {
  if (form.amountText.trim() === '') return failField('amountText', 'amount-missing', 'error.amountMissing');
  const offered = readAmount(form.amountText, context.view.claimableCents, context);
  if (!offered.ok) return offered;
  const payBy = readDateAhead('dateText', form.dateText, LONGEST_PROMISE_DAYS, context);
  return payBy.ok ? ok({ settlement: { offeredCents: offered.value, currency: context.view.currency, payBy: payBy.value } }) : payBy;
}

export function readCallback(form: OutcomeForm, context: FormContext): Parts {
  const { nowMs, zone, locale } = context;
  const at = readTypedMoment(form.dateText, { nowMs, zone, locale });
  if (!at.ok) return failField('dateText', 'moment-unreadable', 'error.momentUnreadable', { text: form.dateText });
  if (at.value <= nowMs) return failField('dateText', 'moment-in-past', 'error.momentInPast');
  if (at.value > nowMs + LONGEST_CALLBACK_MS) return failField('dateText', 'date-too-far', 'error.dateTooFar', { date: dateOfInstant(at.value, zone) });
  if (!isCallingTime(context.view.rules, at.value)) return failField('dateText', 'moment-outside-hours', 'error.momentOutsideHours');
  if (form.callbackAudience === null) return failField('callbackAudience', 'audience-missing', 'error.audienceMissing');
  return ok({ callback: { at: at.value, zone, audience: form.callbackAudience }, spokeWith: form.spokeWith });
}

export function readHolderChange(form: OutcomeForm, context: FormContext): Parts {
  const newHolder = form.nameText.trim();
  if (newHolder === '') return failField('nameText', 'name-missing', 'error.newHolderMissing');
  const since = form.dateText.trim() === '' ? ok(null) : readDateBefore('dateText', form.dateText, context);
  return since.ok ? ok({ holderChange: { newHolder, since: since.value, contact: form.addressText.trim() }, spokeWith: form.spokeWith }) : since;
}

export function readRepresented(form: OutcomeForm): Parts {
  const name = form.nameText.trim();
  if (name === '') return failField('nameText', 'name-missing', 'error.representativeMissing');
  return ok({ represented: { name, contact: form.addressText.trim() } });
}

export function readComplaint(form: OutcomeForm, context: FormContext): Parts {
  if (form.owner === null) return failField('owner', 'owner-missing', 'error.ownerMissing');
  const dueOn = form.dateText.trim() === ''
    ? ok(addWorkingDays(todayOf(context), USUAL_COMPLAINT_WORKING_DAYS)) : readDateAhead('dateText', form.dateText, LONGEST_CONTACT_DAYS, context);
  return dueOn.ok ? ok({ complaint: { owner: form.owner, dueOn: dueOn.value } }) : dueOn;
}

/** One month to answer (GDPR art. 12(3)). */
export function readPrivacyRequest(form: OutcomeForm, context: FormContext): Parts {
  if (form.requestKind === null) return failField('requestKind', 'request-missing', 'error.requestKindMissing');
  return ok({ privacyRequest: { kind: form.requestKind, dueOn: addMonths(todayOf(context), 1), owner: form.owner ?? 'lead' } });
}

export function readRefusedContact(form: OutcomeForm): Parts {
  if (form.refusedScope === null) return failField('refusedScope', 'scope-missing', 'error.refusedScopeMissing');
  if (form.refusedScope === 'number' && form.numberId === null) return failField('numberId', 'number-missing', 'error.numberMissing');
  return ok({ refusedContact: form.refusedScope });
}

export function readLanguage(form: OutcomeForm): Parts {
  const languageWanted = form.nameText.trim();
  if (languageWanted.length < 2) return failField('nameText', 'name-missing', 'error.languageMissing');
  return ok({ languageWanted: languageWanted.slice(0, 60) });
}

/** A day agreed for the next contact; without one the usual rest counts. */
export function readNextContact(form: OutcomeForm, context: FormContext): Parts {
  if (form.dateText.trim() === '') return ok({});
  const nextContactOn = readDateAhead('dateText', form.dateText, LONGEST_CONTACT_DAYS, context);
  return nextContactOn.ok ? ok({ nextContactOn: nextContactOn.value }) : nextContactOn;
}

function todayOf({ nowMs, zone }: FormContext): PlainDate {
  return dateOfInstant(nowMs, zone);
}

function readDateAhead(field: FormErrorField, text: string, mostDays: number, context: FormContext): Result<PlainDate> {
  const today = todayOf(context);
  const date = readTypedDate(text, { today, locale: context.locale });
  if (!date.ok) return failField(field, 'date-unreadable', 'error.dateUnreadable', { text });
  if (date.value < today) return failField(field, 'date-in-past', 'error.dateInPast', { date: date.value });
  if (date.value > addDays(today, mostDays)) return failField(field, 'date-too-far', 'error.dateTooFar', { date: date.value });
  return date;
}

function readDateBefore(field: FormErrorField, text: string, context: FormContext): Result<PlainDate> {
  const today = todayOf(context);
  if (text.trim() === '') return ok(today);
  const date = readTypedPastDate(text, { today, locale: context.locale });
  if (!date.ok) return failField(field, 'date-unreadable', 'error.dateUnreadable', { text });
  if (date.value > today) return failField(field, 'date-in-future', 'error.dateInFuture', { date: date.value });
  if (date.value < addDays(today, -OLDEST_PAYMENT_DAYS)) return failField(field, 'date-too-old', 'error.dateTooOld', { date: date.value });
  return date;
}

/** An empty text means all of it. */
function readAmount(text: string, mostCents: number, context: FormContext): Result<number> {
  const currency = context.view.currency;
  const amount = text.trim() === '' ? ok(mostCents) : parseMoney(text, context.locale);
  if (!amount.ok) return failField('amountText', 'amount-unreadable', 'error.amountUnreadable', { text });
  if (amount.value <= 0) return failField('amountText', 'amount-zero', 'error.amountZero');
  if (amount.value > mostCents) return failField('amountText', 'amount-too-large', 'error.amountTooLarge', { amountCents: mostCents, currency });
  return ok(amount.value);
}
