/**
 * Contacts of no case, over a real hub and three real desks: noted here, seen there, taken by one, matched into a colleague's case; a missed call
 * is a task for whoever answers and for the owner, until somebody is in a call about it.
 */
import { expect, it } from 'vitest';
import type { CallId, CaseId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { CommandInput, CommandName } from '../../shared/contract/contract.ts';
import type { ContactTaskRow } from '../../shared/contract/contact-task-channels.ts';
import type { TelephoneEvent } from '../../shared/telephone/telephone-event.ts';
import { dialNumberSchema } from '../../shared/telephone/dial-target.ts';
import { newCallState, nextCallState, plainEnd } from '../../shared/telephone/call-state.ts';
import type { CallEndCause } from '../../shared/telephone/call-end.ts';
import { systemClock } from '../../shared/time.ts';
import { lockCases } from '../../hub/receivables/load-case.ts';
import { publishCase } from '../../hub/receivables/publish-case.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { demoPassword, signInAs } from '../support/shift.ts';

async function besideHub<T>(agency: Agency, work: (store: HubStore) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir: agency.hub.dataDir, postgresUrl: null });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function hire(agency: Agency, username: string): Promise<UserId> {
  return besideHub(agency, async (store) => {
    const added = await addUser(store, systemClock, { username, displayName: `Nome ${username}`, role: 'inbound', password: demoPassword, certificates: [] });
    if (!added.ok) throw new Error(added.refusal.code);
    const { user_id: userId } = await store.read((tx) => tx.selectFrom('users').select('user_id').where('username', '=', username).executeTakeFirstOrThrow());
    return userId;
  });
}

async function reachBy(agency: Agency, caseId: CaseId, e164: string): Promise<void> {
  await besideHub(agency, (store) => store.write(async (tx) => {
    await lockCases(tx, [caseId]);
    await tx.updateTable('cases').set({ numbers: JSON.stringify([{ numberId: newId<string>(), raw: e164, e164, country: 'IT', kind: 'mobile', usable: true }]) }).where('case_id', '=', caseId).execute();
    await publishCase(tx, systemClock.nowMs(), caseId);
  }));
}

type IntentOf<Name extends CommandName> = Omit<CommandInput<Name>, 'commandId'>;

let told = 0;
/** Rings and ends so, unanswered. */
function ringInVain(desk: DeskProcess, ownerId: UserId, from: string | null, cause: CallEndCause = 'missed'): void {
  const callId = newId<CallId>();
  const state = newCallState('inbound');
  const end = { kind: 'ended', end: plainEnd(cause, 'them') } as const;
  const events: TelephoneEvent[] = [
    { kind: 'call-begun', number: (told += 1), atMs: systemClock.nowMs(), callId, caller: { number: from === null ? null : dialNumberSchema.parse(from), name: null }, called: null, state, waiting: false },
    { kind: 'call-stepped', number: (told += 1), atMs: systemClock.nowMs(), callId, step: end, state: nextCallState(state, end) },
  ];
  desk.tellAsSoftphone({ type: 'telephone-events', ownerId, events });
}

const rowsUntil = async (desk: DeskProcess, test: (rows: ContactTaskRow[]) => boolean): Promise<ContactTaskRow[]> => (await desk.until('list-contact-tasks', {}, ({ rows }) => test(rows))).rows;
const states = (rows: readonly ContactTaskRow[]): string[] => rows.map(({ state }) => state);

