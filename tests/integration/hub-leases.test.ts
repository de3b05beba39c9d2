/**
 * Leases and taking back, at the hub, on both stores: nobody gets a customer while a desk of somebody else may be working it.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEASE_LIFE_MS, LEASE_MARGIN_MS } from '../../hub/leases/grant-lease.ts';
import { releaseDueCustomers } from '../../hub/receivables/release-customers.ts';
import type { CustomerId, DeviceId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { flagEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { FeedPage, SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, noAnswer, pullPage, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

const HOUR_MS = 3_600_000;

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** A desk as far as the hub sees it. */
class AskingDesk {
  readonly deviceId = newId<DeviceId>();
  readonly person: SignedIn;
  cursor = '';
  readonly cases = new Set<string>();

  constructor(person: SignedIn) {
    this.person = person;
  }

  async pull(person = this.person): Promise<FeedPage> {
    const page = await pullPage(person, this.cursor, this.deviceId);
    if (page.mode === 'snapshot') this.cases.clear();
    for (const entity of page.entities.filter((entry) => entry.kind === 'case')) {
      if (entity.line === 'upsert') this.cases.add(entity.id);
      else this.cases.delete(entity.id);
    }
    this.cursor = page.cursor;
    return page;
  }
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  let postgresUrl: string | null;
  let lina: SignedIn;
  let planted: PlantedCase;
  let anna: AskingDesk;
  let bruno: AskingDesk;

  const start = (dataDir?: string): Promise<TestHub> =>
    startTestHub({ ...(dataDir === undefined ? {} : { dataDir }), ...(postgresUrl === null ? {} : { postgresUrl }) });
  const assign = async (ownerId: UserId, customerId: CustomerId = planted.customerId): Promise<{ active: boolean; untilMs: number | null }> => {
    const response = await lina.call('POST', '/v1/assignments', { customerId, ownerId });
    expect(response.status).toBe(200);
    return (await response.json()) as { active: boolean; untilMs: number | null };
  };

  beforeEach(async () => {
    postgresUrl = dialect === 'postgres' ? await server.createDatabase() : null;
    hub = await start();
    lina = await addAndSignIn(hub, 'lina', 'lead');
    anna = new AskingDesk(await addAndSignIn(hub, 'anna', 'collector'));
    bruno = new AskingDesk(await addAndSignIn(hub, 'bruno', 'collector'));
    planted = await plantCase(hub.store, anna.person.userId);
    await anna.pull();
    await bruno.pull();
    expect([anna.cases.size, bruno.cases.size]).toEqual([1, 0]);
  });
  afterEach(() => hub.discard());

  it('the new owner gets the customer when the desk of the old one says that it has given it up', async () => {
    expect(await assign(bruno.person.userId)).toEqual({ cases: 1, active: false, untilMs: hub.clock.nowMs() + LEASE_LIFE_MS + LEASE_MARGIN_MS });
    await bruno.pull();
    expect(bruno.cases.size).toBe(0);
    // The page that carries the removal proves nothing yet: it may never arrive.
    const lost = await pullPage(anna.person, anna.cursor, anna.deviceId);
    expect(lost.entities).toMatchObject([{ line: 'remove', kind: 'case' }]);
    await bruno.pull();
    expect(bruno.cases.size).toBe(0);
    await anna.pull();
    await anna.pull();
    await bruno.pull();
    expect([anna.cases.size, [...bruno.cases]]).toEqual([0, [planted.caseId]]);
  });

  it('every desk of the old owner must say so; a stranger’s word counts nothing', async () => {
    const second = new AskingDesk(anna.person);
    await second.pull();
    await assign(bruno.person.userId);
    await anna.pull();
    await anna.pull();
    // Another person names that device.
    await pullPage(bruno.person, anna.cursor, second.deviceId);
    await bruno.pull();
    expect(bruno.cases.size).toBe(0);
    await second.pull();
    await second.pull();
    await bruno.pull();
    expect(bruno.cases.size).toBe(1);
  });

  it('a desk that stays away: at the end of its lease, not before, a restart of the hub between', async () => {
    const { untilMs } = await assign(bruno.person.userId);
    hub.clock.advance((untilMs ?? 0) - hub.clock.nowMs() - 1);
    expect(await releaseDueCustomers(hub.store, hub.clock)).toBe(0);
    const { dataDir } = hub;
    const nowMs = hub.clock.nowMs();
    await hub.stop();
    hub = await start(dataDir);
    hub.clock.advance(nowMs - hub.clock.nowMs() + 1);
    // Two at once: one does it.
    await Promise.all([releaseDueCustomers(hub.store, hub.clock), releaseDueCustomers(hub.store, hub.clock)]);
    const rows = await hub.store.read((tx) => tx.selectFrom('feed_log').select(['op', 'audience']).where('entity_id', '=', planted.caseId).orderBy('id').execute());
    expect(rows.map((row) => `${row.op} ${row.audience}`)).toEqual([
      `upsert user:${anna.person.userId}`, `remove user:${anna.person.userId}`, `upsert user:${bruno.person.userId}`,
    ]);
    expect(await hub.store.read((tx) => tx.selectFrom('transit_holders').selectAll().execute())).toEqual([]);
  });

