/** Recording at the desk, on a real store: the locks, each with its control; pieces durable before they are acknowledged; no readable byte. */
import fs, { readFileSync, readdirSync, truncateSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openRecording } from '../../../hub/recordings/open-recording.ts';
import type { DeskToMainTelephone } from '../../../shared/contract/telephone-host-protocol.ts';
import { callRecordedBodySchema } from '../../../shared/facts/recording-bodies.ts';
import type { CallRecordedBody, RecordingEnd } from '../../../shared/facts/recording-bodies.ts';
import type { AttachmentId, CallId, CommandId, DeviceId, FactId, HubId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { standardConduct } from '../../../shared/protocol/conduct-protocol.ts';
import type { OwnTelephone } from '../../../shared/protocol/telephone-protocol.ts';
import { ok } from '../../../shared/result.ts';
import type { CallStep } from '../../../shared/telephone/call-state.ts';
import { newCallState, nextCallState } from '../../../shared/telephone/call-state.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../../shared/testing/sample-case.ts';
import { addDays, instantOf } from '../../../shared/time.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { blobsOf } from '../attachments/attachment-blobs.ts';
import { answerRecording } from '../commands/answer-recording.ts';
import { checkIdentity } from '../commands/check-identity.ts';
import { startCall } from '../commands/start-call.ts';
import { startRecording } from '../commands/start-recording.ts';
import { stopRecording } from '../commands/stop-recording.ts';
import { Callers } from '../inbound/callers.ts';
import { CaseBook } from '../projections/case-book.ts';
import { placeHeld } from '../projections/case-list.ts';
import { showCall } from '../queries/show-call.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { findHeldAttachment } from '../store/attachment-store.ts';
import { openStore } from '../store/database.ts';
import { upsertEntity } from '../store/entity-store.ts';
import { erasePerson } from '../store/erase-person.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { writeMeta } from '../store/meta.ts';
import { readRecording } from '../store/recording-store.ts';
import { DeskTelephone } from '../telephone/desk-telephone.ts';
import { recordingFolderOf } from './recording-folder.ts';

const zone = 'Europe/Rome';
const noon = instantOf(sampleToday, '12:00', zone);
const basedOn = { caseRevision: 1, scriptVersion: null };
const locale = 'it' as const;
const WORDS = 'Pagherò entro il venticinque novembre';

interface Given { mayRecord?: boolean; keepDays?: number; agreement?: object | null; practice?: boolean; byHand?: boolean; answered?: boolean; gate?: 'confirmed' | 'third-party' | null }

/** A call of a case under way, with everything that recording needs but the answer; `given` takes one thing away. */
function openRig(given: Given = {}) {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db } = opened.value;
  onTestFinished(() => void db.close());
  writeMeta(db, 'deviceId', newId<DeviceId>());
  const clock = { at: noon, nowMs: () => clock.at };
  writeLease(db, { askedAtMs: noon, endsAtMs: noon + 360_000_000 }, noon);
  leaseOf(db).reload();
  const user = { userId: newId<UserId>(), username: 'carla', displayName: 'Carla Settefontane', role: 'collector' as const };
  const entity = sampleCase([sampleInvoice('F-1', 20, 10_000)]);
  for (const tone of ['courtesy', 'reminder', 'recovery']) {
    upsertEntity(db, { kind: 'certificate', id: `c:${tone}`, revision: 1, body: { userId: user.userId, tone, level: 'full', since: '2026-01-01', until: null } });
  }
  const stricter = given.keepDays === undefined ? {} : { 'it-unirec': { recording: { keepDays: given.keepDays } } };
  upsertEntity(db, { kind: 'conduct', id: entity.creditorId, revision: 1, body: { ...standardConduct(entity.creditorId), version: 3, mayRecord: given.mayRecord ?? true, stricter } });
  const agreement = given.agreement === null ? null : {
    agreementId: 'agency', version: 2, recordedAt: 1, kind: 'works-agreement', scopes: ['recording'], signedOn: '2026-01-10', from: '2026-01-11', until: null,
    signatories: 'RSU e direzione', document: 'prot. 12/2026', withdrawn: null, ...given.agreement,
  };
  if (agreement !== null) upsertEntity(db, { kind: 'workers-agreement', id: 'agency', revision: 1, body: agreement });
  const own: OwnTelephone = {
    account: { server: 'wss://pbx.example.it/ws', domain: 'pbx.example.it', user: '201', authenticationUser: null, password: 'segreto', privateAuthority: null, tones: 'sound', ringForMs: 60_000 },
    reason: null, callerIds: [],
  };
  writeMeta(db, 'telephone', JSON.stringify(own));
  const toMain: DeskToMainTelephone[] = [];
  const waits = new Set<() => void>();
  const begin = (): { session: Session; telephone: DeskTelephone } => {
    const telephone = new DeskTelephone((message) => {
      toMain.push(message);
      for (const look of waits) look();
    }, given.practice ?? false);
    const session = {
      user, hubId: newId<HubId>(), folder: temporaryFolder(), db, encrypted: true, book: new CaseBook(db), clock, siteZone: zone, agencyName: 'Premura', telephone, callers: new Callers(),
      notify: () => { for (const look of waits) look(); }, sync: { wake: () => undefined, ask: () => Promise.resolve(ok(own)) },
    } as unknown as Session;
    telephone.begin(session);
    return { session, telephone };
  };
  const { session, telephone } = begin();
  upsertEntity(db, { kind: 'case', id: entity.caseId, revision: 1, body: entity });
  db.transaction(() => { placeHeld(db, entity, viewContext(session), true); }).immediate();
  const begun = startCall(session, {
    commandId: newId<CommandId>(), caseId: entity.caseId, direction: 'outbound', pointId: entity.numbers[0]?.numberId ?? null, locale, basedOn,
    line: given.byHand === true ? 'by-hand' : 'softphone', callId: null,
  });
  if (!begun.ok) throw new Error(begun.error.code);
  const { callId } = begun.value.call;
  const steps: CallStep[] = given.answered === false ? [{ kind: 'rings' }] : [{ kind: 'rings' }, { kind: 'connected' }];
  const state = newCallState('outbound');
  if (given.byHand !== true) {
    telephone.receive({ type: 'telephone-events', ownerId: user.userId, events: [{ kind: 'call-begun', callId, number: 1, atMs: clock.at, caller: { number: null, name: null }, state, waiting: false }] });
    steps.reduce((before, step, index) => {
      const next = nextCallState(before, step);
      telephone.receive({ type: 'telephone-events', ownerId: user.userId, events: [{ kind: 'call-stepped', callId, number: index + 2, atMs: clock.at, step, state: next }] });
      return next;
    }, state);
  }
  const gate = given.gate === undefined ? 'confirmed' : given.gate;
  if (gate !== null) identify(session, callId, gate);
  const until = (isSo: () => boolean): Promise<void> => new Promise((resolve) => {
    const look = (): void => {
      if (!isSo()) return;
      waits.delete(look);
      resolve();
    };
    waits.add(look);
    look();
  });
  return { session, telephone, db, clock, user, entity, callId, toMain, begin, until, ofRecording: () => toMain.filter(({ type }) => type.startsWith('telephone-record')) };
}

