/**
 * What a creditor lets be agreed, as typed, and what it means.
 *
 * Invariants: an empty figure is the usual one; coordinates and letterhead are there whole or not at all; a problem is named by the place of its
 * field in `AgreementTerms`, and `checkAgreementTerms` judges here as it does at the hub.
 */
import type { z } from 'zod';
import { readPercent } from '../../../shared/interest/read-percent.ts';
import { decimalOfCents } from '../../../shared/money/format-money.ts';
import type { MoneyLocale } from '../../../shared/money/parse-money.ts';
import { parseMoney } from '../../../shared/money/parse-money.ts';
import { printIban, readIban } from '../../../shared/money/read-iban.ts';
import { MOST_MONTH_RATE, MOST_YEAR_RATE } from '../../../shared/plans/plan-limits.ts';
import type { AgreementTerms } from '../../../shared/protocol/agreement-terms.ts';
import { agreementTermsSchema, usualAgreementTerms } from '../../../shared/protocol/agreement-terms.ts';
import { checkAgreementTerms } from '../../../shared/protocol/check-agreement-terms.ts';

export const planTerms = [
  'planLimits.maxInstalments', 'planLimits.minInstalmentCents', 'planLimits.minFirstPaymentCents', 'planLimits.maxDurationMonths', 'planLimits.graceDays',
  'planLimits.consecutiveMissed', 'planLimits.totalMissed',
] as const;
export const promiseTerms = ['promise.graceDays', 'promise.maxDaysAhead', 'promise.maxParts', 'prescriptionMonths'] as const;
export const coordinateTerms = ['coordinates.beneficiary', 'coordinates.iban', 'coordinates.bic', 'coordinates.cardPage'] as const;
export const letterheadTerms = ['letterhead.name', 'letterhead.address', 'letterhead.taxCode', 'letterhead.telephone', 'letterhead.email'] as const;
/** `planLimits.interest`: the rate; its rule is chosen. */
export const termFields = [...planTerms, 'planLimits.interest', 'interest.lumpSumCents', ...promiseTerms, ...coordinateTerms, ...letterheadTerms] as const;
export type TermField = (typeof termFields)[number];

export const interestRules = ['none', 'simple', 'annuity'] as const;
export type InterestRule = (typeof interestRules)[number];

export interface TermsForm {
  texts: Record<TermField, string>;
  rule: InterestRule;
  consumer: AgreementTerms['interest']['consumer'];
  business: AgreementTerms['interest']['business'];
  settlementsAsked: boolean;
  acknowledgement: boolean;
}

/** A key of the locales with what it says; rates come in hundredths of a percent, as `…Rate`. */
export interface TermProblem { key: string; params: Record<string, string | number> }
/** By field, `coordinates.iban`. */
export type TermProblems = Readonly<Record<string, TermProblem>>;

