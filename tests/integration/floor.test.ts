/**
 * What a lead may see of people, over a real hub and real desks: states only while the agreement covers them, help when it is asked for,
 * listening only after the operator's desk said so; and nothing of it in any store, log or backup.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordWorkersAgreement, withdrawWorkersAgreement } from '../../hub/conduct/workers-agreement.ts';
import { setAccount, setExchange, setFeatures } from '../../hub/telephone/set-telephone.ts';
import { readHubKey } from '../../hub/telephone/hub-key.ts';
import type { AgreementScope } from '../../shared/protocol/workers-agreement-protocol.ts';
import type { CallId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { CallStep } from '../../shared/telephone/call-state.ts';
import { newCallState, nextCallState } from '../../shared/telephone/call-state.ts';
import type { TelephoneEvent } from '../../shared/telephone/telephone-event.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';
import { addAndSignIn, errorCode, PASSWORD, signInOver, startTestHub } from './hub-harness.ts';

let folder: string;
let hub: TestHub;
const ids = new Map<string, UserId>();
const desks = new Map<string, DeskProcess>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-floor-'));
  hub = await startTestHub();
  for (const [name, role] of [['anna', 'collector'], ['bruno', 'inbound'], ['lina', 'lead'], ['ada', 'admin']] as const) {
    ids.set(name, (await addAndSignIn(hub, name, role)).userId);
  }
  await provision();
  for (const name of ids.keys()) {
    const desk = await DeskProcess.start({ profileDir: join(folder, name), hubUrl: hub.url });
    expect(await desk.command('sign-in', { username: name, password: PASSWORD })).toMatchObject({ ok: true });
    await desk.until('show-sync', {}, ({ network }) => network === 'online');
    desks.set(name, desk);
  }
});

async function provision(): Promise<void> {
  const key = readHubKey(hub.dataDir);
  await hub.store.write(async (tx) => {
    const by = { userId: null, nowMs: hub.clock.nowMs() };
    await setExchange(tx, by, { server: 'wss://sip.agency.example', domain: 'agency.example', privateAuthority: null, tones: 'sound', ringForMs: 45_000 });
    for (const [name, user] of [['anna', '1001'], ['lina', '2001']] as const) expect(await setAccount(tx, by, key, id(name), { user, authenticationUser: null, password: 'x' })).toMatchObject({ ok: true });
  });
}
afterAll(async () => {
  for (const desk of desks.values()) await desk.stop();
  await hub.discard();
  rmSync(folder, { recursive: true, force: true });
});

function id(name: string): UserId {
  const found = ids.get(name);
  if (found === undefined) throw new Error(name);
  return found;
}
function desk(name: string): DeskProcess {
  const found = desks.get(name);
  if (found === undefined) throw new Error(name);
  return found;
}
async function agree(scopes: AgreementScope[] | null): Promise<void> {
  const today = dateOfInstant(hub.clock.nowMs(), 'Europe/Rome');
  await hub.store.write((tx) => (scopes === null ? withdrawWorkersAgreement(tx, hub.clock.nowMs(), 'disdetta') : recordWorkersAgreement(tx, hub.clock.nowMs(), {
    kind: 'works-agreement', scopes, signedOn: addDays(today, -10), from: addDays(today, -5), until: null, signatories: 'RSU, direzione', document: 'prot. 12/2026',
  })));
  await hub.store.sequence();
  for (const name of desks.keys()) await desk(name).until('show-floor', {}, ({ followedBy, heardBy }) => (followedBy !== null) === (scopes?.includes('named-states') ?? false) && (heardBy !== null) === (scopes?.includes('listening') ?? false));
}
/** Asking is watching: as a board on a screen does. */
const people = (name: string, accepts: (people: { displayName: string; state: string; sinceMs: number }[] | null | undefined) => boolean): Promise<unknown> =>
  desk(name).until('show-board', {}, (screen) => accepts(screen.people));

