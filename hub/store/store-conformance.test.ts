/** What both stores must do, on both: real SQLite files and a real PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import type { TestPostgres } from '../../tests/support/start-postgres.ts';
import { startPostgres } from '../../tests/support/start-postgres.ts';
import { upsertEntity } from '../feed/upsert-entity.ts';
import { readFeed } from '../feed/read-feed.ts';
import type { HubStore } from './hub-store.ts';
import { ensureHubId, readHubId } from './hub-meta.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { newestRevision } from './sequence-feed.ts';

interface Place {
  /** Opens the same database; may be open several times at once. */
  open(): Promise<HubStore>;
}

interface Kind { name: string; prepare(): Promise<void>; place(): Promise<Place>; tidy(): Promise<void> }

function sqliteKind(): Kind {
  const folders: string[] = [];
  return {
    name: 'SQLite',
    prepare: () => Promise.resolve(),
    place: () => {
      const folder = mkdtempSync(join(tmpdir(), 'premura-store-'));
      folders.push(folder);
      return Promise.resolve({ open: () => openSqlite(join(folder, 'hub.sqlite')) });
    },
    tidy: () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

function postgresKind(): Kind {
  let server: TestPostgres | null = null;
  return {
    name: 'PostgreSQL',
    prepare: async () => {
      server = await startPostgres();
    },
    place: async () => {
      if (server === null) throw new Error('PostgreSQL was not started');
      const connectionString = await server.createDatabase();
      return { open: () => openPostgres({ connectionString }) };
    },
    tidy: async () => {
      await server?.stop();
    },
  };
}

describe.each([sqliteKind(), postgresKind()])('$name', (kind) => {
  const open: HubStore[] = [];

  beforeAll(() => kind.prepare());
  afterAll(() => kind.tidy());
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });

  async function openAt(place: Place): Promise<HubStore> {
    const store = await place.open();
    open.push(store);
    return store;
  }

  const addMeta = (store: HubStore, key: string): Promise<unknown> =>
    store.write((tx) => tx.insertInto('meta').values({ key, value: key }).execute());
  const metaKeys = (store: HubStore): Promise<string[]> =>
    store.read(async (tx) => (await tx.selectFrom('meta').select('key').orderBy('key').execute()).map((row) => row.key));
  const addEntity = (store: HubStore, userId: UserId, id: string, text = 'x'): Promise<void> =>
    store.write((tx) => upsertEntity(tx, 1, { kind: 'flag', id, body: { text }, audiences: [`user:${userId}`] }));

  it('keeps what was written, over a closing and another opening', async () => {
    const place = await kind.place();
    const store = await openAt(place);
    await addMeta(store, 'a');
    await store.close();
    open.splice(0);
    expect(await metaKeys(await openAt(place))).toEqual(['a']);
  });

  it('gives the hub one id, however often it is opened', async () => {
    const place = await kind.place();
    const first = await openAt(place);
    const second = await openAt(place);
    const hubId = await ensureHubId(first);
    expect(await ensureHubId(second)).toBe(hubId);
    expect(await second.read(readHubId)).toBe(hubId);
  });

  it('a failing write takes back itself and nothing of those beside it', async () => {
    const store = await openAt(await kind.place());
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        store.write(async (tx) => {
          await tx.insertInto('meta').values({ key: `k${String(index).padStart(2, '0')}`, value: '' }).execute();
          if (index % 4 === 3) throw new Error(`refused ${String(index)}`);
          return index;
        })),
    );
    const kept = results.flatMap((result) => (result.status === 'fulfilled' ? [`k${String(result.value).padStart(2, '0')}`] : []));
    expect(kept).toHaveLength(30);
    expect(await metaKeys(store)).toEqual(kept);
    expect(results.filter((result) => result.status === 'rejected').map((result) => String(result.reason))).toContain('Error: refused 3');
  });

  it('a statement that the database refuses fails its own write only', async () => {
    const store = await openAt(await kind.place());
    await addMeta(store, 'taken');
    const results = await Promise.allSettled([addMeta(store, 'b'), addMeta(store, 'taken'), addMeta(store, 'c')]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await metaKeys(store)).toEqual(['b', 'c', 'taken']);
  });

  it('minds foreign keys', async () => {
    const store = await openAt(await kind.place());
    const orphan = store.write((tx) =>
      tx.insertInto('assignments').values({ customer_id: newId<CustomerId>(), owner_id: newId<UserId>(), assigned_at: 0 }).execute());
    await expect(orphan).rejects.toThrow(/foreign key/i);
  });

  it('a read sees one moment, whatever is written meanwhile', async () => {
    const store = await openAt(await kind.place());
    await addMeta(store, 'a');
    const seen = await store.read(async (tx) => {
      const before = await tx.selectFrom('meta').select('key').execute();
      await addMeta(store, 'b');
      const after = await tx.selectFrom('meta').select('key').execute();
      return [before.length, after.length];
    });
    expect(seen).toEqual([1, 1]);
    expect(await metaKeys(store)).toEqual(['a', 'b']);
  });

  it('a read cannot write a lasting thing', async () => {
    const store = await openAt(await kind.place());
    await expect(store.read((tx) => tx.insertInto('meta').values({ key: 'x', value: '' }).execute())).rejects.toThrow(/read-?\s?only/i);
  });

  it('writers that raise one number lose none', async () => {
    const place = await kind.place();
    const stores = [await openAt(place), await openAt(place)];
    await stores[0]!.write((tx) => tx.insertInto('meta').values({ key: 'count', value: '0' }).execute());
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        stores[index % 2]!.write(async (tx) => {
          // The update takes the row's lock; what is read after it is the newest.
          await tx.updateTable('meta').set((eb) => ({ value: eb.ref('value') })).where('key', '=', 'count').execute();
          const row = await tx.selectFrom('meta').select('value').where('key', '=', 'count').executeTakeFirstOrThrow();
          await tx.updateTable('meta').set({ value: String(Number(row.value) + 1) }).where('key', '=', 'count').execute();
        })),
    );
    const row = await stores[0]!.read((tx) => tx.selectFrom('meta').select('value').where('key', '=', 'count').executeTakeFirstOrThrow());
    expect(row.value).toBe('60');
  });

  it('numbers every committed row once, without a hole, by several processes at a time', async () => {
    const place = await kind.place();
    const stores = [await openAt(place), await openAt(place), await openAt(place)];
    const userId = newId<UserId>();
    await Promise.all(Array.from({ length: 90 }, (_, index) => addEntity(stores[index % 3]!, userId, `e${String(index)}`)));
    await Promise.all(stores.map((store) => store.sequence()));
    const rows = await stores[0]!.read((tx) => tx.selectFrom('feed_log').select('revision').orderBy('revision').execute());
    expect(rows.map((row) => row.revision)).toEqual(Array.from({ length: 90 }, (_, index) => index + 1));
  });

  it('a reader that follows the cursor never misses a row, while writers commit in any order', async () => {
    const place = await kind.place();
    const writers = [await openAt(place), await openAt(place)];
    const reader = await openAt(place);
    const userId = newId<UserId>();
    const person = { userId, role: 'collector' as const };
    const progress = { done: 0 };
    const written = Promise.all(Array.from({ length: 120 }, async (_, index) => {
      await addEntity(writers[index % 2]!, userId, `e${String(index)}`);
      progress.done += 1;
    }));
    const seen = new Set<string>();
    let cursor = '';
    for (;;) {
      const isLast = progress.done === 120;
      const page = await readFeed(reader, person, cursor, 7);
      const lines = page.lines.map((line): { line: string; id?: string; cursor?: string; more?: boolean } => JSON.parse(line));
      for (const line of lines) if (line.id !== undefined) seen.add(line.id);
      const end = lines.at(-1);
      cursor = end?.cursor ?? '';
      if (isLast && end?.more === false) break;
    }
    await written;
    expect(seen.size).toBe(120);
  });

  it('heals rows that a crash left without a number', async () => {
    const place = await kind.place();
    const store = await openAt(place);
    // What a process leaves that dies between its commit and the numbering.
    await store.write((tx) =>
      tx.insertInto('entities').values({ kind: 'flag', id: 'f', body: '{}', audiences: '["role:lead"]' }).execute());
    await plantUnnumbered(store);
    const other = await openAt(place);
    const page = await readFeed(other, { userId: newId<UserId>(), role: 'lead' }, '');
    expect(page.entityCount).toBe(1);
    expect(await other.read(newestRevision)).toBe(1);
  });

  it('tells every open store when another wrote', async () => {
    const place = await kind.place();
    const writer = await openAt(place);
    const listener = await openAt(place);
    const heard = new Promise<number>((resolve) => listener.onRevision(resolve));
    await addEntity(writer, newId<UserId>(), 'e');
    expect(await heard).toBe(1);
  });

  it('reads integers as numbers, and large ones exactly', async () => {
    const store = await openAt(await kind.place());
    const at = 8_640_000_000_000_000;
    await store.write((tx) => tx.insertInto('sign_in_failures').values({ username_hash: 'h', failed_at: at }).execute());
    const row = await store.read((tx) =>
      tx.selectFrom('sign_in_failures').select('failed_at').select((eb) => eb.fn.countAll<number>().over().as('count')).executeTakeFirstOrThrow());
    expect(row).toEqual({ failed_at: at, count: 1 });
  });
});

/** Writes a log row and takes its number away again, as if nobody had come to number it. */
async function plantUnnumbered(store: HubStore): Promise<void> {
  await store.write((tx) =>
    tx.insertInto('feed_log').values({
      revision: null, tag: newRandomHex(8), audience: 'role:lead', op: 'upsert', kind: 'flag', entity_id: 'f', at: 1,
    }).execute());
  await store.sequence();
  await store.write((tx) => tx.updateTable('feed_log').set({ revision: null }).execute());
}
