/** The figures of all queues together, with their levels: as tiles on the board, larger on the wall. */
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import type { BoardThresholds } from '../../../shared/contract/settings-channels.ts';
import type { Board, QueueMeasure } from '../../../shared/protocol/board-protocol.ts';
import { serviceLevelPercent } from '../../../shared/protocol/board-protocol.ts';
import type { Level } from './board-levels.ts';
import { levelOfCount, levelOfEnd, levelOfService } from './board-levels.ts';
import { LevelMark } from './level-mark.tsx';

export function LiveTotals({ board, thresholds, workEndsAtMs }: { board: Board; thresholds: BoardThresholds; workEndsAtMs: number }): ReactNode {
  const { t, format } = useWords();
  const sum = (measure: QueueMeasure): number => board.queues.reduce((total, { counts }) => total + counts[measure], 0);
  const percent = serviceLevelPercent(board.inbound);
  const { waiting, answered, missed } = board.inbound;
  const ends = board.queues.flatMap(({ endsAtMs }) => (endsAtMs === null ? [] : [endsAtMs]));
  const last = ends.length === 0 ? null : Math.max(...ends);
  const lasting = board.queues.filter(({ counts }) => counts.toWork > 0).length;
  const promises = board.hours.reduce((total, hour) => total + hour.promises, 0);
  const amounts = board.promisedToday.map(({ currency, cents }) => format.money(cents, currency)).join(' · ');
  return (
    <section className="live-totals" aria-label={t('lead.totals')}>
      <Tile label={t('live.total.dueNow')} value={format.count(sum('dueNow'))} note={t('live.total.dueNowNote', { total: format.count(sum('toWork')) })} />
      <Tile label={t('live.total.worked')} value={format.count(sum('workedToday'))} note={t('live.total.workedNote', { total: format.count(sum('talkedToday')) })} />
      <Tile label={t('live.total.promised')} value={format.count(promises)} note={amounts === '' ? t('live.total.promisedNote') : amounts} />
      <Tile
        label={t('live.total.callbacks')} value={format.count(sum('callbacksLate'))} level={worst([...board.queues.flatMap(({ counts }) => [
          levelOfCount(counts.callbacksLate, thresholds.callbacksLate), levelOfCount(counts.callbacksUncovered, thresholds.callbacksUncovered)])])}
        note={t('live.total.callbacksNote', { total: format.count(sum('callbacksUncovered')) })}
      />
      <Tile
        label={t('live.total.inbound')} value={percent === null ? '–' : `${String(percent)} %`} level={levelOfService(board.inbound, thresholds)}
        note={t('live.total.inboundNote', { answered: format.count(answered), missed: format.count(missed) })}
      />
      <Tile label={t('live.total.waiting')} value={format.count(waiting)} level={levelOfCount(waiting, thresholds.inboundWaiting)} note={t('live.total.waitingNote')} />
      <Tile
        label={t('live.total.ends')} value={last === null ? '–' : format.isToday(last) ? format.time(last) : format.past(last)} level={ends.length === lasting ? levelOfEnd(last, workEndsAtMs) : 'none'}
        note={last === null ? t('live.total.endsUnknown') : t('live.total.endsNote', { known: format.count(ends.length), total: format.count(lasting) })}
      />
    </section>
  );
}

const Tile = memo(function Tile({ label, value, note, level = 'none' }: { label: string; value: string; note: string; level?: Level }): ReactNode {
  return (
    <div className={`live-tile card live-tile-${level}`}>
      <h2>{label}</h2>
      <p className="live-value">{value} <LevelMark level={level} /></p>
      <p className="dim">{note}</p>
    </div>
  );
});

function worst(levels: readonly Level[]): Level {
  return (['bad', 'watch', 'good'] as const).find((level) => levels.includes(level)) ?? 'none';
}