describe('states by name', () => {
  it('without an agreement a desk keeps them to itself, the hub refuses them and the board has none', async () => {
    await desk('anna').command('tell-state', { state: 'meal', forMs: 60_000 });
    const refused = await (await signInOver(hub, 'anna')).call('PUT', '/v1/floor/state', { state: 'meal', forMs: 0 });
    expect([refused.status, await errorCode(refused)]).toEqual([403, 'not-agreed']);
    await people('lina', (shown) => shown === null);
  });

  it('with one they follow, with for how long; and stand in no row and no log of the hub', async () => {
    await agree(['named-states']);
    await desk('anna').command('tell-state', { state: 'wrap-up', forMs: 200_000 });
    await people('lina', (shown) => shown?.length === 1 && shown[0]?.displayName === 'Display anna' && shown[0].state === 'wrap-up');
    const board = await desk('lina').until('show-board', {}, (screen) => screen.people?.length === 1);
    expect(Math.abs(systemClock.nowMs() - 200_000 - (board.people?.[0]?.sinceMs ?? 0))).toBeLessThan(30_000);
    await desk('bruno').command('tell-state', { state: 'ready', forMs: 0 });
    await desk('anna').command('tell-state', { state: 'ready', forMs: 0 });
    await people('lina', (shown) => shown?.map(({ state }) => state).join() === 'ready,ready');
    const tables = await hub.store.read(async (tx) => JSON.stringify([await tx.selectFrom('meta').selectAll().execute(), await tx.selectFrom('facts').selectAll().execute(), await tx.selectFrom('entities').selectAll().execute()]));
    expect(tables).toContain('named-states');
    expect(tables).not.toContain('wrap-up');
    expect(hub.log()).not.toContain('wrap-up');
  });

  it('an administrator is no lead: the board shows figures and nobody', async () => {
    const screen = await desk('ada').until('show-board', {}, ({ board }) => board !== null);
    expect(screen.people).toBeUndefined();
  });

  it('a withdrawn agreement takes them off every board at once, and what was told is forgotten', async () => {
    await agree(null);
    await people('lina', (shown) => shown === null);
    await agree(['named-states']);
    // Anna's page tells again what it knows by itself; here nobody does.
    await people('lina', (shown) => shown?.length === 0);
  });

  it('whoever signs out is gone from the board', async () => {
    await desk('bruno').command('tell-state', { state: 'break', forMs: 0 });
    await people('lina', (shown) => shown?.length === 1);
    await desk('bruno').command('sign-out', {});
    await people('lina', (shown) => shown?.length === 0);
    expect(await desk('bruno').command('sign-in', { username: 'bruno', password: PASSWORD })).toMatchObject({ ok: true });
    await desk('bruno').until('show-sync', {}, ({ network }) => network === 'online');
  });
});

describe('help', () => {
  it('reaches the leads within a second and nobody else; the lead says who comes, the operator sees it, and it ends', async () => {
    await agree(null);
    const askedAt = performance.now();
    expect(await desk('anna').command('ask-help', { isRaised: true })).toMatchObject({ ok: true });
    const { helps } = await desk('lina').until('show-floor', {}, (floor) => floor.helps.length === 1);
    expect(performance.now() - askedAt).toBeLessThan(1_000);
    expect(helps).toEqual([{ userId: id('anna'), displayName: 'Display anna', comingName: null }]);
    for (const name of ['anna', 'bruno', 'ada']) expect(await desk(name).query('show-floor', {})).toMatchObject({ ok: true, value: { helps: [] } });
    expect(await desk('bruno').command('answer-help', { userId: id('anna') })).toMatchObject({ ok: false, error: { code: 'lead-only' } });
    expect(await desk('lina').command('answer-help', { userId: id('anna') })).toMatchObject({ ok: true });
    await desk('anna').until('show-floor', {}, ({ own }) => own.help?.comingName === 'Display lina');
    await desk('lina').until('show-floor', {}, (floor) => floor.helps[0]?.comingName === 'Display lina');
    expect(await desk('anna').command('ask-help', { isRaised: false })).toMatchObject({ ok: true });
    await desk('lina').until('show-floor', {}, (floor) => floor.helps.length === 0);
    expect(await desk('lina').command('answer-help', { userId: id('anna') })).toMatchObject({ ok: false, error: { code: 'no-help-asked' } });
  });

  it('is gone a little after the desk that asked', async () => {
    await desk('bruno').command('ask-help', { isRaised: true });
    await desk('lina').until('show-floor', {}, (floor) => floor.helps.length === 1);
    await desk('bruno').kill();
    await desk('lina').until('show-floor', {}, (floor) => floor.helps.length === 0);
    const again = await DeskProcess.start({ profileDir: join(folder, 'bruno'), hubUrl: hub.url });
    desks.set('bruno', again);
    expect(await again.command('sign-in', { username: 'bruno', password: PASSWORD })).toMatchObject({ ok: true });
    await again.until('show-sync', {}, ({ network }) => network === 'online');
  });
});

