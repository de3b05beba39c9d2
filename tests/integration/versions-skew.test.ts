/**
 * Desks and hubs of neighbouring versions (design §4, skew).
 *
 * Invariants: what a newer desk says is stored, chained and handed on as it came, and understood after the upgrade; an
 * older desk is served; a newer hub's unknown kinds, fields and words are kept, and the feed goes on; where a desk cannot read
 * the shape of a known kind it says so and goes on pushing.
 */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { appendFact } from '../../electron/desk/store/fact-store.ts';
import { readMeta } from '../../electron/desk/store/meta.ts';
import { openStore as openHubStore } from '../../hub/store/open-store.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import { hashBody, hashHeader } from '../../shared/facts/chain.ts';
import { noteBodySchema, readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { FeedLine } from '../../shared/protocol/feed-protocol.ts';
import { entityKindSchema, entitySchemas } from '../../shared/protocol/feed-protocol.ts';
import { systemClock, systemClockShiftMs } from '../../shared/time.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { FeedProxy } from '../versions/feed-proxy.ts';
import { unlockGoldenStore } from '../versions/golden-desk.ts';
import { copyGoldenHub, copyGoldenProfile, goldenHubKey, goldenPassword, goldenSchemas, readExpectedDesk } from '../versions/golden-stores.ts';
import { addAndSignIn, noAnswer, pullPage, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

const schema = goldenSchemas('desk').at(-1)!;
const expected = readExpectedDesk(schema);
const caseId = expected.worklist[0]!.caseId;
const basedOn = { caseRevision: 1, scriptVersion: null };

/** @param atMs what the desk's clock says as it starts, where its lease matters; else the clock of tests */
async function startDesk(profileDir: string, hubUrl: string, atMs = systemClock.nowMs()): Promise<DeskProcess> {
  const shiftMs = systemClockShiftMs() + atMs - systemClock.nowMs();
  const desk = await DeskProcess.start({ profileDir, hubUrl, hubKey: goldenHubKey }, { PREMURA_TEST_CLOCK_SHIFT_MS: String(shiftMs) });
  onTestFinished(() => desk.stop());
  expect(await desk.command('sign-in', { username: 'olga', password: goldenPassword })).toMatchObject({ ok: true });
  return desk;
}

async function startGoldenHub(folder: string): Promise<HubProcess> {
  const hub = await HubProcess.start(copyGoldenHub(goldenSchemas('hub').at(-1)!, folder));
  onTestFinished(() => hub.stop());
  return hub;
}

async function startProxy(hub: HubProcess): Promise<FeedProxy> {
  const proxy = await FeedProxy.start(hub.url);
  onTestFinished(() => proxy.close());
  return proxy;
}

async function isSynced(desk: DeskProcess): Promise<void> {
  await desk.until('show-sync', {}, (sync) => sync.unsentCount === 0 && sync.network === 'online');
}

/** Opens the store of a desk that has ended, and closes it again. */
async function lookInto<T>(profileDir: string, look: (db: Sqlite) => T): Promise<T> {
  const opened = openStore(await unlockGoldenStore(profileDir));
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    return look(opened.value.db);
  } finally {
    opened.value.db.close();
  }
}

function rawEntity(db: Sqlite, kind: string, id: string): Record<string, unknown> {
  const row = db.prepare<[string, string], { body: string }>('SELECT body FROM entities WHERE kind = ? AND id = ?').get(kind, id);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(row?.body ?? 'null'));
}

/** What a desk of the next version would write: an unknown type, a newer version, unknown fields in header and body. */
function writeOfTheFuture(db: Sqlite): Fact[] {
  const header = {
    caseId, at: systemClock.nowMs(), zone: 'Europe/Rome', actor: expected.user.userId,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null, offerVersion: 'offer@3' },
  };
  const next = (type: string, version: number, body: Fact['body'], more: object = {}): Fact =>
    appendFact(db, { ...header, ...more, id: newId<FactId>(), type, version }, body);
  return db.transaction(() => [
    next('plan-agreed', 1, { instalments: [{ dueOn: '2027-01-31', amountCents: 5_000 }], first: { perché: 'già' } }),
    next('note-added', 2, { text: 'di domani', mood: 'calm' }, { site: { building: 'B', desks: [1, 2] }, signedBy: 'key-7' }),
    next('note-added', 1, { text: 'di oggi, con un campo di domani', mood: 'hurried' }, { origin: { deviceId: expected.deviceId, seq: 1, how: 'moved' } }),
  ])();
}

