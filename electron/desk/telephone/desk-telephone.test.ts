/** The desk's end of the telephone on a real store: permits to main, what main tells made facts once, calls that were lost. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { DeskToMainTelephone, MainToDeskTelephone } from '../../../shared/contract/telephone-host-protocol.ts';
import { draftSchema } from '../../../shared/contract/screens.ts';
import type { CallId, CommandId, DeviceId, HubId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import type { OwnTelephone } from '../../../shared/protocol/telephone-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { CallEnd } from '../../../shared/telephone/call-end.ts';
import type { CallState, CallStep } from '../../../shared/telephone/call-state.ts';
import { newCallState, nextCallState } from '../../../shared/telephone/call-state.ts';
import type { TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import { plainForm } from '../../../shared/testing/outcome-forms.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../../shared/testing/sample-case.ts';
import { instantOf } from '../../../shared/time.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { cancelCall } from '../commands/cancel-call.ts';
import { dialExtension } from '../commands/dial-extension.ts';
import { recordOutcome } from '../commands/record-outcome.ts';
import { startCall } from '../commands/start-call.ts';
import { transferCall } from '../commands/transfer-call.ts';
import { Callers } from '../inbound/callers.ts';
import { CaseBook } from '../projections/case-book.ts';
import { placeHeld } from '../projections/case-list.ts';
import { showCall } from '../queries/show-call.ts';
import { showTelephone } from '../queries/show-telephone.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { openStore } from '../store/database.ts';
import { writeDraft, readDraft } from '../store/draft-store.ts';
import { upsertEntity } from '../store/entity-store.ts';
import { erasePerson } from '../store/erase-person.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { writeMeta } from '../store/meta.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';
import { DeskTelephone } from './desk-telephone.ts';

const zone = 'Europe/Rome';
const HOUR_MS = 3_600_000;
/** A Friday. */
const noon = instantOf(sampleToday, '12:00', zone);
const basedOn = { caseRevision: 1, scriptVersion: null };
const locale = 'it' as const;

interface StoredFact { type: string; version: number; callId: string | null; caseId: string | null; at: number; body: Record<string, unknown> }

function openRig(hasAccount = true) {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db } = opened.value;
  onTestFinished(() => void db.close());
  writeMeta(db, 'deviceId', newId<DeviceId>());
  const clock = { at: noon, nowMs: () => clock.at };
  writeLease(db, { askedAtMs: noon, endsAtMs: noon + 100 * HOUR_MS }, noon);
  leaseOf(db).reload();
  const user = { userId: newId<UserId>(), username: 'carla', displayName: 'Carla Settefontane', role: 'collector' as const };
  const entity: CaseEntity = sampleCase([sampleInvoice('F-1', 20, 10_000)]);
  for (const tone of ['courtesy', 'reminder', 'recovery']) {
    upsertEntity(db, { kind: 'certificate', id: `c:${tone}`, revision: 1, body: { userId: user.userId, tone, level: 'full', since: '2026-01-01', until: null } });
  }
  const own: OwnTelephone = {
    account: { server: 'wss://pbx.example.it/ws', domain: 'pbx.example.it', user: '201', authenticationUser: null, password: 'segreto', privateAuthority: null, tones: 'sound', ringForMs: 60_000 },
    reason: null, callerIds: [{ creditorId: entity.creditorId, number: '+390971000999' }],
  };
  if (hasAccount) writeMeta(db, 'telephone', JSON.stringify(own));
  const toMain: DeskToMainTelephone[] = [];
  const pushes = { count: 0 };
  const begin = (): { session: Session; telephone: DeskTelephone } => {
    const telephone = new DeskTelephone((message) => toMain.push(message));
    const session = {
      user, hubId: newId<HubId>(), folder: temporaryFolder(), db, encrypted: true, book: new CaseBook(db), clock, siteZone: zone, agencyName: 'Premura', notify: () => undefined,
      sync: { wake: () => { pushes.count += 1; }, ask: () => Promise.resolve(ok(own)) }, telephone, callers: new Callers(),
    } as unknown as Session;
    telephone.begin(session);
    return { session, telephone };
  };
  const first = begin();
  upsertEntity(db, { kind: 'case', id: entity.caseId, revision: 1, body: entity });
  db.transaction(() => { placeHeld(db, entity, viewContext(first.session), true); }).immediate();
  return {
    ...first, db, clock, user, entity, own, toMain, pushes, begin,
    facts: (): StoredFact[] => db.prepare<[], { header: string; body: string }>('SELECT header, body FROM facts ORDER BY seq').all().map((row) => {
      const { type, version, callId, caseId, at } = JSON.parse(row.header) as StoredFact;
      return { type, version, callId: callId ?? null, caseId: caseId ?? null, at, body: JSON.parse(row.body) as Record<string, unknown> };
    }),
  };
}

