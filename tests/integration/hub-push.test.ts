/** Push: repeats, gaps, forks, foreign devices, broken chains, flags, and what a lead may see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import { sealFact } from '../../shared/facts/chain.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { flagEntitySchema, incomingEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { verifyChains } from '../../hub/facts/verify-chains.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, noAnswer, promiseToPay, pullPage, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

let hub: TestHub;
let anna: SignedIn;
let bruno: SignedIn;
let lead: SignedIn;

beforeAll(async () => {
  hub = await startTestHub();
  anna = await addAndSignIn(hub, 'anna', 'collector');
  bruno = await addAndSignIn(hub, 'bruno', 'collector');
  lead = await addAndSignIn(hub, 'lina', 'lead');
});

afterAll(async () => {
  await hub.discard();
});

async function caseOf(person: SignedIn, caseId: CaseId): Promise<ReturnType<typeof caseEntitySchema.parse> | null> {
  const page = await pullPage(person, '');
  const line = page.entities.find((entity) => entity.kind === 'case' && entity.id === caseId);
  return line?.line === 'upsert' ? caseEntitySchema.parse(line.body) : null;
}

describe('the chain', () => {
  it('stores a batch and answers the last link; a repeat changes nothing', async () => {
    const { caseId } = await plantCase(hub.store, anna.userId);
    const device = new TestDevice(anna.userId);
    for (let count = 0; count < 5; count += 1) device.add(caseId, 'outcome-recorded', noAnswer());
    const link = { status: 'stored', lastSeq: 5, lastHash: device.facts[4]?.header.hash };
    expect(await device.push(anna)).toEqual(link);
    expect(await device.push(anna)).toEqual(link);
    expect(await device.push(anna, device.facts.slice(2, 4))).toEqual(link);
    expect((await caseOf(anna, caseId))?.facts).toHaveLength(5);
    const known = await anna.call('GET', `/v1/devices/${device.deviceId}`);
    expect(await known.json()).toEqual({ lastSeq: 5, lastHash: link.lastHash });
  });

  it('takes the new part of an overlapping batch', async () => {
    const { caseId } = await plantCase(hub.store, anna.userId);
    const device = new TestDevice(anna.userId);
    for (let count = 0; count < 6; count += 1) device.add(caseId, 'outcome-recorded', noAnswer());
    await device.push(anna, device.facts.slice(0, 4));
    expect(await device.push(anna, device.facts.slice(2))).toMatchObject({ status: 'stored', lastSeq: 6 });
    expect((await caseOf(anna, caseId))?.facts).toHaveLength(6);
  });

  it('answers a gap with what it has', async () => {
    const device = new TestDevice(anna.userId);
    for (let count = 0; count < 4; count += 1) device.add(null, 'note-added', { text: 'x' });
    expect(await device.push(anna, device.facts.slice(2))).toEqual({ status: 'gap', lastSeq: 0, lastHash: null });
    await device.push(anna, device.facts.slice(0, 1));
    expect(await device.push(anna, device.facts.slice(2))).toMatchObject({ status: 'gap', lastSeq: 1 });
  });

  it('answers a fork when the same seq has another hash, or the batch hangs on another link', async () => {
    const device = new TestDevice(anna.userId);
    device.add(null, 'note-added', { text: 'one' });
    device.add(null, 'note-added', { text: 'two' });
    await device.push(anna);
    const twin = new TestDevice(anna.userId);
    Object.assign(twin, { deviceId: device.deviceId });
    twin.facts.push(...device.facts.slice(0, 1));
    twin.add(null, 'note-added', { text: 'another two' });
    twin.add(null, 'note-added', { text: 'three' });
    expect(await twin.push(anna)).toMatchObject({ status: 'fork', lastSeq: 2, lastHash: device.facts[1]?.header.hash });
    expect(await twin.push(anna, twin.facts.slice(2))).toMatchObject({ status: 'fork', lastSeq: 2 });
  });

  it('keeps a re-chained fact as a link without a second effect', async () => {
    const { caseId } = await plantCase(hub.store, anna.userId);
    const first = new TestDevice(anna.userId);
    const fact = first.add(caseId, 'outcome-recorded', noAnswer());
    await first.push(anna);
    const second = new TestDevice(anna.userId);
    second.add(caseId, 'outcome-recorded', fact.body, {
      id: fact.header.id, at: fact.header.at, salt: fact.salt, origin: { deviceId: first.deviceId, seq: 1 },
    });
    second.add(caseId, 'outcome-recorded', noAnswer());
    expect(await second.push(anna)).toMatchObject({ status: 'stored', lastSeq: 2 });
    expect((await caseOf(anna, caseId))?.facts).toHaveLength(2);
    const incoming = (await pullPage(lead, '')).entities.filter((entity) => entity.id === fact.header.id);
    expect(incoming).toHaveLength(1);
    expect(await verifyChains(hub.store)).toMatchObject({ ok: true });
  });

  it('refuses one fact id for two different bodies', async () => {
    const first = new TestDevice(anna.userId);
    const fact = first.add(null, 'note-added', { text: 'one' });
    await first.push(anna);
    const second = new TestDevice(anna.userId);
    second.add(null, 'note-added', { text: 'another' }, { id: fact.header.id });
    const response = await second.pushRaw(anna, second.facts);
    expect(response.status).toBe(400);
    expect(await errorCode(response)).toBe('fact-id-reused');
    expect(await second.push(anna, [sealFact({ ...second.facts[0]!.header, id: newId<FactId>() }, second.facts[0]!.salt, { text: 'x' }, null)]))
      .toMatchObject({ status: 'stored', lastSeq: 1 });
  });

  it('refuses a foreign device and foreign facts', async () => {
    const device = new TestDevice(anna.userId);
    device.add(null, 'note-added', { text: 'mine' });
    await device.push(anna);
    const forged = new TestDevice(bruno.userId);
    Object.assign(forged, { deviceId: device.deviceId });
    forged.add(null, 'note-added', { text: 'not mine' });
    const taken = await forged.pushRaw(bruno, forged.facts);
    expect([taken.status, await errorCode(taken)]).toEqual([403, 'foreign-device']);
    const looked = await bruno.call('GET', `/v1/devices/${device.deviceId}`);
    expect([looked.status, await errorCode(looked)]).toEqual([403, 'foreign-device']);
    const other = new TestDevice(anna.userId);
    other.add(null, 'note-added', { text: 'hers' });
    const actor = await other.pushRaw(bruno, other.facts);
    expect([actor.status, await errorCode(actor)]).toEqual([403, 'foreign-actor']);
  });

  it.each<[string, (facts: Fact[]) => void]>([
    ['body-mismatch', (facts) => { facts[1]!.body = { text: 'changed' }; }],
    ['hash-mismatch', (facts) => { facts[1]!.header.at += 1; }],
    ['prev-mismatch', (facts) => { facts[1]!.header.prev = 'a'.repeat(64); }],
    ['gap', (facts) => { facts.splice(1, 1); }],
  ])('refuses a broken chain whole: %s', async (reason, spoil) => {
    const device = new TestDevice(anna.userId);
    for (let count = 0; count < 3; count += 1) device.add(null, 'note-added', { text: String(count) });
    const facts = structuredClone(device.facts);
    spoil(facts);
    const response = await device.pushRaw(anna, facts);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'chain-broken', details: { reason } } });
    const link = await anna.call('GET', `/v1/devices/${device.deviceId}`);
    expect(await link.json()).toEqual({ lastSeq: 0, lastHash: null });
  });
});

describe('effects', () => {
  it('keeps an unknown type and a malformed body, and flags the second', async () => {
    const { caseId } = await plantCase(hub.store, anna.userId);
    const device = new TestDevice(anna.userId);
    device.add(caseId, 'from-the-future', { anything: [1, 2] });
    const malformed = device.add(caseId, 'outcome-recorded', { code: 'PTP' });
    expect(await device.push(anna)).toMatchObject({ status: 'stored', lastSeq: 2 });
    expect((await caseOf(anna, caseId))?.facts).toHaveLength(2);
    expect(await flagsOf(anna, malformed)).toEqual(['malformed-body']);
  });

  it('flags a promise over the balance and in the past, for the actor and the lead, without an actor', async () => {
    const { caseId } = await plantCase(hub.store, anna.userId, { residualCents: 5000 });
    const device = new TestDevice(anna.userId);
    const fact = device.add(caseId, 'outcome-recorded', promiseToPay(5001, '2020-01-01'));
    await device.push(anna);
    expect(await flagsOf(anna, fact)).toEqual(['promise-over-balance', 'promise-past-due']);
    expect(await flagsOf(lead, fact)).toEqual(['promise-over-balance', 'promise-past-due']);
    expect(await flagsOf(bruno, fact)).toEqual([]);
    const seen = (await pullPage(lead, '')).entities;
    expect(seen.every((entity) => entity.kind !== 'case')).toBe(true);
    expect(JSON.stringify(seen)).not.toContain(anna.userId);
  });

  it('flags unknown and unassigned cases and disputes beyond the invoice, and stores them', async () => {
    const { caseId, invoiceId } = await plantCase(hub.store, bruno.userId, { residualCents: 5000 });
    const device = new TestDevice(anna.userId);
    const unknown = device.add(newId<CaseId>(), 'outcome-recorded', noAnswer());
    const dispute = device.add(caseId, 'outcome-recorded', {
      ...noAnswer(), code: 'DSP', dispute: { reason: 'price', invoiceId, amountCents: 6000, currency: 'EUR' },
    });
    expect(await device.push(anna)).toMatchObject({ status: 'stored', lastSeq: 2 });
    expect(await flagsOf(anna, unknown)).toEqual(['unknown-case']);
    expect(await flagsOf(anna, dispute)).toEqual(['dispute-over-invoice', 'not-assigned']);
    expect((await caseOf(bruno, caseId))?.facts).toHaveLength(1);
  });

  it('a correction changes the line of its target in the lead’s list', async () => {
    const { caseId, invoiceId } = await plantCase(hub.store, anna.userId);
    const device = new TestDevice(anna.userId);
    const target = device.add(caseId, 'outcome-recorded', promiseToPay(4000, '2030-01-01', [invoiceId]));
    await device.push(anna);
    const first = await pullPage(lead, '');
    device.add(caseId, 'outcome-corrected', { targetFactId: target.header.id, replacement: promiseToPay(4500, '2030-02-01', [invoiceId]), reason: 'typed wrong' });
    const dangling = device.add(caseId, 'outcome-corrected', { targetFactId: newId<FactId>(), replacement: null, reason: 'nothing there' });
    await device.push(anna);
    const delta = await pullPage(lead, first.cursor);
    const incoming = delta.entities.filter((entity) => entity.kind === 'incoming');
    expect(incoming).toHaveLength(1);
    const line = incoming[0];
    expect(line?.line === 'upsert' ? incomingEntitySchema.parse(line.body) : null).toMatchObject({
      factId: target.header.id, amountCents: 4500, dueOn: '2030-02-01', status: 'corrected', invoiceNumbers: ['0001'],
    });
    expect(await flagsOf(anna, dangling)).toEqual(['correction-target-missing']);
  });
});

async function flagsOf(person: SignedIn, fact: Fact): Promise<string[]> {
  const page = await pullPage(person, '');
  return page.entities
    .flatMap((entity) => (entity.kind === 'flag' && entity.line === 'upsert' ? [flagEntitySchema.parse(entity.body)] : []))
    .filter((flag) => flag.factId === fact.header.id)
    .map((flag) => flag.code)
    .sort();
}