it('stores what a newer desk says, hands it on raw, and an upgraded reader understands all of it', async () => {
  const folder = temporaryFolder();
  const profileDir = copyGoldenProfile(schema, folder);
  const written = await lookInto(profileDir, writeOfTheFuture);
  const hub = await startGoldenHub(folder);
  const desk = await startDesk(profileDir, hub.url);
  const after = await desk.command('add-note', { caseId, text: 'la catena continua', basedOn });
  expect(after.ok).toBe(true);
  await isSynced(desk);

  expect(JSON.parse(await runHub(['verify', '--json', '--data', hub.dataDir]))).toMatchObject({ ok: true, facts: expected.facts.length + 4, unexplained: 0 });
  const store = await openHubStore({ dataDir: hub.dataDir, postgresUrl: null });
  const rows = await store.read((tx) => tx.selectFrom('facts').innerJoin('fact_content', 'fact_content.fact_id', 'facts.fact_id')
    .select(['facts.header', 'fact_content.salt', 'fact_content.body']).where('facts.fact_id', 'in', written.map((fact) => fact.header.id)).orderBy('facts.seq').execute());
  const flags = await store.read((tx) => tx.selectFrom('entities').select('body').where('kind', '=', 'flag').execute());
  await store.close();
  expect(rows.map((row) => ({ header: JSON.parse(row.header), salt: row.salt, body: JSON.parse(row.body ?? 'null') }))).toEqual(written);
  for (const fact of written) expect(flags.some((flag) => flag.body.includes(fact.header.id))).toBe(false);

  // Another PC of the same person, of today's version: fed by the hub alone.
  const otherDir = join(folder, 'other-pc');
  const other = await startDesk(otherDir, hub.url);
  const shown = await other.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === expected.worklist.length)
    .then(() => other.query('show-case', { caseId }));
  if (!shown.ok) throw new Error(shown.error.code);
  const kinds = written.map((fact) => shown.value.history.find((entry) => entry.factId === fact.header.id)?.kind);
  expect(kinds).toEqual(['unknown', 'unknown', 'note']);
  await other.stop();
  const facts = await lookInto(otherDir, (db) => caseEntitySchema.parse(rawEntity(db, 'case', caseId)).facts);
  const handedOn = written.map((fact) => facts.find((entry) => entry.id === fact.header.id));
  expect(handedOn.map((fact) => fact?.body)).toEqual(written.map((fact) => fact.body));
  expect(handedOn.map((fact) => fact?.basedOn)).toEqual(written.map((fact) => fact.header.basedOn));
  expect(handedOn.map((fact) => fact === undefined ? 'missing' : readUpgraded(fact.type, fact.version, fact.body))).toEqual([
    { type: 'plan-agreed', totalCents: 5_000 }, { type: 'note-added', text: 'di domani', mood: 'calm' }, { type: 'note-added', text: 'di oggi, con un campo di domani', mood: null },
  ]);
});

const planSchema = z.object({ instalments: z.array(z.object({ amountCents: z.int() })) });
const newerNoteSchema = noteBodySchema.extend({ mood: z.string() });

/** The next version's `readBody`: knows a type and a version more, and upcasts the old one. */
function readUpgraded(type: string, version: number, body: unknown): object {
  if (type === 'plan-agreed') return { type, totalCents: planSchema.parse(body).instalments.reduce((sum, part) => sum + part.amountCents, 0) };
  if (type === 'note-added' && version === 2) return { type, ...newerNoteSchema.parse(body) };
  const known = readBody(type, version, body);
  return known.type === 'note-added' ? { type, text: known.body.text, mood: null } : known;
}

it('finds an altered unknown field in the chain like a known one', () => {
  return lookInto(copyGoldenProfile(schema, temporaryFolder()), (db) => {
    const [, fact] = writeOfTheFuture(db);
    const { header, salt, body } = fact!;
    expect(hashHeader(header)).toBe(header.hash);
    expect(hashHeader({ ...header, signedBy: 'key-8' })).not.toBe(header.hash);
    expect(hashBody(salt, { ...body, mood: 'angry' })).not.toBe(header.bodyHash);
  });
});

