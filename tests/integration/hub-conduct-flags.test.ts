/**
 * What the hub flags in how people were contacted, on both stores: each once, over all cases of a person, and the same whatever the
 * order in which facts arrive.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CallId, CaseId, CustomerId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { isSampledForAudit } from '../../shared/case/outcome-rules.ts';
import { standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import type { FlagCode, FlagEntity } from '../../shared/protocol/feed-protocol.ts';
import { flagEntitySchema, incomingEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { erasePerson } from '../../hub/erasure/erase-person.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { fullCertificates } from '../../shared/testing/full-certificates.ts';
import { addAndSignIn, noAnswer, promiseToPay, pullPage, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

const MINUTE_MS = 60_000;
const ORDERS = 6;
const seed = Math.trunc(Math.random() * 2 ** 31);
console.log(`order seed ${String(seed)}`);

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** One fact to tell, by its place in the story. */
interface Told { label: string; by: SignedIn; caseId: CaseId; type: string; body: Fact['body']; at: number; callId?: CallId }

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  let lina: SignedIn;
  /** Trained for everything, for nothing, and still learning. */
  let anna: SignedIn;
  let bruno: SignedIn;
  let tina: SignedIn;
  let customerId: CustomerId;
  let one: PlantedCase;
  let other: PlantedCase;
  let startMs: number;

  beforeAll(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    lina = await addAndSignIn(hub, 'lina', 'lead');
    anna = await addAndSignIn(hub, 'anna', 'collector', fullCertificates);
    bruno = await addAndSignIn(hub, 'bruno', 'collector');
    tina = await addAndSignIn(hub, 'tina', 'collector', fullCertificates.map((certificate) => ({ ...certificate, level: 'trainee' })));
  });
  afterAll(() => hub.discard());
  beforeEach(plantPerson);

  /** One person who owes two creditors. */
  async function plantPerson(): Promise<void> {
    customerId = newId<CustomerId>();
    one = await plantCase(hub.store, anna.userId, { customerId });
    other = await plantCase(hub.store, anna.userId, { customerId });
    startMs = hub.clock.nowMs() - 90 * MINUTE_MS;
  }

  const permitOf = (parts: object = {}): Fact['body'] => ({
    channel: 'phone-outbound', pointId: null, to: '+390971000001', partyId: null, policy: { policyId: 'it-unirec', version: '1.0.0', conductVersion: null },
    counters: { conversationsToday: 0, conversationsThisWeek: 0, roundsToday: 0, roundsThisWeek: 0, callsInWindow: 0 }, allowedBy: null, validUntil: startMs, ...parts,
  });
  const started: Fact['body'] = { direction: 'outbound', pointId: null, partyId: null, by: 'by-hand' };
  const confirmed: Fact['body'] = { result: 'confirmed', method: 'customer-code', partyId: null };
  const today = (): Fact['body'] => promiseToPay(100, '2031-01-01');

  /** The facts of one call, a second apart. */
  function call(label: string, minute: number, steps: [type: string, body: Fact['body']][], parts: Partial<Told> = {}): Told[] {
    const callId = newId<CallId>();
    return steps.map(([type, body], index) => ({
      label: `${label}:${type}`, by: anna, caseId: one.caseId, type, body, at: startMs + minute * MINUTE_MS + index * 1_000, callId, ...parts,
    }));
  }
  async function tell(told: readonly Told[]): Promise<Map<FactId, string>> {
    const labels = new Map<FactId, string>();
    for (const { label, by, caseId, type, body, at, callId } of told) {
      const device = new TestDevice(by.userId);
      const id = idOf(label);
      device.add(caseId, type, body, { id, at, ...(callId === undefined ? {} : { callId }) });
      expect(await device.push(by)).toMatchObject({ status: 'stored' });
      labels.set(id, label);
    }
    return labels;
  }
  const ids = new Map<string, FactId>();
  beforeEach(() => ids.clear());
  function idOf(label: string): FactId {
    const id = ids.get(label) ?? newId<FactId>();
    ids.set(label, id);
    return id;
  }

  const conductCodes: readonly FlagCode[] = ['contact-without-permit', 'frequency-exceeded', 'identity-not-confirmed', 'frequency-allowed', 'not-certified'];
  async function flags(): Promise<FlagEntity[]> {
    const caseIds: readonly (CaseId | null)[] = [one.caseId, other.caseId];
    const { entities } = await pullPage(lina, '');
    return entities.flatMap((entity) => (entity.kind === 'flag' && entity.line === 'upsert' ? [flagEntitySchema.parse(entity.body)] : []))
      .filter((flag) => caseIds.includes(flag.caseId) && conductCodes.includes(flag.code));
  }
  async function flagged(): Promise<string[]> {
    const labels = new Map([...ids].map(([label, id]) => [id, label]));
    return (await flags()).map((flag) => `${labels.get(flag.factId) ?? '?'} ${flag.code}`).sort();
  }

  describe('contacts without a permit', () => {
    it('outbound by telephone, e-mail and letter are flagged; those of permits, of the customer and of desks of before are not', async () => {
      const outcome = (channel: string): Fact['body'] => ({ ...noAnswer(), channel });
      await tell([
        ...call('permitted', 0, [['contact-permitted', permitOf()], ['outcome-recorded', noAnswer()]]),
        ...call('called', 300, [['outcome-recorded', noAnswer()]]),
        ...call('inbound', 301, [['outcome-recorded', outcome('phone-inbound')]]),
        { label: 'before', by: anna, caseId: one.caseId, type: 'outcome-recorded', body: noAnswer(), at: startMs + 302 * MINUTE_MS },
      ]);
      expect(await flagged()).toEqual(['called:outcome-recorded contact-without-permit']);
      const [flag] = await flags();
      expect(flag?.about).toMatchObject({ type: 'outcome-recorded', code: 'NA', customerName: 'Maria Planted' });
      // Whoever did it sees it as well, nobody else does.
      const seen = async (person: SignedIn): Promise<number> => (await pullPage(person, '')).entities.filter(({ id }) => id === flag?.flagId).length;
      expect([await seen(anna), await seen(bruno)]).toEqual([1, 0]);
    });
  });

  describe('an agreement', () => {
    const steps = (...identities: Fact['body'][]): [string, Fact['body']][] => [
      ['contact-permitted', permitOf()], ['call-started', started], ...identities.map((body): [string, Fact['body']] => ['identity-checked', body]), ['outcome-recorded', today()],
    ];
    const refused = { result: 'third-party', method: null, partyId: null };

    it.each([
      ['nobody was asked', () => steps(), true],
      ['confirmed', () => steps(confirmed), false],
      ['it was somebody else', () => steps(refused), true],
      ['first confirmed, then it was somebody else', () => steps(confirmed, refused), true],
      ['first somebody else, then confirmed', () => steps(refused, confirmed), false],
      ['logged without a call that began', () => steps().filter(([type]) => type !== 'call-started'), false],
    ] as const)('%s', async (_label, make, isFlagged) => {
      const told = call('call', 0, make());
      // Two checks of one call have two ids.
      await tell(told.map((entry, index) => ({ ...entry, label: `${String(index)} ${entry.type}` })));
      expect((await flagged()).map((line) => line.split(' ').slice(1).join(' '))).toEqual(isFlagged ? ['outcome-recorded identity-not-confirmed'] : []);
    });

    it('that is annulled, or turns out to be none, is flagged no longer; one that was looked at stays', async () => {
      await tell(call('call', 0, steps()));
      const [flag] = await flags();
      expect(flag).toMatchObject({ code: 'identity-not-confirmed', settled: null });
      const correct = (label: string): Told => ({
        label, by: anna, caseId: one.caseId, type: 'outcome-corrected', at: startMs + 2 * MINUTE_MS,
        body: { targetFactId: idOf('call:outcome-recorded'), reason: 'the wrong key', replacement: null },
      });
      await tell([correct('annulled')]);
      expect(await flags()).toEqual([]);
      await plantPerson();
      ids.clear();
      await tell(call('call', 0, steps()));
      const [standing] = await flags();
      const device = new TestDevice(lina.userId);
      device.add(null, 'flag-settled', { flagId: standing?.flagId ?? '', note: null });
      await device.push(lina);
      await tell([correct('annulled')]);
      expect(await flags()).toMatchObject([{ flagId: standing?.flagId, settled: { note: null } }]);
    });
  });

  describe('frequency, by what all desks together know', () => {
    const attempt = (): [string, Fact['body']][] => [['contact-permitted', permitOf()], ['outcome-recorded', noAnswer()]];

    it('two creditors of one person count together; the breach has its figures', async () => {
      await tell(call('first', 0, attempt()));
      await tell(call('second', 20, attempt(), { caseId: other.caseId }));
      expect(await flagged()).toEqual(['second:contact-permitted frequency-exceeded']);
      expect((await flags())[0]).toMatchObject({ caseId: other.caseId, details: { rule: 'rounds-apart', roundsToday: 1, conversationsToday: 0 } });
    });

    it('two pushes at the same moment about two cases of one person see each other', async () => {
      for (let round = 0; round < 8; round += 1) {
        await plantPerson();
        ids.clear();
        await Promise.all([call('first', 0, attempt()), call('second', 20, attempt(), { caseId: other.caseId })].map(tell));
        expect(await flagged()).toEqual(['second:contact-permitted frequency-exceeded']);
      }
    });

    it('a call that was not made counts for nothing, for itself and for others', async () => {
      await tell(call('first', 0, [['contact-permitted', permitOf()], ['call-started', started], ['call-ended', { cause: 'not-made' }]]));
      await tell(call('second', 20, attempt()));
      expect(await flagged()).toEqual([]);
      await tell(call('third', 21, [['contact-permitted', permitOf({ to: '+390971000001' })], ['call-started', started]]));
      expect(await flagged()).toEqual(['third:contact-permitted frequency-exceeded']);
    });

    it('a lead’s word covers it and is told; a collector’s does not', async () => {
      const allowed = (by: SignedIn, caseId: CaseId): Told => ({
        label: 'allowed', by, caseId, type: 'contact-allowed', at: startMs + 5 * MINUTE_MS,
        body: { until: startMs + 60 * MINUTE_MS, reason: 'she asked to be called again' },
      });
      for (const [by, code, ofOther] of [[lina, 'frequency-allowed', false], [lina, 'frequency-allowed', true], [anna, 'frequency-exceeded', false]] as const) {
        await plantPerson();
        ids.clear();
        await tell([...call('first', 0, attempt()), allowed(by, ofOther ? other.caseId : one.caseId), ...call('second', 20, [['contact-permitted', permitOf({ allowedBy: idOf('allowed') })], ['outcome-recorded', noAnswer()]])]);
        expect(await flagged()).toEqual([`second:contact-permitted ${code}`]);
        expect((await flags())[0]?.details['reason']).toBe(code === 'frequency-allowed' ? 'she asked to be called again' : undefined);
      }
    });

    it('counts by the creditor’s own stricter rules, as published with the number that the permit names', async () => {
      const { version: _none, ...draft } = standardConduct(one.creditorId);
      const published = await lina.call('PUT', `/v1/conduct/${one.creditorId}`, { ...draft, stricter: { 'it-unirec': { attempts: { hoursBetweenRounds: 24 } } } });
      expect(published.status).toBe(200);
      const second = (label: string, conductVersion: number | null): Told[] => call(label, 5 * 60, [['contact-permitted', permitOf({
        policy: { policyId: 'it-unirec', version: '1.0.0', conductVersion },
      })]]);
      await tell([...call('first', 0, attempt()), ...second('before', null)]);
      expect(await flagged()).toEqual([]);
      await plantPerson();
      ids.clear();
      await lina.call('PUT', `/v1/conduct/${one.creditorId}`, { ...draft, creditorId: one.creditorId, stricter: { 'it-unirec': { attempts: { hoursBetweenRounds: 24 } } } });
      await tell([...call('first', 0, attempt()), ...second('after', 1)]);
      expect(await flagged()).toEqual(['after:contact-permitted frequency-exceeded']);
    });
  });

  it('a call without the certificate for the tone is flagged; by what held then, not by what holds now', async () => {
    await tell(call('call', 0, [['contact-permitted', permitOf()]], { by: bruno }));
    expect(await flagged()).toEqual(['call:contact-permitted not-certified']);
    expect((await flags())[0]?.details).toEqual({ tone: 'reminder' });
    const written = call('letter', 400, [['contact-permitted', permitOf({ channel: 'letter' })]], { by: bruno });
    await tell(written);
    expect(await flagged()).toEqual(['call:contact-permitted not-certified']);
  });

  it('of somebody who is learning, each outcome that can be audited waits for a second person', async () => {
    const unsampled = (): FactId => {
      for (;;) {
        const id = newId<FactId>();
        if (!isSampledForAudit('PTP', id)) return id;
      }
    };
    for (const by of [anna, tina]) ids.set(`promise ${by.userId}`, unsampled());
    await tell([anna, tina].map((by): Told => ({ label: `promise ${by.userId}`, by, caseId: one.caseId, type: 'outcome-recorded', body: today(), at: startMs })));
    const { entities } = await pullPage(lina, '');
    const auditOf = (by: SignedIn): string | null | undefined => {
      const line = entities.find(({ id }) => id === ids.get(`promise ${by.userId}`));
      return line?.line === 'upsert' ? incomingEntitySchema.parse(line.body).audit?.state : null;
    };
    expect([auditOf(anna), auditOf(tina)]).toEqual([undefined, 'waiting']);
  });

  it('an erased person’s flags are gone, with what remembers them', async () => {
    await tell(call('called', 0, [['outcome-recorded', noAnswer()]]));
    expect(await flags()).toHaveLength(1);
    const erased = await erasePerson({ store: hub.store, clock: hub.clock, dataDir: hub.dataDir }, { target: { customerId }, reason: 'request 12', dryRun: false });
    expect(erased.ok).toBe(true);
    expect(await flags()).toEqual([]);
    expect(await hub.store.read((tx) => tx.selectFrom('conduct_flags').selectAll().where('case_id', 'in', [one.caseId, other.caseId]).execute())).toEqual([]);
  });

  it(`the same facts in ${String(ORDERS)} orders have the same flags, each once`, async () => {
    /** A morning with something of everything. */
    const story = (): Told[] => [
      ...call('a', 0, [['contact-permitted', permitOf()], ['call-started', started], ['identity-checked', confirmed], ['outcome-recorded', today()]]),
      ...call('b', 20, [['contact-permitted', permitOf()], ['call-started', started], ['outcome-recorded', today()]], { caseId: other.caseId }),
      { label: 'allowed', by: lina, caseId: one.caseId, type: 'contact-allowed', at: startMs + 25 * MINUTE_MS, body: { until: startMs + 40 * MINUTE_MS, reason: 'a new time' } },
      ...call('c', 30, [['contact-permitted', permitOf({ allowedBy: idOf('allowed') })], ['outcome-recorded', noAnswer()]], { by: bruno }),
      ...call('d', 45, [['contact-permitted', permitOf()], ['call-started', started], ['call-ended', { cause: 'not-made' }]]),
      ...call('e', 50, [['outcome-recorded', noAnswer()]], { caseId: other.caseId }),
      ...call('f', 70, [['contact-permitted', permitOf()], ['outcome-recorded', today()]]),
      { label: 'annulled', by: anna, caseId: one.caseId, type: 'outcome-corrected', at: startMs + 80 * MINUTE_MS, body: { targetFactId: idOf('a:outcome-recorded'), reason: 'another customer', replacement: null } },
    ];
    const expected = [
      'b:contact-permitted frequency-exceeded', 'b:outcome-recorded identity-not-confirmed', 'c:contact-permitted frequency-allowed', 'c:contact-permitted not-certified',
      'e:outcome-recorded contact-without-permit', 'f:contact-permitted frequency-exceeded',
    ];
    const count = story().length;
    const inOrder = Array.from({ length: count }, (_, index) => index);
    const run = async (order: readonly number[]): Promise<void> => {
      await plantPerson();
      ids.clear();
      const told = story();
      await tell(order.flatMap((index) => told[index] ?? []));
      expect(await flagged()).toEqual(expected);
    };
    await run(inOrder);
    await run(inOrder.toReversed());
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(inOrder, { minLength: count }), run), { numRuns: ORDERS - 2, seed });
  });
});
