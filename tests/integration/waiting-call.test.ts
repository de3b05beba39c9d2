/**
 * A call that waits for its outcome, between a real hub and a real desk: put aside for the next one and gone back to, the desk killed at every step;
 * and while its case goes to somebody else. The hub has one contact, with the id, the permit and the policy that it began with.
 */
import { expect, it } from 'vitest';
import type { CallId, CaseId, NumberId, UserId } from '../../shared/id.ts';
import type { CallStep } from '../../shared/telephone/call-state.ts';
import { newCallState, nextCallState } from '../../shared/telephone/call-state.ts';
import type { TelephoneEvent } from '../../shared/telephone/telephone-event.ts';
import { emptyDraft } from '../../shared/testing/empty-draft.ts';
import { systemClock } from '../../shared/time.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { readHubKey } from '../../hub/telephone/hub-key.ts';
import { setAccount, setExchange } from '../../hub/telephone/set-telephone.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { plainForm, signInAs } from '../support/shift.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };
const locale = 'it' as const;

async function provide(agency: Agency): Promise<{ carla: UserId; other: UserId }> {
  const { dataDir } = agency.hub;
  const store = await openStore({ dataDir, postgresUrl: null });
  const by = { userId: null, nowMs: systemClock.nowMs() };
  const ids = await store.write(async (tx) => {
    const { user_id: carla } = await tx.selectFrom('users').select('user_id').where('username', '=', 'carla').executeTakeFirstOrThrow();
    const { user_id: other } = await tx.selectFrom('users').select('user_id').where('role', '=', 'collector').where('username', '!=', 'carla').executeTakeFirstOrThrow();
    await setExchange(tx, by, { server: 'wss://pbx.example.it/ws', domain: 'pbx.example.it', privateAuthority: null, tones: 'sound', ringForMs: 60_000 });
    await setAccount(tx, by, readHubKey(dataDir), carla, { user: '201', authenticationUser: null, password: 'x' });
    return { carla, other };
  });
  await store.close();
  return ids;
}