it('serves a desk of the version before: facts of version 1 without optional fields', async () => {
  const hub = await startTestHub();
  onTestFinished(() => hub.discard());
  const person = await addAndSignIn(hub, 'carla', 'collector');
  const planted = await plantCase(hub.store, person.userId);
  const device = new TestDevice(person.userId);
  device.add(null, 'note-added', { text: 'senza pratica' });
  device.add(planted.caseId, 'outcome-recorded', noAnswer());
  for (const fact of device.facts) for (const field of ['customerId', 'callId', 'origin']) expect(fact.header).not.toHaveProperty(field);
  expect(device.facts[0]?.header).not.toHaveProperty('caseId');
  expect(await device.push(person)).toMatchObject({ status: 'stored', lastSeq: 2 });
  expect(JSON.parse(await runHub(['verify', '--json', '--data', hub.dataDir]))).toMatchObject({ ok: true, facts: 2 });
  const page = await pullPage(person, '');
  const entity = page.entities.find((line) => line.kind === 'case' && line.id === planted.caseId);
  if (entity?.line !== 'upsert') throw new Error('the case did not come');
  expect(caseEntitySchema.parse(entity.body).facts.map((fact) => [fact.id, fact.body])).toEqual([[device.facts[1]?.header.id, noAnswer()]]);
});

it('keeps the unknown kinds and fields of a newer hub as they came', async () => {
  const folder = temporaryFolder();
  const proxy = await startProxy(await startGoldenHub(folder));
  const plan = { planId: 'p1', caseId, instalments: [{ dueOn: '2027-01-31', amountCents: 5_000 }] };
  proxy.rewrite = (lines) => lines.flatMap((line): unknown[] => {
    if (line.line === 'page') return [line, { line: 'upsert', kind: 'plan', id: 'p1', revision: 1, body: plan }, { line: 'remove', kind: 'strategy', id: 's1', revision: 2 }];
    if (line.line !== 'upsert') return [line];
    return [{ ...line, priority: 'high', body: { ...line.body, ofTomorrow: { kind: line.kind } } }];
  });
  const profileDir = join(folder, 'pc');
  const desk = await startDesk(profileDir, proxy.url);
  await isSynced(desk);
  const list = await desk.query('list-worklist', { view: 'all', creditorId: null });
  expect(list).toMatchObject({ ok: true, value: { rows: expected.worklist.map(() => ({})) } });
  expect(await desk.command('add-note', { caseId, text: 'si lavora', basedOn })).toMatchObject({ ok: true });
  await isSynced(desk);
  await desk.stop();
  await lookInto(profileDir, (db) => {
    expect(rawEntity(db, 'plan', 'p1')).toEqual(plan);
    expect(rawEntity(db, 'case', caseId)).toMatchObject({ caseId, ofTomorrow: { kind: 'case' } });
  });
});

/** Words that no build of today knows, in every list that a page carries. */
function speakOfTomorrow(lines: FeedLine[]): FeedLine[] {
  const flag = { flagId: newId(), factId: newId(), caseId, code: 'of-tomorrow', at: 1, details: {}, about: null, settled: null };
  const incoming = {
    factId: newId(), caseId, customerName: 'Rosa', creditorName: 'Acque', code: 'XYZ', at: 1, zone: 'Europe/Rome', amountCents: null, currency: null, dueOn: null,
    invoiceIds: [], invoiceNumbers: [], status: 'effective', audit: null,
  };
  const mediator = { partyId: newId(), role: 'mediator', name: 'Rosa Bini', mayBeTold: true, language: null, taxCode: null, note: null };
  return lines.flatMap((line): FeedLine[] => {
    if (line.line === 'page') {
      return [line, { line: 'upsert', kind: 'flag', id: flag.flagId, revision: 1, body: flag }, { line: 'upsert', kind: 'incoming', id: incoming.factId, revision: 1, body: incoming }];
    }
    if (line.line !== 'upsert' || line.kind !== 'case' || line.id !== caseId) return [line];
    const { customer } = caseEntitySchema.parse(line.body);
    return [{ ...line, body: { ...line.body, customer: { ...customer, kind: 'foundation' }, parties: [mediator] } }];
  });
}

