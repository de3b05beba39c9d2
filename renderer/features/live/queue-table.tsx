/** The queues in figures; a row is drawn anew only when its own figures change, and each figure of cases leads to them. */
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import type { BoardThresholds } from '../../../shared/contract/settings-channels.ts';
import type { BoardQueue, QueueMeasure } from '../../../shared/protocol/board-protocol.ts';
import type { CaseMeasure } from '../../../shared/protocol/lead-protocol.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useLead } from '../lead/lead-store.ts';
import { useRows } from '../lead/use-rows.ts';
import { levelOfCount, levelOfEnd, queueKey, shownMeasures } from './board-levels.ts';
import { LevelMark } from './level-mark.tsx';

/** Of these the lead's search has a filter; the others are of the moment. */
const found: Partial<Record<QueueMeasure, CaseMeasure>> = {
  dueNow: 'toWork', workedToday: 'workedToday', talkedToday: 'talkedToday', promises: 'promises', promisesBroken: 'promisesBroken', callbacksLate: 'callbacksLate', waiting: 'waiting',
};

interface Props { queues: readonly BoardQueue[]; thresholds: BoardThresholds; workEndsAtMs: number }

export function QueueTable({ queues, thresholds, workEndsAtMs }: Props): ReactNode {
  const { t } = useWords();
  const rowProps = useRows<HTMLDivElement>();
  return (
    <div {...rowProps} className="lists-scroll">
      <table className="lists live-queues" data-testid="queues">
        <caption className="visually-hidden">{t('live.queues')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('lead.column.creditor')}</th>
            <th scope="col">{t('lead.phase')}</th>
            {shownMeasures.map((measure) => <th key={measure} scope="col" className="num" title={t(`live.about.${measure}`)}>{t(`live.measure.${measure}`)}</th>)}
            <th scope="col" className="num" title={t('live.about.ends')}>{t('live.ends')}</th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => <QueueRow key={queueKey(queue)} queue={queue} thresholds={thresholds} workEndsAtMs={workEndsAtMs} />)}
        </tbody>
      </table>
    </div>
  );
}

const QueueRow = memo(function QueueRow({ queue, thresholds, workEndsAtMs }: { queue: BoardQueue; thresholds: BoardThresholds; workEndsAtMs: number }): ReactNode {
  const { t, format } = useWords();
  const { creditorName, tone, counts, endsAtMs } = queue;
  return (
    <tr data-row>
      <th scope="row" title={creditorName}>{creditorName}</th>
      <td><ToneTag mark={tone} /></td>
      {shownMeasures.map((measure) => (
        <td key={measure} className="num">
          <Figure queue={queue} measure={measure} />
          {measure === 'callbacksLate' || measure === 'callbacksUncovered' ? <LevelMark isShort level={levelOfCount(counts[measure], thresholds[measure])} /> : null}
          {measure === 'promises' && queue.promisedCents > 0 ? <span className="figure-note">{format.money(queue.promisedCents, queue.currency)}</span> : null}
        </td>
      ))}
      <td className="num">
        {counts.toWork === 0 ? <span className="dim">{t('live.finished')}</span> : endsAtMs === null ? <span className="faint">–</span> : <>{endText(endsAtMs, format)} <LevelMark isShort level={levelOfEnd(endsAtMs, workEndsAtMs)} /></>}
      </td>
    </tr>
  );
}, (before, after) => before.thresholds === after.thresholds && before.workEndsAtMs === after.workEndsAtMs && sameFigures(before.queue, after.queue));

/** A snapshot is parsed anew each time: what counts is what it says. The moment of the end is shown to the minute. */
function sameFigures(before: BoardQueue, after: BoardQueue): boolean {
  const text = ({ endsAtMs, ...queue }: BoardQueue): string => JSON.stringify({ ...queue, ends: endsAtMs === null ? null : Math.floor(endsAtMs / 60_000) });
  return before === after || text(before) === text(after);
}

function Figure({ queue, measure }: { queue: BoardQueue; measure: QueueMeasure }): ReactNode {
  const { t, format } = useWords();
  const { creditorId, creditorName, tone, counts } = queue;
  const filter = found[measure];
  if (counts[measure] === 0) return <span className="faint">–</span>;
  if (filter === undefined) return <>{format.count(counts[measure])}</>;
  return (
    <button
      type="button" className="figure-link"
      aria-label={t('lead.showCases', { measure: t(`live.measure.${measure}`), count: counts[measure], creditor: creditorName, tone: t(`tone.${tone}`) })}
      onClick={() => {
        useLead.getState().setList({ creditorName, filter: { creditorId, tone, measure: filter } });
        useNavigation.getState().go({ name: 'home' });
      }}
    >
      {format.count(counts[measure])}
    </button>
  );
}

/** A time of today, or the day when it is another one. */
function endText(endsAtMs: number, format: ReturnType<typeof useWords>['format']): string {
  return format.isToday(endsAtMs) ? format.time(endsAtMs) : format.past(endsAtMs);
}