export function formOfTerms({ planLimits, interest, promise, coordinates, letterhead, ...terms }: AgreementTerms, locale: MoneyLocale): TermsForm {
  const amount = (cents: number): string => showDecimal(cents, locale);
  return {
    rule: planLimits.interest.rule, consumer: interest.consumer, business: interest.business,
    settlementsAsked: terms.settlementsAsked, acknowledgement: terms.acknowledgement,
    texts: {
      'planLimits.maxInstalments': String(planLimits.maxInstalments), 'planLimits.minInstalmentCents': amount(planLimits.minInstalmentCents),
      'planLimits.minFirstPaymentCents': planLimits.minFirstPaymentCents === 0 ? '' : amount(planLimits.minFirstPaymentCents),
      'planLimits.maxDurationMonths': String(planLimits.maxDurationMonths), 'planLimits.graceDays': String(planLimits.graceDays),
      'planLimits.consecutiveMissed': String(planLimits.consecutiveMissed), 'planLimits.totalMissed': String(planLimits.totalMissed),
      'planLimits.interest': planLimits.interest.rule === 'none' ? '' : showDecimal(planLimits.interest.rule === 'simple' ? planLimits.interest.basisPoints : planLimits.interest.monthlyBasisPoints, locale),
      'interest.lumpSumCents': interest.lumpSumCents === 0 ? '' : amount(interest.lumpSumCents),
      'promise.graceDays': String(promise.graceDays), 'promise.maxDaysAhead': String(promise.maxDaysAhead), 'promise.maxParts': String(promise.maxParts),
      prescriptionMonths: String(terms.prescriptionMonths),
      'coordinates.beneficiary': coordinates?.beneficiary ?? '', 'coordinates.iban': coordinates === null ? '' : printIban(coordinates.iban),
      'coordinates.bic': coordinates?.bic ?? '', 'coordinates.cardPage': coordinates?.cardPage ?? '',
      'letterhead.name': letterhead?.name ?? '', 'letterhead.address': letterhead?.address ?? '', 'letterhead.taxCode': letterhead?.taxCode ?? '',
      'letterhead.telephone': letterhead?.telephone ?? '', 'letterhead.email': letterhead?.email ?? '',
    },
  };
}

/** The terms, or what is wrong at each field. */
export function readTerms(form: TermsForm, locale: MoneyLocale): { ok: true; terms: AgreementTerms } | { ok: false; problems: TermProblems } {
  const problems: Record<string, TermProblem> = {};
  const usual = usualAgreementTerms;
  const textOf = (field: TermField): string => form.texts[field].trim();
  const take = (field: TermField, value: number | null, key: string, whenEmpty: number): number => {
    if (textOf(field) === '') return whenEmpty;
    if (value === null) problems[field] = { key, params: {} };
    return value ?? whenEmpty;
  };
  const count = (field: TermField, whenEmpty: number): number => take(field, /^\d{1,5}$/.test(textOf(field)) ? Number(textOf(field)) : null, 'conduct.terms.problem.count', whenEmpty);
  const amount = (field: TermField, whenEmpty: number): number => {
    const read = parseMoney(textOf(field), locale);
    return take(field, read.ok && read.value >= 0 ? read.value : null, 'conduct.terms.problem.amount', whenEmpty);
  };
  const rate = take('planLimits.interest', readPercent(textOf('planLimits.interest'), locale), 'conduct.terms.problem.rate', 0);
  const read = agreementTermsSchema.safeParse({
    planLimits: {
      maxInstalments: count('planLimits.maxInstalments', usual.planLimits.maxInstalments), minInstalmentCents: amount('planLimits.minInstalmentCents', usual.planLimits.minInstalmentCents),
      minFirstPaymentCents: amount('planLimits.minFirstPaymentCents', 0), maxDurationMonths: count('planLimits.maxDurationMonths', usual.planLimits.maxDurationMonths),
      interest: form.rule === 'none' ? { rule: 'none' } : form.rule === 'simple' ? { rule: 'simple', basisPoints: rate } : { rule: 'annuity', monthlyBasisPoints: rate },
      graceDays: count('planLimits.graceDays', usual.planLimits.graceDays), consecutiveMissed: count('planLimits.consecutiveMissed', usual.planLimits.consecutiveMissed),
      totalMissed: count('planLimits.totalMissed', usual.planLimits.totalMissed),
    },
    // The field of the lump sum is only there with the interest that it belongs to.
    interest: { consumer: form.consumer, business: form.business, lumpSumCents: form.business === 'late-payment' ? amount('interest.lumpSumCents', 0) : 0 },
    promise: {
      graceDays: count('promise.graceDays', usual.promise.graceDays), maxDaysAhead: count('promise.maxDaysAhead', usual.promise.maxDaysAhead),
      maxParts: count('promise.maxParts', usual.promise.maxParts),
    },
    prescriptionMonths: count('prescriptionMonths', usual.prescriptionMonths),
    settlementsAsked: form.settlementsAsked, acknowledgement: form.acknowledgement,
    coordinates: readCoordinates(textOf, problems), letterhead: readLetterhead(textOf, problems),
  });
  if (!read.success) for (const issue of read.error.issues) addIssue(issue, problems, form.rule);
  if (form.rule === 'none') Reflect.deleteProperty(problems, 'planLimits.interest');
  if (read.success) for (const { field, messageKey, details } of checkAgreementTerms(read.data)) problems[field] ??= { key: messageKey, params: details };
  return read.success && Object.keys(problems).length === 0 ? { ok: true, terms: read.data } : { ok: false, problems };
}

