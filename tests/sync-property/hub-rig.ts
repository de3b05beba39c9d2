/**
 * A real hub in this process (store, routes, sessions), without its port: on SQLite or on PostgreSQL.
 *
 * Invariants: a backup is what a nightly copy of the stopped database holds, and of the files of attachments; a restore brings back
 * that and nothing else. The ledger of erasures is never restored, and is replayed whenever the store opens, as `openStore` does.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { listFactIds } from '../../hub/facts/list-fact-ids.ts';
import { buildServer } from '../../hub/server.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';
import { openPostgres } from '../../hub/store/postgres/open-postgres.ts';
import { openSqlite } from '../../hub/store/sqlite/open-sqlite.ts';
import { hashPassword } from '../../hub/users/hash-password.ts';
import { hashToken } from '../../hub/users/tokens.ts';
import { ensureHubId } from '../../hub/store/hub-meta.ts';
import type { FactId, HubId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import type { Role, User } from '../../shared/protocol/session-protocol.ts';
import { tones } from '../../shared/case/case-entity.ts';
import { plainDateSchema } from '../../shared/time.ts';
import { setCertificates } from '../../hub/conduct/certificates.ts';
import type { Clock } from '../../shared/time.ts';
import type { PlantedCase } from '../integration/hub-receivables.ts';
import { plantCase } from '../integration/hub-receivables.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { hashOf } from './hash-of.ts';
import type { Seams } from './seams.ts';

/** Where a database lies, and how it is copied while nobody has it open. */
interface Place {
  open(): Promise<HubStore>;
  backUp(): Promise<void>;
  /** Brings back the last backup; the first one is the planted agency. */
  restore(): Promise<void>;
  discard(): Promise<void>;
}

export interface Person { user: User; token: string }

export interface Agency {
  hubId: HubId;
  /** Two collectors and a lead. */
  people: [Person, Person, Person];
  cases: PlantedCase[];
}

/** Makes places that hold the planted agency; one planting for many schedules. */
export interface HubSoil {
  agency: Agency;
  newPlace(): Promise<Place>;
}

export async function prepareSqlite(folder: string): Promise<HubSoil> {
  mkdirSync(folder, { recursive: true });
  const template = join(folder, 'template.sqlite');
  const store = await openSqlite(template);
  const agency = await plantAgency(store);
  await store.close();
  let count = 0;
  return {
    agency,
    newPlace: () => {
      count += 1;
      const path = join(folder, `hub-${String(count)}.sqlite`);
      const backup = join(folder, `hub-${String(count)}.backup`);
      copyFileSync(template, path);
      const remove = (file: string): void => ['', '-wal', '-shm'].forEach((end) => rmSync(file + end, { force: true }));
      return Promise.resolve({
        open: () => openSqlite(path),
        backUp: async () => copyFileSync(path, backup),
        restore: async () => {
          remove(path);
          copyFileSync(existsSync(backup) ? backup : template, path);
        },
        discard: async () => {
          remove(path);
          remove(backup);
        },
      });
    },
  };
}

/**
 * One database for all schedules of a file, one after the other: making one for each costs more than living through it. A copy
 * is a schema of its own that holds every table's rows; commits need not reach the disk, durability is other suites' matter.
 */
export async function preparePostgres(server: TestPostgres): Promise<HubSoil> {
  const connectionString = await server.createDatabase();
  const store = await openPostgres({ connectionString });
  const agency = await plantAgency(store);
  await store.close();
  const run = (texts: (tables: string[]) => string[]): Promise<void> => runTogether(connectionString, texts);
  const copyTo = (schema: string): Promise<void> => run((tables) => [
    `drop schema if exists ${schema} cascade`, `create schema ${schema}`,
    ...tables.map((table) => `create table ${schema}.${table} as table public.${table}`),
  ]);
  const bringBack = (schema: string): Promise<void> => run((tables) => [
    'set local session_replication_role = replica',
    ...tables.flatMap((table) => [`delete from public.${table}`, `insert into public.${table} overriding system value select * from ${schema}.${table}`]),
    `select setval(pg_get_serial_sequence('public.feed_log', 'id'), (select coalesce(max(id), 0) + 1 from public.feed_log), false)`,
  ]);
  await run(() => [`alter database ${nameOf(connectionString)} set synchronous_commit = off`]);
  await copyTo('planted');
  return {
    agency,
    newPlace: async () => {
      let latest = 'planted';
      await bringBack(latest);
      return {
        open: () => openPostgres({ connectionString }),
        backUp: async () => {
          await copyTo('backup');
          latest = 'backup';
        },
        restore: () => bringBack(latest),
        discard: () => Promise.resolve(),
      };
    },
  };
}