/** As main would: it rang, and nobody answered. */
function unanswered(callId: CallId): TelephoneEvent[] {
  let state = newCallState('outbound');
  const steps: CallStep[] = [{ kind: 'rings' }, { kind: 'ended', end: { cause: 'no-answer', by: 'network', sipStatus: 480, q850: null } }];
  return [{ kind: 'call-begun', number: 1, atMs: systemClock.nowMs(), callId, caller: { number: null, name: null }, state, waiting: false }, ...steps.map((step, index): TelephoneEvent => {
    state = nextCallState(state, step);
    return { kind: 'call-stepped', number: index + 2, atMs: systemClock.nowMs(), callId, step, state };
  })];
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: { code: string; details: object } }): T {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.details)}`);
  return result.value;
}

async function twoCases(desk: DeskProcess): Promise<[CaseId, CaseId]> {
  const [first, second] = await workableRows(desk);
  if (first === undefined || second === undefined) throw new Error('a list of less than two');
  return [first.caseId, second.caseId];
}

const pointOf = async (desk: DeskProcess, caseId: CaseId): Promise<NumberId | null> => valueOf(await desk.query('show-case', { caseId })).numbers.find(({ usable }) => usable)?.numberId ?? null;

async function ringInVain(desk: DeskProcess, ownerId: UserId, caseId: CaseId): Promise<CallId> {
  await desk.until('show-telephone', {}, ({ account }) => account !== null);
  const { call: { callId } } = valueOf(await desk.command('start-call', { caseId, direction: 'outbound', pointId: await pointOf(desk, caseId), locale, basedOn, line: 'softphone' }));
  desk.tellAsSoftphone({ type: 'telephone-events', ownerId, events: unanswered(callId) });
  await desk.until('show-call', { locale }, ({ call }) => call?.telephone?.ended != null);
  return callId;
}

/** What the hub has of a call, in order, and whether anything was flagged. */
async function atHub(agency: Agency, callId: CallId): Promise<{ types: string[]; policies: unknown[]; flags: number }> {
  const store = await openStore({ dataDir: agency.hub.dataDir, postgresUrl: null });
  const rows = await store.read((tx) => tx.selectFrom('facts').select('header').orderBy('seq').execute());
  const flags = await store.read((tx) => tx.selectFrom('entities').select('id').where('kind', '=', 'flag').execute());
  await store.close();
  const headers = rows.map(({ header }) => JSON.parse(header) as { type: string; callId?: string; basedOn: { policyVersion: string | null } }).filter((header) => header.callId === callId);
  return { types: headers.map(({ type }) => type), policies: [...new Set(headers.map((header) => header.basedOn.policyVersion))], flags: flags.length };
}

it('is one contact at the hub, however often the desk is killed while it waits', async () => {
  const agency = await openAgency();
  const { carla } = await provide(agency);
  let desk = await agency.startDesk('carla');
  await signInAs(desk, 'carla');
  const ticket = desk.resumeTicket;
  const again = async (): Promise<void> => {
    await desk.kill();
    desk = await agency.startDesk('carla', { resume: ticket });
  };
  const shown = async (): Promise<{ front: CallId | null; waiting: CallId[] }> => {
    const { call, waiting } = await desk.until('show-call', { locale }, () => true);
    return { front: call?.callId ?? null, waiting: waiting.map((one) => one.callId) };
  };
  const [first, second] = await twoCases(desk);
  const callId = await ringInVain(desk, carla, first);
  const draft = { ...emptyDraft, code: 'NA' as const, note: 'richiamare dopo le cinque' };
  valueOf(await desk.command('save-draft', { caseId: first, draft }));
  await again();
  expect(await shown()).toEqual({ front: callId, waiting: [] });

  valueOf(await desk.command('put-aside-call', { callId, locale }));
  await again();
  expect(await shown()).toEqual({ front: null, waiting: [callId] });
  expect(await desk.command('start-call', { caseId: first, direction: 'outbound', pointId: await pointOf(desk, first), locale, basedOn })).toMatchObject({ ok: false, error: { code: 'call-waits' } });

  const { call: next } = valueOf(await desk.command('start-call', { caseId: second, direction: 'inbound', pointId: null, locale, basedOn }));
  await again();
  expect(await shown()).toEqual({ front: next.callId, waiting: [callId] });
  expect(await desk.command('take-up-call', { callId, locale })).toMatchObject({ ok: false, error: { code: 'call-open' } });
  valueOf(await desk.command('record-outcome', { caseId: second, locale, basedOn, form: plainForm('HU', { channel: 'phone-inbound' }) }));
  await again();
  expect(await shown()).toEqual({ front: null, waiting: [callId] });

  valueOf(await desk.command('take-up-call', { callId, locale }));
  await again();
  expect(await shown()).toEqual({ front: callId, waiting: [] });
  expect(valueOf(await desk.query('show-case', { caseId: first })).draft).toMatchObject({ code: 'NA', note: draft.note });
  valueOf(await desk.command('record-outcome', { caseId: first, locale, basedOn, form: plainForm('NA', { channel: 'phone-outbound', numberId: await pointOf(desk, first), note: draft.note }) }));
  await again();
  expect(await shown()).toEqual({ front: null, waiting: [] });
  await allSent(desk);
  await desk.stop();
  const { types, policies, flags } = await atHub(agency, callId);
  expect(types).toEqual(['contact-permitted', 'call-started', 'call-moved', 'call-ended', 'script-followed', 'outcome-recorded']);
  expect([policies.length, policies[0] === null, flags]).toEqual([1, false, 0]);
}, 180_000);

it('stays when a lead gives its case to somebody else, and its outcome still belongs to it', async () => {
  const agency = await openAgency();
  const { carla, other } = await provide(agency);
  const desk = await agency.startDesk('carla');
  await signInAs(desk, 'carla');
  const lead = await agency.startDesk('laura');
  await signInAs(lead, 'laura.lead');
  const [caseId] = await twoCases(desk);
  const callId = await ringInVain(desk, carla, caseId);
  valueOf(await desk.command('put-aside-call', { callId, locale }));
  await allSent(desk);
  const numberId = await pointOf(desk, caseId);
  valueOf(await lead.command('assign-customer', { caseId, reason: 'assenza', ownerId: other }));
  await desk.until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) => !rows.some((row) => row.caseId === caseId));
  expect(valueOf(await desk.query('show-call', { locale })).waiting).toMatchObject([{ callId, caseId }]);
  valueOf(await desk.command('take-up-call', { callId, locale }));
  valueOf(await desk.command('record-outcome', { caseId, locale, basedOn, form: plainForm('NA', { channel: 'phone-outbound', numberId }) }));
  await allSent(desk);
  await desk.stop();
  await lead.stop();
  expect((await atHub(agency, callId)).types).toEqual(['contact-permitted', 'call-started', 'call-moved', 'call-ended', 'script-followed', 'outcome-recorded']);
}, 120_000);
