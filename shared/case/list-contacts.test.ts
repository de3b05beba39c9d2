import { describe, expect, it } from 'vitest';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import { noParts } from '../facts/outcome-body.ts';
import type { CallEndedBody } from '../facts/telephone-bodies.ts';
import { plainCallEnd } from '../facts/telephone-bodies.ts';
import type { CallId, FactId, NumberId, PartyId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import { sampleCase, sampleInvoice } from '../testing/sample-case.ts';
import type { CaseEntity, CaseFact } from './case-entity.ts';
import { foldCase } from './fold-case.ts';
import { consentsOfCase, contactsOfCase } from './list-contacts.ts';
import type { OutcomeCode } from './outcome-codes.ts';
import { outcomeCodes } from './outcome-codes.ts';
import type { ContactResult, ContactRow } from '../policy/contact/contact-row.ts';

const actor = newId<UserId>();
const blank = sampleCase([sampleInvoice('F1', 10, 10_000)]);
const numberId = blank.numbers[0]?.numberId;
if (numberId === undefined) throw new Error('a case without a number');

function fact(type: string, at: number, body: CaseFact['body'], callId: CallId | null = null, version = 1): CaseFact {
  return { id: newId<FactId>(), type, version, callId, at, zone: 'Europe/Rome', actor, basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null }, body };
}

/** What version 2 asks of some codes, so that every one can be written. */
const parts: Partial<Record<OutcomeCode, Partial<OutcomeBody>>> = {
  CBK: { callback: { at: 9_000_000, zone: 'Europe/Rome', audience: 'anyone' } },
  DNC: { refusedContact: 'person' },
  LAW: { represented: { name: 'Avv. Neri', contact: '' } },
  LNG: { languageWanted: 'rumeno' },
};

function outcome(code: OutcomeCode, at: number, more: Partial<OutcomeBody> = {}, callId: CallId | null = null): CaseFact {
  const body: OutcomeBody = { code, channel: 'phone-outbound', numberId: numberId ?? null, partyId: null, cause: null, note: null, reasons: [], ...noParts, ...parts[code], ...more };
  return fact('outcome-recorded', at, body, callId, 3);
}

function correction(target: CaseFact, at: number, replacement: OutcomeBody | null): CaseFact {
  return fact('outcome-corrected', at, { targetFactId: target.id, replacement, reason: 'sbagliato' }, null, 2);
}

function contacts(facts: CaseFact[]): ContactRow[] {
  const entity: CaseEntity = { ...blank, facts };
  return contactsOfCase(entity, foldCase(facts));
}

function started(at: number, callId: CallId, direction: 'outbound' | 'inbound' = 'outbound'): CaseFact {
  return fact('call-started', at, { direction, pointId: numberId ?? null, partyId: null, by: 'by-hand' }, callId);
}

function permitted(at: number, callId: CallId, channel: OutcomeBody['channel'] = 'phone-outbound'): CaseFact {
  return fact('contact-permitted', at, {
    channel, pointId: numberId ?? null, to: '+390971000123', partyId: null, policy: { policyId: 'it-unirec', version: '1.0.0', conductVersion: null },
    counters: { conversationsToday: 0, conversationsThisWeek: 0, roundsToday: 0, roundsThisWeek: 0, callsInWindow: 0 }, allowedBy: null, validUntil: at + 10_000,
  }, callId);
}

