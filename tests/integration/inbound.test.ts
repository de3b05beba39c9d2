/**
 * Somebody calls: a real hub, real desks, and what stands in main's place. The customer is a colleague's; the desk that answers has the card within the
 * ring, records what was said, and the colleague has it.
 */
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { CaseId, CreditorId, CallId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { TelephoneEvent } from '../../shared/telephone/telephone-event.ts';
import { dialNumberSchema } from '../../shared/telephone/dial-target.ts';
import { newCallState, nextCallState } from '../../shared/telephone/call-state.ts';
import { systemClock } from '../../shared/time.ts';
import { erasePerson } from '../../hub/erasure/erase-person.ts';
import { lockCases } from '../../hub/receivables/load-case.ts';
import { publishCase } from '../../hub/receivables/publish-case.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { readHubKey } from '../../hub/telephone/hub-key.ts';
import { setAccount, setCallerId, setExchange } from '../../hub/telephone/set-telephone.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { runHub } from '../support/hub-process.ts';
import { demoPassword, plainForm, signInAs } from '../support/shift.ts';

const locale = 'it' as const;
const CALLED = '+390971000999';

async function besideHub<T>(agency: Agency, work: (store: HubStore) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir: agency.hub.dataDir, postgresUrl: null });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Ines answers at 301; the number that customers see is one creditor's. */
async function hireInes(agency: Agency, creditorId: CreditorId): Promise<UserId> {
  return besideHub(agency, async (store) => {
    const added = await addUser(store, systemClock, { username: 'ines', displayName: 'Ines Risponde', role: 'inbound', password: demoPassword, certificates: [] });
    if (!added.ok) throw new Error(added.refusal.code);
    const by = { userId: null, nowMs: systemClock.nowMs() };
    return store.write(async (tx) => {
      const { user_id: ines } = await tx.selectFrom('users').select('user_id').where('username', '=', 'ines').executeTakeFirstOrThrow();
      await setExchange(tx, by, { server: 'wss://pbx.example.it/ws', domain: 'pbx.example.it', privateAuthority: null, tones: 'sound', ringForMs: 60_000 });
      await setAccount(tx, by, readHubKey(agency.hub.dataDir), ines, { user: '301', authenticationUser: null, password: 'segreto-301' });
      await setCallerId(tx, by, creditorId, CALLED);
      return ines;
    });
  });
}

/** Gives a case this one number. */
async function reachBy(agency: Agency, caseId: CaseId, e164: string): Promise<void> {
  await besideHub(agency, (store) => store.write(async (tx) => {
    await lockCases(tx, [caseId]);
    await tx.updateTable('cases').set({ numbers: JSON.stringify([{ numberId: newId<string>(), raw: e164, e164, country: 'IT', kind: 'mobile', usable: true }]) }).where('case_id', '=', caseId).execute();
    await publishCase(tx, systemClock.nowMs(), caseId);
  }));
}

let told = 0;
/** Somebody rings, from this number to that one, and is answered where wanted. */
function ring(desk: DeskProcess, ownerId: UserId, from: string | null, to: string | null, isAnswered = false): CallId {
  const callId = newId<CallId>();
  let state = newCallState('inbound');
  const number = (text: string | null): ReturnType<typeof dialNumberSchema.parse> | null => (text === null ? null : dialNumberSchema.parse(text));
  const events: TelephoneEvent[] = [{ kind: 'call-begun', number: (told += 1), atMs: systemClock.nowMs(), callId, caller: { number: number(from), name: null }, called: number(to), state, waiting: false }];
  if (isAnswered) {
    for (const step of [{ kind: 'accepted' }, { kind: 'connected' }] as const) {
      state = nextCallState(state, step);
      events.push({ kind: 'call-stepped', number: (told += 1), atMs: systemClock.nowMs(), callId, step, state });
    }
  }
  desk.tellAsSoftphone({ type: 'telephone-events', ownerId, events });
  return callId;
}

const flagsAbout = (agency: Agency, caseId: CaseId): Promise<string[]> => besideHub(agency, (store) => store.read(async (tx) =>
  (await tx.selectFrom('entities').select('body').where('kind', '=', 'flag').execute()).map((row) => row.body).filter((body) => body.includes(caseId))));

