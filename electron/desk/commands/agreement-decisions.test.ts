/** What a lead decides about agreements, online or not: disputes, settlements, broken plans, payments. */
import { describe, expect, it } from 'vitest';
import type { CaseFact } from '../../../shared/case/case-entity.ts';
import type { FactId, InvoiceId, PaymentId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { ActsDesk } from '../../../tests/support/acts-desk.ts';
import { dayFrom, disputed, offered, openActsDesk, planned, refusal, saidFact } from '../../../tests/support/acts-desk.ts';
import { closeDispute } from './close-dispute.ts';
import { decideSettlement } from './decide-settlement.ts';
import { declarePlanBroken } from './declare-plan-broken.ts';
import { recordPayment } from './record-payment.ts';
import { reversePayment } from './reverse-payment.ts';
import { showLeadCase } from '../queries/show-lead-case.ts';

const reason = 'così ha deciso il committente';
const locale = 'it' as const;
const residuals = (desk: ActsDesk): Record<string, number> => Object.fromEntries(desk.view().invoices.map(({ number, residualCents }) => [number, residualCents]));

/** A desk with one thing agreed, and the id of that. */
function deskWith(make: (invoiceIds: [InvoiceId, InvoiceId, InvoiceId]) => CaseFact, more: (invoiceIds: [InvoiceId, InvoiceId, InvoiceId]) => CaseFact[] = () => []): { desk: ActsDesk; targetFactId: FactId } {
  const made: FactId[] = [];
  const desk = openActsDesk('lead', (ids) => {
    const fact = make(ids);
    made.push(fact.id);
    return [fact, ...more(ids)];
  });
  const [targetFactId] = made;
  if (targetFactId === undefined) throw new Error('nothing was agreed');
  return { desk, targetFactId };
}

it('an operator decides nothing: each is refused and nothing is written', async () => {
  const desk = openActsDesk('collector', () => []);
  const { session } = desk;
  const target = { targetFactId: newId<FactId>(), reason };
  const refused = await Promise.all([
    closeDispute(session, { ...desk.about, ...target, result: 'rejected', amountText: '', locale }),
    decideSettlement(session, { ...desk.about, ...target, verdict: 'refused', amountText: '', payByText: '', locale }),
    declarePlanBroken(session, { ...desk.about, ...target, confirmed: true }),
    recordPayment(session, { ...desk.about, amountText: '10', paidOnText: '', method: null, evidence: 'estratto conto', invoiceIds: [], locale }),
    reversePayment(session, { ...desk.about, paymentId: newId<PaymentId>(), reason }),
  ]);
  expect(refused.map((result) => refusal(result)?.[0])).toEqual(Array.from({ length: 5 }, () => 'lead-only'));
  for (const type of ['dispute-closed', 'settlement-decided', 'plan-broken', 'payment-recorded', 'payment-reversed']) expect(desk.written(type)).toEqual([]);
});

it('nobody answers the settlement that they asked for', async () => {
  const own = offered();
  const desk = openActsDesk('lead', () => [own]);
  const { userId } = desk.session.user;
  desk.entity.facts.splice(0, 1, { ...own, actor: userId });
  const input = { ...desk.about, targetFactId: own.id, reason, verdict: 'approved' as const, amountText: '', payByText: '', locale };
  expect(refusal(await decideSettlement(desk.session, input))).toEqual(['settlement-own', null]);
  expect(await showLeadCase(desk.session, { caseId: desk.entity.caseId })).toMatchObject({ ok: true, value: { ownSettlements: [own.id] } });
  expect(desk.written('settlement-decided')).toEqual([]);
});

describe('closing a dispute', () => {
  it.each([
    ['upheld', 'upheld', '', 4_000, 6_000], ['upheld in part', 'partly-upheld', '15', 1_500, 8_500], ['rejected', 'rejected', '', null, 10_000],
  ] as const)('%s: what is not owed goes off the invoice, the rest may be asked for again', async (_name, result, amountText, upheldCents, leftCents) => {
    const { desk, targetFactId } = deskWith(([first]) => disputed(first, 4_000));
    const input = { ...desk.about, targetFactId, reason, result, amountText, locale };
    expect(refusal(await closeDispute(desk.session, { ...input, reason: '' }))).toEqual(['reason-too-short', 'reason']);
    desk.goOffline();
    const done = await closeDispute(desk.session, input);
    expect(refusal(done)).toBeNull();
    expect(await closeDispute(desk.session, input)).toEqual(done);
    expect(desk.written('dispute-closed')).toEqual([{ targetFactId, result, upheldCents, statedCents: upheldCents === null ? null : 10_000, note: reason }]);
    expect(residuals(desk)).toEqual({ 'F-1': leftCents, 'F-2': 20_000, 'F-3': 30_000 });
    expect(desk.view().disputedCents).toBe(0);
    expect(refusal(await closeDispute(desk.session, { ...input, ...desk.about }))).toEqual(['agreement-closed', null]);
  });

  it('states what the creditor’s file says, not what is outstanding after a payment', async () => {
    const { desk, targetFactId } = deskWith(([first]) => disputed(first, null), ([first]) => [saidFact('payment-recorded', 1, {
      amountCents: 3_000, currency: 'EUR', paidOn: dayFrom(-1), method: null, evidence: 'estratto', allocations: [{ invoiceId: first, part: 'capital', amountCents: 3_000, statedCents: 10_000 }],
    })]);
    expect(refusal(await closeDispute(desk.session, { ...desk.about, targetFactId, reason, result: 'upheld', amountText: '', locale }))).toBeNull();
    expect(desk.written('dispute-closed')).toMatchObject([{ upheldCents: 7_000, statedCents: 10_000 }]);
    expect(residuals(desk)['F-1']).toBeUndefined();
  });

  it('refuses amounts that are none, more than is disputed, and the whole called a part', async () => {
    const { desk, targetFactId } = deskWith(([first]) => disputed(first, 4_000));
    const close = async (amountText: string): Promise<unknown> => refusal(await closeDispute(desk.session, { ...desk.about, targetFactId, reason, result: 'partly-upheld', amountText, locale }));
    expect(await close('')).toEqual(['amount-missing', 'amount']);
    expect(await close('0')).toEqual(['amount-zero', 'amount']);
    expect(await close('-5')).toEqual(['amount-zero', 'amount']);
    expect(await close('poco')).toEqual(['amount-unreadable', 'amount']);
    expect(await close('40,01')).toEqual(['amount-too-large', 'amount']);
    expect(await close('40')).toEqual(['dispute-part-is-all', 'amount']);
    expect(desk.written('dispute-closed')).toEqual([]);
  });
});

describe('deciding a settlement', () => {
  const decide = async (desk: ActsDesk, targetFactId: FactId, parts: object): Promise<unknown> => refusal(await decideSettlement(desk.session, {
    ...desk.about, targetFactId, reason: '', verdict: 'approved', amountText: '', payByText: '', locale, ...parts,
  }));

  it('approves what was offered, or other terms, and the case goes on', async () => {
    const { desk, targetFactId } = deskWith(() => offered());
    expect(desk.view().blocked?.reason.key).toBe('lead-decides');
    expect(await decide(desk, targetFactId, { amountText: '250', payByText: '+20' })).toBeNull();
    expect(desk.written('settlement-decided')).toEqual([{ targetFactId, verdict: 'approved', amountCents: 25_000, currency: 'EUR', payBy: dayFrom(20), reason: null }]);
    expect(desk.view().folded.stops).toEqual([]);
    expect(await decide(desk, targetFactId, {})).toEqual(['agreement-closed', null]);
    const plain = deskWith(() => offered());
    expect(await decide(plain.desk, plain.targetFactId, {})).toBeNull();
    expect(plain.desk.written('settlement-decided')).toMatchObject([{ amountCents: 20_000, payBy: dayFrom(10) }]);
  });

  it('refuses with a reason, without amounts', async () => {
    const { desk, targetFactId } = deskWith(() => offered());
    expect(await decide(desk, targetFactId, { verdict: 'refused' })).toEqual(['reason-too-short', 'reason']);
    expect(await decide(desk, targetFactId, { verdict: 'refused', reason, amountText: '1' })).toBeNull();
    expect(desk.written('settlement-decided')).toEqual([{ targetFactId, verdict: 'refused', amountCents: null, currency: null, payBy: null, reason }]);
    expect(desk.view().folded.stops).toEqual([]);
  });

  it('takes no amount above the debt, no day that has gone by, no unknown offer', async () => {
    const { desk, targetFactId } = deskWith(() => offered({ payBy: dayFrom(-1) }));
    expect(await decide(desk, targetFactId, {})).toEqual(['date-in-past', 'payBy']);
    expect(await decide(desk, targetFactId, { payByText: dayFrom(-3) })).toEqual(['date-in-past', 'payBy']);
    expect(await decide(desk, targetFactId, { payByText: '+3', amountText: '0' })).toEqual(['amount-zero', 'amount']);
    expect(await decide(desk, targetFactId, { payByText: '+3', amountText: '600,01' })).toEqual(['amount-too-large', 'amount']);
    expect(await decide(desk, newId<FactId>(), { payByText: '+3' })).toEqual(['agreement-not-found', null]);
    expect(desk.written('settlement-decided')).toEqual([]);
  });
});

describe('declaring a plan broken', () => {
  it('needs enough missed, a reason and a second confirmation', async () => {
    const { desk, targetFactId } = deskWith(() => planned('accepted', -70));
    const declare = async (parts: object): Promise<unknown> => refusal(await declarePlanBroken(desk.session, { ...desk.about, targetFactId, reason, confirmed: true, ...parts }));
    expect(await declare({ confirmed: false })).toEqual(['not-confirmed', 'confirmed']);
    expect(await declare({ reason: '' })).toEqual(['reason-too-short', 'reason']);
    expect(await declare({})).toBeNull();
    expect(desk.written('plan-broken')).toEqual([{ targetFactId, reason }]);
    expect(desk.view().folded.plan?.brokenOn).toBe(dayFrom(0));
    expect(await declare({})).toEqual(['agreement-closed', null]);
  });

  it('one missed instalment, or none, lets nobody declare it', async () => {
    const { desk, targetFactId } = deskWith(() => planned('accepted', -20));
    expect(refusal(await declarePlanBroken(desk.session, { ...desk.about, targetFactId, reason, confirmed: true }))).toEqual(['plan-not-missed', null]);
    expect(desk.written('plan-broken')).toEqual([]);
  });
});

describe('recording a payment', () => {
  const pay = (desk: ActsDesk, amountText: string, parts: object = {}): ReturnType<typeof recordPayment> => recordPayment(desk.session, {
    ...desk.about, amountText, paidOnText: '', method: 'bank-transfer', evidence: 'estratto conto, riga 12', invoiceIds: [], locale, ...parts,
  });

  it('goes to the oldest first, and to a chosen invoice before all', async () => {
    const oldest = openActsDesk('lead', () => []);
    expect(await pay(oldest, '150')).toMatchObject({ ok: true, value: { leftCents: 0, allocations: [{ number: 'F-1', amountCents: 10_000 }, { number: 'F-2', amountCents: 5_000 }] } });
    expect(residuals(oldest)).toEqual({ 'F-2': 15_000, 'F-3': 30_000 });
    // The file still states 200.00 for the second; what is outstanding of it is 150.00.
    expect((await pay(oldest, '200')).ok).toBe(true);
    expect(oldest.written('payment-recorded')[1]).toMatchObject({ allocations: [{ amountCents: 15_000, statedCents: 20_000 }, { amountCents: 5_000, statedCents: 30_000 }] });
    expect(residuals(oldest)).toEqual({ 'F-3': 25_000 });

    const chosen = openActsDesk('lead', () => []);
    const third = chosen.entity.invoices[2]?.invoiceId;
    expect(await pay(chosen, '320', { invoiceIds: [third] })).toMatchObject({ ok: true, value: { allocations: [{ number: 'F-3', amountCents: 30_000 }, { number: 'F-1', amountCents: 2_000 }] } });
  });

  it('more than is owed is kept and said; a disputed part gets nothing unless chosen', async () => {
    const desk = openActsDesk('lead', ([first]) => [disputed(first, 4_000)]);
    expect(await pay(desk, '1.000')).toMatchObject({ ok: true, value: { leftCents: 44_000, currency: 'EUR' } });
    expect(desk.written('payment-recorded')).toMatchObject([{ amountCents: 100_000 }]);
    expect(residuals(desk)).toEqual({ 'F-1': 4_000 });
    const first = desk.entity.invoices[0]?.invoiceId;
    expect(await pay(desk, '40', { invoiceIds: [first] })).toMatchObject({ ok: true, value: { leftCents: 0 } });
    expect(desk.view().openCents).toBe(0);
  });

  it('refuses no amount, no evidence, a day ahead, an invoice that is not open; the same command happens once', async () => {
    const desk = openActsDesk('lead', () => []);
    expect(refusal(await pay(desk, '0'))).toEqual(['amount-zero', 'amount']);
    expect(refusal(await pay(desk, ''))).toEqual(['amount-missing', 'amount']);
    expect(refusal(await pay(desk, '10', { evidence: ' ' }))).toEqual(['evidence-missing', 'reason']);
    expect(refusal(await pay(desk, '10', { paidOnText: 'domani' }))).toEqual(['date-in-future', 'paidOn']);
    expect(refusal(await pay(desk, '10', { invoiceIds: [newId<InvoiceId>()] }))).toEqual(['invoice-not-found', 'invoiceIds']);
    expect(desk.written('payment-recorded')).toEqual([]);
    const { about } = desk;
    const [done, again] = [await pay(desk, '10', about), await pay(desk, '10', about)];
    expect(again).toEqual(done);
    expect(desk.written('payment-recorded')).toHaveLength(1);
  });

  it('reversed it never came: once, with a reason', async () => {
    const desk = openActsDesk('lead', () => []);
    const done = await pay(desk, '100');
    const paymentId = (done.ok ? done.value.factId : '') as string as PaymentId;
    const reverse = async (parts: object = {}): Promise<unknown> => refusal(await reversePayment(desk.session, { ...desk.about, paymentId, reason: 'addebito insoluto', ...parts }));
    expect(residuals(desk)['F-1']).toBeUndefined();
    expect(await reverse({ reason: '' })).toEqual(['reason-too-short', 'reason']);
    expect(await reverse({ paymentId: newId<PaymentId>() })).toEqual(['agreement-not-found', null]);
    expect(await reverse()).toBeNull();
    expect(residuals(desk)['F-1']).toBe(10_000);
    expect(await reverse()).toEqual(['agreement-closed', null]);
  });
});
