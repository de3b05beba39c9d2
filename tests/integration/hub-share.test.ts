/** What sharing a queue would bring, at the hub, on both stores: who counts, who stays and why, and that asking changes nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreditorId, CustomerId, DeviceId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { SharePlan, ShareRequest } from '../../shared/protocol/share-protocol.ts';
import { sharePlanSchema } from '../../shared/protocol/share-protocol.ts';
import { addDays, dateOfInstant } from '../../shared/time.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, noAnswer, promiseToPay, pullPage, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

const DAY_MS = 24 * 3_600_000;

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  let lina: SignedIn;
  let anna: SignedIn;
  let bruno: SignedIn;
  let carla: SignedIn;
  let creditorId: CreditorId;
  let hers: PlantedCase[];

  beforeAll(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    lina = await addAndSignIn(hub, 'lina', 'lead');
    [anna, bruno, carla] = [await addAndSignIn(hub, 'anna', 'collector'), await addAndSignIn(hub, 'bruno', 'collector'), await addAndSignIn(hub, 'carla', 'collector')];
  });
  beforeEach(async () => {
    creditorId = newId<CreditorId>();
    hers = [];
    for (let count = 0; count < 6; count += 1) hers.push(await plantCase(hub.store, anna.userId, { creditorId, residualCents: 10_000 - count }));
  });
  afterAll(() => hub.discard());

  const plan = async (people: ShareRequest['people'], movesAgreed = false): Promise<SharePlan> => {
    const response = await lina.call('POST', '/v1/shares/plan', { queue: { creditorId, tone: 'reminder' }, people, movesAgreed });
    expect(response.status).toBe(200);
    return sharePlanSchema.parse(await response.json());
  };
  const figures = ({ summary }: SharePlan): Record<string, string> =>
    Object.fromEntries(summary.people.map(({ displayName, part, now, then }) => [displayName.replace('Display ', ''), `${part} ${String(now)}>${String(then)}`]));
  const evenly = (...sharing: SignedIn[]): NonNullable<ShareRequest['people']> => ({ sharing: sharing.map(({ userId }) => userId), giving: [] });
  const give = (customerId: CustomerId | undefined, ownerId: UserId): Promise<Response> => lina.call('POST', '/v1/assignments', { customerId, ownerId });

  it('first those who have some of it share; then whoever the lead says, and cases of other queues go along', async () => {
    const along = await plantCase(hub.store, anna.userId, { customerId: hers[5]!.customerId });
    await plantCase(hub.store, null, { creditorId });
    const first = await plan(null);
    expect(figures(first)).toEqual({ anna: 'share 6>7', bruno: 'keep 0>0', carla: 'keep 0>0' });
    expect(first.summary).toMatchObject({ nobodys: 1, casesAlong: 0, stays: { agreed: 0, onTheWay: 0 } });
    const all = await plan(evenly(anna, bruno, carla));
    // Seven customers: who has most already keeps the one too many.
    expect(figures(all)).toEqual({ anna: 'share 6>3', bruno: 'share 0>2', carla: 'share 0>2' });
    expect(all.moves).toHaveLength(4);
    const given = await plan({ sharing: [bruno.userId, carla.userId], giving: [anna.userId] });
    expect(figures(given)).toEqual({ anna: 'give 6>0', bruno: 'share 0>4', carla: 'share 0>3' });
    expect(given.summary.casesAlong).toBe(1);
    expect(given.summary.people.map(({ allNow, allThen }) => [allNow, allThen])).toEqual([[6, 0], [0, 4], [0, 3]]);
    expect(given.moves.find(({ customerId }) => customerId === along.customerId)?.caseId).toBe(hers[5]!.caseId);
    expect(await hub.store.read((tx) => tx.selectFrom('assignments').select('owner_id').where('owner_id', '!=', anna.userId).execute())).toEqual([]);
  });

  it('who has a callback of today or later, or a promise that runs, stays, whichever case it is of; missed and broken ones move; the lead may move all', async () => {
    const nowMs = hub.clock.nowMs();
    const day = (days: number): string => addDays(dateOfInstant(nowMs, 'Europe/Rome'), days);
    const other = await plantCase(hub.store, anna.userId, { customerId: hers[2]!.customerId });
    const device = new TestDevice(anna.userId);
    const callback = (at: number): Parameters<TestDevice['add']>[2] => ({ ...noAnswer(), code: 'CBK', callback: { at, zone: 'Europe/Rome', audience: 'only-me' } });
    device.add(hers[0]!.caseId, 'outcome-recorded', callback(nowMs + DAY_MS), { at: nowMs });
    device.add(hers[1]!.caseId, 'outcome-recorded', callback(nowMs - DAY_MS), { at: nowMs - 2 * DAY_MS });
    device.add(other.caseId, 'outcome-recorded', promiseToPay(5_000, day(4)), { at: nowMs });
    device.add(hers[3]!.caseId, 'outcome-recorded', promiseToPay(5_000, day(-20)), { at: nowMs - 25 * DAY_MS });
    await device.push(anna);
    const given = { sharing: [bruno.userId], giving: [anna.userId] };
    const stayed = await plan(given);
    expect(stayed.summary.stays).toEqual({ agreed: 2, onTheWay: 0 });
    expect(figures(stayed)).toEqual({ anna: 'give 4>0', bruno: 'share 0>4', carla: 'keep 0>0' });
    expect(stayed.moves.map(({ customerId }) => customerId).sort()).toEqual([1, 3, 4, 5].map((at) => hers[at]!.customerId).sort());
    const moved = await plan(given, true);
    expect([moved.summary.stays, moved.moves.length]).toEqual([{ agreed: 0, onTheWay: 0 }, 6]);
  });

  it('who is on the way counts for whoever gets them and stays, so that asking twice moves nobody twice', async () => {
    await pullPage(anna, '', newId<DeviceId>());
    for (const { customerId } of hers.slice(0, 3)) expect(await (await give(customerId, bruno.userId)).json()).toMatchObject({ active: false });
    const even = await plan(evenly(anna, bruno));
    expect([figures(even), even.moves, even.summary.stays]).toEqual([{ anna: 'share 3>3', bruno: 'share 3>3', carla: 'keep 0>0' }, [], { agreed: 0, onTheWay: 3 }]);
    const given = await plan({ sharing: [carla.userId], giving: [anna.userId, bruno.userId] }, true);
    expect(figures(given)).toEqual({ anna: 'give 3>0', bruno: 'give 3>3', carla: 'share 0>3' });
  });

  it('the same question has the same answer; names and ids of customers that stay, and times, are in none', async () => {
    const asked = evenly(bruno, anna);
    const [one, two] = [await plan(asked), await plan({ ...asked, sharing: [...asked.sharing].reverse() })];
    expect(two).toEqual(one);
    const stays = hers.filter(({ customerId }) => !one.moves.some((move) => move.customerId === customerId));
    expect(stays).toHaveLength(3);
    for (const { caseId, customerId } of stays) expect(JSON.stringify(one)).not.toMatch(new RegExp(`${caseId}|${customerId}`));
    expect(JSON.stringify(one)).not.toMatch(/\b1[6-9]\d{11}\b|\b20\d\d-\d\d-\d\d/);
  });

  it('customers go to collectors only, and nobody both gives and shares', async () => {
    const refused = await lina.call('POST', '/v1/shares/plan', { queue: { creditorId, tone: 'reminder' }, people: evenly(lina), movesAgreed: false });
    expect([refused.status, await errorCode(refused)]).toEqual([400, 'not-a-collector']);
    const both = await lina.call('POST', '/v1/shares/plan', { queue: { creditorId, tone: 'reminder' }, people: { sharing: [anna.userId], giving: [anna.userId] }, movesAgreed: false });
    expect([both.status, await errorCode(both)]).toEqual([400, 'invalid-request']);
  });
});