it('is noted by one, taken by another, matched to a colleague’s case, and gone for all', async () => {
  const agency = await openAgency();
  await hire(agency, 'ines');
  await hire(agency, 'ivo');
  const [carla, ines, ivo] = await Promise.all(['carla', 'ines', 'ivo'].map(async (name) => {
    const desk = await agency.startDesk(name);
    await signInAs(desk, name);
    return desk;
  }));
  if (carla === undefined || ines === undefined || ivo === undefined) throw new Error('a desk is missing');
  const [row] = await workableRows(carla);
  if (row === undefined) throw new Error('an empty list');

  // Nothing said is nothing to do.
  const empty: IntentOf<'note-contact'> = { channel: 'phone', who: ' ', reasons: [], text: '', creditorId: null };
  expect(await ines.command('note-contact', empty)).toMatchObject({ ok: false, error: { code: 'contact-who-missing' } });
  expect(await ines.command('note-contact', { ...empty, who: 'Rosa' })).toMatchObject({ ok: false, error: { code: 'contact-text-missing' } });
  const noted = await ines.command('note-contact', { ...empty, who: 'Signora Rosa', reasons: ['paid'], text: 'Ha pagato a maggio' });
  if (!noted.ok) throw new Error(noted.error.code);
  const taskId = noted.value.factId;
  expect(states(await rowsUntil(ines, (rows) => rows[0]?.state === 'free'))).toEqual(['free']);
  expect(await rowsUntil(ivo, (rows) => rows.length === 1)).toMatchObject([{ taskId, who: 'Signora Rosa', text: 'Ha pagato a maggio', reasons: ['paid'], times: 1 }]);
  expect((await carla.query('list-contact-tasks', {}))).toMatchObject({ ok: true, value: { rows: [] } });

  expect(await ivo.command('take-contact', { taskId, take: true })).toMatchObject({ ok: true });
  await rowsUntil(ivo, (rows) => rows[0]?.state === 'mine');
  await rowsUntil(ines, (rows) => rows[0]?.state === 'taken');
  expect(await ines.command('take-contact', { taskId, take: true })).toMatchObject({ ok: false, error: { code: 'contact-task-taken' } });
  expect(await ines.command('match-contact', { taskId, caseId: row.caseId })).toMatchObject({ ok: false, error: { code: 'contact-task-taken' } });
  expect(await ines.command('close-contact', { taskId, reason: 'duplicate', text: '' })).toMatchObject({ ok: false, error: { code: 'contact-task-taken' } });

  expect(await ivo.command('match-contact', { taskId, caseId: row.caseId })).toMatchObject({ ok: true });
  expect(await rowsUntil(ivo, (rows) => rows.length === 0)).toEqual([]);
  await allSent(ivo);
  await rowsUntil(ines, (rows) => rows.length === 0);
  const { history } = await carla.until('show-case', { caseId: row.caseId }, (shown) => shown.history.some(({ kind }) => kind === 'contact'));
  expect(history[0]).toMatchObject({ kind: 'contact', contact: { taskId, who: 'Signora Rosa', text: 'Ha pagato a maggio', reasons: ['paid'] } });
  // The case was looked up for it: nobody is asked about it.
  const flags = await besideHub(agency, (store) => store.read((tx) => tx.selectFrom('entities').select('id').where('kind', '=', 'flag').execute()));
  expect(flags).toEqual([]);

  // Without the hub: noting goes on, taking does not, and what was noted is there afterwards.
  await agency.killHub();
  await ines.until('show-sync', {}, ({ network }) => network === 'offline');
  const second = await ines.command('note-contact', { ...empty, channel: 'letter', who: 'Studio Bianchi', text: 'Chiede copia' });
  if (!second.ok) throw new Error(second.error.code);
  expect(states(await rowsUntil(ines, (rows) => rows.length === 1))).toEqual(['unsent']);
  await agency.startHub();
  await rowsUntil(ivo, (rows) => rows.some(({ who }) => who === 'Studio Bianchi'));
  await agency.killHub();
  await ivo.until('show-sync', {}, ({ network }) => network === 'offline');
  expect(await ivo.command('close-contact', { taskId: second.value.factId, reason: 'other', text: 'fatto' })).toMatchObject({ ok: false, error: { code: 'contact-task-offline' } });
  await agency.startHub();
  await ivo.until('show-sync', {}, ({ network }) => network === 'online');
  expect(await ivo.command('close-contact', { taskId: second.value.factId, reason: 'other', text: '' })).toMatchObject({ ok: false, error: { code: 'reason-missing' } });
  expect(await ivo.command('close-contact', { taskId: second.value.factId, reason: 'other', text: 'fatto' })).toMatchObject({ ok: true });
  await rowsUntil(ines, (rows) => rows.length === 0);
});

it('a missed call is a task for whoever answers and for the owner, once for its number, until somebody is in a call about it', async () => {
  const agency = await openAgency();
  const inesId = await hire(agency, 'ines');
  const carla = await agency.startDesk('carla');
  await signInAs(carla, 'carla');
  const [row] = await workableRows(carla);
  if (row === undefined) throw new Error('an empty list');
  await reachBy(agency, row.caseId, '+393331230001');
  const ines = await agency.startDesk('ines');
  await signInAs(ines, 'ines');
  // The directory is there before anybody rings.
  await ines.until('list-contact-tasks', {}, ({ creditors }) => creditors.length > 0);

  // Refused, sent on, hidden or a colleague's: nobody is to be called back.
  ringInVain(ines, inesId, '+393331230002', 'rejected');
  ringInVain(ines, inesId, '+393331230002', 'transferred');
  ringInVain(ines, inesId, null);
  ringInVain(ines, inesId, '204');
  ringInVain(ines, inesId, '3331230001');
  ringInVain(ines, inesId, '+393331230001');
  const [mine] = await rowsUntil(carla, (rows) => rows[0]?.times === 2);
  expect(mine).toMatchObject({ channel: 'missed-call', who: '+393331230001', caseId: row.caseId, customerName: row.customerName, state: 'free' });
  const hers = await rowsUntil(ines, (rows) => rows[0]?.times === 2);
  // Whoever answers has the number, and no customer's name before it is looked up.
  expect(hers).toMatchObject([{ who: '+393331230001', customerName: null }]);
  expect(hers).toHaveLength(1);

  const shown = await carla.query('show-case', { caseId: row.caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  const basedOn = { caseRevision: shown.value.revision, scriptVersion: null };
  expect(await carla.command('start-call', { caseId: row.caseId, direction: 'inbound', pointId: null, locale: 'it', basedOn, line: 'by-hand', callId: null })).toMatchObject({ ok: true });
  await rowsUntil(ines, (rows) => rows.length === 0);
  await rowsUntil(carla, (rows) => rows.length === 0);
});
