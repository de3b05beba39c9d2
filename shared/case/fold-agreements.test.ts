import { describe, expect, it } from 'vitest';
import type { PaymentRecordedBody } from '../facts/agreement-bodies.ts';
import { noParts } from '../facts/outcome-body.ts';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import type { FactId, InvoiceId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import type { PlainDate } from '../time.ts';
import { instantOf } from '../time.ts';
import type { CaseFact } from './case-entity.ts';
import { foldCase } from './fold-case.ts';
import { standingPromise } from './place-case.ts';

const actor = newId<UserId>();
const [first, second] = [newId<InvoiceId>(), newId<InvoiceId>()];
const day = (text: string): PlainDate => `2026-11-${text}` as PlainDate;

function fact(type: string, on: string, body: CaseFact['body'], version = 1): CaseFact {
  return {
    id: newId<FactId>(), type, version, callId: null, at: instantOf(day(on), '10:00', 'Europe/Rome'), zone: 'Europe/Rome', actor,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null }, body,
  };
}

function outcome(on: string, parts: Partial<OutcomeBody> & Pick<OutcomeBody, 'code'>): CaseFact {
  return fact('outcome-recorded', on, { channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...noParts, ...parts }, 3);
}

const promised = (on: string): CaseFact => outcome(on, {
  code: 'PTP',
  promise: {
    currency: 'EUR', method: 'card', graceDays: 2, parts: [{ dueOn: day('10'), amountCents: 3_000 }, { dueOn: day('20'), amountCents: 2_000 }],
    invoices: [{ invoiceId: first, amountCents: 5_000 }],
  },
});
const paid = (on: string, amountCents: number, invoiceId: InvoiceId = first): CaseFact => {
  const body: PaymentRecordedBody = { amountCents, currency: 'EUR', paidOn: day(on), method: 'card', evidence: 'estratto conto', allocations: [{ invoiceId, part: 'capital', amountCents, statedCents: 10_000 }] };
  return fact('payment-recorded', on, body);
};

describe('a promise', () => {
  it('looks for its next day by what was paid in time, on its own invoices, since it was given', () => {
    const given = promised('05');
    const dueOn = (...facts: CaseFact[]): unknown => foldCase([given, ...facts]).promise?.dueOn;
    expect(dueOn()).toBe(day('10'));
    expect(dueOn(paid('12', 3_000))).toBe(day('20'));
    expect(dueOn(paid('13', 3_000))).toBe(day('10'));
    expect(dueOn(paid('12', 3_000, second))).toBe(day('10'));
    expect(dueOn(paid('04', 3_000))).toBe(day('10'));
  });

  it('that was paid, late or not, or taken back, moves nothing any more; a payment that was reversed never came', () => {
    const given = promised('05');
    expect(standingPromise(foldCase([given, paid('15', 5_000)]))).toBeNull();
    expect(standingPromise(foldCase([given, paid('15', 4_999)]))).not.toBeNull();
    const payment = paid('15', 5_000);
    expect(standingPromise(foldCase([given, payment, fact('payment-reversed', '16', { paymentId: payment.id, reason: 'addebito insoluto' })]))).not.toBeNull();
    expect(standingPromise(foldCase([given, fact('agreement-cancelled', '06', { targetFactId: given.id, reason: 'accordo diverso' })]))).toBeNull();
  });
});

describe('a dispute', () => {
  const made = outcome('05', { code: 'DSP', dispute: { reason: 'price', invoiceId: first, amountCents: 1_000, currency: 'EUR', proof: 'requested', owner: null, dueOn: null } });
  const moved = fact('dispute-moved', '06', { targetFactId: made.id, proof: 'received', owner: 'creditor', dueOn: day('12'), note: null });
  const closed = fact('dispute-closed', '07', { targetFactId: made.id, result: 'partly-upheld', upheldCents: 400, statedCents: 10_000, note: 'listino' });

  it('is open until the creditor’s answer, and says how far it is', () => {
    expect(foldCase([made, moved]).disputes).toMatchObject([{ disputeId: made.id, proof: 'received', owner: 'creditor', dueOn: day('12') }]);
    expect(foldCase([closed, moved, made])).toMatchObject({ disputes: [], closedDisputes: [{ result: 'partly-upheld', upheldCents: 400, proof: 'received' }] });
  });

  it('made anew after the answer is open again', () => {
    const again = outcome('08', { code: 'DSP', dispute: { reason: 'quality', invoiceId: first, amountCents: null, currency: 'EUR', proof: 'none', owner: null, dueOn: null } });
    expect(foldCase([made, closed, again])).toMatchObject({ disputes: [{ disputeId: again.id }], closedDisputes: [] });
  });
});

describe('a plan', () => {
  it('agreed in words before version 3 is the same plan today: equal instalments a month apart', () => {
    const { promise: _promise, dispute: _dispute, plan: _plan, ...rest } = { ...noParts };
    const old = fact('outcome-recorded', '05', {
      code: 'PLN', channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...rest, promise: null, dispute: null,
      plan: { totalCents: 100_000, currency: 'EUR', instalmentCount: 7, firstDueOn: '2026-11-30' },
    }, 2);
    const { plan } = foldCase([old]);
    expect(plan).toMatchObject({ amountCents: 100_000, acceptedOn: day('05'), stage: 'accepted' });
    expect(plan?.instalments.map(({ dueOn, capitalCents }) => [dueOn, capitalCents])).toEqual([
      ['2026-11-30', 14_286], ['2026-12-30', 14_286], ['2027-01-30', 14_286], ['2027-02-28', 14_286], ['2027-03-30', 14_286], ['2027-04-30', 14_286], ['2027-05-30', 14_284],
    ]);
  });

  it('that was proposed is accepted, and ended, by facts of their own', () => {
    const proposed = outcome('05', {
      code: 'PLN',
      plan: {
        stage: 'proposed', kind: 'fewest', currency: 'EUR', instalments: [{ dueOn: day('20'), capitalCents: 1_000, interestCents: 5 }], invoices: [], readBack: false,
        terms: { interest: { rule: 'none' }, graceDays: 5, consecutiveMissed: 2, totalMissed: 3 },
      },
    });
    expect(foldCase([proposed]).plan).toMatchObject({ acceptedOn: null, amountCents: 1_005 });
    const accepted = fact('plan-accepted', '06', { targetFactId: proposed.id, readBack: true });
    const broken = fact('plan-broken', '28', { targetFactId: proposed.id, reason: 'due rate saltate' });
    expect(foldCase([broken, accepted, proposed]).plan).toMatchObject({ acceptedOn: day('06'), brokenOn: day('28'), cancelledOn: null });
  });
});