it('has the card of a colleague’s customer within the ring, records what is said, and the colleague has it', async () => {
  const agency = await openAgency();
  const carla = await agency.startDesk('carla');
  await signInAs(carla, 'carla');
  const rows = await workableRows(carla);
  const [row] = rows;
  if (row === undefined) throw new Error('an empty list');
  const other = rows.find(({ creditorId }) => creditorId !== row.creditorId);
  const twin = rows.find(({ caseId, creditorId }) => caseId !== row.caseId && creditorId === row.creditorId);
  const unserved = rows.find(({ caseId, creditorId }) => caseId !== row.caseId && caseId !== twin?.caseId && creditorId === row.creditorId);
  if (other === undefined || twin === undefined || unserved === undefined) throw new Error('a list of one creditor, or of one case each');
  const ines = await hireInes(agency, row.creditorId);
  await reachBy(agency, row.caseId, '+393331230001');
  await reachBy(agency, other.caseId, '+393331230001');
  await reachBy(agency, twin.caseId, '+393331230002');
  await reachBy(agency, unserved.caseId, '+393331230003');

  const desk = await agency.startDesk('ines');
  await signInAs(desk, 'ines');
  await desk.until('show-telephone', {}, ({ account }) => account?.user === '301');
  const whole = async (callId: CallId): Promise<void> => { await desk.until('show-caller', { callId, creditorId: null }, ({ directory }) => directory === 'whole'); };

  // Two creditors know the number: the one whose number was called has one customer, however the exchange writes it.
  const first = ring(desk, ines, '00393331230001', '0971000999', true);
  await whole(first);
  const card = await desk.until('show-caller', { callId: first, creditorId: null }, ({ matches }) => matches[0]?.state === 'here');
  expect(card).toMatchObject({ kind: 'one', isCalled: true, creditor: { creditorId: row.creditorId, creditorName: row.creditorName }, matches: [{ caseId: row.caseId, customerName: row.customerName, colleague: null }] });
  expect(JSON.stringify(card)).not.toContain(other.caseId);
  // The card is shown before the case is stored; whoever opens it waits for the disk, as the page does.
  expect(await desk.command('serve-case', { caseId: row.caseId, reason: 'ring', callId: first })).toMatchObject({ ok: true });
  expect((await desk.query('list-worklist', { view: 'all', creditorId: null, offset: 0, limit: 10 }))).toMatchObject({ ok: true, value: { rows: [] } });
  const shown = await desk.query('show-case', { caseId: row.caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  expect(shown.value.reasons[0]).toEqual({ key: 'served', params: {} });
  const basedOn = { caseRevision: shown.value.revision, scriptVersion: null };

  // Ringing them is whose case it is.
  const out = await desk.command('start-call', { caseId: row.caseId, direction: 'outbound', pointId: null, locale, basedOn, line: 'by-hand', callId: null });
  expect(out).toMatchObject({ ok: false, error: { code: 'contact-blocked', details: { code: 'served' } } });
  const begun = await desk.command('start-call', { caseId: row.caseId, direction: 'inbound', pointId: null, locale, basedOn, line: 'softphone', callId: first });
  expect(begun).toMatchObject({ ok: true, value: { call: { callId: first, gate: { state: 'unconfirmed' } } } });
  const method = begun.ok ? begun.value.call.gate.methods[0] : undefined;
  if (method === undefined) throw new Error('nothing to check identity by');
  expect(await desk.command('check-identity', { callId: first, locale, result: 'confirmed', method, partyId: null })).toMatchObject({ ok: true });
  expect(await desk.command('record-outcome', { caseId: row.caseId, locale, basedOn, form: plainForm('RPC', { channel: 'phone-inbound', note: 'Paga venerdì' }) })).toMatchObject({ ok: true });
  await allSent(desk);
  await carla.until('show-case', { caseId: row.caseId }, ({ history }) => history.some((entry) => JSON.stringify(entry).includes('Paga venerdì')));
  expect(await flagsAbout(agency, row.caseId)).toEqual([]);

  // Nobody's number was called, and two creditors know the caller: first which of them, and no name.
  const second = ring(desk, ines, '3331230001', null);
  const asked = await desk.until('show-caller', { callId: second, creditorId: null }, ({ kind }) => kind === 'creditors');
  expect(asked).toMatchObject({ matches: [], creditor: null });
  expect(asked.creditors).toHaveLength(2);
  expect(JSON.stringify(asked)).not.toContain(row.customerName);
  expect(await desk.query('show-caller', { callId: second, creditorId: row.creditorId })).toMatchObject({ ok: true, value: { kind: 'one', isCalled: false, matches: [{ caseId: row.caseId }] } });

  // A spoofed number of another creditor's customer, to this creditor's number, finds nobody; nor do no number and no such number.
  for (const [from, kind] of [[null, 'unknown'], ['+39000', 'unknown'], ['201', 'extension'], ['+393339999999', 'nobody']] as const) {
    const callId = ring(desk, ines, from, CALLED);
    expect(await desk.until('show-caller', { callId, creditorId: null }, () => true)).toMatchObject({ kind, matches: [] });
  }

  // Two at once: each is answered for itself.
  const [left, right] = [ring(desk, ines, '+393331230001', CALLED), ring(desk, ines, '+393331230002', CALLED)];
  expect(await desk.until('show-caller', { callId: left, creditorId: null }, () => true)).toMatchObject({ callId: left, matches: [{ caseId: row.caseId }] });
  expect(await desk.until('show-caller', { callId: right, creditorId: null }, ({ matches }) => matches[0]?.state === 'here')).toMatchObject({ callId: right, matches: [{ caseId: twin.caseId, customerName: twin.customerName }] });

  // Who looked is read beside the hub, with why and for which call.
  const log = z.object({ lookUps: z.array(z.object({ username: z.string(), reason: z.string(), caseId: z.string().nullable(), callId: z.string().nullable() })) })
    .parse(JSON.parse(await runHub(['look-ups', '--data', agency.hub.dataDir, '--case', row.caseId, '--json'])));
  expect(log.lookUps[0]).toEqual(expect.objectContaining({ username: 'ines', reason: 'ring', caseId: row.caseId, callId: first }));

  // Without the hub: who was served is here, who was not is said to be out of reach, and the words are searched here.
  await agency.killHub();
  await desk.until('show-sync', {}, ({ network }) => network === 'offline');
  const third = ring(desk, ines, '+393331230001', CALLED);
  expect(await desk.until('show-caller', { callId: third, creditorId: null }, () => true)).toMatchObject({ kind: 'one', matches: [{ caseId: row.caseId, state: 'here' }] });
  const fourth = ring(desk, ines, '+393331230003', CALLED);
  expect(await desk.until('show-caller', { callId: fourth, creditorId: null }, ({ kind }) => kind === 'one')).toMatchObject({ matches: [{ caseId: unserved.caseId, state: 'offline', customerName: null }] });
  expect(await desk.query('search-callers', { text: row.customerName, creditorId: null, callId: third })).toMatchObject({ ok: true, value: { isOffline: true, rows: [{ caseId: row.caseId }] } });

  // Erased: nothing of the person is left where they called, nor by which they were found.
  await agency.startHub();
  await besideHub(agency, async (store) => {
    const { customer_id: customerId } = await store.read((tx) => tx.selectFrom('cases').select('customer_id').where('case_id', '=', row.caseId).executeTakeFirstOrThrow());
    const report = await erasePerson({ store, clock: systemClock, dataDir: agency.hub.dataDir }, { target: { customerId }, reason: 'asked for it', dryRun: false });
    expect(report.ok).toBe(true);
  });
  await desk.until('list-served', {}, ({ rows: served }) => !served.some(({ caseId }) => caseId === row.caseId));
  const last = ring(desk, ines, '+393331230001', CALLED);
  expect(await desk.until('show-caller', { callId: last, creditorId: null }, () => true)).toMatchObject({ kind: 'nobody', matches: [] });
});
