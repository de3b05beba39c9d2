/**
 * From the outcome form as typed to the body of a fact.
 *
 * Invariant: everything the operator typed is understood in exactly one way or answered with
 * a sentence that names the field; nothing is guessed and nothing is saved half.
 */
import type { OutcomeForm } from '../contract/contract.ts';
import type { OutcomeBody } from '../facts/fact-bodies.ts';
import { outcomeBodySchema } from '../facts/fact-bodies.ts';
import type { InvoiceId } from '../id.ts';
import { parseMoney } from '../money/parse-money.ts';
import { isWithinCallingHours } from '../policy/calling-hours.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { addDays, dateOfInstant } from '../time.ts';
import { readTypedDate, readTypedMoment } from './read-typed-date.ts';
import type { CaseView } from './view-case.ts';

export interface FormContext {
  view: Pick<CaseView, 'claimableCents' | 'currency' | 'invoices'>;
  nowMs: number;
  zone: string;
  locale: 'it' | 'en';
}

/** A promise further away than this is a typing error or a plan. */
const LONGEST_PROMISE_DAYS = 365;
const LONGEST_CALLBACK_MS = 90 * 86_400_000;

type Field = keyof OutcomeForm | 'reason';

/** A failure that stands beside its field. */
export function failField(field: Field, code: string, messageKey: string, details: Record<string, string | number> = {}): ReturnType<typeof fail> {
  return fail(code, messageKey, { ...details, field });
}

export function readOutcomeForm(form: OutcomeForm, context: FormContext): Result<OutcomeBody> {
  const note = form.note.trim();
  const base = { code: form.code, channel: form.channel, numberId: form.numberId, cause: form.cause, note: note === '' ? null : note };
  const none = { promise: null, dispute: null, callback: null };
  switch (form.code) {
    case 'PTP': {
      const promise = readPromise(form, context);
      return promise.ok ? ok(outcomeBodySchema.parse({ ...base, ...none, promise: promise.value })) : promise;
    }
    case 'DSP': {
      const dispute = readDispute(form, context);
      return dispute.ok ? ok(outcomeBodySchema.parse({ ...base, ...none, dispute: dispute.value })) : dispute;
    }
    case 'CBK': {
      const callback = readCallback(form, context);
      return callback.ok ? ok(outcomeBodySchema.parse({ ...base, ...none, callback: callback.value })) : callback;
    }
    case 'REF':
      if (form.cause === null) return failField('cause', 'cause-missing', 'error.causeMissing');
      return ok(outcomeBodySchema.parse({ ...base, ...none }));
    default:
      return ok(outcomeBodySchema.parse({ ...base, ...none }));
  }
}

function readPromise(form: OutcomeForm, context: FormContext): Result<NonNullable<OutcomeBody['promise']>> {
  const { view, nowMs, zone, locale } = context;
  const amount = readAmount(form.amountText, view.claimableCents, context);
  if (!amount.ok) return amount;
  const today = dateOfInstant(nowMs, zone);
  const dueOn = readTypedDate(form.dateText, { today, locale });
  if (!dueOn.ok) return failField('dateText', 'date-unreadable', 'error.dateUnreadable', { text: form.dateText });
  if (dueOn.value < today) return failField('dateText', 'date-in-past', 'error.dateInPast', { date: dueOn.value });
  if (dueOn.value > addDays(today, LONGEST_PROMISE_DAYS)) return failField('dateText', 'date-too-far', 'error.dateTooFar', { date: dueOn.value });
  if (form.method === null) return failField('method', 'method-missing', 'error.methodMissing');
  const invoiceIds = coveredInvoices(view.invoices, amount.value);
  return ok({ amountCents: amount.value, currency: view.currency, dueOn: dueOn.value, method: form.method, invoiceIds });
}

/** Oldest first: the invoices that the amount reaches (art. 1193 c.c., the oldest debt first). */
function coveredInvoices(invoices: FormContext['view']['invoices'], amountCents: number): InvoiceId[] {
  const covered: InvoiceId[] = [];
  let leftCents = amountCents;
  for (const invoice of invoices) {
    if (leftCents <= 0) break;
    if (invoice.claimableCents <= 0) continue;
    covered.push(invoice.invoiceId);
    leftCents -= invoice.claimableCents;
  }
  return covered;
}

function readDispute(form: OutcomeForm, context: FormContext): Result<NonNullable<OutcomeBody['dispute']>> {
  const { view } = context;
  if (form.disputeReason === null) return failField('disputeReason', 'dispute-reason-missing', 'error.disputeReasonMissing');
  const invoice = view.invoices.find((entry) => entry.invoiceId === form.disputeInvoiceId);
  if (invoice === undefined) return failField('disputeInvoiceId', 'invoice-missing', 'error.invoiceMissing');
  const whole = form.amountText.trim() === '';
  const amount = whole ? ok(null) : readAmount(form.amountText, invoice.residualCents, context);
  if (!amount.ok) return amount;
  return ok({ reason: form.disputeReason, invoiceId: invoice.invoiceId, amountCents: amount.value, currency: invoice.currency });
}

function readCallback(form: OutcomeForm, context: FormContext): Result<NonNullable<OutcomeBody['callback']>> {
  const { nowMs, zone, locale } = context;
  const at = readTypedMoment(form.dateText, { nowMs, zone, locale });
  if (!at.ok) return failField('dateText', 'moment-unreadable', 'error.momentUnreadable', { text: form.dateText });
  if (at.value <= nowMs) return failField('dateText', 'moment-in-past', 'error.momentInPast');
  if (at.value > nowMs + LONGEST_CALLBACK_MS) return failField('dateText', 'date-too-far', 'error.dateTooFar', { date: dateOfInstant(at.value, zone) });
  if (!isWithinCallingHours(at.value, zone)) return failField('dateText', 'moment-outside-hours', 'error.momentOutsideHours');
  if (form.callbackAudience === null) return failField('callbackAudience', 'audience-missing', 'error.audienceMissing');
  return ok({ at: at.value, zone, audience: form.callbackAudience });
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
