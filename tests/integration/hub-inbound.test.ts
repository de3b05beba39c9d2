/** Who is calling, at the hub, on both stores: the directory, looking up, searching, what is logged, and what an erasure leaves. */
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reachOfNumber, reachOfTaxCode } from '../../shared/directory/reach.ts';
import type { CaseId, CreditorId } from '../../shared/id.ts';
import { hiddenUserId, newId } from '../../shared/id.ts';
import { flagEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import type { DirectoryPage } from '../../shared/protocol/inbound-protocol.ts';
import { directoryPageSchema, lookAgainReplySchema, LOOK_UP_COUNTS_MS, lookUpReplySchema, lookUpSearchReplySchema } from '../../shared/protocol/inbound-protocol.ts';
import { DIRECTORY_PAGE } from '../../hub/directory/read-directory.ts';
import { publishCase } from '../../hub/receivables/publish-case.ts';
import { lockCases } from '../../hub/receivables/load-case.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, noAnswer, pullPage, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const MOBILE = '+393331234567';
const TAX_CODE = 'RSSMRA80A01H501U';

function hashOf(page: Pick<DirectoryPage, 'key'>, reach: string): string {
  return createHmac('sha256', Buffer.from(page.key, 'hex')).update(reach).digest('hex').slice(0, 16);
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  let anna: SignedIn;
  let ines: SignedIn;
  let ada: SignedIn;
  let planted: PlantedCase;

  beforeEach(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    anna = await addAndSignIn(hub, 'anna', 'collector');
    ines = await addAndSignIn(hub, 'ines', 'inbound');
    ada = await addAndSignIn(hub, 'ada', 'admin');
    planted = await plantCase(hub.store, anna.userId, { name: 'Niccolò Chiamante' });
    await reachBy(planted.caseId, [MOBILE], TAX_CODE);
  });
  afterEach(() => hub.discard());

  async function reachBy(caseId: CaseId, numbers: readonly string[], taxCode: string | null = null): Promise<void> {
    const held = numbers.map((e164) => ({ numberId: newId<string>(), raw: e164, e164, country: 'IT', kind: 'mobile', usable: true }));
    await hub.store.write(async (tx) => {
      await lockCases(tx, [caseId]);
      await tx.updateTable('cases').set({ numbers: JSON.stringify(held), tax_code: taxCode }).where('case_id', '=', caseId).execute();
      await publishCase(tx, hub.clock.nowMs(), caseId);
    });
  }
  async function pageFrom(cursor: string, person = ines): Promise<DirectoryPage> {
    return directoryPageSchema.parse(await (await person.call('GET', `/v1/directory?cursor=${encodeURIComponent(cursor)}`)).json());
  }
  const lookUp = (person: SignedIn, caseId: CaseId, reason = 'ring'): Promise<Response> => person.call('POST', '/v1/look-ups', { caseId, reason, callId: null });
  const search = (person: SignedIn, text: string, creditorId: CreditorId | null = null): Promise<Response> => person.call('POST', '/v1/look-ups/search', { text, creditorId, callId: null });
  const logged = (): Promise<{ user_id: string; case_id: string | null; reason: string; found: number }[]> =>
    hub.store.read((tx) => tx.selectFrom('look_ups').select(['user_id', 'case_id', 'reason', 'found']).orderBy('look_up_id').execute());
  async function flagCodes(): Promise<string[]> {
    const rows = await hub.store.read((tx) => tx.selectFrom('entities').select('body').where('kind', '=', 'flag').execute());
    return rows.map((row) => flagEntitySchema.parse(JSON.parse(row.body)).code);
  }

  it('tells for a number and a tax code which case they reach, and nothing in clear', async () => {
    const page = await pageFrom('');
    expect(page).toMatchObject({ fromStart: true, more: false, creditors: [{ creditorId: planted.creditorId }] });
    expect(page.entries).toEqual([[planted.caseId, planted.creditorId, expect.arrayContaining([hashOf(page, reachOfNumber(MOBILE)), hashOf(page, reachOfTaxCode(TAX_CODE) ?? '')])]]);
    const text = JSON.stringify(page);
    for (const clear of ['3331234567', 'RSSMRA', 'Chiamante', '10000']) expect(text).not.toContain(clear);
    expect((await ada.call('GET', '/v1/directory')).status).toBe(403);
  });

  it('goes on from its cursor with changes only, each once, a retired number included', async () => {
    const first = await pageFrom('');
    expect(await pageFrom(first.cursor)).toMatchObject({ fromStart: false, entries: [], more: false, cursor: first.cursor });
    // Published again without another number: nothing new.
    await hub.store.write((tx) => publishCase(tx, hub.clock.nowMs(), planted.caseId));
    expect((await pageFrom(first.cursor)).entries).toEqual([]);
    const numberId = newId<string>();
    const other = await plantCase(hub.store, anna.userId, { name: 'Altra Persona' });
    await hub.store.write(async (tx) => {
      await lockCases(tx, [other.caseId]);
      await tx.updateTable('cases').set({ numbers: JSON.stringify([{ numberId, raw: MOBILE, e164: MOBILE, country: 'IT', kind: 'mobile', usable: true }]) }).where('case_id', '=', other.caseId).execute();
      await publishCase(tx, hub.clock.nowMs(), other.caseId);
    });
    const second = await pageFrom(first.cursor);
    expect(second.entries).toEqual([[other.caseId, other.creditorId, [hashOf(second, reachOfNumber(MOBILE))]]]);
    const device = new TestDevice(anna.userId);
    device.add(other.caseId, 'outcome-recorded', { ...noAnswer(), code: 'WN', numberId });
    expect(await device.push(anna)).toMatchObject({ status: 'stored' });
    expect((await pageFrom(second.cursor)).entries).toEqual([[other.caseId, other.creditorId, []]]);
  });

  it('begins anew for a cursor of another key or of a history that it does not have, and fills page by page', async () => {
    const { cursor } = await pageFrom('');
    expect(await pageFrom(cursor.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))).toMatchObject({ fromStart: true });
    expect(await pageFrom(cursor.replace(/\d+$/, '999999'))).toMatchObject({ fromStart: true });
    expect(await pageFrom('nonsense')).toMatchObject({ fromStart: true });
    const more = DIRECTORY_PAGE + 5;
    await hub.store.write(async (tx) => {
      for (let start = 0; start < more; start += 500) {
        const rows = Array.from({ length: Math.min(500, more - start) }, () => ({ case_id: newId<CaseId>(), creditor_id: planted.creditorId, reaches: '["tel:+390000000000"]', revision: null }));
        await tx.insertInto('case_reaches').values(rows).execute();
      }
    });
    const first = await pageFrom(cursor);
    expect(first).toMatchObject({ more: true });
    expect(first.entries).toHaveLength(DIRECTORY_PAGE);
    const second = await pageFrom(first.cursor);
    expect(second).toMatchObject({ more: false });
    expect(second.entries).toHaveLength(5);
    expect(new Set([...first.entries, ...second.entries].map(([caseId]) => caseId)).size).toBe(more);
  });

  it('makes up what a hub of before did not write', async () => {
    await hub.store.write((tx) => tx.deleteFrom('case_reaches').execute());
    expect((await pageFrom('')).entries).toHaveLength(1);
  });

  it('gives a case to whoever answers, logs it, and then what is told about it is no stranger’s', async () => {
    const device = new TestDevice(ines.userId);
    device.add(planted.caseId, 'outcome-recorded', { ...noAnswer(), code: 'RPC' });
    await device.push(ines);
    expect(await flagCodes()).toContain('not-assigned');
    await hub.store.write((tx) => tx.deleteFrom('entities').where('kind', '=', 'flag').execute());

    const reply = lookUpReplySchema.parse(await (await lookUp(ines, planted.caseId)).json());
    const own = (await pullPage(anna, '')).entities.find((entity) => entity.kind === 'case');
    expect(own?.line === 'upsert' ? own.body : null).toEqual(reply.body);
    expect(await logged()).toEqual([{ user_id: ines.userId, case_id: planted.caseId, reason: 'ring', found: 1 }]);
    device.add(planted.caseId, 'outcome-recorded', { ...noAnswer(), code: 'RPC' });
    await device.push(ines, device.facts.slice(1));
    expect(await flagCodes()).not.toContain('not-assigned');
    // Nothing of it comes by the feed of whoever only answered.
    expect((await pullPage(ines, '')).entities.filter((entity) => entity.kind === 'case')).toEqual([]);
    expect(await errorCode(await lookUp(ines, newId<CaseId>()))).toBe('unknown-case');
    expect((await lookUp(ada, planted.caseId)).status).toBe(403);
  });

  it('says again how a case stands to whoever looked it up, and to nobody else', async () => {
    const again = async (person: SignedIn, etag: string): Promise<unknown> => lookAgainReplySchema.parse(await (await person.call('POST', '/v1/look-ups/again', { caseId: planted.caseId, etag })).json());
    const { etag } = lookUpReplySchema.parse(await (await lookUp(ines, planted.caseId)).json());
    expect(await again(ines, etag)).toEqual({ state: 'same', colleague: null });
    const lina = await addAndSignIn(hub, 'lina', 'lead');
    expect(await again(lina, etag)).toEqual({ state: 'gone' });
    const device = new TestDevice(anna.userId);
    const callId = newId<NonNullable<Parameters<typeof device.add>[3]>['callId'] & string>();
    device.add(planted.caseId, 'call-started', { direction: 'outbound', pointId: null, partyId: null, by: 'by-hand' }, { callId, at: hub.clock.nowMs() });
    await device.push(anna);
    expect(await again(ines, etag)).toMatchObject({ state: 'changed', colleague: { extension: null } });
    // To a lead nobody's doing stands beside its time, nor an extension.
    const asLead = await (await lookUp(lina, planted.caseId)).text();
    expect(lookUpReplySchema.parse(JSON.parse(asLead))).toMatchObject({ colleague: { extension: null }, body: { facts: [{ type: 'call-started', actor: hiddenUserId }] } });
    expect(asLead).not.toContain(anna.userId);
    device.add(planted.caseId, 'outcome-recorded', noAnswer(), { callId, at: hub.clock.nowMs() });
    await device.push(anna, device.facts.slice(1));
    expect(await again(ines, etag)).toMatchObject({ state: 'changed', colleague: null });
    expect((await logged()).map(({ user_id: userId }) => userId)).toEqual([ines.userId, lina.userId]);
    hub.clock.advance(LOOK_UP_COUNTS_MS + 1);
    ines = await signInOver(hub, 'ines');
    expect(await again(ines, etag)).toEqual({ state: 'gone' });
  });

  it('searches by name, tax code, invoice and customer code, within one creditor, logs that and not what for', async () => {
    const found = async (text: string, creditorId: CreditorId | null = null): Promise<unknown> => lookUpSearchReplySchema.parse(await (await search(ines, text, creditorId)).json());
    for (const text of ['chiamante nicc', TAX_CODE.toLowerCase(), '0001', MOBILE]) {
      expect(await found(text)).toMatchObject({ rows: [{ caseId: planted.caseId, customerName: 'Niccolò Chiamante' }], creditors: [] });
    }
    expect(await found('nessuno così')).toMatchObject({ rows: [] });
    const twin = await plantCase(hub.store, anna.userId, { name: 'Niccolò Chiamante', customerId: planted.customerId });
    // One person, two creditors: which of them is asked first, and no name is told.
    const both = lookUpSearchReplySchema.parse(await (await search(ines, 'chiamante')).json());
    expect(both.rows).toEqual([]);
    expect(both.creditors.map(({ creditorId }) => creditorId).sort()).toEqual([planted.creditorId, twin.creditorId].sort());
    expect(await found('chiamante', twin.creditorId)).toMatchObject({ rows: [{ caseId: twin.caseId }] });
    expect(await errorCode(await search(ines, '%%%'))).toBe('search-too-short');
    expect((await search(ines, 'ab')).status).toBe(400);
    expect((await search(ada, 'chiamante')).status).toBe(403);
    const names = await ines.call('POST', '/v1/look-ups/names', { caseIds: [planted.caseId, twin.caseId], callId: null });
    expect(await errorCode(names)).toBe('two-creditors');
    expect(JSON.stringify(await logged())).not.toMatch(/chiamante/i);
    expect(hub.log()).not.toMatch(/chiamante/i);
    expect((await logged()).every(({ case_id: caseId, reason }) => caseId === null && reason === 'search-words')).toBe(true);
  });

  it('answers twenty at most, and nobody who searches faster than people talk', async () => {
    await hub.store.write(async (tx) => {
      const rows = Array.from({ length: 25 }, (_, place) => ({ case_id: newId<CaseId>(), place }));
      for (const row of rows) {
        await tx.insertInto('cases').values({
          case_id: row.case_id, customer_id: planted.customerId, creditor_id: planted.creditorId, customer_code: `X${String(row.place)}`, name: `Tanti ${String(row.place)}`,
          kind: 'person', language: 'it', tax_code: null, email: null, address: null, sales_agent: null, numbers: '[]', recovery_approved_on: null, version: 0, needs_publish: 0,
        }).execute();
        await lockCases(tx, [row.case_id]);
        await publishCase(tx, 1, row.case_id);
      }
    });
    const answer = lookUpSearchReplySchema.parse(await (await search(ines, 'tanti')).json());
    expect(answer.rows).toHaveLength(20);
    expect(answer.more).toBe(true);
    const statuses: number[] = [];
    for (let count = 0; count < 31; count += 1) statuses.push((await search(ines, 'tanti')).status);
    expect(statuses).toContain(429);
    expect((await search(anna, 'tanti')).status).toBe(200);
    hub.clock.advance(60_001);
    ines = await signInOver(hub, 'ines');
    expect((await search(ines, 'tanti')).status).toBe(200);
  });

  it('keeps nothing by which an erased person was reached; who had looked stays', async () => {
    await lookUp(ines, planted.caseId);
    const { cursor } = await pageFrom('');
    expect((await ada.call('POST', '/v1/erasures', { target: { customerId: planted.customerId }, reason: 'asked for it' })).status).toBe(200);
    expect(await hub.store.read((tx) => tx.selectFrom('case_reaches').selectAll().execute())).toEqual([]);
    expect((await pageFrom('')).entries).toEqual([]);
    expect((await pageFrom(cursor)).entries).toEqual([]);
    expect((await pullPage(ines, '')).entities.some((entity) => entity.kind === 'erasure' && entity.line === 'upsert')).toBe(true);
    expect(await logged()).toHaveLength(1);
    expect(await errorCode(await lookUp(ines, planted.caseId))).toBe('unknown-case');
    expect(await errorCode(await ines.call('POST', '/v1/look-ups', { caseId: planted.caseId, reason: 'ring' }))).toBe('invalid-request');
  });
});