type Rig = ReturnType<typeof openRig>;

const typesOf = (rig: Rig): string[] => rig.facts().map(({ type, body }) => (type === 'call-moved' ? `moved ${String(body['move'])}` : type));

function start(rig: Rig, more: Partial<Parameters<typeof startCall>[1]> = {}): ReturnType<typeof startCall> {
  const pointId = rig.entity.numbers[0]?.numberId ?? null;
  return startCall(rig.session, { commandId: newId<CommandId>(), caseId: rig.entity.caseId, direction: 'outbound', pointId, locale, basedOn, line: 'softphone', callId: null, ...more });
}

function started(rig: Rig, more: Partial<Parameters<typeof startCall>[1]> = {}): CallId {
  const begun = start(rig, more);
  if (!begun.ok) throw new Error(`${begun.error.code} ${JSON.stringify(begun.error.details)}`);
  return begun.value.call.callId;
}

/** The softphone's stream about one call, numbered like its. */
function telling(rig: Rig, callId: CallId, direction: CallState['direction'], firstNumber = 1) {
  let number = firstNumber - 1;
  let state = newCallState(direction);
  const events: TelephoneEvent[] = [];
  const add = (event: Record<string, unknown>): TelephoneEvent => {
    number += 1;
    const told = { number, atMs: rig.clock.at, callId, ...event } as TelephoneEvent;
    events.push(told);
    return told;
  };
  add({ kind: 'call-begun', caller: { number: '+393331112223', name: 'Mario' }, state, waiting: false });
  return {
    events,
    step: (step: CallStep, afterMs = 1_000): void => {
      rig.clock.at += afterMs;
      state = nextCallState(state, step);
      add({ kind: 'call-stepped', step, state });
    },
    quality: (): void => { add({ kind: 'call-quality', figures: { lossPercent: 1.26, jitterMs: 8.4, roundTripMs: 41.6 }, mos: 4.1 }); },
  };
}

const end = (cause: CallEnd['cause'], by: CallEnd['by'] = 'them', sipStatus: number | null = null): CallStep => ({ kind: 'ended', end: { cause, by, sipStatus, q850: null } });
const tell = (rig: Rig, events: TelephoneEvent[], telephone = rig.telephone, ownerId = rig.user.userId): void => { telephone.receive({ type: 'telephone-events', ownerId, events }); };
/** What waits is on the disk afterwards. */
const retryNow = (rig: Rig): void => { rig.telephone.commitTold(); };
const hello = (rig: Rig, parts: Partial<Extract<MainToDeskTelephone, { type: 'telephone-hello' }>>): MainToDeskTelephone => ({ type: 'telephone-hello', ownerId: rig.user.userId, sinceMs: noon, callIds: [], recordingIds: [], ...parts });

