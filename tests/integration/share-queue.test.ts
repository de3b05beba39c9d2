/**
 * Sharing a queue, with real processes: a hub, a lead's desk, desks of whoever has it and of whoever gets it.
 *
 * Invariants: what the lead said yes to happens once and whole, though hub and desk are killed on the way; a desk that is away works on, what it
 * saved is kept and flagged, and nobody else has its customers meanwhile.
 */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { CommandId, CreditorId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { systemClock } from '../../shared/time.ts';
import { allSent } from '../support/agency.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { Exchange } from '../support/hub-proxy.ts';
import { HubProxy } from '../support/hub-proxy.ts';
import { signInAs } from '../support/shift.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { PASSWORD } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

const everything = { view: 'all', creditorId: null } as const;
const creditorId = newId<CreditorId>();
const queue = { creditorId, tone: 'reminder' } as const;

interface Floor { folder: string; dataDir: string; hub: () => HubProcess; restartHub: () => Promise<void>; startDesk: (profile: string, username: string, hubUrl?: string) => Promise<DeskProcess>; idOf: Map<string, UserId> }

/** Anna has so many customers of one queue; bruno and carla none. */
async function openFloor(customers: number): Promise<Floor> {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'hub');
  const store = await openStore({ dataDir, postgresUrl: null });
  const idOf = new Map<string, UserId>();
  for (const [username, role] of [['anna', 'collector'], ['bruno', 'collector'], ['carla', 'collector'], ['lina', 'lead']] as const) {
    const added = await addUser(store, systemClock, { username, displayName: username, role, password: PASSWORD });
    if (!added.ok) throw new Error(added.refusal.code);
    idOf.set(username, added.value.userId);
  }
  for (let count = 0; count < customers; count += 1) await plantCase(store, idOf.get('anna')!, { creditorId, residualCents: 10_000 + count });
  await store.close();
  let hub = await HubProcess.start(dataDir);
  const desks: DeskProcess[] = [];
  onTestFinished(async () => {
    await Promise.all(desks.map((desk) => desk.stop()));
    await hub.stop();
  });
  return {
    folder, dataDir, idOf, hub: () => hub,
    restartHub: async () => {
      await hub.kill();
      hub = await HubProcess.start(dataDir, { port: hub.port });
    },
    startDesk: async (profile, username, hubUrl = hub.url) => {
      const desk = await DeskProcess.start({ profileDir: join(folder, profile), hubUrl, hubKey: 'agency' });
      desks.push(desk);
      await signInAs(desk, username, PASSWORD);
      return desk;
    },
  };
}

/** Passes all, but what `decide` takes for itself. */
async function between(floor: Floor, decide: (exchange: Exchange) => boolean): Promise<HubProxy> {
  const proxy = await HubProxy.start(floor.hub().url, (exchange) => { if (!decide(exchange)) exchange.pass(); });
  onTestFinished(() => proxy.close());
  return proxy;
}

const isPush = ({ method, path }: Exchange): boolean => method === 'POST' && path.endsWith('/facts');

it('hub and lead’s desk are killed between two pieces: all of it happens, once', async () => {
  const floor = await openFloor(61);
  let pushes = 0;
  let onSecond: () => void = () => undefined;
  const second = new Promise<void>((resolve) => { onSecond = resolve; });
  let isBroken = false;
  const proxy = await between(floor, (exchange) => {
    if (isPush(exchange)) pushes += 1;
    if (isPush(exchange) && pushes === 2) {
      isBroken = true;
      onSecond();
    }
    if (isBroken) exchange.drop();
    return isBroken;
  });
  const [bruno, lina] = await Promise.all([floor.startDesk('bruno', 'bruno'), floor.startDesk('lina', 'lina', proxy.url)]);
  const people = { sharing: [floor.idOf.get('bruno')!, floor.idOf.get('carla')!], giving: [floor.idOf.get('anna')!] };
  await lina.until('show-sync', {}, ({ network }) => network === 'online');

  expect(await bruno.query('plan-share', { queue, people, movesAgreed: false })).toMatchObject({ ok: false, error: { code: 'lead-only' } });
  const plan = await lina.query('plan-share', { queue, people, movesAgreed: false });
  if (!plan.ok) throw new Error(plan.error.code);
  expect(plan.value).toMatchObject({ moves: 61, summary: { people: [{ now: 61, then: 0 }, { now: 0 }, { now: 0 }] } });
  const { planId } = plan.value;
  expect(await bruno.command('share-queue', { planId, reason: 'mi va' })).toMatchObject({ ok: false, error: { code: 'lead-only' } });
  expect(await lina.command('share-queue', { planId, reason: ' ' })).toMatchObject({ ok: false, error: { details: { field: 'reason' } } });
  expect(await lina.command('share-queue', { planId: newId(), reason: 'Anna è malata' })).toMatchObject({ ok: false, error: { code: 'share-old' } });
  const commandId = newId<CommandId>();
  expect(await lina.command('share-queue', { planId, reason: 'Anna è malata' }, commandId)).toEqual({ ok: true, value: { moves: 61 } });
  await second;
  await lina.kill();
  await floor.restartHub();
  isBroken = false;
  await bruno.command('sync-now', {});
  // What came before the fall is whole customers, and not all of them.
  const before = await bruno.until('list-worklist', everything, ({ rows }) => rows.length > 0);
  expect(before.rows.length).toBeLessThan(30);

  const again = await floor.startDesk('lina', 'lina', proxy.url);
  // The acknowledgement stands: the page that did not hear it says it again.
  expect(await again.command('share-queue', { planId, reason: 'Anna è malata' }, commandId)).toEqual({ ok: true, value: { moves: 61 } });
  await allSent(again);
  const left = await again.query('plan-share', { queue, people, movesAgreed: false });
  if (!left.ok) throw new Error(left.error.code);
  const [, brunos, carlas] = left.value.summary.people.map(({ now }) => now);
  expect([left.value.moves, brunos, carlas].toSorted()).toEqual([0, 30, 31]);
  const his = await bruno.until('list-worklist', everything, ({ rows }) => rows.length === brunos);
  const store = await openStore({ dataDir: floor.dataDir, postgresUrl: null });
  const facts = await store.read((tx) => tx.selectFrom('fact_content').innerJoin('facts', 'facts.fact_id', 'fact_content.fact_id').select(['fact_content.case_id', 'fact_content.body']).where('facts.header', 'like', '%"customer-assigned"%').execute());
  await store.close();
  expect([facts.length, new Set(facts.map(({ case_id }) => case_id)).size]).toEqual([61, 61]);
  expect(facts.every(({ body }) => body?.includes('Anna è malata'))).toBe(true);
  const shown = await bruno.query('show-case', { caseId: his.rows[0]!.caseId });
  expect(shown.ok && shown.value.history.some((entry) => entry.kind === 'assignment' && entry.reason === 'Anna è malata')).toBe(true);
  expect(await again.command('share-queue', { planId: left.value.planId, reason: 'ancora' })).toMatchObject({ ok: false, error: { code: 'share-nothing' } });
}, 120_000);