it('goes on with the feed of a newer hub whose words it does not know: kept as they came, shown as in need of an update, until they are known', async () => {
  const folder = temporaryFolder();
  const proxy = await startProxy(await startGoldenHub(folder));
  const strict: boolean[] = [];
  proxy.rewrite = (lines) => {
    const spoken = speakOfTomorrow(lines);
    // The control: without the stand-ins each of these would take its page back.
    for (const line of spoken) {
      const kind = line.line === 'upsert' && !lines.includes(line) ? entityKindSchema.parse(line.kind) : null;
      if (kind !== null && line.line === 'upsert') strict.push(entitySchemas[kind].safeParse(line.body).success);
    }
    return spoken;
  };
  const profileDir = join(folder, 'pc');
  const desk = await startDesk(profileDir, proxy.url);
  await isSynced(desk);
  expect(strict.length).toBeGreaterThanOrEqual(3);
  expect(strict).not.toContain(true);
  expect(await desk.query('show-sync', {})).toMatchObject({ ok: true, value: { network: 'online', problem: { code: 'update-advised' } } });
  const list = await desk.query('list-worklist', { view: 'all', creditorId: null });
  if (!list.ok) throw new Error(list.error.code);
  const told = list.value.rows.filter((row) => row.reasons.some(({ key }) => key === 'needs-update')).map((row) => row.caseId);
  expect([list.value.rows.length, told]).toEqual([expected.worklist.length, [caseId]]);
  expect(await desk.query('show-case', { caseId })).toMatchObject({ ok: true, value: { customer: { kind: 'person' }, parties: [], reasons: expect.arrayContaining([{ key: 'needs-update', params: {} }]) } });
  expect(await desk.query('list-flags', {})).toMatchObject({ ok: true, value: { rows: expect.arrayContaining([expect.objectContaining({ code: 'newer', caseId })]) } });
  expect(await desk.command('add-note', { caseId, text: 'si lavora', basedOn })).toMatchObject({ ok: true });
  await isSynced(desk);
  await desk.stop();
  await lookInto(profileDir, (db) => {
    expect(rawEntity(db, 'case', caseId)).toMatchObject({ customer: { kind: 'foundation' }, parties: [{ role: 'mediator' }] });
    expect(db.prepare("SELECT json_extract(body, '$.code') AS code FROM entities WHERE kind IN ('flag', 'incoming') ORDER BY 1").all()).toEqual(
      expect.arrayContaining([{ code: 'XYZ' }, { code: 'of-tomorrow' }]));
    // What a build that knows the words holds: the list made anew says nothing of an update.
    db.prepare("UPDATE entities SET body = replace(replace(body, 'foundation', 'company'), 'mediator', 'guarantor') WHERE kind = 'case'").run();
    db.prepare("DELETE FROM entities WHERE kind IN ('flag', 'incoming')").run();
    db.prepare("UPDATE meta SET value = '4.1:Europe/Rome' WHERE key = 'projectionVersion'").run();
  });
  proxy.rewrite = (lines) => lines.filter((line) => line.line === 'page' || line.line === 'end');
  const upgraded = await startDesk(profileDir, proxy.url);
  await isSynced(upgraded);
  expect(await upgraded.query('show-sync', {})).toMatchObject({ ok: true, value: { problem: null } });
  expect(await upgraded.query('show-case', { caseId })).toMatchObject({ ok: true, value: { customer: { kind: 'company' }, parties: [{ role: 'guarantor' }] } });
});

it.each([
  ['a case', 'case', { invoices: [{ amount: '1,00' }] }],
  ['a lease', 'lease', { untilMs: 'domani' }],
] as const)('says that an update is needed where %s cannot be read, goes on pushing, and recovers', async (_what, kind, strange) => {
  const folder = temporaryFolder();
  const hub = await startGoldenHub(folder);
  const proxy = await startProxy(hub);
  const profileDir = copyGoldenProfile(schema, folder);
  const spoil = (lines: FeedLine[]): unknown[] => lines.flatMap((line): unknown[] => {
    if (line.line === 'page') return [line, { line: 'upsert', kind: 'plan', id: 'half-a-page', revision: 1, body: {} }, { line: 'upsert', kind, id: caseId, revision: 9_999, body: strange }];
    return [line];
  });
  proxy.rewrite = spoil;
  // While the lease of the golden desk lives.
  const leaseEndsAtMs = await lookInto(profileDir, (db) => Number(readMeta(db, 'leaseEndsAt')));
  const desk = await startDesk(profileDir, proxy.url, leaseEndsAtMs - 10 * 60_000);
  const told = await desk.until('show-sync', {}, (sync) => sync.problem?.code === 'update-needed');
  expect(told.problem?.messageKey).toBe('error.updateNeeded');
  const list = await desk.query('list-worklist', { view: 'all', creditorId: null });
  expect(list).toMatchObject({ ok: true, value: { rows: expected.worklist.map(() => ({})) } });
  const saved = await desk.command('add-note', { caseId, text: 'anche così', basedOn });
  if (!saved.ok) throw new Error(saved.error.code);
  await desk.command('sync-now', {});
  await desk.until('show-sync', {}, (sync) => sync.unsentCount <= 1 && sync.problem?.code === 'update-needed');
  expect(await runHub(['facts', '--ids', '--data', hub.dataDir])).toContain(saved.value.factId);

  proxy.rewrite = (lines) => lines;
  await desk.command('sync-now', {});
  await isSynced(desk);
  await desk.stop();
  await lookInto(profileDir, (db) => {
    expect(db.prepare(`SELECT count(*) AS count FROM entities WHERE id = 'half-a-page' OR revision = 9999`).get()).toEqual({ count: 0 });
  });
});