type Rig = ReturnType<typeof openRig>;

function identify(session: Session, callId: CallId, result: 'confirmed' | 'third-party'): void {
  const checked = checkIdentity(session, { commandId: newId<CommandId>(), callId, locale, result, method: result === 'confirmed' ? 'customer-code' : null, partyId: null });
  if (!checked.ok) throw new Error(checked.error.code);
}

const answer = ({ session, callId }: Rig, said: 'yes' | 'no', commandId = newId<CommandId>()): ReturnType<typeof answerRecording> =>
  answerRecording(session, { commandId, callId, locale, answer: said });
const startAgain = ({ session, callId }: Rig): ReturnType<typeof startRecording> => startRecording(session, { commandId: newId<CommandId>(), callId, locale });

/** Begins, and answers the recording's id as main hears it. */
function recording(rig: Rig): AttachmentId {
  expect(answer(rig, 'yes')).toMatchObject({ ok: true, value: { call: { recording: { lock: null, answer: 'yes', isRunning: true } } } });
  const order = rig.toMain.findLast((message) => message.type === 'telephone-record');
  if (order?.type !== 'telephone-record' || !order.on) throw new Error('main was told nothing');
  return order.recordingId;
}

function piece(rig: Rig, recordingId: AttachmentId, index: number, text: string, end: RecordingEnd | null = null, telephone = rig.telephone): void {
  rig.clock.at += 3_000;
  telephone.receive({
    type: 'telephone-recorded', ownerId: rig.user.userId, callId: rig.callId, recordingId, index, bytes: new TextEncoder().encode(text), startedAtMs: noon, atMs: rig.clock.at,
    pauses: [{ from: noon + 1_000, to: noon + 2_000 }], end,
  });
}

const committed = (rig: Rig, upTo: number): Promise<void> => rig.until(() => rig.toMain.some((message) => message.type === 'telephone-recorded-committed' && message.upTo === upTo));

