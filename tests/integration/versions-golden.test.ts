/**
 * Stores that earlier versions left on a disk, opened by this one.
 *
 * Invariants: every golden store migrates to the newest schema and shows exactly what it held; its chains verify, its
 * unsent facts reach a hub; a store of a newer version is refused with its sentence and stays as it was, to the byte.
 */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import english from '../../assets/locales/en.json' with { type: 'json' };
import italian from '../../assets/locales/it.json' with { type: 'json' };
import { rebuildList } from '../../electron/desk/projections/case-list.ts';
import { viewContext } from '../../electron/desk/session.ts';
import type { OpenOptions, Sqlite } from '../../electron/desk/store/database.ts';
import { openKeyed, openStore } from '../../electron/desk/store/database.ts';
import { readUnsentFacts } from '../../electron/desk/store/fact-store.ts';
import { migrations } from '../../electron/desk/store/migrations/index.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';
import { openStore as openHubStore, sqlitePath } from '../../hub/store/open-store.ts';
import { openSqlite } from '../../hub/store/sqlite/open-sqlite.ts';
import { hashPassword } from '../../hub/users/hash-password.ts';
import { checkLink, contentOf } from '../../shared/facts/chain.ts';
import { newRandomHex } from '../../shared/id.ts';
import { leaseEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeDesk, openGoldenDesk, unlockGoldenStore } from '../versions/golden-desk.ts';
import { describeHub } from '../versions/golden-hub.ts';
import {
  copyGoldenHub, copyGoldenProfile, goldenHubKey, goldenPassword, goldenRoot, goldenSchemas, hashFiles, readExpectedDesk, readUpgradedHub,
} from '../versions/golden-stores.ts';

const before = hashFiles(goldenRoot);
afterAll(() => expect(hashFiles(goldenRoot)).toEqual(before));

async function startHub(dataDir: string): Promise<HubProcess> {
  const hub = await HubProcess.start(dataDir);
  onTestFinished(() => hub.stop());
  return hub;
}

async function signInOlga(profileDir: string, hubUrl: string): Promise<DeskProcess> {
  const desk = await DeskProcess.start({ profileDir, hubUrl, hubKey: goldenHubKey });
  onTestFinished(() => desk.stop());
  expect(await desk.command('sign-in', { username: 'olga', password: goldenPassword })).toMatchObject({ ok: true });
  return desk;
}

