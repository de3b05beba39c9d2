/**
 * A board under twenty-four hours of traffic, by a clock that runs as fast as the pushes: from noon to noon, with corrections, inbound calls and a
 * midnight between. What it shows at the end is what is counted by hand from what was pushed, a hub that has just started shows the same, and what
 * it keeps in memory is a day's, not a history.
 */
import { expect, it } from 'vitest';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LiveBoard } from '../../hub/board/live-board.ts';
import { pushFacts } from '../../hub/facts/push-facts.ts';
import type { CallId, FactId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Board, BoardHour } from '../../shared/protocol/board-protocol.ts';
import { boardSchema } from '../../shared/protocol/board-protocol.ts';
import { dateOfInstant, instantOf, timeOfInstant } from '../../shared/time.ts';
import { addAndSignIn, noAnswer, promiseToPay, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

const MINUTE_MS = 60_000;
const OPERATORS = 8;
const ZONE = 'Europe/Rome';
/** What a day of this traffic may leave: it is some hundred bytes a contact. */
const MOST_GROWTH_BYTES = 24 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it('figures equal to a recount by hand and to a hub that has just started; memory flat', async () => {
  const hub = await startTestHub();
  hub.clock.advance(instantOf(dateOfInstant(hub.clock.nowMs() + 86_400_000, ZONE), '12:00', ZONE) - hub.clock.nowMs());
  const operators: { device: TestDevice; userId: UserId; cases: Awaited<ReturnType<typeof plantCase>>[] }[] = [];
  for (let index = 0; index < OPERATORS; index += 1) {
    const { userId } = await addAndSignIn(hub, `operator${String(index)}`, 'collector');
    operators.push({ device: new TestDevice(userId), userId, cases: await Promise.all(Array.from({ length: 5 }, () => plantCase(hub.store, userId))) });
  }
  const options = { store: hub.store, clock: hub.clock, isPresent: () => false, onError: (error: unknown) => { throw error; } };
  const watched = new LiveBoard(options);
  const waiting: { until: (board: Board) => boolean; resolve: (board: Board) => void }[] = [];
  let seen = 0;
  let newest: Board | null = null;
  const stopWatching = watched.watch((message) => {
    const data = /^event: board\ndata: (.*)\n\n$/.exec(message.toString())?.[1];
    if (data === undefined) return;
    seen += 1;
    newest = boardSchema.parse(JSON.parse(data));
    for (const one of waiting.splice(0)) {
      if (one.until(newest)) one.resolve(newest);
      else waiting.push(one);
    }
  });
  const shows = (until: (board: Board) => boolean): Promise<Board> => (newest !== null && until(newest) ? Promise.resolve(newest) : new Promise((resolve) => { waiting.push({ until, resolve }); }));

  const said: { at: number; rightParty: boolean; cents: number; factId: FactId; annulled: boolean }[] = [];
  const calls: { at: number; rang: number; answered: boolean }[] = [];
  const heaps: number[] = [];
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const operator = operators[minute % OPERATORS]!;
    const planted = operator.cases[Math.floor(minute / OPERATORS) % operator.cases.length]!;
    const at = hub.clock.nowMs();
    const facts = [];
    const kind = minute % 7;
    const code = kind === 0 ? 'PTP' : kind < 3 ? 'RPC' : 'NA';
    const fact = operator.device.add(planted.caseId, 'outcome-recorded', code === 'PTP' ? promiseToPay(1_000 + minute, '2031-01-01') : { ...noAnswer(), code }, { at });
    facts.push(fact);
    said.push({ at, rightParty: code !== 'NA', cents: code === 'PTP' ? 1_000 + minute : 0, factId: fact.header.id, annulled: false });
    if (minute % 49 === 0) {
      said.at(-1)!.annulled = true;
      facts.push(operator.device.add(planted.caseId, 'outcome-corrected', { targetFactId: fact.header.id, reason: 'slip of the pen', replacement: null }, { at }));
    }
    // A group rings, and another place takes it: here it was neither missed nor answered.
    const isElsewhere = minute % 10 === 9;
    if (minute % 5 === 0 || isElsewhere) {
      const callId = newId<CallId>();
      const call = { at, rang: minute % 30, answered: minute % 3 !== 0 };
      if (!isElsewhere) calls.push(call);
      facts.push(operator.device.add(null, 'call-started', { direction: 'inbound', pointId: null, partyId: null, by: 'softphone' }, { at, callId }));
      facts.push(operator.device.add(null, 'call-ended', {
        cause: isElsewhere ? (minute % 20 === 9 ? 'cancelled' : 'transferred') : call.answered ? 'hung-up' : 'missed', by: 'them', sipStatus: null, q850: null,
        ringSeconds: call.rang, talkSeconds: call.answered && !isElsewhere ? 30 : null, quality: null, isDropped: false, number: 2, permitFactId: null,
      }, { at, callId, version: 2 }));
    }
    const pushed = await pushFacts(hub.store, hub.clock, { deviceId: operator.device.deviceId, actor: operator.userId, facts });
    if (!pushed.ok || pushed.value.status !== 'stored') throw new Error('not stored');
    // The chain goes on from its last link; the others are let go, or this test's own memory would be measured.
    operator.device.facts.splice(0, operator.device.facts.length - 1, ...operator.device.facts.slice(0, -1).map(() => fact));
    if (minute % 240 === 239) {
      const revision = await hub.store.sequence();
      await shows((board) => board.revision >= revision);
      heaps.push(heapBytes());
    }
    hub.clock.advance(MINUTE_MS);
  }
  const revision = await hub.store.sequence();
  const shown = await shows((board) => board.revision >= revision && board.hours.some(({ hour }) => hour === 11));
  const startMs = instantOf(shown.day, '00:00', ZONE);
  const today = said.filter(({ at, annulled }) => at >= startMs && !annulled);
  const hours = new Map<number, BoardHour>();
  for (const { at, rightParty, cents } of today) {
    const hour = Number(timeOfInstant(at, ZONE).slice(0, 2));
    const before = hours.get(hour) ?? { hour, contacts: 0, rightParty: 0, promises: 0 };
    hours.set(hour, { hour, contacts: before.contacts + 1, rightParty: before.rightParty + (rightParty ? 1 : 0), promises: before.promises + (cents > 0 ? 1 : 0) });
  }
  expect(today.length).toBeGreaterThan(650);
  expect(shown.hours).toEqual([...hours.values()].sort((a, b) => a.hour - b.hour));
  expect(shown.promisedToday).toEqual([{ currency: 'EUR', cents: today.reduce((sum, { cents }) => sum + cents, 0) }]);
  const rung = calls.filter(({ at }) => at >= startMs);
  const answered = rung.filter((call) => call.answered);
  expect(shown.inbound).toEqual({ waiting: 0, answered: answered.length, answeredInTime: answered.filter(({ rang }) => rang <= 20).length, missed: rung.length - answered.length });
  // Watched, not asked: many snapshots, far fewer than pushes.
  expect(seen).toBeGreaterThan(6);

  const { computedAt: _then, ...recounted } = await new LiveBoard(options).read();
  const { computedAt: _now, ...kept } = await watched.read();
  expect(kept).toEqual(recounted);
  expect(Math.max(...heaps) - heaps[0]!).toBeLessThan(MOST_GROWTH_BYTES);
  stopWatching();
  await hub.discard();
});
