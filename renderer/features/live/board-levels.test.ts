import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../shared/contract/settings-channels.ts';
import type { Board } from '../../../shared/protocol/board-protocol.ts';
import { boardSchema } from '../../../shared/protocol/board-protocol.ts';
import { alarmsBegun, findAlarms, kindsOf, levelOfCount, levelOfEnd, levelOfService } from './board-levels.ts';

const thresholds = defaultSettings.board;
const calls = (answeredInTime: number, answered: number, missed: number): Board['inbound'] => ({ waiting: 0, answered, answeredInTime, missed });

describe('levels', () => {
  it.each([[90, 'good'], [89, 'watch'], [61, 'watch'], [60, 'bad'], [0, 'bad']])('service level %i is %s', (inTime, level) => {
    expect(levelOfService(calls(inTime, inTime, 100 - inTime), thresholds)).toBe(level);
  });

  it('a call that was answered late counts against the level, and where none came there is none', () => {
    expect(levelOfService(calls(60, 100, 0), thresholds)).toBe('bad');
    expect(levelOfService(calls(0, 0, 0), thresholds)).toBe('none');
  });

  it('counts that should be zero', () => {
    expect([0, 1, 4, 5, 6].map((count) => levelOfCount(count, { watch: 1, bad: 5 }))).toEqual(['none', 'watch', 'watch', 'bad', 'bad']);
  });

  it('a list that lasts beyond the end of work', () => {
    expect([levelOfEnd(null, 10), levelOfEnd(10, 10), levelOfEnd(11, 10)]).toEqual(['none', 'good', 'watch']);
  });
});

it('alarms are figures at the worst level, each known by its queue and measure', () => {
  const counts = { toWork: 0, dueNow: 0, workedToday: 0, talkedToday: 0, promises: 0, promisesBroken: 0, callbacksToday: 0, callbacksLate: 5, callbacksUncovered: 1, rested: 0, waiting: 0 };
  const queue = { creditorId: '01890000-0000-7000-8000-000000000001', creditorName: 'Acqua', tone: 'courtesy', currency: 'EUR', counts, promisedCents: 0, openCents: 0, endsAtMs: null };
  const board = boardSchema.parse({ revision: 1, computedAt: 1, day: '2026-11-24', queues: [queue], hours: [], promisedToday: [], inbound: { waiting: 3, answered: 0, answeredInTime: 0, missed: 1 } });
  expect(findAlarms(board, thresholds).map(({ kind, value }) => [kind, value])).toEqual([['inboundWaiting', 3], ['serviceLevel', 0], ['callbacksLate', 5]]);
});

it('the desktop is told of alarms that begin: which kinds, once each, and none that stood when the board was opened', () => {
  const alarm = (key: string, kind: 'callbacksLate' | 'inboundWaiting'): ReturnType<typeof findAlarms>[number] => ({ key, kind, queue: null, value: 7 });
  const alarms = [alarm('a callbacksLate', 'callbacksLate'), alarm('b callbacksLate', 'callbacksLate'), alarm('inboundWaiting', 'inboundWaiting')];
  expect(alarmsBegun(null, alarms)).toEqual([]);
  expect(kindsOf(alarmsBegun(new Set(['a callbacksLate']), alarms))).toEqual(['callbacksLate', 'inboundWaiting']);
  expect(alarmsBegun(new Set(alarms.map(({ key }) => key)), alarms)).toEqual([]);
});