it('a desk that is online gives up at once; one that is away works on, and nobody else has its customers until it is heard', async () => {
  const floor = await openFloor(6);
  let isAway = false;
  const open = new Set<Exchange>();
  const proxy = await between(floor, (exchange) => {
    open.add(exchange);
    if (isAway) exchange.drop();
    return isAway;
  });
  const goAway = (): void => {
    isAway = true;
    for (const exchange of open) exchange.drop();
  };
  const [anna, bruno, lina] = await Promise.all([floor.startDesk('anna', 'anna', proxy.url), floor.startDesk('bruno', 'bruno'), floor.startDesk('lina', 'lina')]);
  const { rows } = await anna.until('list-worklist', everything, (list) => list.rows.length === 6 && list.lease.state === 'live');
  const share = async (sharing: string[], giving: string[]): Promise<number> => {
    const plan = await lina.query('plan-share', { queue, people: { sharing: sharing.map((name) => floor.idOf.get(name)!), giving: giving.map((name) => floor.idOf.get(name)!) }, movesAgreed: false });
    if (!plan.ok) throw new Error(plan.error.code);
    const done = await lina.command('share-queue', { planId: plan.value.planId, reason: 'parti uguali' });
    if (!done.ok) throw new Error(done.error.code);
    await allSent(lina);
    return done.value.moves;
  };
  await lina.until('show-sync', {}, ({ network }) => network === 'online');
  expect(await share(['anna', 'bruno'], [])).toBe(3);
  const kept = await anna.until('list-worklist', everything, (list) => list.rows.length === 3);
  await bruno.until('list-worklist', everything, (list) => list.rows.length === 3);

  goAway();
  await anna.until('show-sync', {}, ({ network }) => network === 'offline');
  expect(await share(['bruno'], ['anna'])).toBe(3);
  // Anna has not heard: she works on, with a lease.
  const caseId = kept.rows[0]!.caseId;
  expect(rows.map((row) => row.caseId)).toContain(caseId);
  expect((await anna.until('list-worklist', everything, (list) => list.rows.length === 3)).lease.state).toBe('live');
  expect(await anna.command('add-note', { caseId, basedOn: { caseRevision: 1, scriptVersion: null }, text: 'paga venerdì' })).toMatchObject({ ok: true });
  const meanwhile = await lina.query('plan-share', { queue, people: { sharing: [floor.idOf.get('bruno')!], giving: [floor.idOf.get('anna')!] }, movesAgreed: true });
  expect(meanwhile).toMatchObject({ ok: true, value: { moves: 0, summary: { stays: { onTheWay: 3 } } } });
  expect((await bruno.until('list-worklist', everything, () => true)).rows.length).toBe(3);

  isAway = false;
  await anna.command('sync-now', {});
  await bruno.until('list-worklist', everything, (list) => list.rows.length === 6);
  await anna.until('list-worklist', everything, (list) => list.rows.length === 0);
  await anna.until('list-flags', {}, (flags) => flags.rows.some((flag) => flag.code === 'not-assigned' && flag.caseId === caseId));
  const shown = await bruno.query('show-case', { caseId });
  expect(shown.ok && JSON.stringify(shown.value.history)).toContain('paga venerdì');
}, 120_000);
