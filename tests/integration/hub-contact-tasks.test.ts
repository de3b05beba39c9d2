/** Contacts of no case at the hub, on both stores: who sees them, who may take one, what ends them, and that what they say goes. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ContactClosedBody, ContactMatchedBody, ContactNotedBody } from '../../shared/facts/contact-task-bodies.ts';
import type { CaseId, FactId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import type { ContactTaskEntity } from '../../shared/protocol/contact-task-protocol.ts';
import { CONTACT_TASK_KEPT_MS, contactTaskEntitySchema, TAKEN_FOR_MS, takeContactReplySchema } from '../../shared/protocol/contact-task-protocol.ts';
import { flagEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { expireContactTasks } from '../../hub/contacts/expire-contact-tasks.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, pullPage, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const said = { who: '+393331230001', reasons: [], text: '', creditorId: null, reachedCaseId: null } as const;

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  const people = new Map<string, SignedIn>();
  const devices = new Map<string, TestDevice>();
  let annas: PlantedCase;

  beforeEach(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    devices.clear();
    for (const [name, role] of [['ines', 'inbound'], ['ivo', 'inbound'], ['anna', 'collector'], ['bruno', 'collector'], ['lina', 'lead'], ['ada', 'admin']] as const) {
      people.set(name, await addAndSignIn(hub, name, role));
    }
    annas = await plantCase(hub.store, one('anna').userId);
  });
  afterEach(() => hub.discard());

  function one(name: string): SignedIn {
    const person = people.get(name);
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    return person;
  }
  async function push(name: string, type: string, body: Record<string, unknown>, caseId: CaseId | null = null, more: { id?: FactId; at?: number } = {}): Promise<FactId> {
    const device = devices.get(name) ?? new TestDevice(one(name).userId);
    devices.set(name, device);
    const { header } = device.add(caseId, type, body as never, more);
    // A lost answer: the same again.
    expect(await device.push(one(name))).toMatchObject({ status: 'stored' });
    expect(await device.push(one(name))).toMatchObject({ status: 'stored' });
    return header.id;
  }
  const note = (name: string, body: Partial<ContactNotedBody> = {}, more: { id?: FactId; at?: number } = {}): Promise<FactId> =>
    push(name, 'contact-noted', { ...said, channel: 'phone', text: 'wants to pay', ...body }, null, more);
  const match = (name: string, taskId: FactId, caseId: CaseId): Promise<FactId> =>
    push(name, 'contact-matched', { taskId, contactAt: 1, channel: 'phone', who: 'Rosa', reasons: [], text: 'wants to pay' } satisfies ContactMatchedBody, caseId);
  async function seen(name: string): Promise<ContactTaskEntity[]> {
    const { entities } = await pullPage(one(name), '');
    return entities.flatMap((entity) => (entity.kind === 'contact-task' && entity.line === 'upsert' ? [contactTaskEntitySchema.parse(entity.body)] : []));
  }
  async function who(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const name of people.keys()) counts[name] = (await seen(name)).length;
    return counts;
  }
  async function take(name: string, taskId: FactId, token: string, isTaken = true): Promise<string> {
    return takeContactReplySchema.parse(await (await one(name).call('POST', '/v1/contact-tasks/take', { taskId, token, take: isTaken })).json()).state;
  }
  const contents = (): Promise<string> => hub.store.read(async (tx) => JSON.stringify(await tx.selectFrom('fact_content').select('body').execute()));

  it('goes to whoever answers, to leads and to who noted it, without a name of the house', async () => {
    await note('bruno');
    expect(await who()).toEqual({ ines: 1, ivo: 1, anna: 0, bruno: 1, lina: 1, ada: 0 });
    const shown = JSON.stringify(await seen('lina'));
    for (const told of ['bruno', one('bruno').userId]) expect(shown).not.toContain(told);
    const { entities } = await pullPage(one('lina'), '');
    expect(entities.filter(({ kind }) => kind === 'flag')).toEqual([]);
  });

  it('is taken by one, though two ask at once; it lapses, and nobody is told who', async () => {
    const taskId = await note('ines');
    const [hers, his] = [newRandomHex(16), newRandomHex(16)];
    const answers = await Promise.all([take('ines', taskId, hers), take('ivo', taskId, his)]);
    expect(answers.toSorted()).toEqual(['taken', 'yours']);
    const [holder, other] = answers[0] === 'yours' ? (['ines', 'ivo'] as const) : (['ivo', 'ines'] as const);
    const [held, wanted] = holder === 'ines' ? [hers, his] : [his, hers];
    expect(await take(holder, taskId, held)).toBe('yours');
    const shown = JSON.stringify(await seen('lina'));
    for (const person of [one('ines'), one('ivo')]) expect(shown).not.toContain(person.userId);
    // Giving back what is another's changes nothing.
    await take(other, taskId, wanted, false);
    expect(await take(other, taskId, wanted)).toBe('taken');
    hub.clock.advance(TAKEN_FOR_MS + 1);
    // Longer than a session's token.
    for (const name of ['ines', 'ivo', 'bruno']) people.set(name, await signInOver(hub, name));
    expect(await take(other, taskId, wanted)).toBe('yours');
    expect(await take(other, taskId, wanted, false)).toBe('free');
    expect((await seen(holder))[0]?.taken).toBeNull();
    // Who may not see it is told that there is none.
    expect(await take('bruno', taskId, newRandomHex(16))).toBe('gone');
  });

  it('is over for all when matched or closed, in whatever order that comes, and stays over', async () => {
    const matched = await note('ines');
    const closed = await note('ivo', { text: 'wrong number' });
    await match('ivo', matched, annas.caseId);
    await push('ivo', 'contact-closed', { taskId: closed, reason: 'not-a-customer', text: '' } satisfies ContactClosedBody);
    expect(await who()).toEqual({ ines: 0, ivo: 0, anna: 0, bruno: 0, lina: 0, ada: 0 });
    expect(await take('ines', matched, newRandomHex(16))).toBe('gone');
    const late = newId<FactId>();
    await push('ivo', 'contact-closed', { taskId: late, reason: 'duplicate', text: '' } satisfies ContactClosedBody);
    await note('ines', {}, { id: late });
    expect(await who()).toMatchObject({ ines: 0, ivo: 0, lina: 0 });
  });

  it('is not ended by whom it is not shown to, and a lead is told; after the note or before it, and whatever else comes', async () => {
    const flags = async (): Promise<string[]> => (await pullPage(one('lina'), '')).entities.flatMap((entity) => (entity.kind === 'flag' && entity.line === 'upsert' ? [flagEntitySchema.parse(entity.body).code] : []));
    const close = (name: string, taskId: FactId): Promise<FactId> => push(name, 'contact-closed', { taskId, reason: 'duplicate', text: '' } satisfies ContactClosedBody);
    const taskId = await note('ines', { text: 'her daughter called' });
    await close('bruno', taskId);
    await match('bruno', taskId, annas.caseId);
    await close('ada', taskId);
    expect(await who()).toMatchObject({ ines: 1, ivo: 1, lina: 1 });
    expect(await flags()).toEqual(['not-allowed', 'not-allowed', 'not-allowed']);
    // Nor is it hers whom he named: what it says does not go with her.
    expect((await one('ada').call('POST', '/v1/erasures', { target: { customerId: annas.customerId }, reason: 'asked for it' })).status).toBe(200);
    expect(await contents()).toContain('daughter');

    const late = newId<FactId>();
    await close('bruno', late);
    await note('ines', {}, { id: late });
    expect(await who()).toMatchObject({ ines: 2, ivo: 2, lina: 2, bruno: 0 });
    // Control: each of these may, and the very same facts end it.
    await close('ivo', taskId);
    await close('lina', late);
    const own = newId<FactId>();
    await close('bruno', own);
    await note('bruno', {}, { id: own });
    expect(await who()).toEqual({ ines: 0, ivo: 0, anna: 0, bruno: 0, lina: 0, ada: 0 });
    // The flag about her case went with her.
    expect(await flags()).toEqual(['not-allowed', 'not-allowed']);
  });

  it('a missed call is one task for its number, also the owner’s, until somebody is in a call about that case', async () => {
    const at = hub.clock.nowMs() - 60_000;
    await note('ines', { channel: 'missed-call', text: '', reachedCaseId: annas.caseId }, { at });
    await note('ivo', { channel: 'missed-call', text: '', reachedCaseId: annas.caseId }, { at: at + 1_000 });
    await note('ivo', { channel: 'missed-call', text: '', who: '+393331230009' }, { at });
    expect(await who()).toEqual({ ines: 2, ivo: 2, anna: 1, bruno: 0, lina: 2, ada: 0 });
    expect((await seen('anna'))[0]).toMatchObject({ times: 2, caseId: annas.caseId, who: '+393331230001' });
    const call = { direction: 'outbound', pointId: null, partyId: null, by: 'by-hand' };
    // An old call of that case, and one of another, end nothing.
    const another = await plantCase(hub.store, one('anna').userId);
    await push('anna', 'call-started', call, annas.caseId, { at: at - 5_000 });
    await push('anna', 'call-started', call, another.caseId);
    expect(await seen('anna')).toHaveLength(1);
    await push('anna', 'call-started', call, annas.caseId);
    expect(await who()).toEqual({ ines: 1, ivo: 1, anna: 0, bruno: 0, lina: 1, ada: 0 });
  });

  it('goes with the person, matched or reached, and a month later whatever it was', async () => {
    await match('ivo', await note('ines', { text: 'her daughter called' }), annas.caseId);
    await note('ines', { channel: 'missed-call', text: 'a secret', reachedCaseId: annas.caseId });
    const kept = await note('ivo', { text: 'somebody else' });
    expect((await one('ada').call('POST', '/v1/erasures', { target: { customerId: annas.customerId }, reason: 'asked for it' })).status).toBe(200);
    expect(await who()).toMatchObject({ ines: 1, ivo: 1, lina: 1 });
    for (const gone of ['daughter', 'secret']) expect(await contents()).not.toContain(gone);
    expect(await contents()).toContain('somebody else');
    hub.clock.advance(CONTACT_TASK_KEPT_MS - 60_000);
    expect(await expireContactTasks(hub.store, hub.clock)).toBe(0);
    hub.clock.advance(120_000);
    expect(await expireContactTasks(hub.store, hub.clock)).toBeGreaterThan(0);
    expect((await hub.store.read((tx) => tx.selectFrom('entities').select('id').where('kind', '=', 'contact-task').execute()))).toEqual([]);
    expect(await contents()).not.toContain('somebody else');
    expect(kept).not.toBe('');
  });

  it('a match about a case that is a colleague’s and was never looked up is flagged', async () => {
    await match('bruno', await note('bruno'), annas.caseId);
    const { entities } = await pullPage(one('lina'), '');
    expect(entities.flatMap((entity) => (entity.kind === 'flag' && entity.line === 'upsert' ? [flagEntitySchema.parse(entity.body).code] : []))).toEqual(['not-assigned']);
  });
});
