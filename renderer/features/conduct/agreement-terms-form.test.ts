import { describe, expect, it } from 'vitest';
import type { AgreementTerms } from '../../../shared/protocol/agreement-terms.ts';
import { usualAgreementTerms } from '../../../shared/protocol/agreement-terms.ts';
import type { TermField, TermsForm } from './agreement-terms-form.ts';
import { formOfTerms, readTerms } from './agreement-terms-form.ts';

const full: AgreementTerms = {
  planLimits: {
    maxInstalments: 24, minInstalmentCents: 120_050, minFirstPaymentCents: 5_000, maxDurationMonths: 30, interest: { rule: 'simple', basisPoints: 250 },
    graceDays: 7, consecutiveMissed: 2, totalMissed: 4,
  },
  interest: { consumer: 'legal', business: 'late-payment', lumpSumCents: 4_000 }, promise: { graceDays: 3, maxDaysAhead: 45, maxParts: 3 },
  prescriptionMonths: 24, settlementsAsked: false, acknowledgement: true,
  coordinates: { beneficiary: 'Acque del Sele S.p.A.', iban: 'IT60X0542811101000000123456', bic: 'BPOTBEB1', cardPage: 'https://paga.example/sele' },
  letterhead: { name: 'Acque del Sele S.p.A.', address: 'Via Roma 1, Potenza', taxCode: '01234567890', telephone: '0971 000 000', email: 'crediti@sele.example' },
};
const typed = (texts: Partial<Record<TermField, string>>, change: Partial<TermsForm> = {}): TermsForm => {
  const form = formOfTerms(usualAgreementTerms, 'it');
  return { ...form, ...change, texts: { ...form.texts, ...texts } };
};
const problems = (form: TermsForm): Record<string, string> => {
  const read = readTerms(form, 'it');
  return read.ok ? {} : Object.fromEntries(Object.entries(read.problems).map(([field, { key }]) => [field, key]));
};

