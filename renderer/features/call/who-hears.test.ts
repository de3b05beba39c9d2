import { describe, expect, it } from 'vitest';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { LineCall } from '../../../shared/contract/line-channels.ts';
import type { CallId, CaseId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { newCallState } from '../../../shared/telephone/call-state.ts';
import { dialNumberSchema } from '../../../shared/telephone/dial-target.ts';
import { isCallerUnknown, whoHears } from './who-hears.ts';

const [caseId, otherCaseId, callId, otherCallId] = [newId<CaseId>(), newId<CaseId>(), newId<CallId>(), newId<CallId>()];
const gate = { state: 'unconfirmed', method: null, partyId: null, methods: [], printedNumber: null, birthDate: null } as const;
const open = (state: CallScreen['gate']['state'], of = caseId): Pick<CallScreen, 'callId' | 'caseId' | 'gate'> => ({ callId, caseId: of, gate: { ...gate, methods: [], state } });

function call(id: CallId, parts: Partial<LineCall['state']>, number = '+390971000001'): LineCall {
  const direction = parts.direction ?? 'inbound';
  return { callId: id, caller: { number: dialNumberSchema.parse(number), name: null }, state: { ...newCallState(direction), phase: 'connected', ...parts }, waiting: false, begunAtMs: 1, answeredAtMs: 2 };
}

describe('what only the right party may hear', () => {
  it('is shown while nobody hears', () => {
    expect(whoHears(caseId, null, [])).toMatchObject({ hidden: false, isStranger: false });
    expect(whoHears(caseId, null, [call(otherCallId, { phase: 'offered' })]).hidden).toBe(false);
    expect(whoHears(caseId, null, [call(otherCallId, { phase: 'ended' })]).hidden).toBe(false);
  });

  it('is hidden from who called, from the moment the call is taken, also while it waits on hold', () => {
    for (const parts of [{ phase: 'answering' }, { phase: 'connected' }, { phase: 'connected', heldByUs: true }, { phase: 'connected', heldByThem: true }] as const) {
      expect(whoHears(caseId, null, [call(otherCallId, parts)]), JSON.stringify(parts)).toMatchObject({ hidden: true, isStranger: true });
    }
  });

  it('is hidden in the case’s own call until its gate is confirmed', () => {
    const calls = [call(callId, {})];
    for (const state of ['unconfirmed', 'third-party', 'minor', 'refused'] as const) expect(whoHears(caseId, open(state), calls)).toMatchObject({ hidden: true, isStranger: false });
    expect(whoHears(caseId, open('confirmed'), calls)).toMatchObject({ hidden: false, isStranger: false });
  });

  it('is hidden from a second caller while the confirmed one waits, and shown again to that one', () => {
    const confirmed = open('confirmed');
    expect(whoHears(caseId, confirmed, [call(callId, { heldByUs: true }), call(otherCallId, {})])).toMatchObject({ hidden: true, isStranger: true });
    expect(whoHears(caseId, confirmed, [call(callId, {}), call(otherCallId, { heldByUs: true })])).toMatchObject({ hidden: false, isStranger: false });
  });

  it('is hidden from who belongs to another case, and is a colleague’s to know', () => {
    expect(whoHears(caseId, open('confirmed', otherCaseId), [call(callId, { direction: 'outbound' })])).toMatchObject({ hidden: true, isStranger: true });
    expect(whoHears(caseId, null, [call(otherCallId, { direction: 'outbound' }, '204')]).hidden).toBe(false);
  });

  it('a call of ours that the desk has not told of yet is nobody else’s', () => {
    expect(whoHears(caseId, null, [call(otherCallId, { direction: 'outbound' })]).isStranger).toBe(false);
  });

  it('what was peeked into belongs to one ear', () => {
    const ears = [
      whoHears(caseId, null, []), whoHears(caseId, null, [call(otherCallId, {})]), whoHears(caseId, open('unconfirmed'), []), whoHears(caseId, open('confirmed'), []),
      whoHears(caseId, open('confirmed'), [call(otherCallId, {})]), whoHears(caseId, null, [call(callId, {})]),
    ].map(({ ear }) => ear);
    expect(new Set(ears).size).toBe(ears.length);
  });

  it('a caller who belongs to no case is told of in no search', () => {
    expect(isCallerUnknown(null, [call(otherCallId, {})])).toBe(true);
    expect(isCallerUnknown(open('confirmed'), [call(callId, { heldByUs: true }), call(otherCallId, {})])).toBe(true);
    expect(isCallerUnknown(open('confirmed'), [call(callId, {})])).toBe(false);
    expect(isCallerUnknown(null, [call(otherCallId, { phase: 'offered' })])).toBe(false);
  });
});
