/**
 * A disk that is full at 100 points of real work, and at the first sign-in; a disk that takes no writing at all.
 *
 * Invariants: what cannot be saved is answered so, in a sentence; nothing is half-saved; the desk goes on, and the very
 * same command succeeds when there is space; what was acknowledged is at the hub in the end, once.
 */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CommandId } from '../../shared/id.ts';
import { factIdSchema, newId } from '../../shared/id.ts';
import { checkKilledStore, readStoreKey } from '../crash/check-killed-store.ts';
import { PASSWORD, plantHub } from '../crash/planted-hub.ts';
import { auditHub } from '../simulate/audit.ts';
import { HubAccount } from '../simulate/hub-account.ts';
import type { Acknowledged } from '../simulate/operator.ts';
import { allSent } from '../support/agency.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { plainForm, signInAs } from '../support/shift.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { SmallDisk } from './small-disk.ts';

const POINTS = 100;
const MOST_PAGES_LEFT = 24;
const basedOn = { caseRevision: 1, scriptVersion: null };

async function startWork(): Promise<{ hub: HubProcess; username: string; disk: SmallDisk; desk: DeskProcess }> {
  const dataDir = join(temporaryFolder(), 'hub');
  const [username = ''] = await plantHub(dataDir, 1);
  const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
  onTestFinished(() => hub.stop());
  const disk = SmallDisk.create(24);
  const desk = await DeskProcess.start({ profileDir: join(disk.path, 'profile'), hubUrl: hub.url, hubKey: 'disk' });
  onTestFinished(() => desk.stop());
  return { hub, username, disk, desk };
}

it(`answers, keeps whole and goes on at ${String(POINTS)} points where the disk is full`, async () => {
  const { hub, username, disk, desk } = await startWork();
  await signInAs(desk, username, PASSWORD);
  const { rows } = await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === 4);
  const key = await readStoreKey(join(disk.path, 'profile'), PASSWORD);
  const acknowledged: Acknowledged[] = [];
  const wrong: string[] = [];
  let syncRefused = 0;

  for (let point = 0; point < POINTS; point += 1) {
    const caseId = rows[point % rows.length]!.caseId;
    disk.fill(point % MOST_PAGES_LEFT);
    for (let attempt = 0; ; attempt += 1) {
      const marker = `${username}-${newId()}-${String(point)}`;
      const commandId = newId<CommandId>();
      const isNote = (point + attempt) % 2 === 0;
      const send = () => isNote
        ? desk.command('add-note', { caseId, text: marker, basedOn }, commandId)
        : desk.command('record-outcome', { caseId, locale: 'it', form: plainForm('NA', { note: marker }), basedOn }, commandId);
      const saved = await send();
      if (saved.ok) {
        acknowledged.push({ factId: factIdSchema.parse(saved.value.factId), commandId, marker, latencyMs: 0 });
        if (attempt > 1_000) throw new Error('the disk does not fill');
        continue;
      }
      if (saved.error.code !== 'disk-full' || saved.error.messageKey !== 'error.diskFull' || !saved.error.retryable) wrong.push(`point ${String(point)}: ${JSON.stringify(saved.error)}`);
      // Held still, so that file and log are of one moment.
      process.kill(desk.pid, 'SIGSTOP');
      wrong.push(...checkKilledStore(key, acknowledged).map((fault) => `point ${String(point)}, full: ${fault}`));
      process.kill(desk.pid, 'SIGCONT');
      const sync = await desk.query('show-sync', {});
      if (sync.ok && sync.value.problem?.code === 'disk-full') syncRefused += 1;
      const list = await desk.query('list-worklist', { view: 'to-work', creditorId: null });
      if (!list.ok) wrong.push(`point ${String(point)}: the list does not show: ${list.error.code}`);
      disk.free();
      const again = await send();
      if (again.ok) acknowledged.push({ factId: factIdSchema.parse(again.value.factId), commandId, marker, latencyMs: 0 });
      else wrong.push(`point ${String(point)}, space again: ${again.error.code}`);
      break;
    }
  }
  await desk.command('sync-now', {});
  await allSent(desk);
  process.kill(desk.pid, 'SIGSTOP');
  wrong.push(...checkKilledStore(key, acknowledged));
  process.kill(desk.pid, 'SIGCONT');
  console.log(JSON.stringify({ points: POINTS, acknowledged: acknowledged.length, syncRefused }));
  expect(wrong).toEqual([]);
  const admin = await HubAccount.signIn(hub.url, 'admin', PASSWORD);
  const person = await HubAccount.signIn(hub.url, username, PASSWORD);
  expect(await auditHub({ admin, people: [person], acknowledged: new Set(acknowledged.map((fact) => fact.factId)), before: new Set() })).toEqual({
    atHub: acknowledged.length, lost: [], duplicated: [], chainOk: true,
  });
});