describe('terms of agreement as typed', () => {
  it.each(['it', 'en'] as const)('give back what was published, in %s', (locale) => {
    for (const terms of [usualAgreementTerms, full, { ...full, planLimits: { ...full.planLimits, interest: { rule: 'annuity', monthlyBasisPoints: 100 } } } satisfies AgreementTerms]) {
      expect(readTerms(formOfTerms(terms, locale), locale)).toEqual({ ok: true, terms });
    }
  });

  it('are shown as they are typed', () => {
    expect(formOfTerms(full, 'it').texts).toMatchObject({ 'planLimits.minInstalmentCents': '1200,50', 'planLimits.interest': '2,50', 'coordinates.iban': 'IT60 X054 2811 1010 0000 0123 456' });
    expect(formOfTerms(full, 'en').texts).toMatchObject({ 'planLimits.minInstalmentCents': '1200.50', 'planLimits.interest': '2.50' });
  });

  it('are the usual ones where they are empty', () => {
    const empty = Object.fromEntries(Object.keys(formOfTerms(full, 'it').texts).map((field) => [field, ''])) as Record<TermField, string>;
    expect(readTerms(typed(empty), 'it')).toEqual({ ok: true, terms: usualAgreementTerms });
  });

  it('read amounts and rates as people write them', () => {
    const read = readTerms(typed({ 'planLimits.minInstalmentCents': '1.200 €', 'planLimits.interest': '2,5 %' }, { rule: 'simple' }), 'it');
    expect(read).toMatchObject({ ok: true, terms: { planLimits: { minInstalmentCents: 120_000, interest: { rule: 'simple', basisPoints: 250 } } } });
  });

  it.each<[string, Partial<Record<TermField, string>>, Partial<TermsForm>, Record<string, string>]>([
    ['a word for a number', { 'planLimits.maxInstalments': 'dodici' }, {}, { 'planLimits.maxInstalments': 'conduct.terms.problem.count' }],
    ['a number below the least', { 'planLimits.maxInstalments': '1' }, {}, { 'planLimits.maxInstalments': 'conduct.terms.problem.atLeast' }],
    ['a number above the most', { 'promise.maxParts': '13' }, {}, { 'promise.maxParts': 'conduct.terms.problem.atMost' }],
    ['a negative amount', { 'planLimits.minInstalmentCents': '-5' }, {}, { 'planLimits.minInstalmentCents': 'conduct.terms.problem.amount' }],
    ['an instalment of nothing', { 'planLimits.minInstalmentCents': '0' }, {}, { 'planLimits.minInstalmentCents': 'conduct.terms.problem.atLeast' }],
    ['a rule without its rate', {}, { rule: 'simple' }, { 'planLimits.interest': 'conduct.terms.problem.yearRate' }],
    ['a rate above the most', { 'planLimits.interest': '3' }, { rule: 'annuity' }, { 'planLimits.interest': 'conduct.terms.problem.monthRate' }],
    ['a rate that is none', { 'planLimits.interest': 'due' }, { rule: 'simple' }, { 'planLimits.interest': 'conduct.terms.problem.rate' }],
    ['coordinates without an IBAN', { 'coordinates.beneficiary': 'Sele' }, {}, { 'coordinates.iban': 'conduct.terms.problem.iban' }],
    ['an IBAN whose control letter does not hold', { 'coordinates.beneficiary': 'Sele', 'coordinates.iban': 'IT64 Y054 2811 1010 0000 0123 456' }, {}, { 'coordinates.iban': 'error.iban.controlLetter' }],
    ['an IBAN without its owner', { 'coordinates.iban': 'IT60X0542811101000000123456' }, {}, { 'coordinates.beneficiary': 'conduct.terms.problem.beneficiary' }],
    ['a BIC that is none', { 'coordinates.beneficiary': 'Sele', 'coordinates.iban': 'IT60X0542811101000000123456', 'coordinates.bic': 'BPO' }, {}, { 'coordinates.bic': 'conduct.terms.problem.bic' }],
    ['a page that is none', { 'coordinates.beneficiary': 'Sele', 'coordinates.iban': 'IT60X0542811101000000123456', 'coordinates.cardPage': 'paga' }, {}, { 'coordinates.cardPage': 'conduct.terms.problem.cardPage' }],
    ['a letterhead without a name', { 'letterhead.address': 'Via Roma' }, {}, { 'letterhead.name': 'conduct.terms.problem.name' }],
    ['what does not hold together', { 'planLimits.maxInstalments': '24' }, {}, { 'planLimits.maxDurationMonths': 'error.terms.durationTooShort' }],
  ])('%s is a problem of its own field', (_name, texts, change, expected) => {
    expect(problems(typed(texts, change))).toEqual(expected);
  });

  it('have the problems of every part said at once', () => {
    const form = typed({ 'coordinates.beneficiary': 'Sele', 'coordinates.iban': 'IT64Y0542811101000000123456', 'planLimits.maxInstalments': '24', 'interest.lumpSumCents': '50', 'letterhead.email': 'x' }, { business: 'late-payment' });
    expect(problems(form)).toEqual({
      'coordinates.iban': 'error.iban.controlLetter', 'planLimits.maxDurationMonths': 'error.terms.durationTooShort', 'interest.lumpSumCents': 'error.terms.lumpSumTooHigh',
      'letterhead.name': 'conduct.terms.problem.name',
    });
  });

  it('say which bound was crossed', () => {
    const read = readTerms(typed({ 'planLimits.maxInstalments': '121', 'planLimits.minInstalmentCents': '0' }), 'it');
    expect(read).toMatchObject({ ok: false, problems: { 'planLimits.maxInstalments': { params: { bound: 120 } }, 'planLimits.minInstalmentCents': { params: { boundCents: 1 } } } });
  });

  it('leave out a rate and a lump sum that nothing asks for', () => {
    expect(problems(typed({ 'planLimits.interest': 'x', 'interest.lumpSumCents': 'x' }))).toEqual({});
  });
});
