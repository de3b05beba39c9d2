import { describe, expect, it } from 'vitest';
import { renderDocument } from '../documents/render-document.ts';
import { standardRates } from '../interest/standard-rates.ts';
import type { UserId } from '../id.ts';
import { newId } from '../id.ts';
import type { AgreementTerms } from '../protocol/agreement-terms.ts';
import { usualAgreementTerms } from '../protocol/agreement-terms.ts';
import { standardConduct } from '../protocol/conduct-protocol.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import type { PlainDate } from '../time.ts';
import { instantOf } from '../time.ts';
import type { CaseEntity } from './case-entity.ts';
import { standardHouse } from './contact-rules.ts';
import { coordinatesOfCase, interestOfCase } from './letters-of-case.ts';
import { viewAgreements } from './view-agreements.ts';
import type { CaseView } from './view-case.ts';
import { viewCase } from './view-case.ts';

const zone = 'Europe/Rome';
const coordinates = { beneficiary: 'Aurora Energia S.p.A.', iban: 'IT60X0542811101000000123456', bic: null, cardPage: null };
const business: CaseEntity['customer'] = { code: 'C-004711', name: 'Ditta Prova', kind: 'company', language: 'it', taxCode: null, email: null, address: 'Via Pretoria 1\n85100 Potenza PZ', salesAgent: null, ibanTail: null };

function view(entity: CaseEntity, terms: Partial<AgreementTerms>, on: PlainDate): CaseView {
  const house = { ...standardHouse, conductOf: () => ({ ...standardConduct(entity.creditorId), agreements: { ...usualAgreementTerms, ...terms } }) };
  return viewCase(entity, [], { nowMs: instantOf(on, '10:00', zone), zone, userId: newId<UserId>(), house });
}

describe('the letter with the coordinates', () => {
  const open = sampleInvoice('2026/1', 40, 12_000);
  const paid = sampleInvoice('2026/2', 40, 5_000, { residualCents: 0 });
  const contested = sampleInvoice('2026/3', 40, 7_000, { disputedInFile: true });
  const due = sampleInvoice('2026/4', -10, 8_050);
  const letter = (entity: CaseEntity, terms: Partial<AgreementTerms> = { coordinates }): ReturnType<typeof coordinatesOfCase> =>
    coordinatesOfCase({ entity, view: view(entity, terms, sampleToday), language: 'it', today: sampleToday, agencyName: 'Studio Premura' });

  it('asks for what may be asked for, to the cent, and its code for the whole', () => {
    const made = letter(sampleCase([open, paid, contested, due], { customer: business }));
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    expect(made.value.invoices.map(({ number, openCents }) => [number, openCents])).toEqual([['2026/1', 12_000], ['2026/4', 8_050]]);
    expect(made.value.totalCents).toBe(20_050);
    const [transfer] = made.value.paymentMethods;
    expect(transfer).toMatchObject({ method: 'transfer', reference: { kind: 'rf' }, epcText: expect.stringContaining('EUR200.50') });
    const { bodyHtml, title } = renderDocument(made.value);
    for (const text of ['120,00', '80,50', '200,50', 'IT60 X054', 'Studio Premura', 'Via Pretoria 1']) expect(bodyHtml).toContain(text);
    expect(bodyHtml).not.toContain('2026/3');
    expect(title).not.toContain('2026');
  });

  it('speaks in the tone of the case, in both languages, and never of what follows', () => {
    const entity = sampleCase([open], { customer: business });
    const texts = (['courtesy', 'reminder', 'recovery'] as const).flatMap((tone) => (['it', 'en'] as const).map((language) => {
      const made = coordinatesOfCase({ entity, view: { ...view(entity, { coordinates }, sampleToday), tone }, language, today: sampleToday, agencyName: 'Studio Premura' });
      return made.ok ? renderDocument(made.value).bodyHtml : made.error.code;
    }));
    expect(new Set(texts).size).toBe(6);
    for (const text of texts) expect(text).not.toMatch(/giudiz|legal|avvocat|pignor|court|lawyer/i);
  });

  it('is none without an account, or with nothing to pay', () => {
    expect(letter(sampleCase([open], { customer: business }), { coordinates: null })).toMatchObject({ ok: false, error: { code: 'coordinates-missing' } });
    expect(letter(sampleCase([paid, contested], { customer: business }))).toMatchObject({ ok: false, error: { code: 'nothing-to-pay' } });
    expect(letter(sampleCase([open], { customer: { ...business, code: '–' } }))).toMatchObject({ ok: false, error: { code: 'coordinates-missing' } });
  });
});

describe('the interest of a case on paper', () => {
  const on = '2025-09-30' as PlainDate;
  const e4 = sampleCase([sampleInvoice('E4', 0, 1_000_000, { dueDate: '2025-05-31' as PlainDate, issueDate: '2025-05-01' as PlainDate })], { customer: business });
  const claims = { interest: { consumer: 'none', business: 'late-payment', lumpSumCents: 4_000 } } as const;
  const paper = (day: PlainDate, terms: Partial<AgreementTerms>): ReturnType<typeof interestOfCase> => {
    const seen = view(e4, terms, day);
    return interestOfCase({ entity: e4, view: seen, language: 'it', today: day, rates: standardRates, interest: viewAgreements(seen, 'company', standardRates, { nowMs: instantOf(day, '10:00', zone), zone }).interest });
  };

  it('has each part with its days and rate (E4: 91.64 + 255.84 = 347.48, and 40)', () => {
    const made = paper(on, claims);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    expect(made.value.invoices.map(({ parts, totalCents }) => [parts.map(({ days, basisPoints, interestCents }) => [days, basisPoints, interestCents]), totalCents]))
      .toEqual([[[[30, 1_115, 9_164], [92, 1_015, 25_584]], 38_748]]);
    expect(made.value.totals).toEqual({ interestCents: 34_748, lumpSumCents: 4_000, totalCents: 38_748 });
  });

  it('is none where nothing is claimed, or a rate is not known', () => {
    expect(paper(on, {})).toMatchObject({ ok: false, error: { code: 'no-interest' } });
    expect(paper('2026-09-30' as PlainDate, claims)).toMatchObject({ ok: false, error: { code: 'rate-unknown', details: { day: '2026-07-01' } } });
  });
});
