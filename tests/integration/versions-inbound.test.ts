/**
 * Desks and hubs of neighbouring versions, in what incoming calls, contacts of no case, the floor and sharing have brought.
 *
 * Invariants: a desk at a hub of before works and pushes as ever, and what that hub cannot do is a sentence, never a stuck screen; a person whose
 * role a desk does not know is not signed in by halves, and is told what to do; events that a desk does not know pass.
 */
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { CaseId, CreditorId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { systemClock } from '../../shared/time.ts';
import { allSent } from '../support/agency.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { Exchange } from '../support/hub-proxy.ts';
import { HubProxy } from '../support/hub-proxy.ts';
import { plainForm, signInAs } from '../support/shift.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { PASSWORD } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

const everything = { view: 'all', creditorId: null } as const;
/** What a hub before incoming calls has no path for. */
const unknownThen = /^\/v1\/(look-ups|contact-tasks|directory|board|floor|shares|telephone)\b/;

interface Skew { caseId: CaseId; profile: (name: string) => string; startDesk: (username: string) => Promise<DeskProcess>; proxyUrl: string }

async function standBetween(handle: (exchange: Exchange) => void): Promise<Skew> {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'hub');
  const store = await openStore({ dataDir, postgresUrl: null });
  const added = await addUser(store, systemClock, { username: 'anna', displayName: 'Anna', role: 'collector', password: PASSWORD });
  if (!added.ok) throw new Error(added.refusal.code);
  for (const [username, role] of [['ines', 'inbound'], ['lina', 'lead']] as const) {
    expect(await addUser(store, systemClock, { username, displayName: username, role, password: PASSWORD })).toMatchObject({ ok: true });
  }
  const { caseId } = await plantCase(store, added.value.userId);
  await store.close();
  const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
  onTestFinished(() => hub.stop());
  const proxy = await HubProxy.start(hub.url, handle);
  onTestFinished(() => proxy.close());
  const profile = (name: string): string => join(folder, name);
  return {
    caseId, profile, proxyUrl: proxy.url,
    startDesk: async (username) => {
      const desk = await DeskProcess.start({ profileDir: profile(username), hubUrl: proxy.url, hubKey: 'agency' });
      onTestFinished(() => desk.stop());
      await signInAs(desk, username, PASSWORD);
      return desk;
    },
  };
}

it('at a hub of before a desk works as ever, and what that hub does not know is told in a sentence', async () => {
  const unanswered = new Set<string>();
  const { caseId, startDesk } = await standBetween((exchange) => {
    if (!unknownThen.test(exchange.path)) {
      exchange.pass();
      return;
    }
    unanswered.add(exchange.path.split('?')[0] ?? '');
    exchange.say(404, { error: { code: 'not-found', message: 'There is nothing here.' } });
  });
  const desk = await startDesk('anna');
  await desk.until('list-worklist', everything, (list) => list.rows.length === 1);
  const older = { ok: false, error: { messageKey: 'error.hubOlder' } };
  expect(await desk.query('search-callers', { text: 'chiunque', creditorId: null, callId: null })).toMatchObject(older);
  expect(await desk.command('serve-case', { caseId: newId<CaseId>(), reason: 'search', callId: null })).toMatchObject(older);
  expect(await desk.query('list-contact-tasks', {})).toMatchObject({ ok: true, value: { rows: [] } });
  expect(await desk.command('note-contact', { channel: 'letter', who: 'Rosa', reasons: ['paid'], text: '', creditorId: null })).toMatchObject({ ok: true });
  const lead = await startDesk('lina');
  expect(await lead.query('plan-share', { queue: { creditorId: newId<CreditorId>(), tone: 'reminder' }, people: null, movesAgreed: false })).toMatchObject(older);
  expect(await desk.command('add-note', { caseId, text: 'si lavora', basedOn: { caseRevision: 1, scriptVersion: null } })).toMatchObject({ ok: true });
  await allSent(desk);
  expect(await desk.query('show-sync', {})).toMatchObject({ ok: true, value: { network: 'online', problem: null } });
  // The stand-in did stand in.
  expect([...unanswered]).toEqual(expect.arrayContaining(['/v1/look-ups/search', '/v1/look-ups', '/v1/directory', '/v1/shares/plan']));
});

