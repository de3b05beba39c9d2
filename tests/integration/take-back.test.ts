/**
 * Taking back, with real processes: a hub, two desks, the administrator's command; and a shift that runs out.
 *
 * Invariant: a customer is never in two worklists; the desk that stays away keeps what it had, until its own clock says
 * that the hub may have given it to somebody else.
 */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Desk } from '../../electron/desk/desk.ts';
import { noPrinter } from '../../electron/desk/printing/printer.ts';
import { findNextCase } from '../../electron/desk/queries/find-next-case.ts';
import { noFilter } from '../../shared/contract/worklist-filter.ts';
import { listWorklist } from '../../electron/desk/queries/list-worklist.ts';
import { addNote } from '../../electron/desk/commands/add-note.ts';
import { recordOutcome } from '../../electron/desk/commands/record-outcome.ts';
import { startHub } from '../../hub/start-hub.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { CommandId, CustomerId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { plainForm } from '../../shared/testing/outcome-forms.ts';
import { systemClock } from '../../shared/time.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addAndSignIn, PASSWORD, startTestHub, TestClock } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

const HOUR_MS = 3_600_000;
const everything = { view: 'all', creditorId: null } as const;
const basedOn = { caseRevision: 1, scriptVersion: null };

it('from a desk that is online at once; from one that is away not before its lease has ended, whatever restarts', async () => {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'hub');
  const customers = await plant(dataDir);
  let hub = await HubProcess.start(dataDir);
  const startDesk = (username: string): Promise<DeskProcess> => DeskProcess.start({ profileDir: join(folder, username), hubUrl: hub.url, hubKey: 'agency' });
  const anna = await startDesk('anna');
  const bruno = await startDesk('bruno');
  onTestFinished(async () => {
    await Promise.all([anna.stop(), bruno.stop()]);
    await hub.stop();
  });
  for (const [username, desk] of [['anna', anna], ['bruno', bruno]] as const) {
    expect((await desk.command('sign-in', { username, password: PASSWORD })).ok).toBe(true);
    await desk.until('list-worklist', everything, (list) => list.lease.state === 'live' && list.rows.length === (username === 'anna' ? 2 : 0));
  }
  const assign = (customerId: CustomerId): Promise<string> => runHub(['assign', '--customer', customerId, '--to', 'bruno', '--data', dataDir]);

  // Both online: through the acknowledgement, within a moment.
  await assign(customers[0]!);
  const given = await bruno.until('list-worklist', everything, (list) => list.rows.length === 1);
  await anna.until('list-worklist', everything, (list) => list.rows.length === 1);

  // Anna was talking to that customer: what was said is saved, and somebody will look.
  const open = { caseId: given.rows[0]!.caseId, basedOn };
  const shown = await anna.query('show-case', { caseId: open.caseId });
  expect(shown.ok && shown.value.reasons[0]?.key).toBe('taken');
  expect((await anna.command('add-note', { ...open, text: 'paga venerdì' })).ok).toBe(true);
  await anna.until('list-flags', {}, (flags) => flags.rows.some((flag) => flag.code === 'not-assigned' && flag.caseId === open.caseId));

  // Anna's PC is away.
  const { pid } = anna;
  process.kill(pid, 'SIGSTOP');
  onTestFinished(() => void process.kill(pid, 'SIGCONT'));
  await assign(customers[1]!);
  await hub.kill();
  hub = await HubProcess.start(dataDir, { port: hub.port });
  await bruno.until('show-sync', {}, (sync) => sync.network === 'online');
  const before = await bruno.query('list-worklist', everything);
  expect(before.ok && before.value.rows.length).toBe(1);
  process.kill(pid, 'SIGCONT');
  await bruno.until('list-worklist', everything, (list) => list.rows.length === 2);
  const after = await anna.query('list-worklist', everything);
  expect(after.ok && after.value.rows.length).toBe(0);
});

it('a desk whose lease has ended starts nothing, says why, and still saves what is open; the hub’s word brings it back', async () => {
  const hub = await startTestHub();
  const { userId: annaId } = await addAndSignIn(hub, 'anna', 'collector');
  const { caseId } = await plantCase(hub.store, annaId);
  await plantCase(hub.store, annaId);
  const clock = new TestClock();
  const changes = new Set<() => void>();
  const desk = new Desk({
    profileDir: temporaryFolder(), hubUrl: hub.url, hubKey: 'agency', demo: false, practiceLine: false, testRuntime: false, siteZone: 'Europe/Rome', locale: 'it', downloadsDir: temporaryFolder(),
  }, clock, noKeychain, { onChanged: () => { for (const wake of [...changes]) wake(); }, onSession: () => undefined, onTelephone: () => undefined, printer: noPrinter });
  let isStopped = false;
  onTestFinished(async () => {
    await desk.shutdown();
    if (!isStopped) await hub.discard();
  });
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          changes.delete(wake);
          resolve();
        };
        changes.add(wake);
      });
    }
  };
  const session = (): NonNullable<Desk['session']> => {
    if (desk.session === null) throw new Error('nobody is signed in');
    return desk.session;
  };
  const list = (view: 'to-work' | 'all' | 'worked-today' = 'all'): ReturnType<typeof listWorklist> => listWorklist(session(), { ...everything, view, filter: noFilter, offset: 0, limit: 100 });

  expect((await desk.signIn({ commandId: newId<CommandId>(), username: 'anna', password: PASSWORD })).ok).toBe(true);
  await until(() => list().rows.length === 2);
  expect(findNextCase(session(), { exceptCaseId: null }).caseId).not.toBeNull();
  const { port, dataDir } = hub;
  await hub.stop();
  isStopped = true;
  await until(() => session().sync.network === 'offline');

  clock.advance(12 * HOUR_MS);
  // The desk notices by itself, and tells the page.
  await until(() => list().lease.state === 'ended');
  expect([list('to-work').rows, list().rows]).toEqual([[], []]);
  expect(findNextCase(session(), { exceptCaseId: null })).toMatchObject({ caseId: null, lease: { state: 'ended' } });
  const common = { caseId, basedOn };
  expect(recordOutcome(session(), { ...common, goesOn: false, commandId: newId<CommandId>(), locale: 'it', form: plainForm('NA') }).ok).toBe(true);
  expect(addNote(session(), { ...common, commandId: newId<CommandId>(), text: 'ancora al telefono' }).ok).toBe(true);
  expect(list('worked-today').rows.map((row) => row.caseId)).toEqual([caseId]);

  hub.clock.advance(12 * HOUR_MS);
  const again = await startHub({ dataDir, postgresUrl: null, host: '127.0.0.1', port, demo: false, clock: hub.clock, logTo: null });
  onTestFinished(() => again.stop());
  desk.syncNow();
  await until(() => list().lease.state === 'live' && list().rows.length === 2);
});

const noKeychain = { wrap: () => Promise.resolve(null), unwrap: () => Promise.resolve(null) };

/** Anna has two customers, bruno none. */
async function plant(dataDir: string): Promise<CustomerId[]> {
  const store = await openStore({ dataDir, postgresUrl: null });
  const [anna] = await Promise.all(['anna', 'bruno'].map(async (username) => {
    const added = await addUser(store, systemClock, { username, displayName: username, role: 'collector', password: PASSWORD });
    if (!added.ok) throw new Error(added.refusal.code);
    return added.value.userId;
  }));
  const planted = [await plantCase(store, anna!), await plantCase(store, anna!)];
  await store.close();
  return planted.map(({ customerId }) => customerId);
}