it('says at the first sign-in that the disk is full, and takes the operator in when there is space', async () => {
  const { username, disk, desk } = await startWork();
  let refused = 0;
  for (let pagesLeft = 0; pagesLeft < 60; pagesLeft += 4) {
    disk.fill(pagesLeft);
    const session = await desk.command('sign-in', { username, password: PASSWORD });
    if (session.ok) {
      await desk.command('sign-out', {});
      continue;
    }
    refused += 1;
    expect(session.error).toMatchObject({ code: 'disk-full', messageKey: 'error.signInDiskFull' });
  }
  expect(refused).toBeGreaterThan(2);
  disk.free();
  await signInAs(desk, username, PASSWORD);
  await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === 4);
});

it('refuses a page of the feed that the disk cannot take, and takes it when there is space', async () => {
  const { hub, username, disk, desk } = await startWork();
  const elsewhere = await DeskProcess.start({ profileDir: join(temporaryFolder(), 'profile'), hubUrl: hub.url, hubKey: 'disk' });
  onTestFinished(() => elsewhere.stop());
  for (const one of [desk, elsewhere]) await signInAs(one, username, PASSWORD);
  const { rows: [row] } = await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === 4);
  await elsewhere.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === 4);
  const caseId = row!.caseId;
  // Nothing in the log that could be written over without new space.
  await desk.command('sign-out', {});
  await signInAs(desk, username, PASSWORD);
  await allSent(desk);
  disk.fill(0);
  let notes = 0;
  const refused = desk.until('show-sync', {}, (sync) => sync.problem?.code === 'disk-full');
  const noteElsewhere = async (): Promise<void> => {
    notes += 1;
    expect(await elsewhere.command('add-note', { caseId, text: `nota ${String(notes)}`, basedOn })).toMatchObject({ ok: true });
    await allSent(elsewhere);
  };
  const state = { isRefused: false };
  void refused.then(() => { state.isRefused = true; });
  // The log may hold room for a few pages yet.
  while (!state.isRefused && notes < 200) await noteElsewhere();
  await refused;
  const shown = await desk.query('show-case', { caseId });
  expect(shown.ok ? shown.value.history.length : -1).toBeLessThan(notes);
  disk.free();
  await desk.command('sync-now', {});
  await desk.until('show-case', { caseId }, (value) => value.history.length === notes);
});

it('says that the profile takes no writing, and works when it does', async () => {
  const { username, disk, desk } = await startWork();
  disk.setReadOnly(true);
  expect(await desk.command('sign-in', { username, password: PASSWORD })).toMatchObject({ ok: false, error: { code: 'disk-read-only', messageKey: 'error.signInReadOnly' } });
  disk.setReadOnly(false);
  await signInAs(desk, username, PASSWORD);
  await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === 4);
  await desk.command('sign-out', {});
  disk.setReadOnly(true);
  expect(await desk.command('sign-in', { username, password: PASSWORD })).toMatchObject({ ok: false, error: { code: 'disk-read-only', messageKey: 'error.signInReadOnly' } });
  disk.setReadOnly(false);
  await signInAs(desk, username, PASSWORD);
});
