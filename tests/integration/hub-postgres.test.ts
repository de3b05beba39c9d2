/** Several hubs on one PostgreSQL: what the store suite proves for the store, here for the whole. */
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import { liveEventSchema } from '../../shared/protocol/feed-protocol.ts';
import { newId } from '../../shared/id.ts';
import { plainDateSchema } from '../../shared/time.ts';
import { verifyChains } from '../../hub/facts/verify-chains.ts';
import type { ImportListener } from '../../hub/receivables/import-request.ts';
import { runImport } from '../../hub/receivables/run-import.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, noAnswer, pullPage, request, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
let first: TestHub;
let second: TestHub;

beforeAll(async () => {
  server = await startPostgres();
  const postgresUrl = await server.createDatabase();
  first = await startTestHub({ postgresUrl });
  second = await startTestHub({ postgresUrl });
});

afterAll(async () => {
  await first.discard();
  await second.discard();
  await server.stop();
});

describe('two hubs, one database', () => {
  it('a session of one is good at the other; an outcome pushed to one is live and in the feed of the other', async () => {
    const anna = await addAndSignIn(first, 'anna', 'collector');
    const { caseId } = await plantCase(first.store, anna.userId);
    const atSecond: SignedIn = { ...anna, call: (method, path, body, headers) => request(second, anna.token, method, path, body, headers) };
    const start = await pullPage(atSecond, '');
    expect(start.entities.filter((entity) => entity.kind === 'case')).toHaveLength(1);
    const live = await atSecond.call('GET', '/v1/live', undefined, { 'last-event-id': start.cursor.split(':')[0] ?? '' });
    const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader();
    const device = new TestDevice(anna.userId);
    device.add(caseId, 'outcome-recorded', noAnswer());
    await device.push(anna);
    let heard = '';
    const fed = /event: feed\nid: \d+\ndata: (.*)\n/;
    while (!fed.test(heard)) heard += (await reader.read()).value ?? '';
    await reader.cancel();
    expect(liveEventSchema.parse(JSON.parse(fed.exec(heard)?.[1] ?? '')).revision).toBeGreaterThan(0);
    const page = await pullPage(atSecond, start.cursor);
    expect(page.entities.map((entity) => entity.id)).toEqual([caseId]);
  });

  it('many devices push about the same cases to both at once: every fact is in its case, once', async () => {
    const owner = await addAndSignIn(first, 'owner', 'collector');
    const cases = [await plantCase(first.store, owner.userId), await plantCase(first.store, owner.userId), await plantCase(first.store, owner.userId)];
    const hubs = [await signInOver(first, 'owner'), await signInOver(second, 'owner')];
    const devices = Array.from({ length: 8 }, () => new TestDevice(owner.userId));
    await Promise.all(devices.map(async (device, index) => {
      const person = hubs[index % 2]!;
      for (let batch = 0; batch < 5; batch += 1) {
        // Each device goes through the cases in another order.
        const facts = [0, 1, 2].map((step) => device.add(cases[(step + index + batch) % 3]!.caseId, 'outcome-recorded', noAnswer()));
        // A lost answer: the same batch again, to the other hub.
        const replies = await Promise.all([device.push(person, facts), device.push(hubs[(index + 1) % 2]!, facts)]);
        expect(replies.map((reply) => reply.status)).toEqual(['stored', 'stored']);
      }
    }));
    const page = await pullPage(hubs[0]!, '');
    for (const { caseId } of cases) {
      const line = page.entities.find((entity) => entity.id === caseId);
      const facts = line?.line === 'upsert' ? caseEntitySchema.parse(line.body).facts : [];
      expect(new Set(facts.map((fact) => fact.id)).size).toBe(40);
      expect(facts).toHaveLength(40);
    }
    expect(await verifyChains(second.store)).toMatchObject({ ok: true, broken: [] });
  });

  it('pushes about one case that overlap never overwrite each other’s fact', async () => {
    const owner = await addAndSignIn(first, 'overlap', 'collector');
    const { caseId } = await plantCase(first.store, owner.userId);
    const hubs = [await signInOver(first, 'overlap'), await signInOver(second, 'overlap')];
    const devices = Array.from({ length: 6 }, () => new TestDevice(owner.userId));
    for (let round = 1; round <= 25; round += 1) {
      await Promise.all(devices.map((device, index) => device.push(hubs[index % 2]!, [device.add(caseId, 'outcome-recorded', noAnswer())])));
      const row = await second.store.read((tx) =>
        tx.selectFrom('entities').select('body').where('kind', '=', 'case').where('id', '=', caseId).executeTakeFirstOrThrow());
      expect(caseEntitySchema.parse(JSON.parse(row.body)).facts).toHaveLength(round * devices.length);
    }
  });

  it('two creditors send the same new tax code at once: both files are stored, and it is one person', async () => {
    const bring = async (hub: TestHub, creditorName: string, code: string, listener: ImportListener = {}): Promise<void> => {
      const text = `Codice cliente;Ragione sociale;Codice fiscale;Numero fattura;Data fattura;Scadenza;Importo\n${code};Maria Rossi;RSSMRA80A41H501Y;${code};31/01/2026;28/02/2026;150,00\n`;
      const done = await runImport(hub.store, hub.clock, {
        file: Buffer.from(text), creditorName, options: {}, asOf: plainDateSchema.parse('2026-03-10'), dryRun: false, rejectsPath: join(hub.dataDir, 'rejects', `${newId()}.csv`),
      }, listener);
      expect(done).toMatchObject({ ok: true, value: { report: { rows: { rejected: 0 } } } });
    };
    const others: Promise<void>[] = [];
    await bring(first, 'Luce', 'L1', {
      // The person is stored and not yet committed: the other file comes up to the same row and waits for it.
      storing: async (tx) => {
        others.push(bring(second, 'Gas', 'G1'));
        let waiting = 0;
        while (waiting === 0) waiting = (await sql`select 1 from pg_locks where not granted and locktype = 'transactionid'`.execute(tx)).rows.length;
      },
    });
    await Promise.all(others);
    expect(others).toHaveLength(1);
    const rows = await first.store.read((tx) => tx.selectFrom('cases').select(['customer_id', 'customer_code']).where('customer_code', 'in', ['L1', 'G1']).execute());
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map((row) => row.customer_id)).size).toBe(1);
  });

  it('a database that dies and comes back has lost nothing it acknowledged, and the hubs go on', async () => {
    const anna = await addAndSignIn(first, 'survivor', 'collector');
    const { caseId } = await plantCase(first.store, anna.userId);
    const device = new TestDevice(anna.userId);
    for (let count = 0; count < 20; count += 1) {
      const fact = device.add(caseId, 'outcome-recorded', noAnswer());
      expect(await device.push(anna, [fact])).toMatchObject({ status: 'stored', lastSeq: count + 1 });
    }
    await server.kill();
    expect((await device.pushRaw(anna, device.facts)).status).toBe(500);
    await server.restart();
    expect(await device.push(anna)).toMatchObject({ status: 'stored', lastSeq: 20 });
    expect(await verifyChains(second.store)).toMatchObject({ ok: true });
  });
});