function told(rig: Rig): { factId: FactId; body: CallRecordedBody }[] {
  return rig.db.prepare<[], { id: FactId; body: string }>("SELECT id, body FROM facts WHERE type = 'call-recorded' AND body IS NOT NULL").all()
    .map(({ id, body }) => ({ factId: id, body: callRecordedBodySchema.parse(JSON.parse(body)) }));
}

/** What the hub would open of the fact's file. */
async function heard(rig: Rig, { factId, body }: ReturnType<typeof told>[number]): Promise<string | null> {
  const held = findHeldAttachment(rig.db, factId);
  const bytes = held === null ? null : await blobsOf(rig.db).read(held, 0);
  return bytes === null || typeof bytes === 'string' ? null : openRecording(body, bytes)?.toString() ?? null;
}

describe('the lock', () => {
  it('is open where everything stands: main is told once, after the yes, whatever is repeated (the control of what follows)', () => {
    const rig = openRig();
    expect(rig.ofRecording()).toEqual([]);
    const commandId = newId<CommandId>();
    expect(answer(rig, 'yes', commandId).ok).toBe(true);
    expect(answer(rig, 'yes', commandId).ok).toBe(true);
    expect(rig.ofRecording()).toMatchObject([{ type: 'telephone-record', callId: rig.callId, on: true }]);
    expect(rig.db.prepare("SELECT header FROM facts WHERE type = 'recording-answered'").all()).toHaveLength(1);
  });

  it.each([
    ['not-mandated', { mayRecord: false }], ['not-kept', { keepDays: 0 }], ['no-agreement', { agreement: null }],
    ['no-agreement', { agreement: { withdrawn: { at: 5, reason: 'disdetta' } } }], ['no-agreement', { agreement: { scopes: ['named-states'] } }],
    ['no-agreement', { agreement: { until: '2026-01-31' } }], ['practice', { practice: true }], ['by-hand', { byHand: true }],
    ['not-talking', { answered: false }], ['not-identified', { gate: null }], ['not-identified', { gate: 'third-party' as const }],
  ] as [string, Given][])('closes as %s: no answer is taken, nothing begins', (lock, given) => {
    const rig = openRig(given);
    expect(showCall(rig.session, { locale }).call?.recording).toMatchObject({ lock, mayAsk: false, isRunning: false });
    for (const refused of [answer(rig, 'yes'), startAgain(rig)]) expect(refused).toMatchObject({ ok: false, error: { code: 'recording-locked', details: { lock } } });
    expect([readRecording(rig.db), rig.ofRecording()]).toEqual([null, []]);
  });

  it('closes without the person’s yes, and a no takes nothing away from the call', () => {
    const rig = openRig();
    expect(startAgain(rig)).toMatchObject({ ok: false, error: { details: { lock: 'not-asked' } } });
    expect(answer(rig, 'no')).toMatchObject({ ok: true, value: { call: { callId: rig.callId, recording: { lock: 'refused', mayAsk: true, answer: 'no' }, telephone: { shown: 'talking' } } } });
    expect(startAgain(rig)).toMatchObject({ ok: false, error: { details: { lock: 'refused' } } });
    expect([readRecording(rig.db), rig.ofRecording()]).toEqual([null, []]);
    const answered = rig.db.prepare<[], { header: string; body: string }>("SELECT header, body FROM facts WHERE type = 'recording-answered'").get();
    expect(JSON.parse(answered?.header ?? '')).toMatchObject({ callId: rig.callId, caseId: rig.entity.caseId });
    expect(JSON.parse(answered?.body ?? '')).toEqual({ answer: 'no', notice: 'it', keepUntil: addDays(sampleToday, 90) });
    recording(rig);
  });

  it('takes no sound that no row allows: main is told to end it', async () => {
    const rig = openRig();
    piece(rig, newId<AttachmentId>(), 0, WORDS);
    await committed(rig, 0);
    expect(rig.ofRecording()).toMatchObject([{ type: 'telephone-record', on: false }, { type: 'telephone-recorded-committed' }]);
    expect(() => readdirSync(recordingFolderOf(rig.db))).toThrow('ENOENT');
  });
});