describe.each(goldenSchemas('desk'))('a desk of schema %s', (schema) => {
  const expected = readExpectedDesk(schema);

  it('shows exactly what it held, live and rebuilt, and its chain verifies', async () => {
    const session = await openGoldenDesk(copyGoldenProfile(schema, temporaryFolder()), expected.atMs);
    onTestFinished(() => void session.db.close());
    expect(session.encrypted).toBe(true);
    expect(session.db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(describeDesk(session)).toEqual(expected);
    rebuildList(session.db, viewContext(session));
    expect(describeDesk(session)).toEqual(expected);
    let last: { seq: number; hash: string } | null = null;
    for (const fact of readUnsentFacts(session.db, 0, Number.MAX_SAFE_INTEGER)) {
      expect(checkLink(fact.header, contentOf(fact), last)).toBeNull();
      last = { seq: fact.header.seq, hash: fact.header.hash };
    }
    expect(last?.seq).toBe(expected.facts.length);
  });

  it('brings what it had not sent to the hub it worked with', async () => {
    const folder = temporaryFolder();
    const profileDir = copyGoldenProfile(schema, folder);
    const hub = await startHub(copyGoldenHub(schema, folder));
    const desk = await signInOlga(profileDir, hub.url);
    expect(expected.unsentCount).toBeGreaterThan(0);
    await desk.until('show-sync', {}, (sync) => sync.unsentCount === 0 && sync.network === 'online');
    expect(await linksAt(hub.dataDir)).toEqual(linksOf(expected));
    expect(JSON.parse(await runHub(['verify', '--json', '--data', hub.dataDir]))).toMatchObject({
      ok: true, facts: expected.facts.length, erased: expected.facts.filter((fact) => fact.erased).length, unexplained: 0,
    });
  });

  it('brings everything to a fresh hub that never saw it', async () => {
    const folder = temporaryFolder();
    const dataDir = join(folder, 'fresh');
    await plantOlga(dataDir, expected);
    const hub = await startHub(dataDir);
    const desk = await signInOlga(copyGoldenProfile(schema, folder), hub.url);
    await desk.until('show-sync', {}, (sync) => sync.unsentCount === 0 && sync.network === 'online');
    expect(await linksAt(dataDir)).toEqual(linksOf(expected));
    expect(JSON.parse(await runHub(['verify', '--json', '--data', dataDir]))).toMatchObject({ ok: true, facts: expected.facts.length });
  });
});

describe.each(goldenSchemas('hub'))('a hub of schema %s', (schema) => {
  it('opens and holds exactly what it held; its chains verify', async () => {
    const dataDir = copyGoldenHub(schema, temporaryFolder());
    const store = await openHubStore({ dataDir, postgresUrl: null });
    const found = await describeHub(store).finally(() => store.close());
    const expected = readUpgradedHub(schema);
    expect(found).toEqual(expected);
    expect(expected.erased).toBeGreaterThan(0);
    expect(JSON.parse(await runHub(['verify', '--json', '--data', dataDir]))).toMatchObject({ ok: true, links: expected.links.length });
  });
});

it('a lease that a hub of schema 0001 gave is waited for: it counts as that of a desk without a name', async () => {
  const store = await openHubStore({ dataDir: copyGoldenHub('0001', temporaryFolder()), postgresUrl: null });
  onTestFinished(() => store.close());
  const { given, kept } = await store.read(async (tx) => ({
    given: await tx.selectFrom('entities').select(['id', 'body']).where('kind', '=', 'lease').execute(),
    kept: await tx.selectFrom('desk_leases').selectAll().execute(),
  }));
  expect(given).toHaveLength(1);
  expect(kept).toEqual(given.map((row) => ({ user_id: row.id, device_id: '', lease_until: leaseEntitySchema.parse(JSON.parse(row.body)).untilMs })));
});

it('there is a golden pair of the schemas of today (else make one: tests/versions/make-golden-stores.ts)', async () => {
  const folder = temporaryFolder();
  const newest = goldenSchemas('desk').at(-1)!;
  expect(goldenSchemas('hub')).toEqual(goldenSchemas('desk'));
  const { db } = openKeyed(await unlockGoldenStore(copyGoldenProfile(newest, folder)));
  onTestFinished(() => void db.close());
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  const fresh = join(folder, 'fresh');
  await (await openHubStore({ dataDir: fresh, postgresUrl: null })).close();
  expect(migrationsOf(copyGoldenHub(newest, folder))).toEqual(migrationsOf(fresh));
});

function migrationsOf(dataDir: string): unknown[] {
  const db = new Database(sqlitePath(dataDir));
  try {
    return db.prepare('SELECT name FROM kysely_migration ORDER BY name').all();
  } finally {
    db.close();
  }
}

describe('a store of a newer version', () => {
  const schema = goldenSchemas('desk').at(-1)!;
  const hubSchema = goldenSchemas('hub').at(-1)!;

  it('on a desk is refused with its sentence, and not a byte of it changes', async () => {
    const profileDir = copyGoldenProfile(schema, temporaryFolder());
    const options = await unlockGoldenStore(profileDir);
    ageDesk(options).close();
    const found = hashFiles(profileDir);
    expect(openStore(options)).toMatchObject(refusedDesk);
    const desk = await DeskProcess.start({ profileDir, hubUrl: 'http://127.0.0.1:9', hubKey: goldenHubKey });
    onTestFinished(() => desk.stop());
    expect(await desk.command('sign-in', { username: 'olga', password: goldenPassword })).toMatchObject(refusedDesk);
    expect(hashFiles(profileDir)).toEqual(found);
    expect(italian.error.storeFromFuture).toContain('versione più nuova');
    expect(english.error.storeFromFuture).toContain('newer version');
  });

  it('on a desk that was killed is refused and holds what it held; SQLite itself merges the log', async () => {
    const folder = temporaryFolder();
    const options = await unlockGoldenStore(copyGoldenProfile(schema, folder));
    const [killed, aside] = [join(folder, 'killed.db'), join(folder, 'aside.db')];
    const newer = ageDesk(options);
    newer.exec(`CREATE TABLE of_a_newer_version (text TEXT); INSERT INTO of_a_newer_version VALUES ('kept')`);
    for (const copy of [killed, aside]) copyWithLog(options.path, copy);
    newer.close();
    expect(openStore({ ...options, path: killed })).toMatchObject(refusedDesk);
    const dumpAt = (path: string): string => dump(openKeyed({ ...options, path }).db);
    expect(dumpAt(killed)).toBe(dumpAt(aside));
    expect(dumpAt(killed)).toContain('kept');
  });

  it('at a hub is refused with its sentence, and not a byte of it changes', async () => {
    const dataDir = copyGoldenHub(hubSchema, temporaryFolder());
    await (await ageHub(dataDir)).close();
    const found = hashFiles(dataDir);
    await expect(openHubStore({ dataDir, postgresUrl: null })).rejects.toThrow(refusedHub);
    await expect(HubProcess.start(dataDir)).rejects.toThrow(refusedHub);
    expect(hashFiles(dataDir)).toEqual(found);
  });

  it('at a hub that was killed is refused and holds what it held; SQLite itself merges the log', async () => {
    const folder = temporaryFolder();
    const dataDir = copyGoldenHub(hubSchema, folder);
    const newer = await ageHub(dataDir);
    const [killed, aside] = [join(folder, 'killed'), join(folder, 'aside')];
    for (const copy of [killed, aside]) copyWithLog(sqlitePath(dataDir), sqlitePath(copy));
    await newer.close();
    await expect(openHubStore({ dataDir: killed, postgresUrl: null })).rejects.toThrow(refusedHub);
    expect(dump(new Database(sqlitePath(killed)))).toBe(dump(new Database(sqlitePath(aside))));
    expect(dump(new Database(sqlitePath(killed)))).toContain('9999-of-a-newer-hub');
  });
});

const refusedDesk = { ok: false, error: { code: 'store-from-future', messageKey: 'error.storeFromFuture', retryable: false } };
const refusedHub = 'This data folder was written by a newer hub. Update Premura before opening it.';

/** Makes a store one of a newer version, and leaves it open. */
function ageDesk(options: OpenOptions): Sqlite {
  const { db } = openKeyed(options);
  db.pragma('journal_mode = WAL');
  db.pragma('wal_autocheckpoint = 0');
  db.pragma(`user_version = ${migrations.length + 1}`);
  return db;
}

async function ageHub(dataDir: string): Promise<HubStore> {
  const store = await openSqlite(sqlitePath(dataDir));
  await store.write((tx) => sql`insert into kysely_migration (name, timestamp) values ('9999-of-a-newer-hub', '2030-01-01T00:00:00.000Z')`.execute(tx));
  return store;
}

/** Every row of every table, and closes. */
function dump(db: Sqlite): string {
  try {
    const tables = db.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`).all();
    const rows = tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]);
    return JSON.stringify([db.pragma('user_version', { simple: true }), rows]);
  } finally {
    db.close();
  }
}

type Link = { seq: number; id: string; hash: string };

function linksOf(expected: { facts: Link[] }): Link[] {
  return expected.facts.map(({ seq, id, hash }) => ({ seq, id, hash }));
}

async function linksAt(dataDir: string): Promise<Link[]> {
  const store = await openHubStore({ dataDir, postgresUrl: null });
  try {
    const rows = await store.read((tx) => tx.selectFrom('facts').select(['seq', 'fact_id as id', 'hash']).orderBy('seq').execute());
    return rows.map((row) => ({ ...row }));
  } finally {
    await store.close();
  }
}

/** A hub that was lost with everything in it and set up anew: the same name, the same person, nothing else. */
async function plantOlga(dataDir: string, expected: ReturnType<typeof readExpectedDesk>): Promise<void> {
  const store = await openHubStore({ dataDir, postgresUrl: null });
  const { userId, username, displayName, role } = expected.user;
  await store.write(async (tx) => {
    await tx.updateTable('meta').set({ value: expected.hubId }).where('key', '=', 'hubId').execute();
    await tx.insertInto('users').values({
      user_id: userId, username, display_name: displayName, role, password_hash: await goldenHash, recovery_key: newRandomHex(32), created_at: 0,
    }).execute();
  });
  await store.close();
}

const goldenHash = hashPassword(goldenPassword);

/** A database and its log, as a process that was killed leaves them. */
function copyWithLog(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  expect(existsSync(`${from}-wal`)).toBe(true);
  for (const end of ['', '-wal']) copyFileSync(from + end, to + end);
}
