/** The live board at the hub, on both stores: figures, how they follow, what reaches a watcher, and that nobody is in it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createParser } from 'eventsource-parser';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CallId, CaseId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Board } from '../../shared/protocol/board-protocol.ts';
import { boardSchema } from '../../shared/protocol/board-protocol.ts';
import { addDays, dateOfInstant, instantOf } from '../../shared/time.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, noAnswer, promiseToPay, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

const HOUR_MS = 3_600_000;

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

interface Watched { events: { event: string | undefined; data: string }[]; next(until: (board: Board) => boolean): Promise<Board>; close(): Promise<void> }

/** Reads the stream as a board does. */
async function watch(person: SignedIn): Promise<Watched> {
  const response = await person.call('GET', '/v1/board/live');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const events: Watched['events'] = [];
  const parser = createParser({ onEvent: ({ event, data }) => { events.push({ event, data }); } });
  let read = 0;
  return {
    events,
    async next(until) {
      for (;;) {
        for (; read < events.length; read += 1) {
          const { event, data } = events[read]!;
          if (event !== 'board') continue;
          const board = boardSchema.parse(JSON.parse(data));
          if (until(board)) return board;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream ended');
        parser.feed(value);
      }
    },
    close: () => reader.cancel(),
  };
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let postgresUrl: string | undefined;
  let hub: TestHub;
  let lina: SignedIn;
  let anna: SignedIn;
  let planted: PlantedCase;
  let device: TestDevice;

  beforeEach(async () => {
    postgresUrl = dialect === 'postgres' ? await server.createDatabase() : undefined;
    hub = await startTestHub(postgresUrl === undefined ? {} : { postgresUrl });
    // Eleven in the morning of tomorrow, at the site.
    hub.clock.advance(instantOf(addDays(dateOfInstant(hub.clock.nowMs(), 'Europe/Rome'), 1), '11:00', 'Europe/Rome') - hub.clock.nowMs());
    lina = await addAndSignIn(hub, 'lina', 'lead');
    anna = await addAndSignIn(hub, 'anna', 'collector');
    planted = await plantCase(hub.store, anna.userId);
    device = new TestDevice(anna.userId);
  });
  afterEach(() => hub.discard());

  async function tell(caseId: CaseId | null, type: string, body: Fact['body'], more: Parameters<TestDevice['add']>[3] = {}): Promise<Fact> {
    const fact = device.add(caseId, type, body, { at: hub.clock.nowMs(), ...more });
    expect(await device.push(anna, [fact])).toMatchObject({ status: 'stored' });
    // On PostgreSQL the feed is numbered behind the commit, and the hours follow its numbers.
    await hub.store.sequence();
    return fact;
  }
  async function board(person: SignedIn = lina): Promise<Board> {
    const response = await person.call('GET', '/v1/board');
    expect(response.status, hub.log()).toBe(200);
    return boardSchema.parse(await response.json());
  }
  function ringing(seconds: { rang: number; talked: number | null }): Fact['body'] {
    return {
      cause: seconds.talked === null ? 'missed' : 'hung-up', by: 'them', sipStatus: null, q850: null, ringSeconds: seconds.rang, talkSeconds: seconds.talked, quality: null,
      isDropped: false, number: 9, permitFactId: null,
    };
  }

  it('counts queues, hours and what was promised; a correction and an annulment change them', async () => {
    const before = await board();
    expect(before.queues).toMatchObject([{ creditorId: planted.creditorId, tone: 'reminder', openCents: 10_000, counts: { toWork: 1, dueNow: 1, workedToday: 0 } }]);
    expect([before.hours, before.promisedToday]).toEqual([[], []]);

    const callId = newId<CallId>();
    await tell(planted.caseId, 'outcome-recorded', noAnswer(), { at: hub.clock.nowMs() - HOUR_MS });
    const promise = await tell(planted.caseId, 'outcome-recorded', promiseToPay(4_000, addDays(before.day, 5)), { callId });
    await tell(planted.caseId, 'outcome-recorded', { ...noAnswer(), code: 'RPC' }, { callId });
    const worked = await board();
    expect(worked.queues[0]).toMatchObject({ counts: { workedToday: 1, talkedToday: 1, promises: 1, toWork: 0, dueNow: 0, rested: 0 }, promisedCents: 4_000 });
    // Two outcomes of one call are one contact.
    expect(worked.hours).toEqual([{ hour: 10, contacts: 1, rightParty: 0, promises: 0 }, { hour: 11, contacts: 1, rightParty: 1, promises: 1 }]);
    expect(worked.promisedToday).toEqual([{ currency: 'EUR', cents: 4_000 }]);
    expect(worked.revision).toBeGreaterThan(before.revision);

    await tell(planted.caseId, 'outcome-corrected', { targetFactId: promise.header.id, reason: 'slip of the pen', replacement: null });
    const corrected = await board();
    expect(corrected.hours).toEqual([{ hour: 10, contacts: 1, rightParty: 0, promises: 0 }, { hour: 11, contacts: 1, rightParty: 1, promises: 0 }]);
    expect(corrected.promisedToday).toEqual([]);
  });

  it('a process that starts in the middle of the day counts the same; another one on the database as well', async () => {
    await tell(planted.caseId, 'outcome-recorded', promiseToPay(4_000, '2031-01-01'));
    const callId = newId<CallId>();
    await tell(null, 'call-started', { direction: 'inbound', pointId: null, partyId: null, by: 'softphone' }, { callId });
    await tell(null, 'call-ended', ringing({ rang: 8, talked: 60 }), { callId, version: 2 });
    const followed = await board();
    expect(followed.inbound).toEqual({ waiting: 0, answered: 1, answeredInTime: 1, missed: 0 });
    const other = await startTestHub(postgresUrl === undefined ? { dataDir: hub.dataDir } : { postgresUrl });
    other.clock.advance(hub.clock.nowMs() - other.clock.nowMs());
    const recounted = await board(await signInOver(other, 'lina'));
    const { computedAt: _a, ...there } = recounted;
    const { computedAt: _b, ...here } = followed;
    expect(there).toEqual(here);
    await other.stop();
  });

  it('inbound calls: answered within twenty seconds, later, missed, waiting; outbound ones are none', async () => {
    const started = { direction: 'inbound', pointId: null, partyId: null, by: 'softphone' };
    for (const end of [{ rang: 20, talked: 5 }, { rang: 21, talked: 5 }, { rang: 30, talked: null }]) {
      const callId = newId<CallId>();
      await tell(null, 'call-started', started, { callId });
      await tell(null, 'call-ended', ringing(end), { callId, version: 2 });
    }
    await tell(null, 'call-started', started, { callId: newId<CallId>() });
    const out = newId<CallId>();
    await tell(planted.caseId, 'call-started', { ...started, direction: 'outbound' }, { callId: out });
    await tell(planted.caseId, 'call-ended', ringing({ rang: 5, talked: 60 }), { callId: out, version: 2 });
    expect((await board()).inbound).toEqual({ waiting: 1, answered: 2, answeredInTime: 1, missed: 1 });
    // A ring whose end nobody told is over after three minutes.
    hub.clock.advance(3 * 60_000 + 1);
    expect((await board()).inbound).toEqual({ waiting: 0, answered: 2, answeredInTime: 1, missed: 2 });
  });

  it('midnight begins anew, and what was worked yesterday is nobody\'s today', async () => {
    await tell(planted.caseId, 'outcome-recorded', noAnswer());
    expect((await board()).hours).toHaveLength(1);
    hub.clock.advance(13 * HOUR_MS + 60_000);
    const tomorrow = await board(await signInOver(hub, 'lina'));
    expect(tomorrow.hours).toEqual([]);
    expect(tomorrow.queues[0]!.counts).toMatchObject({ workedToday: 0, toWork: 1 });
  });

  it('a callback that nobody connected has is uncovered; once its operator is connected it is not', async () => {
    await tell(planted.caseId, 'outcome-recorded', { ...noAnswer(), code: 'CBK', callback: { at: hub.clock.nowMs() + 20 * 60_000, zone: 'Europe/Rome', audience: 'only-me' } });
    expect((await board()).queues[0]!.counts).toMatchObject({ callbacksToday: 1, callbacksUncovered: 1, callbacksLate: 0 });
    const gone = hub.presence.open(anna.userId);
    hub.clock.advance(60_000);
    await tell(planted.caseId, 'note-added', { text: 'something new' });
    expect((await board()).queues[0]!.counts).toMatchObject({ callbacksToday: 1, callbacksUncovered: 0 });
    gone();
  });

  it('the stream carries whole snapshots, the first at once; one that comes back has lost nothing; nobody is in any of them', async () => {
    const first = await watch(lina);
    expect((await first.next(() => true)).hours).toEqual([]);
    await tell(planted.caseId, 'outcome-recorded', noAnswer());
    const seen = await first.next(({ hours }) => hours.length === 1);
    await first.close();
    await tell(planted.caseId, 'outcome-recorded', promiseToPay(2_000, '2031-01-01'));
    const second = await watch(lina);
    const back = await second.next(({ promisedToday }) => promisedToday.length === 1);
    expect(back.revision).toBeGreaterThan(seen.revision);
    await second.close();
    const text = JSON.stringify([...first.events, ...second.events]);
    for (const name of [anna.userId, 'anna', lina.userId, 'lina', device.deviceId]) expect(text).not.toContain(name);
  });
});

it('twenty boards are told by one count, and nothing is counted when the last has gone', async () => {
  const hub = await startTestHub();
  const lina = await addAndSignIn(hub, 'lina', 'lead');
  const anna = await addAndSignIn(hub, 'anna', 'collector');
  const { caseId } = await plantCase(hub.store, anna.userId);
  let reads = 0;
  const read = hub.store.read.bind(hub.store);
  hub.store.read = (work) => {
    reads += 1;
    return read(work);
  };
  const boards = await Promise.all(Array.from({ length: 20 }, () => watch(lina)));
  const device = new TestDevice(anna.userId);
  device.add(caseId, 'outcome-recorded', noAnswer());
  await device.push(anna);
  const seen = await Promise.all(boards.map((one) => one.next(({ queues }) => queues[0]?.counts.workedToday === 1)));
  expect(new Set(seen.map(({ computedAt, revision }) => `${String(computedAt)} ${String(revision)}`)).size).toBe(1);
  expect(reads).toBeLessThan(20);
  await Promise.all(boards.map((one) => one.close()));
  await hub.discard();
});