describe('what is recorded', () => {
  it('is sealed on the disk before it is acknowledged, and ends as one fact with its file and its last day', async () => {
    const rig = openRig();
    const recordingId = recording(rig);
    piece(rig, recordingId, 0, WORDS);
    await committed(rig, 0);
    const onDisk = readFileSync(join(recordingFolderOf(rig.db), recordingId));
    expect(onDisk.length).toBeGreaterThan(WORDS.length);
    expect(onDisk.includes('venticinque')).toBe(false);
    // Control: the same look finds it where nothing is sealed.
    expect(Buffer.from(WORDS).includes('venticinque')).toBe(true);
    piece(rig, recordingId, 1, ', il resto');
    piece(rig, recordingId, 1, ', il resto');
    piece(rig, recordingId, 2, ' a Natale', null);
    piece(rig, recordingId, 3, '', 'stopped');
    await committed(rig, 3);
    const [fact, ...others] = told(rig);
    expect(others).toEqual([]);
    if (fact === undefined) throw new Error('no fact');
    expect(fact.body).toMatchObject({
      recordingId, end: 'stopped', keepUntil: addDays(sampleToday, 90), agreementVersion: 2, conductVersion: 3, startedAt: noon, pauses: [{ from: noon + 1_000, to: noon + 2_000 }],
    });
    expect(await heard(rig, fact)).toBe(`${WORDS}, il resto a Natale`);
    expect([readdirSync(recordingFolderOf(rig.db)), readRecording(rig.db)]).toEqual([[], null]);
    const entry = rig.session.book.get(rig.entity.caseId, viewContext(rig.session))?.view.folded.history.find(({ kind }) => kind === 'recording');
    expect(entry).toMatchObject({ keepUntil: addDays(sampleToday, 90), recordedMs: 14_000 });
    expect(JSON.stringify(entry)).not.toContain(fact.body.keyHex);
  });

  it('may be begun again on the same yes, after a stop', async () => {
    const rig = openRig();
    const first = recording(rig);
    piece(rig, first, 0, 'uno');
    expect(startAgain(rig)).toMatchObject({ ok: false, error: { code: 'recording-runs' } });
    stopRecording(rig.session, { commandId: newId<CommandId>(), callId: rig.callId, locale });
    expect(rig.ofRecording().at(-1)).toMatchObject({ recordingId: first, on: false });
    piece(rig, first, 1, '', 'stopped');
    await committed(rig, 1);
    expect(startAgain(rig).ok).toBe(true);
    expect(readRecording(rig.db)?.recordingId).not.toBe(first);
  });

  it.each(['a no', 'somebody else on the line'])('is thrown away by %s: no fact, no file, and late pieces are nobody’s', async (what) => {
    const rig = openRig();
    const recordingId = recording(rig);
    piece(rig, recordingId, 0, WORDS);
    await committed(rig, 0);
    if (what === 'a no') expect(answer(rig, 'no').ok).toBe(true);
    else identify(rig.session, rig.callId, 'third-party');
    expect(rig.ofRecording().at(-1)).toMatchObject({ recordingId, on: false });
    piece(rig, recordingId, 1, 'ancora', 'stopped');
    await committed(rig, 1);
    expect([told(rig), readRecording(rig.db)]).toEqual([[], null]);
    rig.begin();
    expect(readdirSync(recordingFolderOf(rig.db))).toEqual([]);
  });

  it('goes with the erasure of its person, while it runs and afterwards', async () => {
    const rig = openRig();
    const recordingId = recording(rig);
    piece(rig, recordingId, 0, WORDS);
    await committed(rig, 0);
    rig.db.transaction(() => { erasePerson(rig.db, { customerId: rig.entity.customerId, caseIds: [rig.entity.caseId] }); }).immediate();
    expect(readRecording(rig.db)).toBeNull();
    const other = openRig();
    const kept = recording(other);
    piece(other, kept, 0, WORDS, 'stopped');
    await committed(other, 0);
    const [fact] = told(other);
    if (fact === undefined) throw new Error('no fact');
    other.db.transaction(() => { erasePerson(other.db, { customerId: other.entity.customerId, caseIds: [other.entity.caseId] }); }).immediate();
    expect([told(other), findHeldAttachment(other.db, fact.factId)]).toEqual([[], null]);
  });

  it('past its last day is forgotten when a session begins, and not before', async () => {
    const rig = openRig();
    const recordingId = recording(rig);
    piece(rig, recordingId, 0, WORDS, 'stopped');
    await committed(rig, 0);
    const [fact] = told(rig);
    if (fact === undefined) throw new Error('no fact');
    rig.clock.at = instantOf(addDays(sampleToday, 90), '12:00', zone);
    rig.begin();
    expect(findHeldAttachment(rig.db, fact.factId)).not.toBeNull();
    rig.clock.at = instantOf(addDays(sampleToday, 91), '12:00', zone);
    rig.begin();
    expect(findHeldAttachment(rig.db, fact.factId)).toBeNull();
  });
});

