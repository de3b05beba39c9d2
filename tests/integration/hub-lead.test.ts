/** What a lead sees and decides, at the hub, on both stores; and that nothing a lead can read names an operator beside a time. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId, FlagId } from '../../shared/id.ts';
import { hiddenUserId, newId } from '../../shared/id.ts';
import { isSampledForAudit } from '../../shared/case/outcome-rules.ts';
import { viewCase } from '../../shared/case/view-case.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import { flagEntitySchema, incomingEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import type { CaseMeasure, CaseReply, ListRow } from '../../shared/protocol/lead-protocol.ts';
import { caseReplySchema, foundCasesSchema, listsReplySchema } from '../../shared/protocol/lead-protocol.ts';
import { addDays, dateOfInstant } from '../../shared/time.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { handOverCallbacks } from '../../hub/lead/hand-over-callbacks.ts';
import { Presence } from '../../hub/lead/presence.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, noAnswer, promiseToPay, pullPage, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** An id that the sampling rule picks, or does not. */
function factIdThat(isSampled: boolean): FactId {
  for (;;) {
    const id = newId<FactId>();
    if (isSampledForAudit('PTP', id) === isSampled) return id;
  }
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  let lina: SignedIn;
  let anna: SignedIn;
  let bruno: SignedIn;
  let planted: PlantedCase;

  beforeEach(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    lina = await addAndSignIn(hub, 'lina', 'lead');
    anna = await addAndSignIn(hub, 'anna', 'collector');
    bruno = await addAndSignIn(hub, 'bruno', 'collector');
    planted = await plantCase(hub.store, anna.userId, { name: 'Niccolò Planted' });
  });
  afterEach(() => hub.discard());

  /** Pushes one fact from a device of its own. */
  async function tell(person: SignedIn, caseId: CaseId | null, type: string, body: Fact['body'], more: { id?: FactId; at?: number } = {}): Promise<Fact> {
    const device = new TestDevice(person.userId);
    const fact = device.add(caseId, type, body, more);
    expect(await device.push(person)).toMatchObject({ status: 'stored' });
    return fact;
  }
  /** The same person, signed in by the clock as it is now. */
  function again(username: string): Promise<SignedIn> {
    return signInOver(hub, username);
  }
  async function lists(): Promise<ListRow[]> {
    return listsReplySchema.parse(await (await lina.call('GET', '/v1/lists')).json()).rows;
  }
  async function counts(): Promise<Partial<Record<CaseMeasure, number>>> {
    const rows = await lists();
    expect(rows).toHaveLength(1);
    return Object.fromEntries(Object.entries(rows[0]!.counts).filter(([, count]) => count > 0));
  }
  async function caseOf(caseId: CaseId = planted.caseId): Promise<CaseReply> {
    return caseReplySchema.parse(await (await lina.call('GET', `/v1/cases/${caseId}`)).json());
  }
  async function find(query: Record<string, string>): Promise<string[]> {
    const response = await lina.call('GET', `/v1/cases?${new URLSearchParams(query).toString()}`);
    return foundCasesSchema.parse(await response.json()).rows.map((row) => row.caseId);
  }
  async function entitiesOf(person: SignedIn, kind: string): Promise<unknown[]> {
    return (await pullPage(person, '')).entities.flatMap((entity) => (entity.kind === kind && entity.line === 'upsert' ? [entity.body] : []));
  }
  async function flagsOf(person: SignedIn): Promise<ReturnType<typeof flagEntitySchema.parse>[]> {
    return (await entitiesOf(person, 'flag')).map((body) => flagEntitySchema.parse(body));
  }
  const suspension = (parts: Record<string, string | null> = {}): Fact['body'] => ({ kind: 'suspended', invoiceId: null, until: null, reason: 'the creditor asks', ...parts });

  it('counts a list as the case goes on, and midnight needs nothing written', async () => {
    const today = dateOfInstant(hub.clock.nowMs(), 'Europe/Rome');
    expect((await lists())[0]).toMatchObject({ tone: 'reminder', openCents: 10_000, promisedCents: 0 });
    expect(await counts()).toMatchObject({ cases: 1 });
    const nowMs = hub.clock.nowMs();
    await tell(anna, planted.caseId, 'outcome-recorded', promiseToPay(4_000, addDays(today, 1)), { at: nowMs });
    expect(await counts()).toEqual({ cases: 1, workedToday: 1, talkedToday: 1, promises: 1 });
    expect((await lists())[0]).toMatchObject({ promisedCents: 4_000 });
    hub.clock.advance(10 * 24 * 3_600_000);
    lina = await again('lina');
    expect(await counts()).toMatchObject({ cases: 1, promisesBroken: 1 });
    expect(await counts()).not.toHaveProperty('workedToday');
    expect(await find({ measure: 'promisesBroken' })).toEqual([planted.caseId]);
    expect(await find({ measure: 'promises' })).toEqual([]);
  });

  it('says what waits, what is stopped and what is disputed', async () => {
    await tell(anna, planted.caseId, 'outcome-recorded', { ...noAnswer(), code: 'CBK', callback: { at: hub.clock.nowMs() - 60_000, zone: 'Europe/Rome', audience: 'anyone' } });
    expect(await counts()).toMatchObject({ callbacksLate: 1 });
    const stop = await tell(lina, planted.caseId, 'activity-suspended', suspension());
    expect(await counts()).toMatchObject({ stopped: 1 });
    await tell(lina, planted.caseId, 'activity-resumed', { targetFactId: stop.header.id, reason: 'the creditor answered' });
    expect(await counts()).not.toHaveProperty('stopped');
  });

  it('finds a case by name without accents, code, invoice and digits, and hides who worked it', async () => {
    await tell(anna, planted.caseId, 'contact-point-saved', { point: {
      kind: 'phone', pointId: newId<string>(), partyId: null, raw: '0971 000 321', source: 'given-by-person', usable: true, workplace: false,
      e164: '+390971000321', country: 'IT', numberKind: 'landline',
    } });
    for (const search of ['niccolo', 'NICCOLÒ planted', 'c1', '0001', '0971 000 321', '0971/000321', '+39 0971000321', '00390971000321']) {
      expect([search, await find({ search })]).toEqual([search, [planted.caseId]]);
    }
    expect(await find({ search: 'niccolo rossi' })).toEqual([]);
    expect(await find({ search: '100%' })).toEqual([]);
    const { case: shown } = await caseOf();
    expect(shown.facts.map((fact) => fact.actor)).toEqual([hiddenUserId]);
    expect((await lina.call('GET', `/v1/cases/${newId<string>()}`)).status).toBe(404);
  });

  it('a lead’s suspension reaches the owner’s desk with its reason, unflagged; a collector’s counts for nothing and is flagged', async () => {
    await tell(bruno, planted.caseId, 'activity-suspended', suspension());
    const facts = async (): Promise<unknown[]> => caseEntitySchema.parse((await entitiesOf(anna, 'case'))[0]).facts;
    expect(await facts()).toEqual([]);
    expect(await flagsOf(lina)).toMatchObject([{ code: 'not-allowed', about: { type: 'activity-suspended', customerName: 'Niccolò Planted' }, settled: null }]);
    expect(await counts()).not.toHaveProperty('stopped');
    // Whoever is promoted later does not make it count after all.
    await hub.store.write((tx) => tx.updateTable('users').set({ role: 'lead' }).where('user_id', '=', bruno.userId).execute());
    await tell(anna, planted.caseId, 'note-added', { text: 'hello' });
    expect(await facts()).toHaveLength(1);

    await tell(lina, planted.caseId, 'activity-suspended', suspension());
    const entity = caseEntitySchema.parse((await entitiesOf(anna, 'case'))[0]);
    const view = viewCase(entity, [], { nowMs: hub.clock.nowMs(), zone: 'Europe/Rome', userId: anna.userId });
    expect(view.blocked?.reason).toMatchObject({ key: 'suspended', params: { reason: 'the creditor asks' } });
    expect(await flagsOf(lina)).toHaveLength(1);
  });

  it('an outcome waits for its audit, is judged once by another person, and waits again when it is corrected', async () => {
    const today = dateOfInstant(hub.clock.nowMs(), 'Europe/Rome');
    const promise = await tell(anna, planted.caseId, 'outcome-recorded', promiseToPay(100, addDays(today, 2)), { id: factIdThat(true) });
    await tell(anna, planted.caseId, 'outcome-recorded', promiseToPay(100, addDays(today, 3)), { id: factIdThat(false) });
    const audits = async (): Promise<(string | null)[]> => (await entitiesOf(lina, 'incoming')).map((body) => incomingEntitySchema.parse(body))
      .sort((a, b) => a.at - b.at).map((row) => row.audit?.state ?? null);
    expect(await audits()).toEqual(['waiting', null]);
    const verdict = { targetFactId: promise.header.id, verdict: 'rejected', reason: 'nobody agreed to this' };
    await tell(bruno, planted.caseId, 'outcome-audited', verdict);
    expect(await audits()).toEqual(['waiting', null]);
    await tell(lina, planted.caseId, 'outcome-audited', verdict);
    expect(await audits()).toEqual(['rejected', null]);
    const own = await tell(lina, planted.caseId, 'outcome-recorded', promiseToPay(100, addDays(today, 2)), { id: factIdThat(true) });
    await tell(lina, planted.caseId, 'outcome-audited', { targetFactId: own.header.id, verdict: 'approved', reason: null });
    expect((await audits())[2]).toBe('waiting');
    await tell(anna, planted.caseId, 'outcome-corrected', { targetFactId: promise.header.id, reason: 'wrong date', replacement: promiseToPay(100, addDays(today, 4)) });
    expect((await audits())[0]).toBe('waiting');
    // Annulled by the lead: nothing is left to judge, and nobody is told off for it.
    await tell(lina, planted.caseId, 'outcome-corrected', { targetFactId: promise.header.id, reason: 'it never happened', replacement: null });
    expect((await audits())[0]).toBeNull();
    expect((await flagsOf(lina)).map((flag) => flag.code)).toEqual(['not-allowed', 'not-allowed']);
  });

  it('a flag that a lead has settled says so to whoever made the fact', async () => {
    await tell(bruno, planted.caseId, 'outcome-recorded', promiseToPay(99, '2031-01-02'));
    const [flag] = await flagsOf(lina);
    expect(flag).toMatchObject({ code: 'not-assigned', about: { code: 'PTP', amountCents: 99, dueOn: '2031-01-02' }, settled: null });
    await tell(bruno, null, 'flag-settled', { flagId: flag!.flagId, note: 'I say so' });
    expect((await flagsOf(bruno)).find((entry) => entry.flagId === flag!.flagId)?.settled).toBeNull();
    await tell(lina, null, 'flag-settled', { flagId: flag!.flagId, note: 'spoken with both' });
    await tell(lina, null, 'flag-settled', { flagId: newId<FlagId>(), note: null });
    expect((await flagsOf(bruno)).find((entry) => entry.flagId === flag!.flagId)?.settled).toMatchObject({ note: 'spoken with both' });
    expect((await flagsOf(lina)).filter((entry) => entry.settled === null).map((entry) => entry.code)).toEqual(['not-allowed']);
  });

  describe('a callback outlives its shift', () => {
    const MINUTE = 60_000;
    let dueAt: number;
    beforeEach(async () => {
      dueAt = hub.clock.nowMs() + 30 * MINUTE;
      await tell(anna, planted.caseId, 'outcome-recorded', {
        ...noAnswer(), code: 'CBK', note: 'after lunch, ask for Piero', callback: { at: dueAt, zone: 'Europe/Rome', audience: 'only-me' },
      });
      await hub.store.write((tx) => tx.deleteFrom('desk_leases').execute());
    });
    const look = (): Promise<number> => handOverCallbacks(hub.store, hub.clock, hub.presence);
    const whoHasIt = async (): Promise<string> => (await hub.store.read((tx) => tx.selectFrom('assignments').select('owner_id').executeTakeFirstOrThrow())).owner_id;

    it('goes to somebody connected ten minutes before, with its note, once', async () => {
      hub.clock.advance(19 * MINUTE);
      hub.presence.note(bruno.userId);
      expect(await look()).toBe(0);
      hub.clock.advance(MINUTE);
      expect(await look()).toBe(1);
      expect(await whoHasIt()).toBe(bruno.userId);
      const entity = caseEntitySchema.parse((await entitiesOf(await again('bruno'), 'case'))[0]);
      expect(viewCase(entity, [], { nowMs: hub.clock.nowMs(), zone: 'Europe/Rome', userId: bruno.userId }).callback).toMatchObject({ at: dueAt, note: 'after lunch, ask for Piero' });
      // Bruno leaves too: it is in the lead's list now, and does not go from hand to hand.
      hub.clock.advance(5 * MINUTE);
      await hub.store.write((tx) => tx.deleteFrom('desk_leases').execute());
      hub.presence.note(anna.userId);
      expect(await look()).toBe(0);
      expect(await whoHasIt()).toBe(bruno.userId);
    });

    it('stays with whoever is connected, and with whoever’s desk may be calling without the network', async () => {
      hub.clock.advance(20 * MINUTE);
      hub.presence.note(bruno.userId);
      const over = hub.presence.open(anna.userId);
      hub.clock.advance(3 * MINUTE);
      hub.presence.note(bruno.userId);
      expect(await look()).toBe(0);
      const device = new TestDevice(anna.userId);
      const late = await again('anna');
      await pullPage(late, '', device.deviceId);
      over();
      hub.presence.forget(anna.userId);
      expect(await look()).toBe(0);
      // Signed out: that desk works nothing any more.
      expect((await late.call('POST', '/v1/leases/end', { device: device.deviceId })).status).toBe(200);
      expect(await look()).toBe(1);
      expect(await whoHasIt()).toBe(bruno.userId);
    });

    it('waits for somebody, for a hub that has just started, and forgets after two hours', async () => {
      hub.clock.advance(25 * MINUTE);
      expect(await look()).toBe(0);
      const fresh = new Presence(hub.clock);
      fresh.note(bruno.userId);
      expect(await handOverCallbacks(hub.store, hub.clock, fresh)).toBe(0);
      hub.presence.note(lina.userId);
      expect(await look()).toBe(0);
      hub.clock.advance(3 * 60 * MINUTE);
      hub.presence.note(bruno.userId);
      expect(await look()).toBe(0);
      expect(await whoHasIt()).toBe(anna.userId);
    });

    it('several hubs at once: one does it, and one hears of who is connected to the other', async () => {
      hub.clock.advance(20 * MINUTE);
      hub.presence.note(bruno.userId);
      const handed = await Promise.all(Array.from({ length: 4 }, () => look()));
      expect(handed.reduce((sum, count) => sum + count, 0)).toBe(1);
      if (dialect === 'sqlite') return;
      const heard = new Promise<string>((resolve) => {
        const stop = hub.store.onWhisper((text) => {
          stop();
          resolve(text);
        });
      });
      await hub.presence.tell(hub.store);
      const other = new Presence(hub.clock);
      other.hear(await heard);
      expect(other.everybody()).toEqual([bruno.userId]);
    });
  });

  it('gives a customer to another operator as the leases allow, once', async () => {
    const device = new TestDevice(lina.userId);
    device.add(planted.caseId, 'customer-assigned', { ownerId: bruno.userId, reason: 'anna is away' });
    await device.push(lina);
    // Nobody had a lease: at once.
    expect((await caseOf()).assignment).toEqual({ state: 'held', untilMs: null });
    expect(await entitiesOf(bruno, 'case')).toHaveLength(1);
    expect(await entitiesOf(anna, 'case')).toHaveLength(0);
    // Now bruno's desk works it.
    await tell(lina, planted.caseId, 'customer-assigned', { ownerId: anna.userId, reason: 'anna is back' });
    const { assignment, case: shown } = await caseOf();
    expect(assignment.state).toBe('on-the-way');
    expect(assignment.untilMs).toBeGreaterThan(hub.clock.nowMs());
    expect(shown.facts.map((fact) => fact.body['ownerId'])).toEqual([hiddenUserId, hiddenUserId]);
    // The first push again changes nothing; a collector's word neither; a lead is no collector.
    await device.push(lina);
    await tell(bruno, planted.caseId, 'customer-assigned', { ownerId: bruno.userId, reason: 'I want it back' });
    await tell(lina, planted.caseId, 'customer-assigned', { ownerId: lina.userId, reason: 'I take it myself' });
    expect((await caseOf()).assignment.state).toBe('on-the-way');
    expect((await flagsOf(lina)).map((flag) => flag.code).sort()).toEqual(['not-allowed', 'owner-not-collector']);
  });
});
