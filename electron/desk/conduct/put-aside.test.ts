/** A call that waits for its outcome beside the open one: what may be put aside, what stays with it, and whose its outcome is. */
import { describe, expect, it } from 'vitest';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import { draftSchema } from '../../../shared/contract/screens.ts';
import type { CallId, CommandId, CustomerId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { emptyDraft } from '../../../shared/testing/empty-draft.ts';
import { plainForm } from '../../../shared/testing/outcome-forms.ts';
import { sampleCase, sampleInvoice } from '../../../shared/testing/sample-case.ts';
import type { CallDesk } from '../../../tests/support/call-desk.ts';
import { openCallDesk } from '../../../tests/support/call-desk.ts';
import { putAsideCall } from '../commands/put-aside-call.ts';
import { recordOutcome } from '../commands/record-outcome.ts';
import { saveDraft } from '../commands/save-draft.ts';
import { startCall } from '../commands/start-call.ts';
import { takeUpCall } from '../commands/take-up-call.ts';
import { showCall } from '../queries/show-call.ts';
import { showCase } from '../queries/show-case.ts';
import { showGuard } from '../queries/show-guard.ts';
import { erasePerson } from '../store/erase-person.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { forgetTakenCases, takeCase } from '../store/taken-cases.ts';
import { writeTelephoneCall } from '../store/telephone-call-store.ts';
import { closeInterruptedCalls } from './end-call.ts';

const HOUR_MS = 3_600_000;
const basedOn = { caseRevision: 1, scriptVersion: null };
const locale = 'it' as const;

interface Rig extends Omit<CallDesk, 'hold'> { hold: () => CaseEntity }

function openRig(): Rig {
  const desk = openCallDesk();
  return { ...desk, hold: () => desk.hold(sampleCase([sampleInvoice('F-1', 20, 10_000)], { customerId: newId<CustomerId>() })) };
}

const commandId = (): CommandId => newId<CommandId>();
const numberOf = (entity: CaseEntity) => entity.numbers[0]?.numberId ?? null;
const start = ({ session }: Rig, entity: CaseEntity, direction: 'outbound' | 'inbound' = 'outbound'): ReturnType<typeof startCall> =>
  startCall(session, { commandId: commandId(), caseId: entity.caseId, direction, pointId: numberOf(entity), locale, basedOn, line: 'by-hand', callId: null });
const putAside = ({ session }: Rig, callId: CallId): ReturnType<typeof putAsideCall> => putAsideCall(session, { commandId: commandId(), callId, locale });
const takeUp = ({ session }: Rig, callId: CallId): ReturnType<typeof takeUpCall> => takeUpCall(session, { commandId: commandId(), callId, locale });
const record = ({ session }: Rig, entity: CaseEntity): ReturnType<typeof recordOutcome> =>
  recordOutcome(session, { commandId: commandId(), caseId: entity.caseId, locale, basedOn, form: plainForm('NA', { channel: 'phone-outbound', numberId: numberOf(entity) }), goesOn: false });
const codeOf = (result: Result<unknown>): unknown => (result.ok ? 'done' : result.error.code === 'contact-blocked' ? result.error.details['code'] : result.error.code);
const valueOf = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.details)}`);
  return result.value;
};
const shown = ({ session }: Rig): ReturnType<typeof showCall> => showCall(session, { locale });
const facts = ({ session }: Rig, entity: CaseEntity): { type: string; callId: string | null; policy: string | null }[] => session.db
  .prepare<[string], { type: string; callId: string | null; policy: string | null }>("SELECT type, call_id AS callId, json_extract(header, '$.basedOn.policyVersion') AS policy FROM facts WHERE case_id = ? ORDER BY seq").all(entity.caseId);

/** A call that was begun, as the line has it. */
function onLine(rig: Rig, entity: CaseEntity, hasEnded: boolean): CallScreen {
  const { call } = valueOf(start(rig, entity));
  writeTelephoneCall(rig.session.db, {
    callId: call.callId, caseId: entity.caseId, customerId: entity.customerId, begunAtMs: rig.clock.at, endedAtMs: hasEnded ? rig.clock.at : null, direction: 'outbound', isInternal: false,
    permitFactId: null, policyVersion: null, basedOn, caller: null, lastNumber: 1, rangAtMs: rig.clock.at, answeredAtMs: null, isSoundLost: false, state: null, transferTo: null,
    end: hasEnded ? { cause: 'no-answer', by: 'network', sipStatus: null, q850: null } : null, waiting: [], isTold: true,
  });
  return call;
}

describe('putting aside', () => {
  it('takes a call whose line has ended; not one that is talked on, nor one by hand, of which nobody knows', () => {
    const rig = openRig();
    const byHand = rig.hold();
    const { call } = valueOf(start(rig, byHand));
    expect(codeOf(putAside(rig, call.callId))).toBe('call-by-hand');
    valueOf(record(rig, byHand));
    const talking = onLine(rig, rig.hold(), false);
    expect(codeOf(putAside(rig, talking.callId))).toBe('call-still-talking');
    expect(codeOf(putAside(rig, newId<CallId>()))).toBe('call-not-open');
    expect(shown(rig)).toMatchObject({ call: { callId: talking.callId }, waiting: [] });
  });

  it('leaves room for the next call, and what was typed and where it stood with the one that waits', () => {
    const rig = openRig();
    const entity = rig.hold();
    const call = onLine(rig, entity, true);
    const before = shown(rig).call;
    const draft = draftSchema.parse({ ...emptyDraft, code: 'PTP', note: 'ha detto che paga' });
    saveDraft(rig.session, { commandId: commandId(), caseId: entity.caseId, draft });
    rig.clock.at += 60_000;
    valueOf(putAside(rig, call.callId));
    expect(shown(rig)).toEqual({ call: null, waiting: [{ callId: call.callId, caseId: entity.caseId, sinceMs: rig.clock.at }] });
    const next = rig.hold();
    valueOf(start(rig, next));
    expect(codeOf(takeUp(rig, call.callId))).toBe('call-open');
    valueOf(record(rig, next));
    expect(valueOf(takeUp(rig, call.callId)).call).toEqual(before);
    expect(valueOf(showCase(rig.session, { caseId: entity.caseId })).draft).toMatchObject({ code: 'PTP', note: 'ha detto che paga' });
    expect(shown(rig).waiting).toEqual([]);
  });

  it('keeps three, and asks for an outcome before the fourth', () => {
    const rig = openRig();
    const waiting = [rig.hold(), rig.hold(), rig.hold()];
    for (const entity of waiting) valueOf(putAside(rig, onLine(rig, entity, true).callId));
    const fourth = onLine(rig, rig.hold(), true);
    expect(codeOf(putAside(rig, fourth.callId))).toBe('too-many-waiting');
    valueOf(record(rig, waiting[1] ?? rig.hold()));
    valueOf(putAside(rig, fourth.callId));
    expect(shown(rig).waiting).toHaveLength(3);
  });

  it('happens once, however often it is asked', () => {
    const rig = openRig();
    const { callId } = onLine(rig, rig.hold(), true);
    const same = commandId();
    valueOf(putAsideCall(rig.session, { commandId: same, callId, locale }));
    valueOf(takeUp(rig, callId));
    valueOf(putAsideCall(rig.session, { commandId: same, callId, locale }));
    expect(shown(rig).call?.callId).toBe(callId);
  });
});

describe('the outcome of a call that waited', () => {
  it.each(['taken up', 'told where it lies'])('is that of the same contact, permit and policy: %s', (how) => {
    const rig = openRig();
    const entity = rig.hold();
    const { callId } = onLine(rig, entity, true);
    const [permit] = facts(rig, entity);
    valueOf(putAside(rig, callId));
    rig.clock.at += HOUR_MS;
    if (how === 'taken up') valueOf(takeUp(rig, callId));
    else valueOf(start(rig, rig.hold()));
    valueOf(record(rig, entity));
    const told = facts(rig, entity);
    expect(told.map(({ type }) => type)).toEqual(['contact-permitted', 'call-started', 'script-followed', 'outcome-recorded']);
    expect(new Set(told.map((fact) => `${String(fact.callId)} ${String(fact.policy)}`))).toEqual(new Set([`${callId} ${String(permit?.policy)}`]));
    expect(shown(rig).waiting).toEqual([]);
    // Another call's script and its own are not touched.
    if (how !== 'taken up') expect(shown(rig).call?.walk).not.toBeNull();
  });
});

describe('while it waits', () => {
  it('its case is not rung from here, and says why; a call of the customer’s is told after its outcome', () => {
    const rig = openRig();
    const entity = rig.hold();
    valueOf(putAside(rig, onLine(rig, entity, true).callId));
    rig.clock.at += 200 * HOUR_MS;
    for (const direction of ['outbound', 'inbound'] as const) expect(codeOf(start(rig, entity, direction))).toBe('call-waits');
    writeLease(rig.session.db, { askedAtMs: rig.clock.at, endsAtMs: rig.clock.at + HOUR_MS }, rig.clock.at);
    leaseOf(rig.session.db).reload();
    const guard = valueOf(showGuard(rig.session, { caseId: entity.caseId, locale }));
    expect(guard.points.filter(({ channel }) => channel === 'phone-outbound').map(({ code }) => code)).toContain('call-waits');
  });

  it('it stays when the case goes to somebody else, goes when the person is erased, and ends with the shift', () => {
    const rig = openRig();
    const taken = rig.hold();
    const erased = rig.hold();
    const [first, second] = [taken, erased].map((entity) => {
      const { callId } = onLine(rig, entity, true);
      valueOf(putAside(rig, callId));
      return callId;
    });
    takeCase(rig.session.db, taken.caseId, rig.clock.at);
    forgetTakenCases(rig.session.db, rig.clock.at + 100 * HOUR_MS);
    expect(valueOf(takeUp(rig, first ?? newId<CallId>())).call.caseId).toBe(taken.caseId);
    valueOf(putAside(rig, first ?? newId<CallId>()));
    erasePerson(rig.session.db, { customerId: erased.customerId, caseIds: [erased.caseId] });
    expect(shown(rig).waiting.map(({ callId }) => callId)).toEqual([first]);
    expect(codeOf(takeUp(rig, second ?? newId<CallId>()))).toBe('call-not-open');
    closeInterruptedCalls(rig.session);
    expect(shown(rig).waiting).toHaveLength(1);
    rig.clock.at += 13 * HOUR_MS;
    closeInterruptedCalls(rig.session);
    expect(shown(rig).waiting).toEqual([]);
    expect(facts(rig, taken).map(({ type }) => type)).not.toContain('outcome-recorded');
  });
});