describe('listening', () => {
  const dials = (): string[] => desk('lina').toSoftphone.flatMap((said) => (said.type === 'telephone-dial' ? [said.permit.number] : []));
  const listen = (userId = id('anna')): ReturnType<DeskProcess['command']> => desk('lina').command('begin-listening', { userId, how: 'listen' });

  it('is refused without an agreement, without a code and to whoever is no lead; nothing is dialled', async () => {
    await desk('lina').until('show-telephone', {}, ({ account }) => account !== null);
    expect(await listen()).toMatchObject({ ok: false, error: { code: 'not-agreed', messageKey: 'error.notAgreed' } });
    await agree(['listening']);
    expect(await listen()).toMatchObject({ ok: false, error: { code: 'no-feature-code' } });
    await hub.store.write((tx) => setFeatures(tx, { userId: null, nowMs: hub.clock.nowMs() }, { listen: '*90{extension}', whisper: null, barge: '*92{extension}#'.slice(0, -1) }));
    expect(await listen(id('bruno'))).toMatchObject({ ok: false, error: { code: 'no-extension' } });
    expect(await desk('anna').command('begin-listening', { userId: id('lina'), how: 'listen' })).toMatchObject({ ok: false, error: { code: 'lead-only' } });
    expect(dials()).toEqual([]);
  });

  it('is not dialled when the operator\'s screen does not say so', async () => {
    expect(await listen()).toMatchObject({ ok: false, error: { code: 'listening-not-told' } });
    await desk('anna').until('show-floor', {}, ({ own }) => own.listeners.length === 0);
    expect(dials()).toEqual([]);
  });

  it('is told at the operator first, dialled as configured then, and unsaid when its call ends', async () => {
    const asked = listen();
    const { own } = await desk('anna').until('show-floor', {}, (floor) => floor.own.listeners.length === 1);
    expect(own.listeners[0]).toMatchObject({ byName: 'Display lina', how: 'listen' });
    expect(dials()).toEqual([]);
    expect(await desk('anna').command('confirm-listening', { listeningId: own.listeners[0]!.listeningId })).toMatchObject({ ok: true });
    const begun = await asked;
    expect(begun).toMatchObject({ ok: true });
    await desk('lina').untilSaid(() => dials().length === 1);
    expect(dials()).toEqual(['*901001']);
    const { listening } = await desk('lina').until('show-floor', {}, (floor) => floor.listening !== null);
    desk('lina').tellAsSoftphone({ type: 'telephone-not-dialled', ownerId: id('lina'), callId: listening!.callId, code: 'telephone-line-lost' });
    await desk('anna').until('show-floor', {}, (floor) => floor.own.listeners.length === 0);
  });

  it('is over as soon as the operator\'s call is', async () => {
    const asked = listen();
    const { own } = await desk('anna').until('show-floor', {}, (floor) => floor.own.listeners.length === 1);
    await desk('anna').command('confirm-listening', { listeningId: own.listeners[0]!.listeningId });
    expect(await asked).toMatchObject({ ok: true });
    await desk('anna').command('drop-listeners', {});
    await desk('anna').until('show-floor', {}, (floor) => floor.own.listeners.length === 0);
  });
});