function readCoordinates(textOf: (field: TermField) => string, problems: Record<string, TermProblem>): unknown {
  if (coordinateTerms.every((field) => textOf(field) === '')) return null;
  if (textOf('coordinates.beneficiary') === '') problems['coordinates.beneficiary'] = { key: 'conduct.terms.problem.beneficiary', params: {} };
  const iban = readIban(textOf('coordinates.iban'));
  if (textOf('coordinates.iban') === '') problems['coordinates.iban'] = { key: 'conduct.terms.problem.iban', params: {} };
  else if (!iban.ok) {
    const { text = '', length = 0, found = 0 } = iban.error.details as Record<string, string | number>;
    problems['coordinates.iban'] = { key: iban.error.messageKey, params: { text, length, found } };
  }
  // What is wrong is said; the rest is judged without it.
  if (!iban.ok || textOf('coordinates.beneficiary') === '') return null;
  const empty = (text: string): string | null => (text === '' ? null : text);
  return {
    beneficiary: textOf('coordinates.beneficiary'), iban: iban.value, bic: empty(textOf('coordinates.bic').toUpperCase().replaceAll(' ', '')), cardPage: empty(textOf('coordinates.cardPage')),
  };
}

function readLetterhead(textOf: (field: TermField) => string, problems: Record<string, TermProblem>): unknown {
  if (letterheadTerms.every((field) => textOf(field) === '')) return null;
  if (textOf('letterhead.name') === '') {
    problems['letterhead.name'] = { key: 'conduct.terms.problem.name', params: {} };
    return null;
  }
  return {
    name: textOf('letterhead.name'), address: textOf('letterhead.address'), taxCode: textOf('letterhead.taxCode'), telephone: textOf('letterhead.telephone'), email: textOf('letterhead.email'),
  };
}

/** The schema's bound as a sentence, at the field that it is about. What has a problem of its own keeps it. */
function addIssue(issue: z.core.$ZodIssue, problems: Record<string, TermProblem>, rule: InterestRule): void {
  const path = issue.path.join('.');
  const field = termFields.find((one) => path === one || path.startsWith(`${one}.`)) ?? path;
  if (problems[field] !== undefined) return;
  if (field === 'planLimits.interest') {
    problems[field] = { key: rule === 'annuity' ? 'conduct.terms.problem.monthRate' : 'conduct.terms.problem.yearRate', params: { mostRate: rule === 'annuity' ? MOST_MONTH_RATE : MOST_YEAR_RATE } };
  } else if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
    const isAmount = field.endsWith('Cents');
    const key = issue.code === 'too_small' ? 'conduct.terms.problem.atLeast' : 'conduct.terms.problem.atMost';
    problems[field] = { key, params: isAmount ? { boundCents: bound } : { bound } };
  } else {
    problems[field] = { key: field === 'coordinates.bic' ? 'conduct.terms.problem.bic' : field === 'coordinates.cardPage' ? 'conduct.terms.problem.cardPage' : 'conduct.terms.problem.count', params: {} };
  }
}

/** Hundredths as they are typed, never grouped. */
function showDecimal(hundredths: number, locale: MoneyLocale): string {
  const decimal = decimalOfCents(hundredths);
  return locale === 'it' ? decimal.replace('.', ',') : decimal;
}