describe('dialling', () => {
  it('gives main one permit, after the commit, for the number, with the creditor’s own; the page gets none', () => {
    const rig = openRig();
    const commandId = newId<CommandId>();
    expect(rig.toMain).toEqual([{ type: 'telephone-account', ownerId: rig.user.userId, account: rig.own.account }]);
    const callId = started(rig, { commandId });
    expect(typesOf(rig)).toEqual(['contact-permitted', 'call-started']);
    expect(rig.facts()[1]?.body).toMatchObject({ by: 'softphone', direction: 'outbound' });
    const number = rig.entity.numbers[0]?.e164;
    expect(rig.toMain.slice(1)).toEqual([{ type: 'telephone-dial', ownerId: rig.user.userId, permit: { callId, number, expiresAtMs: noon + 10_000 }, callerNumber: '+390971000999' }]);
    const again = start(rig, { commandId });
    expect(again).toMatchObject({ ok: true, value: { call: { callId, telephone: { shown: 'dialling', ended: null } } } });
    expect(JSON.stringify(again)).not.toMatch(/expiresAt|segreto/);
    expect(rig.toMain).toHaveLength(2);
    expect(typesOf(rig)).toHaveLength(2);
  });

  it('gives none where there is no account, no number, or the rules refuse: nothing is committed', () => {
    const codes = (rig: Rig, more = {}): unknown => {
      const refused = start(rig, more);
      return [refused.ok ? 'allowed' : refused.error.code, rig.facts().length, rig.toMain.filter(({ type }) => type === 'telephone-dial').length];
    };
    expect(codes(openRig(false))).toEqual(['no-telephone-account', 0, 0]);
    expect(codes(openRig(), { pointId: null })).toEqual(['number-missing', 0, 0]);
    const late = openRig();
    late.clock.at = instantOf(sampleToday, '22:00', zone);
    expect(codes(late)).toEqual(['contact-blocked', 0, 0]);
  });

  it('takes the attempt back where main could not dial, and not once it did', () => {
    const rig = openRig();
    const callId = started(rig);
    rig.telephone.receive({ type: 'telephone-not-dialled', ownerId: rig.user.userId, callId, code: 'telephone-line-lost' });
    expect(rig.facts().at(-1)).toMatchObject({ type: 'call-ended', version: 2, callId, body: { cause: 'not-made' } });
    expect(showTelephone(rig.session)).toMatchObject({ notDialled: { callId, code: 'telephone-line-lost' } });
    const next = started(rig);
    const line = telling(rig, next, 'outbound');
    tell(rig, line.events);
    rig.telephone.receive({ type: 'telephone-not-dialled', ownerId: rig.user.userId, callId: next, code: 'telephone-not-dialled' });
    expect(showCall(rig.session, { locale }).call?.callId).toBe(next);
  });

  it('cannot be called off while main may dial', () => {
    const rig = openRig();
    const callId = started(rig);
    const cancel = (): unknown => {
      const done = cancelCall(rig.session, { commandId: newId<CommandId>(), callId, locale });
      return done.ok ? 'cancelled' : done.error.code;
    };
    expect(cancel()).toBe('call-on-line');
    rig.clock.at += 10_000;
    expect(cancel()).toBe('cancelled');
  });
});

describe('the account', () => {
  const other = { account: null, reason: null, callerIds: [] };
  /** A hub whose answers are given one by one. `asked`: resolves with the next question. */
  const openHub = (rig: Rig) => {
    const questions: ((answer: Result<OwnTelephone>) => void)[] = [];
    const waits: ((count: number) => void)[] = [];
    const ask = (): Promise<Result<OwnTelephone>> => new Promise((resolve) => {
      questions.push(resolve);
      waits.shift()?.(questions.length);
    });
    Object.assign(rig.session.sync, { ask });
    return { questions, asked: () => new Promise<number>((resolve) => { waits.push(resolve); }) };
  };

  it('is asked for again where the line came back while the question failed with it', async () => {
    const rig = openRig();
    const { questions, asked } = openHub(rig);
    for (const network of ['online', 'offline', 'online'] as const) rig.telephone.networkIs(network);
    expect(questions).toHaveLength(1);
    const again = asked();
    questions[0]?.(fail('hub-unreachable', 'error.hubUnreachable', {}, true));
    expect(await again).toBe(2);
    questions[1]?.(ok(other));
    await new Promise(setImmediate);
    expect([rig.telephone.own(), rig.toMain.at(-1), questions.length]).toEqual([other, { type: 'telephone-account', ownerId: rig.user.userId, account: null }, 2]);
  });

  it('is not asked for while the line is gone, nor of a session that is over', async () => {
    const rig = openRig();
    const { questions, asked } = openHub(rig);
    for (const network of ['online', 'offline', 'online', 'offline'] as const) rig.telephone.networkIs(network);
    questions[0]?.(fail('hub-unreachable', 'error.hubUnreachable', {}, true));
    await new Promise(setImmediate);
    expect(questions).toHaveLength(1);
    const again = asked();
    rig.telephone.networkIs('online');
    expect(await again).toBe(2);
    for (const network of ['offline', 'online'] as const) rig.telephone.networkIs(network);
    rig.telephone.end();
    questions[1]?.(ok(other));
    await new Promise(setImmediate);
    expect([rig.telephone.own(), questions.length]).toEqual([rig.own, 2]);
  });
});

