import { describe, expect, it } from 'vitest';
import type { CaseFact } from './case-entity.ts';
import { listAppointments } from './list-appointments.ts';
import { viewCase } from './view-case.ts';
import type { FactId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import { noParts } from '../facts/outcome-body.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import type { PlainDate } from '../time.ts';
import { addDays, instantOf } from '../time.ts';

const zone = 'Europe/Rome';
const userId = newId<UserId>();
const at = (days: number, time = '10:00'): number => instantOf(addDays(sampleToday, days), time, zone);

function fact(type: string, version: number, atMs: number, body: object): CaseFact {
  return {
    id: newId<FactId>(), type, version, callId: null, at: atMs, zone, actor: userId, basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
    body: body as CaseFact['body'],
  };
}

function outcome(code: string, atMs: number, parts: object = {}): CaseFact {
  return fact('outcome-recorded', 2, atMs, { ...noParts, code, channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...parts });
}

const promise = { amountCents: 5_000, currency: 'EUR', dueOn: addDays(sampleToday, 3), method: 'bank-transfer', invoiceIds: [] };

function kindsAfter(facts: CaseFact[], openCents = 10_000): [string, string][] {
  const entity = sampleCase([sampleInvoice('1', 5, openCents, openCents === 0 ? { residualCents: 0 } : {})]);
  const view = viewCase(entity, facts, { nowMs: at(20), zone, userId });
  return listAppointments(view, zone).map(({ kind, on }) => [kind, on]);
}

describe('listAppointments', () => {
  const asks = (parts: object, from: number): CaseFact => outcome('PRV', from, { note: 'chiede', privacyRequest: { kind: 'access', dueOn: addDays(sampleToday, 4), owner: 'lead' }, ...parts });
  const complains = (dueOn: PlainDate, from: number): CaseFact => outcome('CMP', from, { note: 'si lamenta', complaint: { owner: 'lead', dueOn } });
  const answers = (target: CaseFact, from: number): CaseFact => fact('activity-resumed', 1, from, { targetFactId: target.id, reason: 'risposto con raccomandata' });
  const day = addDays(sampleToday, 4);

  it('shows of several privacy requests the one that is to be answered first: a later one stops no clock', () => {
    const [first, second] = [addDays(sampleToday, 4), addDays(sampleToday, 9)];
    const requests = [outcome('PRV', at(0), { note: 'chiede', privacyRequest: { kind: 'access', dueOn: first, owner: 'lead' } }), outcome('PRV', at(1), { note: 'chiede', privacyRequest: { kind: 'rectification', dueOn: second, owner: 'lead' } })];
    expect(kindsAfter(requests, 0)).toEqual([['privacy-request', first]]);
  });

  it('a call about a promise, a payment or another request on the day or after it answers neither a privacy request nor a complaint', () => {
    const [request, complaint] = [asks({}, at(0)), complains(day, at(0, '11:00'))];
    const talks = [outcome('PTP', at(4), { promise: { ...promise, dueOn: addDays(sampleToday, 30) } }), outcome('RPC', at(9)), outcome('RPC', at(12), { channel: 'letter', note: 'altro' })];
    for (const openCents of [10_000, 0]) {
      expect(kindsAfter([request, complaint, ...talks], openCents)).toEqual(expect.arrayContaining([['complaint', day], ['privacy-request', day]]));
    }
  });

  it('the lead’s word that it was answered ends that very clock, before its day, on it or late, and no other', () => {
    const later = addDays(sampleToday, 9);
    for (const answeredOn of [1, 4, 15]) {
      const [first, second, complaint] = [asks({}, at(0)), asks({ privacyRequest: { kind: 'erasure', dueOn: later, owner: 'lead' } }, at(1)), complains(later, at(1))];
      const answer = answers(first, at(answeredOn));
      expect(kindsAfter([first, second, complaint, answer], 0)).toEqual([['complaint', later], ['privacy-request', later]]);
      // In whatever order they come.
      expect(kindsAfter([answer, complaint, second, first], 0)).toEqual([['complaint', later], ['privacy-request', later]]);
    }
  });

  it('knows each kind by the outcome that sets it', () => {
    expect(kindsAfter([outcome('PTP', at(0), { promise })])).toEqual([['promise', promise.dueOn]]);
    expect(kindsAfter([outcome('PLN', at(0), { plan: { totalCents: 9_000, currency: 'EUR', instalmentCount: 3, firstDueOn: day } })])).toEqual([['plan', day]]);
    expect(kindsAfter([outcome('RES', at(0), { resend: { by: 'email', to: 'a@b.example', checkOn: day } })])).toEqual([['resend-check', day]]);
    expect(kindsAfter([outcome('RPC', at(0), { nextContactOn: day })])).toEqual([['next-contact', day]]);
    expect(kindsAfter([outcome('CMP', at(0), { note: 'si lamenta', complaint: { owner: 'lead', dueOn: day } })])).toEqual([['complaint', day]]);
    expect(kindsAfter([outcome('PRV', at(0), { note: 'vuole i suoi dati', privacyRequest: { kind: 'access', dueOn: day, owner: 'lead' } })])).toEqual([['privacy-request', day]]);
    expect(kindsAfter([outcome('CBK', at(0), { callback: { at: at(1, '15:00'), zone, audience: 'only-me' } })])).toEqual([['callback', addDays(sampleToday, 1)]]);
    expect(kindsAfter([fact('activity-suspended', 1, at(0), { kind: 'suspended', invoiceId: null, until: day, reason: 'ferie' })])).toEqual([['suspension-end', addDays(day, 1)]]);
  });

  it('asks five working days after "already paid"; 2026-11-20 is a Friday', () => {
    const payment = { amountCents: 5_000, currency: 'EUR', paidOn: sampleToday, method: null, proof: 'none', restDueOn: null };
    expect(kindsAfter([outcome('PAID', at(0), { payment })])).toEqual([['payment-check', '2026-11-27']]);
  });

  it('an attempt answers nothing; a talk before the day does not answer a promise, one on the day does', () => {
    const promised = outcome('PTP', at(0), { promise });
    expect(kindsAfter([promised, outcome('NA', at(5))])).toEqual([['promise', promise.dueOn]]);
    expect(kindsAfter([promised, outcome('RPC', at(1))])).toEqual([['promise', promise.dueOn]]);
    expect(kindsAfter([promised, outcome('RPC', at(3))])).toEqual([]);
  });

  it('what the last talk agreed replaces what one before did, an answer that is owed stays', () => {
    const [first, second] = [addDays(sampleToday, 4), addDays(sampleToday, 9)];
    const complaint = outcome('CMP', at(0), { note: 'si lamenta', complaint: { owner: 'lead', dueOn: second } });
    const facts = [complaint, outcome('RPC', at(1), { nextContactOn: first }), outcome('RES', at(2), { resend: { by: 'post', to: 'via', checkOn: second } })];
    expect(kindsAfter(facts)).toEqual([['complaint', second], ['resend-check', second]]);
    expect(kindsAfter(facts, 0)).toEqual([['complaint', second]]);
  });

  it('a rejected outcome binds nobody', () => {
    const promised = outcome('PTP', at(0), { promise });
    expect(kindsAfter([promised, fact('outcome-audited', 1, at(1), { targetFactId: promised.id, verdict: 'rejected', reason: 'non sentita' })])).toEqual([]);
  });
});
