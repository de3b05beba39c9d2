/**
 * The telephone between a real hub, a real desk and what stands in main's place: the account, the permit, what the softphone tells,
 * over kill -9.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CallId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { TelephoneEvent } from '../../shared/telephone/telephone-event.ts';
import type { CallStep } from '../../shared/telephone/call-state.ts';
import { newCallState, nextCallState } from '../../shared/telephone/call-state.ts';
import { systemClock } from '../../shared/time.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { readHubKey } from '../../hub/telephone/hub-key.ts';
import { setAccount, setCallerId, setExchange } from '../../hub/telephone/set-telephone.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { plainForm, signInAs } from '../support/shift.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };
const locale = 'it' as const;
const SECRET = 'segreto-del-centralino-7731';

/** Sets exchange, Carla's account and every creditor's number, beside the running hub, as the command line does. */
async function provide(agency: Agency): Promise<UserId> {
  const { dataDir } = agency.hub;
  const store = await openStore({ dataDir, postgresUrl: null });
  const by = { userId: null, nowMs: systemClock.nowMs() };
  const userId = await store.write(async (tx) => {
    const { user_id: carla } = await tx.selectFrom('users').select('user_id').where('username', '=', 'carla').executeTakeFirstOrThrow();
    await setExchange(tx, by, { server: 'wss://pbx.example.it/ws', domain: 'pbx.example.it', privateAuthority: null, tones: 'sound', ringForMs: 60_000 });
    await setAccount(tx, by, readHubKey(dataDir), carla, { user: '201', authenticationUser: null, password: SECRET });
    for (const { creditor_id: creditorId } of await tx.selectFrom('creditors').select('creditor_id').execute()) await setCallerId(tx, by, creditorId, '+390971000999');
    return carla;
  });
  await store.close();
  return userId;
}

function startDesk(agency: Agency, profile: string, resume: string | null = null): Promise<DeskProcess> {
  return agency.startDesk(profile, { resume });
}

const accountsIn = (desk: DeskProcess): (string | null)[] => desk.toSoftphone.flatMap((said) => (said.type === 'telephone-account' ? [said.account?.user ?? null] : []));
const dialsIn = (desk: DeskProcess): { callId: CallId; number: string; callerNumber: string | null }[] =>
  desk.toSoftphone.flatMap((said) => (said.type === 'telephone-dial' ? [{ callId: said.permit.callId, number: said.permit.number, callerNumber: said.callerNumber }] : []));

function call(callId: CallId, steps: readonly CallStep[]): TelephoneEvent[] {
  let state = newCallState('outbound');
  const begun: TelephoneEvent = { kind: 'call-begun', number: 1, atMs: systemClock.nowMs(), callId, caller: { number: null, name: null }, state, waiting: false };
  return [begun, ...steps.map((step, index): TelephoneEvent => {
    state = nextCallState(state, step);
    return { kind: 'call-stepped', number: index + 2, atMs: systemClock.nowMs(), callId, step, state };
  })];
}