  it('a desk whose lease has ended keeps nobody waiting; it hears of the removal with its next lease', async () => {
    hub.clock.advance(LEASE_LIFE_MS + LEASE_MARGIN_MS);
    lina = await signInOver(hub, 'lina');
    expect(await assign(bruno.person.userId)).toMatchObject({ active: true, untilMs: null });
    const page = await anna.pull(await signInOver(hub, 'anna'));
    expect([anna.cases.size, page.lease]).toEqual([0, { lifeMs: LEASE_LIFE_MS }]);
  });

  it('taken back on the way: at once, and the desk that missed all of it keeps its customer', async () => {
    await assign(bruno.person.userId);
    expect(await assign(anna.person.userId)).toMatchObject({ active: true, untilMs: null });
    await anna.pull();
    await anna.pull();
    await bruno.pull();
    expect([anna.cases.size, bruno.cases.size]).toEqual([1, 0]);
    // And away again: what was acknowledged before counts for nothing.
    expect(await assign(bruno.person.userId)).toMatchObject({ active: false });
    await anna.pull();
    await anna.pull();
    await bruno.pull();
    expect([anna.cases.size, bruno.cases.size]).toEqual([0, 1]);
  });

  it('sent to a third on the way: still on the way from the first, by the first’s lease', async () => {
    const carlo = new AskingDesk(await addAndSignIn(hub, 'carlo', 'collector'));
    await carlo.pull();
    const first = await assign(bruno.person.userId);
    hub.clock.advance(60_000);
    expect(await assign(carlo.person.userId)).toMatchObject({ active: false, untilMs: first.untilMs });
    await anna.pull();
    await anna.pull();
    await bruno.pull();
    await carlo.pull();
    expect([bruno.cases.size, carlo.cases.size]).toEqual([0, 1]);
  });

  it('facts of the old owner are kept and flagged, on the way and after', async () => {
    await assign(bruno.person.userId);
    const device = new TestDevice(anna.person.userId);
    device.add(planted.caseId, 'outcome-recorded', noAnswer());
    await device.push(anna.person);
    const onTheWay = await anna.pull();
    await anna.pull();
    device.add(planted.caseId, 'outcome-recorded', noAnswer());
    await device.push(anna.person);
    const after = await anna.pull();
    for (const [page, fact] of [[onTheWay, device.facts[0]], [after, device.facts[1]]] as const) {
      const flags = page.entities.flatMap((entity) => (entity.line === 'upsert' && entity.kind === 'flag' ? [flagEntitySchema.parse(entity.body)] : []));
      expect(flags).toMatchObject([{ code: 'not-assigned', factId: fact?.header.id, caseId: planted.caseId }]);
    }
    await bruno.pull();
    expect(bruno.cases.size).toBe(1);
  });

  it('a desk that does not name itself keeps the customer until its lease has ended', async () => {
    await pullPage(anna.person, '');
    await assign(bruno.person.userId);
    await anna.pull();
    await anna.pull();
    await bruno.pull();
    expect(bruno.cases.size).toBe(0);
    hub.clock.advance(LEASE_LIFE_MS + LEASE_MARGIN_MS);
    await bruno.pull(await signInOver(hub, 'bruno'));
    expect(bruno.cases.size).toBe(1);
  });

  it('a lease is written anew every quarter of an hour and never promises more than the hub waits', async () => {
    const first = await anna.pull();
    hub.clock.advance(10 * 60_000);
    const second = await anna.pull();
    expect((first.lease?.lifeMs ?? 0) - (second.lease?.lifeMs ?? 0)).toBe(10 * 60_000);
    hub.clock.advance(4 * 60_000 + 59_000);
    expect((await anna.pull()).lease?.lifeMs).toBe(LEASE_LIFE_MS - 899_000);
    hub.clock.advance(-5 * HOUR_MS);
    expect((await anna.pull()).lease?.lifeMs).toBe(LEASE_LIFE_MS);
  });

  it('pulls and take-backs at the same moment: either the desk has heard, or the hub waits for it', async () => {
    for (let round = 0; round < 12; round += 1) {
      const mine = await plantCase(hub.store, anna.person.userId);
      // Each round a desk that the hub has not seen yet.
      const fresh = new AskingDesk(anna.person);
      const [page, moved] = await Promise.all([fresh.pull(), assign(bruno.person.userId, mine.customerId)]);
      await bruno.pull();
      const holdsIt = fresh.cases.has(mine.caseId) && page.lease !== null;
      expect(holdsIt && bruno.cases.has(mine.caseId), `round ${String(round)}: active ${String(moved.active)}`).toBe(false);
    }
  });
});