describe('contactsOfCase', () => {
  const expected: Partial<Record<OutcomeCode, ContactResult>> = {
    AM: 'voicemail', LB: 'busy', DC: 'not-in-service', WN: 'not-in-service', DRP: 'dropped', NA: 'attempt', HU: 'attempt', TPC: 'attempt', LM: 'attempt', MIN: 'attempt',
    IDR: 'attempt', LNG: 'attempt', DEC: 'attempt', REF: 'conversation', RPC: 'conversation', CBK: 'conversation', DNC: 'conversation', LAW: 'conversation', INS: 'conversation',
  };

  it.each(Object.entries(expected))('%s is a %s', (code, result) => {
    expect(contacts([outcome(code as OutcomeCode, 1_000)])).toMatchObject([
      { atMs: 1_000, channel: 'phone', direction: 'outbound', result, to: '+390971000123', caseId: blank.caseId, creditorId: blank.creditorId },
    ]);
  });

  it('every code that is left is a success, and a conversation', () => {
    const left = outcomeCodes.filter((code) => expected[code] === undefined);
    expect(left).toEqual(['PTP', 'PLN', 'PAID', 'DSP', 'RES', 'SET', 'PPY', 'TRN', 'CMP', 'PRV']);
    const promise = {
      currency: 'EUR', method: 'card' as const, graceDays: 2, parts: [{ dueOn: sampleInvoice('F', 0, 1).dueDate, amountCents: 100 }], invoices: [],
    };
    expect(contacts([outcome('PTP', 1_000, { promise })])).toMatchObject([{ result: 'conversation' }]);
  });

  it('a callback agreed with somebody else is an attempt; a call that came in is inbound; a letter was sent', () => {
    expect(contacts([outcome('CBK', 1, { spokeWith: 'other' })])).toMatchObject([{ result: 'attempt' }]);
    expect(contacts([outcome('RPC', 1, { channel: 'phone-inbound' })])).toMatchObject([{ result: 'conversation', direction: 'inbound' }]);
    expect(contacts([outcome('NA', 1, { channel: 'letter', numberId: null })])).toMatchObject([{ result: 'sent', channel: 'post', direction: 'outbound', to: null }]);
    expect(contacts([outcome('RPC', 1, { channel: 'email', numberId: null })])).toMatchObject([{ result: 'sent', channel: 'email', direction: 'inbound' }]);
  });

  it('a correction counts as corrected, an annulment not at all', () => {
    const first = outcome('RPC', 1_000);
    const replacement = outcome('NA', 1_000).body as OutcomeBody;
    expect(contacts([first, correction(first, 5_000, replacement)])).toMatchObject([{ atMs: 1_000, result: 'attempt' }]);
    expect(contacts([first, correction(first, 5_000, null)])).toEqual([]);
  });

  it('permit, start and outcome of one call are one contact, when it began', () => {
    const callId = newId<CallId>();
    expect(contacts([permitted(1_000, callId), started(1_000, callId), outcome('RPC', 61_000, {}, callId)])).toMatchObject([
      { contactKey: callId, atMs: 1_000, result: 'conversation', to: '+390971000123' },
    ]);
  });

  it('a call without an outcome was an attempt; with an annulled one too; one that was not made is none', () => {
    const callId = newId<CallId>();
    const begun = [permitted(1_000, callId), started(1_000, callId)];
    expect(contacts(begun)).toMatchObject([{ contactKey: callId, atMs: 1_000, result: 'attempt', to: '+390971000123' }]);
    const spoken = outcome('RPC', 61_000, {}, callId);
    expect(contacts([...begun, spoken, correction(spoken, 70_000, null)])).toMatchObject([{ contactKey: callId, result: 'attempt' }]);
    expect(contacts([...begun, fact('call-ended', 3_000, { cause: 'not-made' }, callId)])).toEqual([]);
    expect(contacts([permitted(1_000, callId, 'letter')])).toMatchObject([{ channel: 'post', result: 'sent' }]);
  });

  it('a number that an operator saved is known as well', () => {
    const pointId = newId<NumberId>();
    const partyId = newId<PartyId>();
    const saved = fact('contact-point-saved', 1, {
      point: { kind: 'phone', pointId, partyId, raw: '333 0000002', e164: '+393330000002', country: 'IT', numberKind: 'mobile', source: 'given-by-person', usable: true, workplace: false },
    });
    expect(contacts([saved, outcome('NA', 2, { numberId: pointId, partyId })])).toMatchObject([{ to: '+393330000002', partyId }]);
  });
});