async function historyOf(desk: DeskProcess, caseId: Parameters<typeof firstPoint>[1]): Promise<unknown[]> {
  const shown = await desk.query('show-case', { caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  return shown.value.history.filter(({ kind }) => kind === 'call');
}

async function firstPoint(desk: DeskProcess, caseId: Awaited<ReturnType<typeof workableRows>>[number]['caseId']) {
  const shown = await desk.query('show-case', { caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  const point = shown.value.numbers.find(({ usable }) => usable);
  if (point === undefined) throw new Error('a case without a number');
  return point.numberId;
}

it('gives the account to its owner’s main and to nobody else; a call lives through kill -9 of the desk and is told once', async () => {
  const agency = await openAgency();
  const ownerId = await provide(agency);
  const lina = await startDesk(agency, 'lina');
  await signInAs(lina, 'laura.lead');
  const desk = await startDesk(agency, 'carla');
  await signInAs(desk, 'carla');
  await desk.untilSaid(() => accountsIn(desk).includes('201'));
  expect((await desk.query('show-telephone', {}))).toMatchObject({ ok: true, value: { account: { user: '201', domain: 'pbx.example.it' }, reason: null } });
  await lina.until('show-telephone', {}, ({ reason }) => reason === 'no-account');
  expect(accountsIn(lina)).toEqual([null]);
  await lina.stop();

  // Killed between permit and line: main was there and never heard of it, so it was not made.
  const [row] = await workableRows(desk);
  if (row === undefined) throw new Error('an empty list');
  const { caseId } = row;
  const pointId = await firstPoint(desk, caseId);
  const since = systemClock.nowMs();
  const begin = (on: DeskProcess): ReturnType<typeof desk.command<'start-call'>> => on.command('start-call', { caseId, direction: 'outbound', pointId, locale, basedOn, line: 'softphone' });
  const lost = await begin(desk);
  expect(JSON.stringify(lost)).not.toContain('expiresAtMs');
  expect(dialsIn(desk)).toMatchObject([{ callerNumber: '+390971000999', callId: lost.ok ? lost.value.call.callId : '' }]);
  const ticket = desk.resumeTicket;
  await desk.kill();

  const second = await startDesk(agency, 'carla', ticket);
  // Signed in again without the hub's answer: the account came from the sealed store.
  await second.untilSaid(() => accountsIn(second).includes('201'));
  second.tellAsSoftphone({ type: 'telephone-hello', ownerId, sinceMs: since, callIds: [], recordingIds: [] });
  await second.until('show-call', { locale }, ({ call: open }) => open === null);
  expect(await historyOf(second, caseId)).toMatchObject([{ ended: 'not-made' }]);

  // Killed while it rings; main has the call and what it told.
  const begun = await begin(second);
  if (!begun.ok) throw new Error(`${begun.error.code} ${JSON.stringify(begun.error.details)}`);
  const { callId } = begun.value.call;
  const events = call(callId, [{ kind: 'rings' }, { kind: 'connected' }, { kind: 'ended', end: { cause: 'dropped', by: 'network', sipStatus: null, q850: null } }]);
  second.tellAsSoftphone({ type: 'telephone-events', ownerId, events: events.slice(0, 2) });
  await second.untilSaid((said) => said.some((one) => one.type === 'telephone-committed' && one.upTo === 2));
  await second.kill();

  const third = await startDesk(agency, 'carla', ticket);
  third.tellAsSoftphone({ type: 'telephone-hello', ownerId, sinceMs: since, callIds: [callId], recordingIds: [] });
  // The acknowledgement was lost with the desk: main tells all of it again, then the rest.
  third.tellAsSoftphone({ type: 'telephone-events', ownerId, events });
  third.tellAsSoftphone({ type: 'telephone-events', ownerId, events });
  await third.untilSaid((said) => said.filter((one) => one.type === 'telephone-committed').length === 2);
  const shown = await third.query('show-call', { locale });
  expect(shown).toMatchObject({ ok: true, value: { call: { callId, telephone: { shown: 'ended', ended: { cause: 'dropped', isDropped: true, suggestCode: 'DRP' } } } } });
  expect((await third.command('record-outcome', { caseId, locale, basedOn, form: plainForm('DRP', { channel: 'phone-outbound', numberId: pointId }) })).ok).toBe(true);
  await allSent(third);
  expect(dialsIn(third)).toEqual([]);
  await third.stop();

  const store = await openStore({ dataDir: agency.hub.dataDir, postgresUrl: null });
  const rows = await store.read((tx) => tx.selectFrom('facts').select('header').orderBy('seq').execute());
  const flags = await store.read((tx) => tx.selectFrom('entities').select('body').where('kind', '=', 'flag').execute());
  await store.close();
  const headers = rows.map(({ header }) => JSON.parse(header) as { type: string; version: number; callId?: string }).filter((header) => header.callId === callId);
  expect(headers.map(({ type, version }) => `${type}@${String(version)}`)).toEqual([
    'contact-permitted@1', 'call-started@1', 'call-moved@1', 'call-moved@1', 'call-ended@2', 'script-followed@1', 'outcome-recorded@3',
  ]);
  expect(flags).toEqual([]);

  // Nowhere in clear: neither the sealed store, nor a log beside it, nor the hub's folder.
  const files = [join(agency.folder, 'carla'), agency.hub.dataDir].flatMap(filesUnder);
  expect(files.some((file) => file.endsWith('desk.db'))).toBe(true);
  for (const file of files) expect([file, readFileSync(file).includes(SECRET)]).toEqual([file, false]);
  expect(`${desk.stderr}${second.stderr}${third.stderr}`).not.toContain(SECRET);
}, 120_000);

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

it('tells a missed call without a case to the hub, which flags nothing', async () => {
  const agency = await openAgency();
  const ownerId = await provide(agency);
  const desk = await startDesk(agency, 'carla');
  await signInAs(desk, 'carla');
  const callId = newId<CallId>();
  const state = newCallState('inbound');
  const step: CallStep = { kind: 'ended', end: { cause: 'missed', by: 'them', sipStatus: 487, q850: null } };
  desk.tellAsSoftphone({ type: 'telephone-events', ownerId, events: [
    { kind: 'call-begun', number: 1, atMs: systemClock.nowMs(), callId, caller: { number: null, name: 'Chi chiama' }, state, waiting: false },
    { kind: 'call-stepped', number: 2, atMs: systemClock.nowMs(), callId, step, state: nextCallState(state, step) },
  ] });
  await desk.until('show-telephone', {}, ({ calls }) => calls.some((one) => one.callId === callId && one.isMissed));
  await allSent(desk);
  await desk.stop();
  const store = await openStore({ dataDir: agency.hub.dataDir, postgresUrl: null });
  const bodies = await store.read((tx) => tx.selectFrom('fact_content').select(['case_id', 'body']).execute());
  const flags = await store.read((tx) => tx.selectFrom('entities').select('body').where('kind', '=', 'flag').execute());
  await store.close();
  expect(bodies.map(({ case_id: caseId }) => caseId)).toEqual([null, null]);
  // Who called stays on the desk.
  expect(JSON.stringify(bodies)).not.toContain('Chi chiama');
  expect(flags).toEqual([]);
}, 60_000);
