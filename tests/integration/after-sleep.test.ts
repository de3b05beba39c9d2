/**
 * A PC that slept through a thousand changes: of an operator, and of a lead who looks at the board. On both stores.
 *
 * Invariants: what the hub has is there whole, each once; it is told in pages, not change by change, so nobody hears a thousand sounds; the desk
 * answers meanwhile and afterwards; the board says the newest, once.
 */
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { ContactNotedBody } from '../../shared/facts/contact-task-bodies.ts';
import { DeskProcess } from '../support/desk-process.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addAndSignIn, noAnswer, PASSWORD, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

const CHANGES = 1_000;
const BATCH = 200;
/** Pages, the turns around them, and what else a desk tells as it wakes. */
const MOST_TOLD = 40;

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

it.each(['sqlite', 'postgres'] as const)('is whole when it wakes, and told in few words, on %s', async (dialect) => {
  const hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
  onTestFinished(() => hub.discard());
  const [ivo, carla] = [await addAndSignIn(hub, 'ivo', 'inbound'), await addAndSignIn(hub, 'carla', 'collector')];
  await addAndSignIn(hub, 'ines', 'inbound');
  await addAndSignIn(hub, 'lina', 'lead');
  const planted = await plantCase(hub.store, carla.userId);
  const open = async (username: string): Promise<DeskProcess> => {
    const desk = await DeskProcess.start({ profileDir: `${temporaryFolder()}/${username}`, hubUrl: hub.url, hubKey: 'agency' });
    onTestFinished(() => {
      process.kill(desk.pid, 'SIGCONT');
      return desk.stop();
    });
    expect(await desk.command('sign-in', { username, password: PASSWORD })).toMatchObject({ ok: true });
    await desk.until('show-sync', {}, ({ network }) => network === 'online');
    return desk;
  };
  const [answering, leading] = [await open('ines'), await open('lina')];
  const rows = async (desk: DeskProcess): Promise<string[]> => {
    const list = await desk.query('list-contact-tasks', {});
    return list.ok ? list.value.rows.map(({ who }) => who) : [];
  };
  await leading.until('show-board', {}, ({ line, board }) => line === 'live' && board !== null);

  for (const { pid } of [answering, leading]) process.kill(pid, 'SIGSTOP');
  const device = new TestDevice(ivo.userId);
  const note = (who: string): void => void device.add(null, 'contact-noted', { channel: 'phone', who, reasons: [], text: 'richiamare', creditorId: null, reachedCaseId: null } satisfies ContactNotedBody);
  const wanted = Array.from({ length: CHANGES }, (_, index) => `Cliente ${String(index)}`);
  for (let from = 0; from < CHANGES; from += BATCH) {
    for (const who of wanted.slice(from, from + BATCH)) note(who);
    expect(await device.push(ivo, device.facts.slice(from))).toMatchObject({ status: 'stored' });
  }
  const calling = new TestDevice(carla.userId);
  calling.add(planted.caseId, 'outcome-recorded', noAnswer());
  expect(await calling.push(carla)).toMatchObject({ status: 'stored' });
  const newest = await hub.store.sequence();

  const told = new Map([answering, leading].map((desk) => [desk, { contacts: 0, board: 0 }]));
  for (const [desk, counts] of told) {
    desk.onChanged(({ what }) => {
      if (what.includes('contacts')) counts.contacts += 1;
      if (what.includes('board')) counts.board += 1;
    });
    process.kill(desk.pid, 'SIGCONT');
  }
  // It answers while it catches up.
  expect(await answering.query('list-served', {})).toMatchObject({ ok: true });
  for (const desk of [answering, leading]) {
    await desk.until('list-contact-tasks', {}, (list) => list.rows.length >= CHANGES);
    expect((await rows(desk)).toSorted()).toEqual(wanted.toSorted());
    expect(told.get(desk)?.contacts).toBeGreaterThan(0);
    expect(told.get(desk)?.contacts).toBeLessThan(MOST_TOLD);
  }
  const { board } = await leading.until('show-board', {}, (shown) => shown.line === 'live' && (shown.board?.revision ?? 0) >= newest);
  expect(board?.hours.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(1);
  expect(told.get(leading)?.board).toBeLessThan(MOST_TOLD);
  // Usable: one more thing is done, and goes.
  expect(await answering.command('note-contact', { channel: 'letter', who: 'Cliente di dopo', reasons: [], text: 'scrive', creditorId: null })).toMatchObject({ ok: true });
  await leading.until('list-contact-tasks', {}, (list) => list.rows.length === CHANGES + 1);
});
