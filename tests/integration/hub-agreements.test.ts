/** What is decided about agreements, at the hub, on both stores: by a lead it counts, by an operator it is kept and counts for nothing. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import { viewCase } from '../../shared/case/view-case.ts';
import { noParts } from '../../shared/facts/outcome-body.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import { flagEntitySchema, incomingEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { addDays, dateOfInstant } from '../../shared/time.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, pullPage, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  let lina: SignedIn;
  let anna: SignedIn;
  let planted: PlantedCase;

  beforeEach(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    lina = await addAndSignIn(hub, 'lina', 'lead');
    anna = await addAndSignIn(hub, 'anna', 'collector');
    planted = await plantCase(hub.store, anna.userId, { name: 'Niccolò Planted' });
  });
  afterEach(() => hub.discard());

  async function tell(person: SignedIn, type: string, body: Fact['body'], version = 1): Promise<Fact> {
    const device = new TestDevice(person.userId);
    const fact = device.add(planted.caseId, type, body, { version });
    expect(await device.push(person)).toMatchObject({ status: 'stored' });
    return fact;
  }
  async function bodies(person: SignedIn, kind: string): Promise<unknown[]> {
    return (await pullPage(person, '')).entities.flatMap((entity) => (entity.kind === kind && entity.line === 'upsert' ? [entity.body] : []));
  }
  async function view(): Promise<ReturnType<typeof viewCase>> {
    return viewCase(caseEntitySchema.parse((await bodies(anna, 'case'))[0]), [], { nowMs: hub.clock.nowMs(), zone: 'Europe/Rome', userId: anna.userId });
  }
  const audit = async (): Promise<unknown> => incomingEntitySchema.parse((await bodies(lina, 'incoming'))[0]).audit?.state;
  const today = (): ReturnType<typeof addDays> => dateOfInstant(hub.clock.nowMs(), 'Europe/Rome');
  const offer = (): Fact['body'] => ({
    code: 'SET', channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...noParts,
    settlement: { offeredCents: 5_000, currency: 'EUR', payBy: addDays(today(), 10) },
  });

  it('a settlement waits for a lead’s answer, whatever is said of how it was recorded; an operator’s answer is none', async () => {
    const asked = await tell(anna, 'outcome-recorded', offer(), 3);
    expect((await view()).blocked?.reason.key).toBe('lead-decides');
    expect(await audit()).toBe('waiting');
    const answer = { targetFactId: asked.header.id, verdict: 'approved', amountCents: 6_000, currency: 'EUR', payBy: addDays(today(), 10), reason: null };
    await tell(anna, 'settlement-decided', answer);
    expect([(await view()).blocked?.reason.key, await audit()]).toEqual(['lead-decides', 'waiting']);
    expect((await bodies(lina, 'flag')).map((body) => flagEntitySchema.parse(body))).toMatchObject([{ code: 'not-allowed', about: { type: 'settlement-decided' } }]);
    await tell(lina, 'outcome-audited', { targetFactId: asked.header.id, verdict: 'approved', reason: null });
    expect(await audit()).toBe('waiting');
    await tell(lina, 'settlement-decided', answer);
    const { folded } = await view();
    expect([folded.stops, folded.settlements.get(asked.header.id)?.amountCents, await audit()]).toEqual([[], 6_000, 'approved']);
    expect(await bodies(lina, 'flag')).toHaveLength(1);
  });

  it('a lead does not answer the settlement that they asked for; another one does', async () => {
    const asked = await tell(lina, 'outcome-recorded', offer(), 3);
    const answer = { targetFactId: asked.header.id, verdict: 'approved', amountCents: 5_000, currency: 'EUR', payBy: addDays(today(), 10), reason: null };
    await tell(lina, 'settlement-decided', answer);
    expect((await view()).blocked?.reason.key).toBe('lead-decides');
    const notAllowed = async (): Promise<unknown[]> => (await bodies(lina, 'flag')).map((body) => flagEntitySchema.parse(body)).filter(({ code }) => code === 'not-allowed');
    expect(await notAllowed()).toMatchObject([{ about: { type: 'settlement-decided' } }]);
    const lea = await addAndSignIn(hub, 'lea', 'lead');
    await tell(lea, 'settlement-decided', answer);
    expect([(await view()).folded.stops, (await notAllowed()).length]).toEqual([[], 1]);
  });

  it('money and an upheld dispute count by a lead’s word only', async () => {
    const { openCents, invoices } = await view();
    const [invoice] = invoices;
    if (invoice === undefined) throw new Error('a case without an invoice');
    const statedCents = invoice.residualCents;
    const payment = {
      amountCents: 1_000, currency: 'EUR', paidOn: today(), method: null, evidence: 'statement, line 3',
      allocations: [{ invoiceId: invoice.invoiceId, part: 'capital', amountCents: 1_000, statedCents }],
    };
    const dispute = await tell(anna, 'outcome-recorded', {
      code: 'DSP', channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...noParts,
      dispute: { reason: 'price', invoiceId: invoice.invoiceId, amountCents: 2_000, currency: 'EUR', proof: 'none', owner: null, dueOn: null },
    }, 3);
    const closed = { targetFactId: dispute.header.id, result: 'upheld', upheldCents: 2_000, statedCents, note: 'the creditor agrees' };
    await tell(anna, 'payment-recorded', payment);
    await tell(anna, 'dispute-closed', closed);
    expect(await view()).toMatchObject({ openCents, disputedCents: 2_000 });
    const recorded = await tell(lina, 'payment-recorded', payment);
    await tell(lina, 'dispute-closed', closed);
    expect(await view()).toMatchObject({ openCents: openCents - 3_000, disputedCents: 0 });
    const reversal = { paymentId: recorded.header.id, reason: 'entered twice' };
    await tell(anna, 'payment-reversed', reversal);
    expect((await view()).openCents).toBe(openCents - 3_000);
    await tell(lina, 'payment-reversed', reversal);
    expect((await view()).openCents).toBe(openCents - 2_000);
    expect((await bodies(lina, 'flag')).map((body) => flagEntitySchema.parse(body).code)).toEqual(['not-allowed', 'not-allowed', 'not-allowed']);
  });
});
