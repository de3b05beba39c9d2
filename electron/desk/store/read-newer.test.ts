import { describe, expect, it } from 'vitest';
import { readNewer } from './read-newer.ts';
import { viewCase } from '../../../shared/case/view-case.ts';
import type { FactId, FlagId, NumberId, PartyId, UserId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { entitySchemas } from '../../../shared/protocol/feed-protocol.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../../shared/testing/sample-case.ts';
import { instantOf } from '../../../shared/time.ts';

const known = sampleCase([sampleInvoice('F-1', 30, 10_000)]);
const [number] = known.numbers;
if (number === undefined) throw new Error('no number');
const flag = { flagId: newId<FlagId>(), factId: newId<FactId>(), caseId: known.caseId, code: 'not-allowed', at: 1, details: {}, about: null, settled: null };

describe('readNewer', () => {
  it('reads what it knows as it is', () => {
    expect(readNewer('case', known)).toEqual({ state: 'known', body: known });
    expect(readNewer('flag', flag)).toEqual({ state: 'known', body: flag });
  });

  it.each([
    ['an unknown kind of customer is a person', { ...known, customer: { ...known.customer, kind: 'foundation' } }, { customer: { ...known.customer, kind: 'person' } }],
    ['an unknown kind of number stays a number', { ...known, numbers: [{ ...number, kind: 'satellite' }] }, { numbers: [{ ...number, kind: 'unknown' }] }],
    ['an unknown source is the weakest', { ...known, numbers: [{ ...number, source: 'register' }] }, { numbers: [{ ...number, source: 'searched' }] }],
  ])('%s', (_what, body, expected) => {
    const before = structuredClone(body);
    expect(entitySchemas.case.safeParse(body).success).toBe(false);
    expect(readNewer('case', body)).toMatchObject({ state: 'newer', body: expected });
    expect(body).toEqual(before);
  });

  it('leaves out whom it cannot place, and offers nobody their number', () => {
    const partyId = newId<PartyId>();
    const party = { partyId, role: 'mediator', name: 'Rosa Bini', mayBeTold: true, language: null, taxCode: null, note: null };
    const point = { pointId: newId<NumberId>(), kind: 'messenger', partyId: null, raw: '@rosa', source: 'file', usable: true, workplace: false };
    const reading = readNewer('case', { ...known, parties: [party], numbers: [number, { ...number, numberId: newId<NumberId>(), partyId }], addresses: [point] });
    if (reading.state !== 'newer') throw new Error(reading.state);
    const view = viewCase(reading.body, [], { nowMs: instantOf(sampleToday, '12:00', 'Europe/Rome'), zone: 'Europe/Rome', userId: newId<UserId>() });
    expect([view.parties, view.addresses]).toEqual([[], []]);
    expect(view.numbers.filter(({ usable }) => usable).map(({ partyId: whose }) => whose)).toEqual([null]);
  });

  it('shows a flag of an unknown code as one of a newer hub, and leaves out an unknown outcome', () => {
    expect(readNewer('flag', { ...flag, code: 'of-tomorrow' })).toEqual({ state: 'newer', body: { ...flag, code: 'newer' } });
    const incoming = {
      factId: newId(), caseId: known.caseId, customerName: 'Rosa', creditorName: 'Acque', code: 'XYZ', at: 1, zone: 'Europe/Rome', amountCents: null, currency: null,
      dueOn: null, invoiceIds: [], invoiceNumbers: [], status: 'effective',
    };
    expect(readNewer('incoming', incoming)).toEqual({ state: 'left-out' });
  });

  it.each([
    ['a missing field', { ...known, customer: { ...known.customer, kind: undefined } }],
    ['another shape', { ...known, invoices: [{ amount: '1,00' }] }],
    ['an unknown word beside another shape', { ...known, customer: { ...known.customer, kind: 'foundation' }, invoices: 'none' }],
    ['no word', { ...known, customer: { ...known.customer, kind: 7 } }],
  ])('never guesses at %s', (_what, body) => {
    expect(readNewer('case', body)).toEqual({ state: 'unreadable' });
  });
});
