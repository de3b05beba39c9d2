/** Messages at the hub, on both stores: to whom each goes and to nobody else, what a lead is not told, and that they go with the person. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { flagEntitySchema, messageEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import type { MessageEntity } from '../../shared/protocol/feed-protocol.ts';
import type { MessageRecipient } from '../../shared/facts/message-bodies.ts';
import type { CaseId } from '../../shared/id.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { sweepEntities } from '../../hub/lead/sweep-entities.ts';
import { MESSAGE_DAYS } from '../../shared/contract/message-channels.ts';
import { addAndSignIn, pullPage, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  const people = new Map<string, SignedIn>();
  let hers: PlantedCase;
  let nobodys: PlantedCase;

  beforeEach(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    for (const [name, role] of [['anna', 'collector'], ['bruno', 'collector'], ['lina', 'lead'], ['ada', 'admin']] as const) people.set(name, await addAndSignIn(hub, name, role));
    hers = await plantCase(hub.store, one('anna').userId);
    nobodys = await plantCase(hub.store, null);
  });
  afterEach(() => hub.discard());

  function one(name: string): SignedIn {
    const person = people.get(name);
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    return person;
  }
  async function say(name: string, to: MessageRecipient, text: string, caseId: CaseId | null = null): Promise<void> {
    const device = new TestDevice(one(name).userId);
    device.add(caseId, 'message-sent', { to, text }, { at: hub.clock.nowMs() });
    // A lost answer: the same again.
    expect(await device.push(one(name))).toMatchObject({ status: 'stored' });
    expect(await device.push(one(name))).toMatchObject({ status: 'stored' });
  }
  async function heard(name: string): Promise<MessageEntity[]> {
    const { entities } = await pullPage(one(name), '');
    return entities.flatMap((entity) => (entity.kind === 'message' && entity.line === 'upsert' ? [messageEntitySchema.parse(entity.body)] : []));
  }
  async function who(): Promise<Record<string, string[]>> {
    const said: Record<string, string[]> = {};
    for (const name of people.keys()) said[name] = (await heard(name)).map(({ text }) => text);
    return said;
  }

  it('goes after seven days, from the hub and from the desks that have it; its fact stays', async () => {
    await say('lina', { kind: 'all' }, 'of today');
    const cursor = (await pullPage(one('anna'), '')).cursor;
    hub.clock.advance(MESSAGE_DAYS * 86_400_000 - 60_000);
    expect(await sweepEntities(hub.store, hub.clock)).toBe(0);
    hub.clock.advance(60_001);
    for (const name of ['anna', 'lina']) people.set(name, await signInOver(hub, name));
    await say('lina', { kind: 'all' }, 'a week later');
    expect(await sweepEntities(hub.store, hub.clock)).toBe(1);
    expect((await heard('anna')).map(({ text }) => text)).toEqual(['a week later']);
    const later = await pullPage(one('anna'), cursor);
    expect(later.entities.filter(({ kind }) => kind === 'message').map(({ line }) => line).sort()).toEqual(['remove', 'upsert']);
    expect(await hub.store.read((tx) => tx.selectFrom('facts').select('fact_id').execute())).toHaveLength(2);
  });

  it('goes to all, to one, to whoever has the case, and to nobody else', async () => {
    await say('lina', { kind: 'all' }, 'everybody');
    expect(await who()).toEqual({ anna: ['everybody'], bruno: ['everybody'], lina: ['everybody'], ada: ['everybody'] });
    await say('lina', { kind: 'person', userId: one('bruno').userId }, 'you');
    await say('bruno', { kind: 'case-holder' }, 'he paid', hers.caseId);
    expect(await who()).toEqual({ anna: ['everybody', 'he paid'], bruno: ['everybody', 'you'], lina: ['everybody'], ada: ['everybody'] });
    expect((await heard('anna')).find(({ text }) => text === 'he paid')).toMatchObject({ caseId: hers.caseId, from: { displayName: 'Display bruno' }, to: 'case-holder' });
    const { entities } = await pullPage(one('lina'), '');
    expect(entities.filter(({ kind }) => kind === 'flag')).toEqual([]);
  });

  it('about a case that nobody has it goes to the leads, who are not told by whom', async () => {
    await say('bruno', { kind: 'case-holder' }, 'she called', nobodys.caseId);
    expect(await who()).toEqual({ anna: [], bruno: [], lina: ['she called'], ada: [] });
    expect((await heard('lina'))[0]).toMatchObject({ from: null });
    expect(JSON.stringify(await heard('lina'))).not.toContain(one('bruno').userId);
  });

  it('to all or to one by name only a lead writes: what another writes is kept, flagged and goes to nobody', async () => {
    await say('bruno', { kind: 'all' }, 'shout');
    await say('bruno', { kind: 'person', userId: one('anna').userId }, 'whisper');
    expect(await who()).toEqual({ anna: [], bruno: [], lina: [], ada: [] });
    const { entities } = await pullPage(one('lina'), '');
    const flags = entities.flatMap((entity) => (entity.kind === 'flag' && entity.line === 'upsert' ? [flagEntitySchema.parse(entity.body).code] : []));
    expect(flags).toEqual(['not-allowed', 'not-allowed']);
  });

  it('goes with the person it is about', async () => {
    await say('bruno', { kind: 'case-holder' }, 'his daughter called', hers.caseId);
    await say('lina', { kind: 'all' }, 'everybody');
    expect((await one('ada').call('POST', '/v1/erasures', { target: { customerId: hers.customerId }, reason: 'asked for it' })).status).toBe(200);
    expect(await who()).toMatchObject({ anna: ['everybody'] });
    const rows = await hub.store.read((tx) => tx.selectFrom('fact_content').select('body').execute());
    expect(JSON.stringify(rows)).not.toContain('daughter');
  });
});