/** Users with sessions that outlast every clock, four customers, five cases. */
async function plantAgency(store: HubStore): Promise<Agency> {
  const hubId = await ensureHubId(store);
  const passwordHash = await hashPassword('nobody signs in here');
  const plantPerson = async (username: string, role: Role): Promise<Person> => {
    const userId = newId<UserId>();
    const token = newRandomHex(32);
    await store.write(async (tx) => {
      await tx.insertInto('users').values({
        user_id: userId, username, display_name: username, role, password_hash: passwordHash, recovery_key: newRandomHex(32), created_at: 0,
      }).execute();
      const expires = { access_expires_at: Number.MAX_SAFE_INTEGER, refresh_expires_at: Number.MAX_SAFE_INTEGER };
      await tx.insertInto('sessions').values({
        session_id: newId<string>(), user_id: userId, access_hash: hashToken(token), refresh_hash: hashToken(newRandomHex(32)), ...expires,
        previous_refresh_hash: null, rotated_at: 0,
      }).execute();
      const since = plainDateSchema.parse('1970-01-01');
      const certified = await setCertificates(tx, { userId: null, nowMs: 0 }, userId, tones.map((tone) => ({ tone, level: 'full', since, until: null })));
      if (!certified.ok) throw new Error(certified.refusal.code);
    });
    return { user: { userId, username, displayName: username, role }, token };
  };
  const people: Agency['people'] = [await plantPerson('carla', 'collector'), await plantPerson('bruno', 'collector'), await plantPerson('lea', 'lead')];
  const [carla, bruno] = people.map((person) => person.user.userId);
  const cases: PlantedCase[] = [];
  for (const [name, owner] of [['Anna Bianchi', carla], ['Officina Verdi', carla], ['Condominio Tigli', bruno], ['Perché No srl', bruno]] as const) {
    cases.push(await plantCase(store, owner ?? null, { name }));
  }
  cases.push(await plantCase(store, carla ?? null, { name: 'Anna Bianchi', ...(cases[0] === undefined ? {} : { customerId: cases[0].customerId }) }));
  return { hubId, people, cases };
}

/** What happens while a hub is down; `restore-database` leaves the files of attachments as they are. */
export type HubPause = 'nothing' | 'back-up' | 'restore' | 'restore-database';

/** `folder`: for what is not in the database. */
export interface HubSetup { folder: string; seams: Seams; clock: Clock }

/** The running hub of one schedule. */
export class HubRig {
  readonly #place: Place;
  readonly #folder: string;
  readonly #seams: Seams;
  readonly #clock: Clock;
  #store: HubStore;
  #app: FastifyInstance;

  private constructor(place: Place, setup: HubSetup, store: HubStore, app: FastifyInstance) {
    const { folder, seams, clock } = setup;
    this.#place = place;
    this.#folder = folder;
    this.#seams = seams;
    this.#clock = clock;
    this.#store = store;
    this.#app = app;
  }

  static async start(soil: HubSoil, setup: HubSetup): Promise<HubRig> {
    mkdirSync(dataDirOf(setup.folder), { recursive: true });
    const place = await soil.newPlace();
    const store = await place.open();
    return new HubRig(place, setup, store, await serve(store, setup.clock, dataDirOf(setup.folder)));
  }

  /** The ledger of erasures and the files of attachments. */
  get dataDir(): string {
    return dataDirOf(this.#folder);
  }

  get store(): HubStore {
    return this.#store;
  }

  get app(): FastifyInstance {
    return this.#app;
  }

  async factIds(): Promise<Set<FactId>> {
    return new Set(await this.#store.read(listFactIds));
  }

  /** The facts whose file stands here by its row, whole and as the fact says. */
  async wholeFiles(): Promise<Set<FactId>> {
    const rows = await this.#store.read((tx) => tx.selectFrom('attachments').select(['fact_id', 'sha256']).execute());
    return new Set(rows.filter((row) => this.fileHash(row.fact_id) === row.sha256).map((row) => row.fact_id));
  }

  /** The SHA-256 of a whole file; null when there is none. */
  fileHash(factId: FactId): string | null {
    const path = join(this.dataDir, 'attachments', factId);
    return existsSync(path) ? hashOf(readFileSync(path)) : null;
  }

  async restart(meanwhile: HubPause = 'nothing'): Promise<void> {
    await this.#stop();
    const [files, kept] = [join(this.dataDir, 'attachments'), join(this.#folder, 'backup')];
    if (meanwhile === 'back-up') {
      await this.#place.backUp();
      replaceFolder(files, kept);
    }
    if (meanwhile === 'restore' || meanwhile === 'restore-database') await this.#place.restore();
    if (meanwhile === 'restore') replaceFolder(kept, files);
    this.#store = await this.#place.open();
    await this.#seams.replay(this.#store, this.dataDir);
    this.#app = await serve(this.#store, this.#clock, this.dataDir);
  }

  async discard(): Promise<void> {
    await this.#stop();
    await this.#place.discard();
  }

  async #stop(): Promise<void> {
    await this.#app.close();
    await this.#store.close();
  }
}

function dataDirOf(folder: string): string {
  return join(folder, 'data');
}

/** Makes a folder the copy of another, which may not be there. */
function replaceFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}

async function serve(store: HubStore, clock: Clock, dataDir: string): Promise<FastifyInstance> {
  const app = buildServer({ store, clock, dataDir, logTo: null });
  await app.ready();
  return app;
}

/** Runs statements in one transaction; they are made of the names of the hub's tables. */
async function runTogether(connectionString: string, texts: (tables: string[]) => string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const found = await client.query<{ tablename: string }>(`select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`);
    await client.query('begin');
    for (const text of texts(found.rows.map((row) => row.tablename))) await client.query(text);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

function nameOf(connectionString: string): string {
  return new URL(connectionString.replace('@/', '@localhost/')).pathname.slice(1);
}
