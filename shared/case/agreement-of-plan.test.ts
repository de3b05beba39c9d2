import { describe, expect, it } from 'vitest';
import { renderDocument } from '../documents/render-document.ts';
import type { FactId } from '../id.ts';
import { newId } from '../id.ts';
import { divideEqually } from '../plans/make-schedule.ts';
import type { AgreementTerms } from '../protocol/agreement-terms.ts';
import { usualAgreementTerms } from '../protocol/agreement-terms.ts';
import { sampleCase, sampleInvoice } from '../testing/sample-case.ts';
import type { PlainDate } from '../time.ts';
import { addMonths } from '../time.ts';
import { agreementOfPlan, planReference } from './agreement-of-plan.ts';
import type { AgreedPlan } from './fold-agreements.ts';

const day = (text: string): PlainDate => text as PlainDate;
const [first, second] = [sampleInvoice('2026/1', 90, 70_000), sampleInvoice('2026/2', 30, 30_000)];
const entity = sampleCase([first, second]);
const planId = '019a9d5e-1111-7abc-8def-0123456789ab' as FactId;
const terms: AgreementTerms = {
  ...usualAgreementTerms, acknowledgement: true,
  coordinates: { beneficiary: 'Aurora Energia S.p.A.', iban: 'IT60X0542811101000000123456', bic: null, cardPage: 'https://paga.aurora.example/p' },
  letterhead: { name: 'Aurora Energia S.p.A.', address: 'Via Pretoria 120\n85100 Potenza PZ', taxCode: '', telephone: '0971 000 123', email: '' },
};

/** 1,000.00 in seven parts. */
function plan(change: Partial<AgreedPlan> = {}): AgreedPlan {
  const instalments = (divideEqually(100_000, 7) ?? []).map((capitalCents, index) => ({ dueOn: addMonths(day('2026-12-10'), index), capitalCents, interestCents: 0 }));
  return {
    planId, at: 0, stage: 'accepted', kind: 'fewest', currency: 'EUR', instalments, readBack: true, amountCents: 100_000, acceptedOn: day('2026-11-20'), cancelledOn: null, brokenOn: null,
    invoices: [{ invoiceId: first.invoiceId, amountCents: 70_000 }, { invoiceId: second.invoiceId, amountCents: 30_000 }],
    terms: { interest: { rule: 'none' }, graceDays: 5, consecutiveMissed: 2, totalMissed: 3 }, dueOn: day('2026-12-10'), payments: [], paidCents: 0, ...change,
  };
}

const print = (change: Partial<AgreedPlan> = {}, more: Partial<AgreementTerms> = {}): ReturnType<typeof agreementOfPlan> =>
  agreementOfPlan({ entity, plan: plan(change), terms: { ...terms, ...more }, agencyName: 'Studio Premura', language: 'it' });
const code = (result: ReturnType<typeof agreementOfPlan>): string => (result.ok ? 'ok' : result.error.code);

describe('the document of a plan', () => {
  it('has the plan’s instalments and invoices to the cent, the mandate’s coordinates and letterhead', () => {
    const document = print();
    if (!document.ok) throw new Error(JSON.stringify(document.error));
    const { value } = document;
    expect(value.instalments.map(({ amountCents }) => amountCents)).toEqual([14_286, 14_286, 14_286, 14_286, 14_286, 14_286, 14_284]);
    expect(value.totals).toMatchObject({ capitalCents: 100_000, debtCents: 100_000, totalCents: 100_000 });
    expect(value.invoices.map(({ number, capitalCents }) => [number, capitalCents])).toEqual([['2026/1', 70_000], ['2026/2', 30_000]]);
    expect(value).toMatchObject({ agencyName: 'Studio Premura', agreedOn: '2026-11-20', acknowledgement: { kind: 'acknowledges' }, terms: { graceDays: 5, consecutiveMissed: 2, totalMissed: 3 } });
    expect(value.creditor).toMatchObject({ address: ['Via Pretoria 120', '85100 Potenza PZ'], taxCode: null, contact: ['0971 000 123'] });
    expect(value.paymentMethods.map(({ method }) => method)).toEqual(['transfer', 'card-link']);
    const [transfer] = value.paymentMethods;
    expect(transfer?.method === 'transfer' && transfer.epcText).toContain(`EUR142.86\n\n${value.reference}`);
    expect(renderDocument(value).bodyHtml).toContain('per telefono, 20 novembre 2026');
  });

  it('has a reference that stays the same, is another for another plan, and holds its check digits', () => {
    expect(planReference('C-0047.11', planId)).toBe(planReference('C-0047.11', planId));
    expect(planReference('C-0047.11', planId)).toMatch(/^RF\d{2}C004711456789AB$/);
    expect(planReference('C-0047.11', newId<FactId>())).not.toBe(planReference('C-0047.11', planId));
    expect(planReference('così molto lungo 00012345678', planId)).toMatch(/^RF\d{2}[A-Z0-9]{18}$/);
  });

  it('is none before the yes, after it was given up, or of amounts that are not the invoices’', () => {
    expect([code(print()), code(print({ acceptedOn: null })), code(print({ cancelledOn: day('2026-11-21') }))]).toEqual(['ok', 'plan-not-accepted', 'plan-not-accepted']);
    expect(code(print({ invoices: [] }))).toBe('plan-without-invoices');
    expect(code(print({ invoices: [{ invoiceId: sampleInvoice('other', 1, 1).invoiceId, amountCents: 100_000 }] }))).toBe('plan-without-invoices');
    expect(code(print({ invoices: [{ invoiceId: first.invoiceId, amountCents: 70_000 }] }))).toBe('agreement-invalid');
  });

  it('is none where the mandate does not say where to pay, or says it wrongly; without a letterhead it has the creditor’s name', () => {
    expect(code(print({}, { coordinates: null }))).toBe('coordinates-missing');
    expect(code(print({}, { coordinates: { beneficiary: 'Aurora', iban: 'IT64Y0542811101000000123456', bic: null, cardPage: null } }))).toMatch(/^iban-/);
    const bare = print({}, { letterhead: null, acknowledgement: false });
    expect(bare.ok && [bare.value.creditor.name, bare.value.acknowledgement.kind]).toEqual([entity.creditorName, 'without']);
  });
});