describe('what the softphone tells', () => {
  it('is committed once, in order, at the moments at which it was, and acknowledged after; whoever tells it again changes nothing', () => {
    const rig = openRig();
    const callId = started(rig);
    const line = telling(rig, callId, 'outbound', 5);
    line.step({ kind: 'rings' });
    line.step({ kind: 'connected' }, 4_000);
    line.step({ kind: 'muted', muted: true });
    line.step({ kind: 'held', by: 'us', held: true });
    line.step({ kind: 'held', by: 'us', held: false });
    line.step({ kind: 'sound', there: true });
    line.step(end('hung-up'), 60_000);
    line.quality();
    // The desk was away meanwhile; half of it comes twice.
    rig.clock.at += HOUR_MS;
    tell(rig, line.events.slice(0, 4));
    tell(rig, line.events);
    tell(rig, line.events);
    expect(rig.toMain.slice(2)).toEqual([8, 13, 13].map((upTo) => ({ type: 'telephone-committed', ownerId: rig.user.userId, upTo })));
    expect(typesOf(rig).slice(2)).toEqual(['moved ringing', 'moved answered', 'moved held', 'moved resumed', 'call-ended', 'moved measured']);
    const told = rig.facts().slice(2);
    const permit = rig.db.prepare<[], { id: string }>("SELECT id FROM facts WHERE type = 'contact-permitted'").get()?.id;
    expect(new Set(told.map((fact) => `${String(fact.callId)} ${String(fact.caseId)} ${String(fact.body['permitFactId'])}`))).toEqual(new Set([`${callId} ${rig.entity.caseId} ${String(permit)}`]));
    expect(told.map(({ at }) => at - noon)).toEqual([1_000, 5_000, 7_000, 8_000, 69_000, 69_000]);
    expect(told[4]?.body).toMatchObject({ cause: 'hung-up', by: 'them', ringSeconds: 4, talkSeconds: 64, isDropped: false, number: 12 });
    expect(told[5]?.body['quality']).toEqual({ lossPermille: 13, jitterMs: 8, roundTripMs: 42, mosHundredths: expect.any(Number) as number });
    expect(showCall(rig.session, { locale }).call?.telephone).toMatchObject({ shown: 'ended', ended: { cause: 'hung-up', talkSeconds: 64, suggestCode: null } });
  });

  it.each([
    ['LB', [end('busy', 'them', 486)]], ['DC', [end('no-such-number', 'network', 404)]], ['NA', [{ kind: 'rings' }, end('no-answer', 'network', 480)]],
    ['HU', [{ kind: 'connected' }, end('hung-up', 'them')]], ['DRP', [{ kind: 'connected' }, end('dropped', 'network')]],
    ['DRP', [{ kind: 'connected' }, end('line-failed', 'network')]], [null, [{ kind: 'connected' }, end('hung-up', 'us')]],
  ] as [string | null, CallStep[]][])('suggests %s for its end', (code, steps) => {
    const rig = openRig();
    const line = telling(rig, started(rig), 'outbound');
    for (const step of steps) line.step(step);
    tell(rig, line.events);
    expect(showCall(rig.session, { locale }).call?.telephone?.ended).toMatchObject({ suggestCode: code, isDropped: code === 'DRP' });
  });

  it('a line that dropped is taken up again within a quarter of an hour, and not later', () => {
    for (const [minutes, expected] of [[14, 'allowed'], [16, 'contact-blocked']] as const) {
      const rig = openRig();
      const line = telling(rig, started(rig), 'outbound');
      line.step({ kind: 'connected' });
      line.step(end('dropped', 'network'), 20_000);
      tell(rig, line.events);
      expect(showCall(rig.session, { locale }).call?.telephone?.ended?.resumeUntilMs).toBe(rig.clock.at + 15 * 60_000);
      const saved = recordOutcome(rig.session, {
        goesOn: false, commandId: newId<CommandId>(), caseId: rig.entity.caseId, locale, basedOn, form: plainForm('DRP', { channel: 'phone-outbound', numberId: rig.entity.numbers[0]?.numberId ?? null }),
      });
      expect(saved.ok).toBe(true);
      rig.clock.at += minutes * 60_000;
      const again = start(rig);
      expect([minutes, again.ok ? 'allowed' : again.error.code]).toEqual([minutes, expected]);
    }
  });

  it('frees the desk where the line was not there: nothing rang', () => {
    const rig = openRig();
    const line = telling(rig, started(rig), 'outbound');
    line.step(end('line-failed', 'network'));
    tell(rig, line.events);
    expect(showCall(rig.session, { locale }).call).toBeNull();
    expect(start(rig).ok).toBe(true);
  });

  it('of another operator waits in main: nothing is committed or acknowledged', () => {
    const rig = openRig();
    tell(rig, telling(rig, newId<CallId>(), 'inbound').events, rig.telephone, newId<UserId>());
    expect([rig.facts(), rig.toMain.length, showTelephone(rig.session).calls]).toEqual([[], 1, []]);
  });

  it('is kept while the disk takes nothing, and acknowledged when it does', () => {
    const rig = openRig();
    const line = telling(rig, started(rig), 'outbound');
    line.step({ kind: 'rings' });
    rig.db.pragma('query_only = 1');
    tell(rig, line.events);
    expect([typesOf(rig).length, showTelephone(rig.session).unsavedCount, rig.toMain.length]).toEqual([2, 2, 2]);
    rig.db.pragma('query_only = 0');
    rig.telephone.retry();
    expect([typesOf(rig).at(-1), showTelephone(rig.session).unsavedCount, rig.toMain.at(-1)]).toEqual(['moved ringing', 0, { type: 'telephone-committed', ownerId: rig.user.userId, upTo: 2 }]);
  });
});