describe('a disk that is full', () => {
  /** Until the disk is freed, by what this answers. */
  const fillDisk = (): (() => void) => {
    const writing = vi.spyOn(fs, 'writeSync').mockImplementation(() => { throw Object.assign(new Error('no space'), { code: 'ENOSPC' }); });
    syncBuiltinESMExports();
    const free = (): void => {
      writing.mockRestore();
      syncBuiltinESMExports();
    };
    onTestFinished(free);
    return free;
  };
  /** Pieces are taken one after the other: behind one that no row allows, and that is answered at once, all of them were. */
  const taken = async (rig: Rig): Promise<void> => {
    piece(rig, newId<AttachmentId>(), 99, 'of none');
    await committed(rig, 99);
  };
  const ofThis = (rig: Rig, recordingId: AttachmentId): unknown[] => rig.ofRecording().filter((message) => 'recordingId' in message && message.recordingId === recordingId).slice(1);
  const commit = (rig: Rig, recordingId: AttachmentId, upTo: number): object => ({ type: 'telephone-recorded-committed', ownerId: rig.user.userId, recordingId, upTo });

  it('loses no sound: what comes behind a piece that it refused waits with it, the end too', async () => {
    const rig = openRig();
    const recordingId = recording(rig);
    piece(rig, recordingId, 0, 'uno ');
    await committed(rig, 0);
    const free = fillDisk();
    piece(rig, recordingId, 1, 'due ');
    for (const [index, text] of ['due ', 'tre'].entries()) piece(rig, recordingId, index + 1, text);
    await taken(rig);
    free();
    // There is room again between the piece and what follows it, before main has said the first one again.
    piece(rig, recordingId, 2, 'tre');
    piece(rig, recordingId, 3, '', 'call-ended');
    await taken(rig);
    expect(ofThis(rig, recordingId)).toEqual([commit(rig, recordingId, 0)]);
    expect([told(rig), readRecording(rig.db)?.pieces]).toEqual([[], 1]);
    for (const [index, text] of ['due ', 'tre'].entries()) piece(rig, recordingId, index + 1, text);
    piece(rig, recordingId, 3, '', 'call-ended');
    await committed(rig, 3);
    expect(ofThis(rig, recordingId)).toEqual([0, 1, 2, 3].map((upTo) => commit(rig, recordingId, upTo)));
    const [fact] = told(rig);
    expect(fact === undefined ? null : await heard(rig, fact)).toBe('uno due tre');
  });

  it('is no excuse for a piece that is really missing: main is told to stop (the control)', async () => {
    const rig = openRig();
    const recordingId = recording(rig);
    const free = fillDisk();
    piece(rig, recordingId, 0, 'uno ');
    await taken(rig);
    free();
    piece(rig, recordingId, 0, 'uno ');
    piece(rig, recordingId, 2, 'tre');
    await committed(rig, 2);
    expect(ofThis(rig, recordingId)).toEqual([commit(rig, recordingId, 0), expect.objectContaining({ type: 'telephone-record', on: false }), commit(rig, recordingId, 2)]);
  });
});

describe('after a fall', () => {
  const hello = (rig: Rig, telephone: DeskTelephone, recordingIds: AttachmentId[]): void => {
    telephone.receive({ type: 'telephone-hello', ownerId: rig.user.userId, sinceMs: noon, callIds: [rig.callId], recordingIds });
  };

  it('of the desk it goes on where main still records, and nothing is there twice', async () => {
    const rig = openRig();
    const recordingId = recording(rig);
    piece(rig, recordingId, 0, WORDS);
    await committed(rig, 0);
    const next = rig.begin();
    hello(rig, next.telephone, [recordingId]);
    piece(rig, recordingId, 0, WORDS, null, next.telephone);
    piece(rig, recordingId, 1, '.', null, next.telephone);
    piece(rig, recordingId, 2, '', 'call-ended', next.telephone);
    await committed(rig, 2);
    const [fact] = told(rig);
    expect(fact === undefined ? null : await heard(rig, fact)).toBe(`${WORDS}.`);
    expect(fact?.body.end).toBe('call-ended');
  });

  it('of the app what was on the disk is kept, as interrupted; a piece that was cut is dropped', async () => {
    const rig = openRig();
    const recordingId = recording(rig);
    piece(rig, recordingId, 0, WORDS);
    piece(rig, recordingId, 1, 'mezza');
    await committed(rig, 1);
    const path = join(recordingFolderOf(rig.db), recordingId);
    truncateSync(path, readFileSync(path).length - 3);
    hello(rig, rig.begin().telephone, []);
    await rig.until(() => told(rig).length > 0);
    const [fact] = told(rig);
    expect(fact === undefined ? null : await heard(rig, fact)).toBe(WORDS);
    expect(fact?.body).toMatchObject({ end: 'interrupted', endedAt: noon + 6_000 });
  });
});
