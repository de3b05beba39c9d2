import { describe, expect, it } from 'vitest';
import type { AgreementTerms } from './agreement-terms.ts';
import { agreementTermsSchema, usualAgreementTerms } from './agreement-terms.ts';
import { checkAgreementTerms } from './check-agreement-terms.ts';

const usual = usualAgreementTerms;
const coordinates = { beneficiary: 'Acque del Sele S.p.A.', iban: 'IT60X0542811101000000123456', bic: null, cardPage: null };
const letterhead = { name: 'Acque del Sele', address: '', taxCode: '', telephone: '', email: '' };
const limits = (change: Partial<AgreementTerms['planLimits']>): Partial<AgreementTerms> => ({ planLimits: { ...usual.planLimits, ...change } });
const found = (change: Partial<AgreementTerms>): string[] => checkAgreementTerms({ ...usual, ...change }).map(({ code, field }) => `${field} ${code}`);

describe('terms of agreement', () => {
  it('that are usual, or full and right, have nothing wrong', () => {
    expect(checkAgreementTerms(usual)).toEqual([]);
    expect(found({
      ...limits({ maxInstalments: 24, maxDurationMonths: 24, graceDays: 27, consecutiveMissed: 3, totalMissed: 3 }),
      interest: { consumer: 'legal', business: 'late-payment', lumpSumCents: 4_000 },
      coordinates: { ...coordinates, bic: 'BPOTBEB1', cardPage: 'https://paga.example/sele' }, letterhead: { ...letterhead, email: 'crediti@sele.example' },
    })).toEqual([]);
  });

  it.each<[string, Partial<AgreementTerms>, string]>([
    ['a duration shorter than its instalments', limits({ maxInstalments: 13 }), 'planLimits.maxDurationMonths terms-duration-too-short'],
    ['instalments that come to more than any debt', limits({ minInstalmentCents: 10_000_000 }), 'planLimits.minInstalmentCents terms-plan-too-large'],
    ['grace that reaches the next instalment', limits({ graceDays: 28 }), 'planLimits.graceDays terms-grace-too-long'],
    ['more missed in a row than there are', limits({ maxInstalments: 2, consecutiveMissed: 3, totalMissed: 2 }), 'planLimits.consecutiveMissed terms-missed-never'],
    ['more missed in all than there are', limits({ maxInstalments: 2, totalMissed: 3 }), 'planLimits.totalMissed terms-missed-never'],
    ['fewer missed in all than in a row', limits({ consecutiveMissed: 4, totalMissed: 3 }), 'planLimits.totalMissed terms-total-below-row'],
    ['a lump sum without late-payment interest', { interest: { consumer: 'legal', business: 'legal', lumpSumCents: 4_000 } }, 'interest.lumpSumCents terms-lump-sum-alone'],
    ['a lump sum above that of art. 6', { interest: { consumer: 'none', business: 'late-payment', lumpSumCents: 4_001 } }, 'interest.lumpSumCents terms-lump-sum-too-high'],
    ['more parts of a promise than days', { promise: { graceDays: 2, maxDaysAhead: 3, maxParts: 4 } }, 'promise.maxParts terms-parts-beyond-days'],
    ['an IBAN whose control letter does not hold', { coordinates: { ...coordinates, iban: 'IT64Y0542811101000000123456' } }, 'coordinates.iban iban-control-letter'],
    ['an IBAN whose check digits do not hold', { coordinates: { ...coordinates, iban: 'IT61X0542811101000000123456' } }, 'coordinates.iban iban-check-digits'],
    ['an IBAN that is too short', { coordinates: { ...coordinates, iban: 'IT60X054281110100000012345' } }, 'coordinates.iban iban-length'],
    ['a card page without protection', { coordinates: { ...coordinates, cardPage: 'http://paga.example' } }, 'coordinates.cardPage terms-card-page-unsafe'],
    ['an e-mail address that is none', { letterhead: { ...letterhead, email: 'crediti' } }, 'letterhead.email terms-email-unreadable'],
  ])('%s is refused at its field', (_name, change, expected) => {
    expect(found(change)).toEqual([expected]);
  });

  it('has no word for late-payment interest of consumers, nor for interest on interest', () => {
    const parse = (change: unknown): boolean => agreementTermsSchema.safeParse({ ...usual, ...(change as object) }).success;
    expect(parse({ interest: { consumer: 'legal', business: 'legal', lumpSumCents: 0 } })).toBe(true);
    expect(parse({ interest: { consumer: 'late-payment', business: 'none', lumpSumCents: 0 } })).toBe(false);
    expect(parse({ planLimits: { ...usual.planLimits, interest: { rule: 'simple', basisPoints: 500 } } })).toBe(true);
    expect(parse({ planLimits: { ...usual.planLimits, interest: { rule: 'compound', basisPoints: 500 } } })).toBe(false);
  });
});