describe('consentsOfCase', () => {
  it('a booked callback is consent for that call, until contact is refused', () => {
    const booked = outcome('CBK', 1_000);
    expect(consentsOfCase(foldCase([booked]))).toEqual([{ givenAtMs: 1_000, untilMs: null, callbackAtMs: 9_000_000, revokedAtMs: null }]);
    expect(consentsOfCase(foldCase([booked, outcome('DNC', 5_000)]))).toMatchObject([{ revokedAtMs: 5_000 }]);
    expect(consentsOfCase(foldCase([booked, correction(booked, 5_000, null)]))).toEqual([]);
    expect(consentsOfCase(foldCase([outcome('NA', 1_000)]))).toEqual([]);
  });

  it('what the conversation agreed to begins before it was coded: consent is given when it is saved', () => {
    const callId = newId<CallId>();
    const facts = [started(1_000, callId), outcome('CBK', 61_000, {}, callId)];
    const [row] = contacts(facts);
    const [consent] = consentsOfCase(foldCase(facts));
    // A conversation ends a consent only if it is later than it.
    expect(row?.atMs).toBeLessThan(consent?.givenAtMs ?? 0);
  });
});

describe('a call of which the telephone told and nobody yet', () => {
  const callId = newId<CallId>();
  const moved = (move: string, at: number, more: Record<string, unknown> = {}): CaseFact =>
    fact('call-moved', at, { move, number: at, atMs: at, permitFactId: null, how: null, to: null, sipStatus: null, quality: null, ...more }, callId);
  const ended = (at: number, more: Partial<CallEndedBody>): CaseFact => fact('call-ended', at, { ...plainCallEnd('hung-up'), number: at, ...more }, callId, 2);
  const begun = [permitted(1_000, callId), started(1_000, callId)];
  const answered = [...begun, moved('ringing', 2_000), moved('answered', 3_000)];
  const identity = (result: string): CaseFact => fact('identity-checked', 3_500, { result, method: result === 'confirmed' ? 'role' : null, partyId: null }, callId);

  it.each<[ContactResult, string, CaseFact[]]>([
    ['attempt', 'while it rings', [...begun, moved('ringing', 2_000)]],
    ['attempt', 'when nobody answered', [...begun, moved('ringing', 2_000), ended(9_000, { cause: 'no-answer' })]],
    ['busy', 'when it was busy', [...begun, ended(3_000, { cause: 'busy', sipStatus: 486 })]],
    ['not-in-service', 'when there is no such number', [...begun, ended(3_000, { cause: 'no-such-number', sipStatus: 404 })]],
    ['conversation', 'from the answer on', answered],
    ['conversation', 'when it was ended, whoever it was', [...answered, ended(60_000, { talkSeconds: 57 })]],
    ['conversation', 'when the right party was there', [...answered, identity('confirmed'), ended(60_000, { talkSeconds: 57 })]],
    ['attempt', 'when somebody else answered', [...answered, identity('third-party'), ended(60_000, { talkSeconds: 57 })]],
    ['dropped', 'when the line fell', [...answered, ended(9_000, { cause: 'dropped', isDropped: true })]],
    ['attempt', 'for a cause of a newer desk', [...begun, ended(9_000, { cause: 'diverted-by-robot' })]],
  ])('is %s %s', (result, _when, facts) => {
    expect(contacts(facts).map((row) => row.result)).toEqual([result]);
    expect(contacts(facts.toReversed()).map((row) => row.result)).toEqual([result]);
  });

  it('is what the outcome says, once there is one', () => {
    expect(contacts([...answered, ended(60_000, {}), outcome('TPC', 70_000, {}, callId)]).map((row) => row.result)).toEqual(['attempt']);
  });

  it('ends as the telephone tells, whatever a desk supposed; its sound is measured after its end', () => {
    const quality = { lossPermille: 12, jitterMs: 9, roundTripMs: 40, mosHundredths: 421 };
    const facts = [
      ...answered, fact('call-ended', 5_000, { ...plainCallEnd('interrupted') }, callId, 2), ended(60_000, { by: 'them', talkSeconds: 57 }), moved('measured', 61_000, { quality }),
    ];
    const folded = foldCase(facts);
    expect(folded.calls).toMatchObject([{ answeredAt: 3_000, end: { cause: 'hung-up', by: 'them', talkSeconds: 57, quality } }]);
    expect(folded.history.filter(({ kind }) => kind === 'call')).toMatchObject([{ end: { talkSeconds: 57, quality } }]);
    expect(folded.history.some(({ kind }) => kind === 'unknown')).toBe(false);
  });
});