describe('a wrap-up that is over its time', () => {
  const REASON = 'tre chiamate in coda';
  const release = (name = 'anna'): ReturnType<DeskProcess['command']> => desk('lina').command('release-wrap-up', { userId: id(name), reason: REASON });
  const answer = (is: string): object => ({ ok: true, value: { answer: is } });
  const tell = (isOver: boolean): Promise<unknown> => desk('anna').command('tell-state', { state: 'wrap-up', forMs: 90_000, isOver });
  const isSeen = (isOver: boolean): Promise<unknown> => desk('lina').until('show-board', {}, (screen) => screen.people?.some((person) => person.displayName === 'Display anna' && person.isOver === isOver) === true);
  let callId: CallId;

  /** A customer's call that came in, said to be of her case; `step` is told after it. */
  async function onLine(): Promise<(step: CallStep, number: number) => void> {
    const { caseId } = await plantCase(hub.store, id('anna'));
    await desk('anna').until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) => rows.some((row) => row.caseId === caseId));
    callId = newId<CallId>();
    let state = newCallState('inbound');
    const say = (event: TelephoneEvent): void => { desk('anna').tellAsSoftphone({ type: 'telephone-events', ownerId: id('anna'), events: [event] }); };
    say({ kind: 'call-begun', number: 1, atMs: systemClock.nowMs(), callId, caller: { number: null, name: null }, state, waiting: false });
    const step = (taken: CallStep, number: number): void => {
      state = nextCallState(state, taken);
      say({ kind: 'call-stepped', number, atMs: systemClock.nowMs(), callId, step: taken, state });
    };
    step({ kind: 'connected' }, 2);
    await desk('anna').until('show-telephone', {}, ({ calls }) => calls.some((one) => one.callId === callId && one.answeredAtMs !== null));
    expect(await desk('anna').command('start-call', { caseId, direction: 'inbound', pointId: null, locale: 'it', basedOn: { caseRevision: 1, scriptVersion: null }, line: 'softphone', callId })).toMatchObject({ ok: true });
    return step;
  }

  it('without an agreement nobody asks; nor before its time, nor who is no lead', async () => {
    await agree(null);
    expect(await release()).toMatchObject({ ok: false, error: { code: 'not-agreed' } });
    await agree(['named-states']);
    await tell(false);
    await isSeen(false);
    expect(await release()).toMatchObject({ ok: false, error: { code: 'wrap-up-not-over' } });
    expect(await desk('bruno').command('release-wrap-up', { userId: id('anna'), reason: REASON })).toMatchObject({ ok: false, error: { code: 'lead-only' } });
  });

  it('is ended by the operator\'s own desk: not in a call, not while somebody types; who and why stand there until they are read, and nowhere else', async () => {
    await tell(true);
    await isSeen(true);
    expect(await release()).toMatchObject(answer('nothing-to-release'));
    const step = await onLine();
    expect(await release()).toMatchObject(answer('still-talking'));
    step({ kind: 'ended', end: { cause: 'hung-up', by: 'them', sipStatus: null, q850: 16 } }, 3);
    await desk('anna').until('show-call', { locale: 'it' }, ({ call }) => call?.telephone?.ended != null);
    expect(await release()).toMatchObject(answer('done'));
    expect(await desk('anna').query('show-call', { locale: 'it' })).toMatchObject({ ok: true, value: { call: null, waiting: [{ callId }] } });
    expect(await desk('anna').query('show-floor', {})).toMatchObject({ ok: true, value: { released: { byName: 'Display lina', reason: REASON }, own: { release: null } } });
    expect(await desk('anna').command('close-release', {})).toMatchObject({ ok: true });
    expect(await desk('anna').query('show-floor', {})).toMatchObject({ ok: true, value: { released: null } });
    const rows = await hub.store.read(async (tx) => JSON.stringify([await tx.selectFrom('meta').selectAll().execute(), await tx.selectFrom('facts').selectAll().execute(), await tx.selectFrom('fact_content').selectAll().execute(), await tx.selectFrom('entities').selectAll().execute()]));
    expect([rows.includes(REASON), hub.log().includes(REASON)]).toEqual([false, false]);

    expect(await desk('anna').command('take-up-call', { callId, locale: 'it' })).toMatchObject({ ok: true });
    await desk('anna').command('tell-typed', {});
    expect(await release()).toMatchObject(answer('just-typing'));
    expect(await desk('anna').query('show-call', { locale: 'it' })).toMatchObject({ ok: true, value: { call: { callId }, waiting: [] } });
  });

  it('of somebody whose desk does not answer stays as it is', async () => {
    const carlo = await addAndSignIn(hub, 'carlo', 'collector');
    const cut = new AbortController();
    await fetch(`${hub.url}/v1/live`, { headers: { authorization: `Bearer ${carlo.token}` }, signal: cut.signal });
    expect((await carlo.call('PUT', '/v1/floor/state', { state: 'wrap-up', forMs: 90_000, isOver: true })).status).toBe(200);
    const asked = await desk('lina').command('release-wrap-up', { userId: carlo.userId, reason: REASON });
    expect(asked).toMatchObject(answer('gone'));
    cut.abort();
  });
});

it('two hub processes on one database tell each other, and one that starts later is told', async () => {
  const server = await startPostgres();
  const postgresUrl = await server.createDatabase();
  const one = await startTestHub({ postgresUrl });
  const anna = await addAndSignIn(one, 'anna', 'collector');
  await addAndSignIn(one, 'lina', 'lead');
  const live = await anna.call('GET', '/v1/live');
  expect((await anna.call('PUT', '/v1/floor/help', { isRaised: true })).status).toBe(200);
  const other = await startTestHub({ postgresUrl });
  const lina: SignedIn = await signInOver(other, 'lina');
  const reader = (await lina.call('GET', '/v1/live')).body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('Display anna')) text += (await reader.read()).value ?? '';
  await reader.cancel();
  expect((await lina.call('POST', `/v1/floor/help/${anna.userId}/answer`, {})).status).toBe(200);
  const own = live.body!.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  while (!told.includes('Display lina')) told += (await own.read()).value ?? '';
  await own.cancel();
  await other.stop();
  await one.discard();
  await server.stop();
});
