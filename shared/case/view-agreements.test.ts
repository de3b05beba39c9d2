import { describe, expect, it } from 'vitest';
import { standardRates } from '../interest/standard-rates.ts';
import { usualAgreementTerms } from '../protocol/agreement-terms.ts';
import { standardConduct } from '../protocol/conduct-protocol.ts';
import type { FactId, PaymentId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import type { PlainDate } from '../time.ts';
import { addDays, instantOf } from '../time.ts';
import { noParts } from '../facts/outcome-body.ts';
import type { CaseEntity, CaseFact } from './case-entity.ts';
import { standardHouse } from './contact-rules.ts';
import { viewAgreements } from './view-agreements.ts';
import { viewCase } from './view-case.ts';

const zone = 'Europe/Rome';
const invoice = sampleInvoice('F1', 40, 30_000);
const business = { code: '1', name: 'Rossi S.r.l.', kind: 'company', language: 'it', taxCode: null, email: null, address: null, salesAgent: null, ibanTail: null } as const;

function agreements(entity: CaseEntity, on: PlainDate, terms: Partial<typeof usualAgreementTerms> = {}): ReturnType<typeof viewAgreements> {
  const context = { nowMs: instantOf(on, '10:00', zone), zone };
  const house = { ...standardHouse, conductOf: () => ({ ...standardConduct(entity.creditorId), agreements: { ...usualAgreementTerms, ...terms } }) };
  const view = viewCase(entity, [], { ...context, userId: newId<UserId>(), house });
  return viewAgreements(view, entity.customer.kind, standardRates, context);
}

const planned: CaseFact = {
  id: newId<FactId>(), type: 'outcome-recorded', version: 3, callId: null, at: instantOf(sampleToday, '10:00', zone), zone, actor: newId<UserId>(),
  basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
  body: {
    ...noParts, code: 'PLN', channel: 'phone-inbound', numberId: null, partyId: null, cause: null, note: null,
    plan: {
      stage: 'accepted', kind: 'fewest', currency: 'EUR', readBack: true, invoices: [{ invoiceId: invoice.invoiceId, amountCents: 30_000 }],
      instalments: [10, 40, 70].map((days) => ({ dueOn: addDays(sampleToday, days), capitalCents: 10_000, interestCents: 0 })),
      terms: { interest: { rule: 'none' }, graceDays: 5, consecutiveMissed: 2, totalMissed: 3 },
    },
  },
};
const paid = (days: number, amountCents: number): CaseEntity['payments'][number] => ({
  paymentId: newId<PaymentId>(), at: instantOf(addDays(sampleToday, days), '12:00', zone), amountCents, currency: 'EUR', paidOn: addDays(sampleToday, days), method: 'bank-transfer',
  evidence: 'lista 1, riga 2', allocations: [{ invoiceId: invoice.invoiceId, part: 'capital', amountCents, statedCents: 30_000 }],
});

describe('a plan on a day', () => {
  it('is filled by payments in the order of its instalments, and may be broken only when enough were missed', () => {
    const entity = sampleCase([invoice], { facts: [planned], payments: [paid(9, 10_000), paid(20, 2_500)] });
    expect(agreements(entity, addDays(sampleToday, 21)).plan).toMatchObject({ state: 'active', paidCents: 12_500, leftCents: 17_500, next: { dueOn: addDays(sampleToday, 40), amountCents: 7_500 } });
    expect(agreements(entity, addDays(sampleToday, 46)).plan).toMatchObject({ state: 'late', mayBeBroken: false });
    expect(agreements(entity, addDays(sampleToday, 76)).plan).toMatchObject({ state: 'late', mayBeBroken: true });
    expect(agreements({ ...entity, payments: [paid(9, 30_000)] }, addDays(sampleToday, 10)).plan).toMatchObject({ state: 'completed', leftCents: 0 });
  });
});

describe('interest beside the capital', () => {
  const claims = { interest: { consumer: 'none', business: 'late-payment', lumpSumCents: 4_000 } } as const;
  // E4 of the rules: €10,000 due 31/5/2025, until 30/9/2025.
  const e4 = sampleCase([sampleInvoice('E4', 0, 1_000_000, { dueDate: '2025-05-31' as PlainDate, issueDate: '2025-05-01' as PlainDate })], { customer: business });

  it('is claimed of a business by mandate (E4: 347.48 and 40)', () => {
    expect(agreements(e4, '2025-09-30' as PlainDate, claims).interest).toMatchObject({ totalCents: 34_748, lumpSumCents: 4_000, refusedOn: null });
  });

  it('is nothing without the mandate, nor of a consumer', () => {
    expect(agreements(e4, '2025-09-30' as PlainDate).interest).toBeNull();
    expect(agreements({ ...e4, customer: { ...business, kind: 'person' } }, '2025-09-30' as PlainDate, claims).interest).toBeNull();
  });

  it('is refused past the last known rate, never guessed', () => {
    expect(agreements(e4, '2026-09-30' as PlainDate, claims).interest).toMatchObject({ totalCents: 0, refusedOn: '2026-07-01' });
  });
});

describe('prescription', () => {
  it('tells the last day, by the mandate', () => {
    const old = sampleInvoice('F0', 800, 5_000);
    const [barred, live] = [agreements(sampleCase([old]), sampleToday, { prescriptionMonths: 24 }).prescription[0], agreements(sampleCase([old]), sampleToday).prescription[0]];
    expect([barred?.isTimeBarred, live?.isTimeBarred]).toEqual([true, false]);
  });
});
