/** A real PostgreSQL that is away for a while; the plans for the next try are counted and driven by hand. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import pg from 'pg';
import type { TestPostgres } from '../../../tests/support/start-postgres.ts';
import { startPostgres } from '../../../tests/support/start-postgres.ts';
import { RevisionChannel } from './revision-channel.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterEach(() => { vi.useRealTimers(); });
afterAll(() => server.stop());

/** What belongs to the same event has been told, too. */
const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

it('a lost connection is tried again one at a time, however often that fails, and one listens in the end', async () => {
  const connectionString = await server.createDatabase();
  let hear: (revision: number) => void = () => undefined;
  const channel = new RevisionChannel({ connectionString }, (revision) => { hear(revision); }, () => undefined, () => undefined);
  await channel.open();
  const open = vi.spyOn(channel, 'open');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await server.kill();
  while (vi.getTimerCount() === 0) await turn();
  for (let tries = 1; tries <= 5; tries += 1) {
    vi.advanceTimersToNextTimer();
    await expect(open.mock.results.at(-1)?.value).rejects.toThrow();
    await turn();
    expect([open.mock.calls.length, vi.getTimerCount()]).toEqual([tries, 1]);
  }
  await server.restart();
  vi.advanceTimersToNextTimer();
  await open.mock.results.at(-1)?.value;

  const client = new pg.Client({ connectionString });
  await client.connect();
  const heard = new Promise<number>((resolve) => { hear = resolve; });
  await client.query(`select pg_notify('${RevisionChannel.channelName}', '7')`);
  expect(await heard).toBe(7);
  const { rows } = await client.query<{ query: string }>("select query from pg_stat_activity where datname = current_database() and query like 'listen%'");
  expect(rows).toHaveLength(1);
  await client.end();
  await channel.close();
});

it('a first opening that fails is left to whoever asked for it', async () => {
  const connectionString = await server.createDatabase();
  await server.kill();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const channel = new RevisionChannel({ connectionString }, () => undefined, () => undefined, () => undefined);
  await expect(channel.open()).rejects.toThrow();
  await turn();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  await server.restart();
});