describe('a call that came in', () => {
  it('belongs to nobody until it is said whose it is; then all of it is that case’s', () => {
    const rig = openRig();
    const callId = newId<CallId>();
    const line = telling(rig, callId, 'inbound');
    line.step({ kind: 'connected' }, 3_000);
    tell(rig, line.events);
    expect(rig.facts()).toEqual([]);
    expect(showTelephone(rig.session).calls).toMatchObject([{ callId, number: '+393331112223', name: 'Mario', isMissed: false }]);
    rig.clock.at += 20_000;
    expect(started(rig, { direction: 'inbound', callId })).toBe(callId);
    line.step(end('hung-up', 'them'), 60_000);
    tell(rig, line.events);
    expect(typesOf(rig)).toEqual(['call-started', 'moved answered', 'call-ended']);
    expect(rig.facts().map(({ at, caseId }) => [at - noon, caseId])).toEqual([0, 3_000, 83_000].map((at) => [at, rig.entity.caseId]));
    expect(showTelephone(rig.session).calls).toEqual([]);
    const again = start(rig, { direction: 'inbound', callId });
    expect(again.ok ? 'claimed twice' : again.error.code).toBe('call-open');
  });

  // The control beside it: the caller gave up.
  it.each([['cancelled', false], ['missed', true]] as const)('and ended as %s is somebody’s to call back: %s', (cause, isOwed) => {
    const rig = openRig();
    const ring = telling(rig, newId<CallId>(), 'inbound');
    ring.step(end(cause), 9_000);
    tell(rig, ring.events);
    expect(rig.facts().map(({ type }) => type)).toEqual(['call-started', 'call-ended', ...(isOwed ? ['contact-noted'] : [])]);
    expect(showTelephone(rig.session).calls.map(({ isMissed }) => isMissed)).toEqual(isOwed ? [true] : []);
  });

  it('and was missed leaves at once, though it is of no case: colleagues wait for it', async () => {
    const rig = openRig();
    const missed = telling(rig, newId<CallId>(), 'inbound');
    tell(rig, missed.events);
    await new Promise((resolve) => { setImmediate(resolve); });
    expect(rig.pushes.count).toBe(0);
    missed.step(end('missed', 'them'), 9_000);
    tell(rig, missed.events);
    await new Promise((resolve) => { setImmediate(resolve); });
    expect(rig.pushes.count).toBe(1);
  });

  it('and was missed is missed, and told at once; one that nobody claimed is told when the next session begins', () => {
    const rig = openRig();
    const missed = telling(rig, newId<CallId>(), 'inbound');
    missed.step(end('missed', 'them'), 9_000);
    tell(rig, missed.events);
    expect(rig.facts().map(({ type, caseId }) => [type, caseId])).toEqual([['call-started', null], ['call-ended', null], ['contact-noted', null]]);
    expect(rig.facts().at(-2)?.body).toMatchObject({ cause: 'missed', talkSeconds: null });
    expect(rig.facts().at(-1)?.body).toMatchObject({ channel: 'missed-call', who: '+393331112223', reachedCaseId: null });
    // Told again it is neither missed nor noted again.
    tell(rig, missed.events);
    const talked = telling(rig, newId<CallId>(), 'inbound', 20);
    talked.step({ kind: 'connected' });
    talked.step(end('hung-up', 'us'));
    tell(rig, talked.events);
    expect(rig.facts()).toHaveLength(3);
    expect(showTelephone(rig.session).calls.map(({ isMissed }) => isMissed).toSorted()).toEqual([false, true]);
    const next = rig.begin();
    expect(typesOf(rig).slice(3)).toEqual(['call-started', 'moved answered', 'call-ended']);
    tell(rig, talked.events, next.telephone);
    expect(rig.facts()).toHaveLength(6);
  });
});

