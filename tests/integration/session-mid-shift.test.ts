/**
 * The session ends, or seems to, in the middle of a shift.
 *
 * Invariants: a token that ran out is renewed without a word; an answer with a new token may be lost; a session that really ended
 * stops sending and nothing else, and signing in again sends everything; a password that was changed is not tried again.
 */
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../hub/store/open-store.ts';
import type { Tx } from '../../hub/store/tables.ts';
import { systemClock } from '../../shared/time.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { runHub } from '../support/hub-process.ts';
import type { Exchange } from '../support/hub-proxy.ts';
import { HubProxy } from '../support/hub-proxy.ts';
import { plainForm, signInAs } from '../support/shift.ts';

const NEW_PASSWORD = 'another-password';

async function changeAtHub(agency: Agency, change: (tx: Tx) => Promise<unknown>): Promise<void> {
  const store = await openStore({ dataDir: agency.hub.dataDir, postgresUrl: null });
  try {
    await store.write(change);
  } finally {
    await store.close();
  }
}

const expireAccess = (agency: Agency): Promise<void> =>
  changeAtHub(agency, (tx) => tx.updateTable('sessions').set({ access_expires_at: 0 }).execute());

async function save(desk: DeskProcess, note: string): Promise<string> {
  const [row] = await workableRows(desk);
  if (row === undefined) throw new Error('nothing to work');
  const saved = await desk.command('record-outcome', { caseId: row.caseId, locale: 'it', form: plainForm('NA', { note }), basedOn: { caseRevision: 1, scriptVersion: null } });
  if (!saved.ok) throw new Error(saved.error.code);
  return saved.value.factId;
}

/** Waits until everything is sent; answers the problems that a screen would have shown meanwhile. */
async function sentWithProblems(desk: DeskProcess): Promise<string[]> {
  const seen = new Set<string>();
  await desk.until('show-sync', {}, ({ problem, unsentCount, network }) => {
    if (problem !== null) seen.add(problem.code);
    return unsentCount === 0 && network === 'online';
  });
  return [...seen];
}

async function untilSignInAgain(desk: DeskProcess): Promise<number> {
  const state = await desk.until('show-sync', {}, ({ network, problem }) => network === 'offline' && problem?.code === 'sign-in-again');
  return state.unsentCount;
}

const factsAtHub = (agency: Agency): Promise<string> => runHub(['facts', '--ids', '--data', agency.hub.dataDir]);

it('renews an access token that ran out, and nobody is asked anything', async () => {
  const agency = await openAgency();
  const desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  await workableRows(desk);
  await allSent(desk);
  await expireAccess(agency);
  const factId = await save(desk, 'il gettone era scaduto');
  expect(await sentWithProblems(desk)).toEqual([]);
  expect(await factsAtHub(agency)).toContain(factId);
});

/** The hub renews and its answer never arrives; `meanwhile` runs in between. */
async function loseOneRefresh(agency: Agency, meanwhile: () => Promise<void>): Promise<{ desk: DeskProcess; lost: () => number }> {
  let lost = 0;
  const proxy = await HubProxy.start(agency.hub.url, (exchange: Exchange) => {
    if (exchange.path !== '/v1/refresh' || lost > 0) {
      exchange.pass();
      return;
    }
    lost += 1;
    exchange.open().on('response', (answer) => {
      answer.resume().on('end', () => void meanwhile().then(exchange.drop));
    }).end(exchange.body);
  });
  onTestFinished(() => proxy.close());
  const desk = await agency.startDesk('pc', { config: { hubUrl: proxy.url } });
  await signInAs(desk, 'carla');
  await workableRows(desk);
  await allSent(desk);
  return { desk, lost: () => lost };
}

it('goes on with the refresh token before, when the answer with the new one was lost', async () => {
  const agency = await openAgency();
  const { desk, lost } = await loseOneRefresh(agency, () => Promise.resolve());
  await expireAccess(agency);
  const factId = await save(desk, 'risposta persa');
  expect(await sentWithProblems(desk)).not.toContain('sign-in-again');
  expect(lost()).toBe(1);
  expect(await factsAtHub(agency)).toContain(factId);
});

it('asks to sign in again when the lost answer is older than the two minutes of grace', async () => {
  const agency = await openAgency();
  const { desk } = await loseOneRefresh(agency, () =>
    changeAtHub(agency, (tx) => tx.updateTable('sessions').set({ rotated_at: systemClock.nowMs() - 121_000 }).execute()));
  await expireAccess(agency);
  await save(desk, 'troppo tardi');
  expect(await untilSignInAgain(desk)).toBe(1);
});

it('keeps saving after the password was reset at the hub, and sends everything once signed in again', async () => {
  const agency = await openAgency();
  const desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  await workableRows(desk);
  await allSent(desk);
  await runHub(['users', 'reset-password', '--data', agency.hub.dataDir, '--username', 'carla', '--password', NEW_PASSWORD]);
  const factIds = [await save(desk, 'prima')];
  expect(await untilSignInAgain(desk)).toBe(1);
  factIds.push(await save(desk, 'durante'));
  expect(await desk.query('show-sync', {})).toMatchObject({ ok: true, value: { unsentCount: 2 } });
  expect((await factsAtHub(agency)).trim()).toBe('');
  await desk.command('sign-out', {});
  expect(await desk.query('show-session', {})).toMatchObject({ ok: true, value: { accounts: [{ username: 'carla', unsent: true }] } });
  await signInAs(desk, 'carla', NEW_PASSWORD);
  await allSent(desk);
  expect((await factsAtHub(agency)).trim().split('\n')).toEqual(factIds.toSorted());
});

it('does not try a changed password again, which would close the account', async () => {
  const agency = await openAgency();
  let refused = 0;
  const refreshes: (() => void)[] = [];
  const proxy = await HubProxy.start(agency.hub.url, (exchange) => {
    exchange.open().on('response', (answer) => {
      if (exchange.path === '/v1/sign-in' && answer.statusCode === 401) refused += 1;
      if (exchange.path === '/v1/refresh') refreshes.shift()?.();
      exchange.relay(answer);
    }).end(exchange.body);
  });
  onTestFinished(() => proxy.close());
  const desk = await agency.startDesk('pc', { config: { hubUrl: proxy.url } });
  await signInAs(desk, 'carla');
  await workableRows(desk);
  await desk.command('sign-out', {});
  await agency.killHub();
  await signInAs(desk, 'carla');
  await save(desk, 'entrata senza rete');
  await runHub(['users', 'reset-password', '--data', agency.hub.dataDir, '--username', 'carla', '--password', NEW_PASSWORD]);
  await agency.startHub();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await desk.until('show-sync', {}, ({ network }) => network === 'offline');
    const tried = new Promise<void>((resolve) => refreshes.push(resolve));
    await desk.command('sync-now', {});
    await tried;
  }
  expect(refused).toBe(1);
  const other = await agency.startDesk('another-pc');
  await signInAs(other, 'carla', NEW_PASSWORD);
  await allSent(other);
});