it('a person whose role this version does not know is told to update, nothing of them is left, and whoever it knows is signed in', async () => {
  let role: string | null = 'arbiter';
  const { profile, proxyUrl } = await standBetween((exchange) => {
    if (role === null || exchange.path !== '/v1/sign-in') {
      exchange.pass();
      return;
    }
    exchange.open({ 'accept-encoding': 'identity' }).on('response', (answer) => {
      void text(answer).then((body) => {
        const said = JSON.parse(body) as { user?: object };
        exchange.say(answer.statusCode ?? 500, said.user === undefined ? said : { ...said, user: { ...said.user, role } });
      });
    }).end(exchange.body);
  });
  const desk = await DeskProcess.start({ profileDir: profile('pc'), hubUrl: proxyUrl, hubKey: 'agency' });
  onTestFinished(() => desk.stop());
  const signIn = { username: 'ines', password: PASSWORD };
  expect(await desk.command('sign-in', signIn)).toMatchObject({ ok: false, error: { code: 'hub-answer-unreadable', messageKey: 'error.hubUnreadable' } });
  expect(await desk.query('show-session', {})).toMatchObject({ ok: true, value: { user: null, accounts: [] } });
  // The control: the same answer in a word that it knows.
  role = null;
  expect(await desk.command('sign-in', signIn)).toMatchObject({ ok: true });
  expect(await desk.query('show-session', {})).toMatchObject({ ok: true, value: { user: { role: 'inbound' } } });
});

it('events of tomorrow on the live stream pass, and the next one that it knows is heard', async () => {
  let strange = 0;
  const { caseId, startDesk } = await standBetween((exchange) => {
    if (!exchange.path.startsWith('/v1/live')) {
      exchange.pass();
      return;
    }
    exchange.open({ 'accept-encoding': 'identity' }).on('response', (answer) => {
      exchange.response.writeHead(answer.statusCode ?? 500, { 'content-type': 'text/event-stream' });
      answer.on('data', (chunk: Buffer) => {
        strange += 1;
        exchange.response.write(chunk);
        if (chunk.toString('utf8').endsWith('\n\n')) exchange.response.write('event: weather\ndata: {"sky":"clear"}\n\nevent: own\ndata: {"help":"yes"}\n\n');
      }).on('close', exchange.drop);
    }).end(exchange.body);
  });
  const [desk, other] = [await startDesk('anna'), await startDesk('lina')];
  await desk.until('list-worklist', everything, (list) => list.rows.length === 1);
  expect(await other.command('suspend-activity', { caseId, kind: 'suspended', untilText: '', invoiceId: null, reason: 'richiesta del committente', locale: 'it' })).toMatchObject({ ok: true });
  await desk.until('show-case', { caseId }, (screen) => screen.history.length > 0);
  expect(strange).toBeGreaterThan(0);
  expect(await desk.query('show-sync', {})).toMatchObject({ ok: true, value: { network: 'online', problem: null } });
});

it('events of tomorrow on the board’s stream pass: the desk lives, the stream goes on, and the next snapshot is shown', async () => {
  let [streams, strange] = [0, 0];
  const { caseId, startDesk } = await standBetween((exchange) => {
    if (!exchange.path.startsWith('/v1/board/live')) {
      exchange.pass();
      return;
    }
    streams += 1;
    exchange.open({ 'accept-encoding': 'identity' }).on('response', (answer) => {
      exchange.response.writeHead(answer.statusCode ?? 500, { 'content-type': 'text/event-stream' });
      answer.on('data', (chunk: Buffer) => {
        exchange.response.write(chunk);
        if (!chunk.toString('utf8').endsWith('\n\n')) return;
        strange += 1;
        exchange.response.write('event: weather\ndata: {"sky":"clear"}\n\nevent: board\ndata: {"revision":"newest"}\n\nevent: people\ndata: {"people":"all"}\n\nevent: still\ndata: now\n\n');
      }).on('close', exchange.drop);
    }).end(exchange.body);
  });
  const [desk, lead] = [await startDesk('anna'), await startDesk('lina')];
  await desk.until('list-worklist', everything, (list) => list.rows.length === 1);
  const { board } = await lead.until('show-board', {}, (screen) => screen.line === 'live' && screen.board !== null);
  await desk.until('show-case', { caseId }, () => true);
  expect(await desk.command('record-outcome', { caseId, locale: 'it', basedOn: { caseRevision: 1, scriptVersion: null }, form: plainForm('NA') })).toMatchObject({ ok: true });
  const next = await lead.until('show-board', {}, (screen) => (screen.board?.revision ?? 0) > (board?.revision ?? 0));
  expect(next).toMatchObject({ line: 'live' });
  expect([streams, strange > 1]).toEqual([1, true]);
  expect(lead.stderr.match(/could not be read/g)).toHaveLength(3);
});