describe('after the desk or main fell', () => {
  const begunAgain = (rig: Rig): { session: Session; telephone: DeskTelephone } => {
    rig.toMain.length = 0;
    return rig.begin();
  };

  it('a call that main never heard of was not made, and another may begin', () => {
    const rig = openRig();
    started(rig);
    const next = begunAgain(rig);
    next.telephone.receive(hello(rig, {}));
    expect(rig.facts().at(-1)?.body).toMatchObject({ cause: 'not-made' });
    expect(showCall(next.session, { locale }).call).toBeNull();
    expect(startCall(next.session, { commandId: newId<CommandId>(), caseId: rig.entity.caseId, direction: 'outbound', pointId: rig.entity.numbers[0]?.numberId ?? null, locale, basedOn, line: 'softphone', callId: null }).ok).toBe(true);
  });

  it('one that lives in main goes on, and what was told meanwhile is committed once', () => {
    const rig = openRig();
    const callId = started(rig);
    const line = telling(rig, callId, 'outbound');
    line.step({ kind: 'rings' });
    tell(rig, line.events);
    const next = begunAgain(rig);
    line.step({ kind: 'connected' });
    next.telephone.receive(hello(rig, { callIds: [callId] }));
    tell(rig, line.events, next.telephone);
    expect(typesOf(rig).slice(2)).toEqual(['moved ringing', 'moved answered']);
    expect(showCall(next.session, { locale }).call?.telephone).toMatchObject({ shown: 'talking', ended: null });
  });

  it('one that went down with main was interrupted: its outcome is asked for, its draft is there', () => {
    const rig = openRig();
    const callId = started(rig);
    const line = telling(rig, callId, 'outbound');
    line.step({ kind: 'connected' });
    tell(rig, line.events);
    const draft = draftSchema.parse({ code: 'PTP', amountText: '12,', dateText: '', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', note: 'stava dic', scriptStepId: '' });
    writeDraft(rig.db, rig.entity.caseId, draft, rig.clock.at);
    const next = begunAgain(rig);
    rig.clock.at += 60_000;
    next.telephone.receive(hello(rig, { sinceMs: rig.clock.at - 1_000 }));
    expect(rig.facts().at(-1)?.body).toMatchObject({ cause: 'interrupted', isDropped: true, number: null });
    expect(showCall(next.session, { locale }).call?.telephone?.ended).toMatchObject({ cause: 'interrupted', suggestCode: 'DRP' });
    expect(readDraft(rig.db, rig.entity.caseId)).toMatchObject({ note: 'stava dic' });
    // Only the first hello judges, and only the call that was open then.
    next.telephone.receive(hello(rig, { sinceMs: rig.clock.at }));
    expect(typesOf(rig).filter((type) => type === 'call-ended')).toHaveLength(1);
  });

  it('a ring that went down with main is missed, and a task; one that was answered waits for its case', () => {
    const rig = openRig();
    const ring = telling(rig, newId<CallId>(), 'inbound');
    const talk = telling(rig, newId<CallId>(), 'inbound', 20);
    talk.step({ kind: 'connected' });
    tell(rig, [...ring.events, ...talk.events]);
    retryNow(rig);
    expect(rig.facts()).toEqual([]);
    const next = begunAgain(rig);
    rig.clock.at += 60_000;
    next.telephone.receive(hello(rig, { sinceMs: rig.clock.at - 1_000 }));
    expect(rig.facts().map(({ type, body }) => [type, body['cause'] ?? body['channel'] ?? null])).toEqual([['call-started', null], ['call-ended', 'interrupted'], ['contact-noted', 'missed-call']]);
    expect(showTelephone(next.session).calls.map(({ isMissed, answeredAtMs, endedAtMs }) => [isMissed, answeredAtMs !== null, endedAtMs])).toEqual([[true, false, rig.clock.at], [false, true, rig.clock.at]]);
    // Told again by nobody; the one that was answered is told when the next session begins.
    rig.begin().telephone.receive(hello(rig, { sinceMs: rig.clock.at }));
    expect(typesOf(rig).slice(3)).toEqual(['call-started', 'moved answered', 'call-ended']);
  });

  it('a ring that main still has rings on', () => {
    const rig = openRig();
    const callId = newId<CallId>();
    const ring = telling(rig, callId, 'inbound');
    tell(rig, ring.events);
    retryNow(rig);
    const next = begunAgain(rig);
    next.telephone.receive(hello(rig, { callIds: [callId] }));
    expect(readTelephoneCall(rig.db, callId)).toMatchObject({ endedAtMs: null });
    expect(rig.facts()).toEqual([]);
  });

  it('one that began after the session is never taken for lost', () => {
    const rig = openRig();
    const callId = started(rig);
    rig.telephone.receive(hello(rig, {}));
    expect(showCall(rig.session, { locale }).call?.callId).toBe(callId);
  });
});

it('passes a call that stands to an extension, and to nobody else', () => {
  const rig = openRig();
  const callId = started(rig);
  const line = telling(rig, callId, 'outbound');
  const pass = (to: string): unknown => {
    const done = transferCall(rig.session, { commandId: newId<CommandId>(), callId, to, how: 'blind' });
    return done.ok ? 'passed' : done.error.code;
  };
  tell(rig, line.events);
  expect(pass('204')).toBe('telephone-call-not-so');
  line.step({ kind: 'connected' });
  tell(rig, line.events);
  for (const to of ['+393331112223', '3331112223', '112', '118']) expect([to, pass(to)]).toEqual([to, 'telephone-not-an-extension']);
  expect(pass('204')).toBe('passed');
  expect(rig.toMain.at(-1)).toMatchObject({ type: 'telephone-transfer', callId, how: 'blind', permit: { number: '204', expiresAtMs: rig.clock.at + 10_000 } });
  line.step({ kind: 'transfer-begun', how: 'blind' });
  line.step(end('transferred', 'us'));
  tell(rig, line.events);
  expect(rig.facts().at(-2)?.body).toMatchObject({ move: 'transfer-begun', how: 'blind', to: '204' });
});

it('sends a call that rings on to an extension, which is neither missed nor refused', async () => {
  const rig = openRig();
  const callId = newId<CallId>();
  const line = telling(rig, callId, 'inbound');
  const send = (to: string): unknown => {
    const done = transferCall(rig.session, { commandId: newId<CommandId>(), callId, to, how: 'redirect' });
    return done.ok ? 'sent' : done.error.code;
  };
  expect(send('204')).toBe('telephone-call-not-so');
  tell(rig, line.events);
  // A ring alone is committed behind the question who it is.
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(send('+393331112223')).toBe('telephone-not-an-extension');
  expect(send('204')).toBe('sent');
  expect(rig.toMain.at(-1)).toMatchObject({ type: 'telephone-transfer', callId, how: 'redirect', permit: { number: '204' } });
  line.step(end('transferred', 'us'));
  tell(rig, line.events);
  expect(showTelephone(rig.session).calls).toMatchObject([{ callId, isMissed: false, sentTo: '204' }]);
  expect(rig.facts().at(-1)?.body).toMatchObject({ cause: 'transferred' });
  expect(send('204')).toBe('telephone-call-not-so');
});

describe('a call to a colleague', () => {
  const dial = (rig: Rig, to: string, commandId = newId<CommandId>()): ReturnType<typeof dialExtension> => dialExtension(rig.session, { commandId, to });
  const codeOf = (dialled: ReturnType<typeof dialExtension>): string => (dialled.ok ? 'dialled' : dialled.error.code);

  it('has a permit of its own and leaves no fact, however it goes', () => {
    const rig = openRig();
    const commandId = newId<CommandId>();
    const dialled = dial(rig, '2 04', commandId);
    if (!dialled.ok) throw new Error(dialled.error.code);
    const { callId } = dialled.value;
    expect(rig.toMain.slice(1)).toEqual([{ type: 'telephone-dial', ownerId: rig.user.userId, permit: { callId, number: '204', expiresAtMs: noon + 10_000 }, callerNumber: null }]);
    expect(dial(rig, '204', commandId)).toEqual(dialled);
    expect(rig.toMain).toHaveLength(2);
    const line = telling(rig, callId, 'outbound');
    line.step({ kind: 'rings' });
    line.step({ kind: 'connected' });
    line.step(end('hung-up', 'them'));
    line.quality();
    tell(rig, line.events);
    expect(readTelephoneCall(rig.db, callId)).toMatchObject({ isInternal: true, caseId: null, endedAtMs: rig.clock.at, waiting: [] });
    expect([rig.facts(), showCall(rig.session, { locale }).call, showTelephone(rig.session).calls]).toEqual([[], null, []]);
    // Nor does the next session tell it, as it tells calls that nobody claimed.
    rig.begin();
    expect(rig.facts()).toEqual([]);
  });

  it('goes to extensions only, with an account, and to nobody while a customer is on the line', () => {
    const rig = openRig();
    for (const to of ['+393331112223', '0971000123', '112', '118']) expect([to, codeOf(dial(rig, to))]).toEqual([to, 'telephone-not-an-extension']);
    expect(codeOf(dial(rig, 'x'))).toBe('telephone-number-unreadable');
    expect(codeOf(dial(openRig(false), '204'))).toBe('no-telephone-account');
    const callId = started(rig);
    expect(codeOf(dial(rig, '204'))).toBe('call-open');
    const line = telling(rig, callId, 'outbound');
    line.step({ kind: 'connected' });
    tell(rig, line.events);
    expect(codeOf(dial(rig, '204'))).toBe('call-open');
    expect(rig.toMain.filter(({ type }) => type === 'telephone-dial')).toHaveLength(1);
    line.step(end('hung-up'));
    tell(rig, line.events);
    // The outcome waits: a colleague may be asked what to write.
    expect(codeOf(dial(rig, '204'))).toBe('dialled');
    expect(showCall(rig.session, { locale }).call?.callId).toBe(callId);
  });

  it('that main could not make is told, and nothing else', () => {
    const rig = openRig();
    const dialled = dial(rig, '204');
    if (!dialled.ok) throw new Error(dialled.error.code);
    rig.telephone.receive({ type: 'telephone-not-dialled', ownerId: rig.user.userId, callId: dialled.value.callId, code: 'telephone-no-line' });
    expect(showTelephone(rig.session).notDialled).toEqual({ callId: dialled.value.callId, code: 'telephone-no-line' });
    expect([rig.facts(), readTelephoneCall(rig.db, dialled.value.callId)?.endedAtMs]).toEqual([[], noon]);
  });
});

it('forgets an erased person’s calls, and what is told of them later', () => {
  const rig = openRig();
  const callId = started(rig);
  const line = telling(rig, callId, 'outbound');
  tell(rig, line.events);
  rig.db.transaction(() => erasePerson(rig.db, { customerId: rig.entity.customerId, caseIds: [rig.entity.caseId] })).immediate();
  expect(readTelephoneCall(rig.db, callId)).toBeNull();
  const before = rig.db.prepare('SELECT count(*) AS count FROM facts').get();
  line.step({ kind: 'connected' });
  tell(rig, line.events);
  expect(rig.db.prepare('SELECT count(*) AS count FROM facts').get()).toEqual(before);
  expect(readTelephoneCall(rig.db, callId)?.isInternal ?? true).toBe(true);
});
