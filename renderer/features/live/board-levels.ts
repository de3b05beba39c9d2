/**
 * What wants a look on the board, by the lead's own thresholds.
 *
 * Invariants: a level is told by word, shape and colour, never by one alone; an alarm is a figure at the worst level, known by its queue and
 * its measure, so that it sounds once and not with every snapshot.
 */
import type { BoardThresholds } from '../../../shared/contract/settings-channels.ts';
import type { Board, BoardInbound, BoardQueue, QueueMeasure } from '../../../shared/protocol/board-protocol.ts';
import { serviceLevelPercent } from '../../../shared/protocol/board-protocol.ts';

export type Level = 'none' | 'good' | 'watch' | 'bad';
export const levelMeasures = ['callbacksLate', 'callbacksUncovered'] as const;
export type LevelMeasure = (typeof levelMeasures)[number];
export const alarmKinds = [...levelMeasures, 'serviceLevel', 'inboundWaiting'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** The columns, the series of the chart and the fields of the thresholds. */
export const shownMeasures = ['toWork', 'dueNow', 'workedToday', 'talkedToday', 'promises', 'promisesBroken', 'callbacksLate', 'callbacksUncovered', 'rested', 'waiting'] as const satisfies readonly QueueMeasure[];
export const hourSeries = ['contacts', 'rightParty', 'promises'] as const;
export const thresholdPairs = ['serviceLevel', ...levelMeasures, 'inboundWaiting'] as const;

export interface Alarm { key: string; kind: AlarmKind; queue: BoardQueue | null; value: number }

/** Of a count that should be zero. */
export function levelOfCount(count: number, { watch, bad }: { watch: number; bad: number }): Level {
  if (count >= bad) return 'bad';
  return count >= watch ? 'watch' : 'none';
}

export function levelOfService(inbound: BoardInbound, { serviceLevel: { good, bad } }: BoardThresholds): Level {
  const percent = serviceLevelPercent(inbound);
  if (percent === null) return 'none';
  if (percent >= good) return 'good';
  return percent <= bad ? 'bad' : 'watch';
}

/** Whether the list lasts beyond the hour at which work should end. */
export function levelOfEnd(endsAtMs: number | null, workEndsAtMs: number): Level {
  if (endsAtMs === null) return 'none';
  return endsAtMs > workEndsAtMs ? 'watch' : 'good';
}

export function findAlarms(board: Board, thresholds: BoardThresholds): Alarm[] {
  const alarms: Alarm[] = [];
  if (levelOfCount(board.inbound.waiting, thresholds.inboundWaiting) === 'bad') alarms.push({ key: 'inboundWaiting', kind: 'inboundWaiting', queue: null, value: board.inbound.waiting });
  if (levelOfService(board.inbound, thresholds) === 'bad') alarms.push({ key: 'serviceLevel', kind: 'serviceLevel', queue: null, value: serviceLevelPercent(board.inbound) ?? 0 });
  for (const queue of board.queues) {
    for (const kind of levelMeasures) {
      if (levelOfCount(queue.counts[kind], thresholds[kind]) !== 'bad') continue;
      alarms.push({ key: `${queueKey(queue)} ${kind}`, kind, queue, value: queue.counts[kind] });
    }
  }
  return alarms;
}

/** Those that were not there before. @param before null: the board was opened just now, and what stood already is no news */
export function alarmsBegun(before: ReadonlySet<string> | null, alarms: readonly Alarm[]): Alarm[] {
  return before === null ? [] : alarms.filter(({ key }) => !before.has(key));
}

/** Each kind once: all that the desktop is told. */
export function kindsOf(alarms: readonly Alarm[]): AlarmKind[] {
  return [...new Set(alarms.map(({ kind }) => kind))];
}

export function queueKey({ creditorId, tone, currency }: Pick<BoardQueue, 'creditorId' | 'tone' | 'currency'>): string {
  return `${creditorId} ${tone} ${currency}`;
}
