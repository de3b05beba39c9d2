/** Erasing a person on PostgreSQL: the bytes of its tables, two hubs with a ledger each, pushes that race with it, the log. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasePerson, erasureReportSchema } from '../../hub/erasure/erase-person.ts';
import { replayErasures } from '../../hub/erasure/replay-erasures.ts';
import { verifyChains } from '../../hub/facts/verify-chains.ts';
import type { CustomerId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { erasureEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { TestHub } from './hub-harness.ts';
import { addAndSignIn, noAnswer, pullPage, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
let postgresUrl: string;
let first: TestHub;
let second: TestHub;

beforeAll(async () => {
  server = await startPostgres();
  postgresUrl = await server.createDatabase();
  first = await startTestHub({ postgresUrl });
  second = await startTestHub({ postgresUrl });
});

afterAll(async () => {
  await first.discard();
  await second.discard();
  await server.stop();
});

async function erase(hub: TestHub, customerId: CustomerId): Promise<void> {
  const done = await erasePerson(hub, { target: { customerId }, reason: 'on request', dryRun: false });
  expect(done).toMatchObject({ ok: true, value: { scrubbed: true } });
}

/** The table files that hold the text, after all of memory is in them and old files are gone. */
async function tableFilesWith(text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query('checkpoint');
  const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') || '/base' as folder");
  await client.end();
  const [row] = rows;
  if (row === undefined) throw new Error('the server has no folder');
  return readdirSync(row.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text)).map((entry) => entry.name);
}

describe('erasing a person on PostgreSQL', () => {
  it('leaves no byte in the tables and no word in the log; the other hub and the feed know of it', async () => {
    const anna = await addAndSignIn(first, 'anna', 'collector');
    const { caseId, customerId } = await plantCase(first.store, anna.userId, { name: 'Ermenegildo Bianchi' });
    const start = await pullPage(anna, '');
    const device = new TestDevice(anna.userId);
    device.add(caseId, 'note-added', { text: 'ne parla con Teofilo' });
    device.add(null, 'note-added', { text: 'senza pratica' });
    await device.push(anna);
    for (const text of ['Ermenegildo', 'Teofilo']) expect(await tableFilesWith(text), text).not.toEqual([]);
    // Over the route, for its log is looked at below.
    const admin = await addAndSignIn(first, 'the-admin', 'admin');
    const asked = await admin.call('POST', '/v1/erasures', { target: { customerId }, reason: 'on request' });
    expect([asked.status, erasureReportSchema.parse(await asked.json())]).toMatchObject([200, { facts: 1, invoices: 1, scrubbed: true }]);
    expect((await admin.call('POST', '/v1/erasures', { target: { customerId: newId<CustomerId>() }, reason: 'on request' })).status).toBe(404);
    for (const text of ['Ermenegildo', 'Teofilo']) expect(await tableFilesWith(text), text).toEqual([]);
    expect(await verifyChains(second.store)).toMatchObject({ ok: true, facts: 2, erased: 1, unexplained: 0 });

    device.add(caseId, 'note-added', { text: 'Teofilo, dopo' });
    expect(await device.push(anna)).toMatchObject({ status: 'stored', lastSeq: 3 });
    expect(await tableFilesWith('Teofilo')).toEqual([]);
    for (const page of [await pullPage(anna, start.cursor), await pullPage(anna, '')]) {
      const told = page.entities.find((entity) => entity.kind === 'erasure');
      expect(told?.line === 'upsert' ? erasureEntitySchema.parse(told.body) : null).toMatchObject({ customerId, caseIds: [caseId] });
      expect(page.entities.some((entity) => entity.line === 'upsert' && entity.id === caseId)).toBe(false);
    }
    expect(first.log() + second.log()).not.toMatch(/Ermenegildo|Teofilo/);

    // The second hub has a data folder of its own: it learns the ledger when it opens.
    expect(await replayErasures(second.store, second.dataDir)).toBe(0);
    expect(readFileSync(join(second.dataDir, 'erasures.ndjson'), 'utf8')).toContain(customerId);
  });

  it('a push that races with the erasure leaves no content, whoever is first', async () => {
    const owner = await addAndSignIn(first, 'racer', 'collector');
    const hubs = [await signInOver(first, 'racer'), await signInOver(second, 'racer')];
    for (let round = 0; round < 6; round += 1) {
      const { caseId, customerId } = await plantCase(first.store, owner.userId);
      const devices = Array.from({ length: 6 }, () => new TestDevice(owner.userId));
      const replies = await Promise.all([
        ...devices.map(async (device, index) => {
          const statuses: string[] = [];
          for (let count = 0; count < 5; count += 1) statuses.push((await device.push(hubs[index % 2]!, [device.add(caseId, 'outcome-recorded', noAnswer())])).status);
          return statuses;
        }),
        erase(round % 2 === 0 ? first : second, customerId).then(() => []),
      ]);
      expect(new Set(replies.flat())).toEqual(new Set(['stored']));
      const left = await first.store.read((tx) => tx.selectFrom('fact_content').select(['fact_id', 'body']).where('case_id', '=', caseId).execute());
      expect(left).toHaveLength(30);
      expect(left.filter((row) => row.body !== null)).toEqual([]);
      expect(await first.store.read((tx) => tx.selectFrom('entities').select('id').where('kind', '!=', 'erasure').where('body', 'like', `%${caseId}%`).execute())).toEqual([]);
    }
    expect(await verifyChains(first.store)).toMatchObject({ ok: true, unexplained: 0 });
  });
});
