/** Contacts, right-party contacts and promises by the hour of today; the same figures stand in a table for who cannot see it. */
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { hourSeries } from './board-levels.ts';
import type { BoardHour } from '../../../shared/protocol/board-protocol.ts';

const WIDTH = 1080;
const HEIGHT = 132;
const FOOT = 18;
const HEAD = 14;
/** The hours that are always shown: those in which one may call. */
const FIRST_HOUR = 8;
const LAST_HOUR = 20;

export const HourChart = memo(function HourChart({ hours }: { hours: readonly BoardHour[] }): ReactNode {
  const { t, format } = useWords();
  const shown = hoursShown(hours);
  const most = Math.max(1, ...hours.map(({ contacts, rightParty, promises }) => Math.max(contacts, rightParty, promises)));
  const step = WIDTH / shown.length;
  const bar = Math.min(18, step / 4);
  const heightOf = (count: number): number => (count / most) * (HEIGHT - FOOT - HEAD);
  return (
    <figure className="hour-chart">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden="true" preserveAspectRatio="xMidYMid meet">
        <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className="hour-base" />
        {shown.map((hour, index) => (
          <g key={hour.hour} transform={`translate(${String(index * step + (step - 3 * bar) / 2)} 0)`}>
            {hourSeries.map((series, place) => {
              const height = heightOf(hour[series]);
              return <rect key={series} className={`hour-bar hour-${series}`} x={place * bar} width={Math.max(1, bar - 1)} y={HEIGHT - FOOT - height} height={height} rx="1.5" />;
            })}
            {hour.contacts === 0 ? null : <text x={1.5 * bar} y={HEIGHT - FOOT - heightOf(hour.contacts) - 4} className="hour-count">{format.count(hour.contacts)}</text>}
            <text x={1.5 * bar} y={HEIGHT - 4} className="hour-name">{String(hour.hour)}</text>
          </g>
        ))}
      </svg>
      <figcaption className="hour-legend">
        {hourSeries.map((series) => <span key={series}><i className={`hour-key hour-${series}`} aria-hidden="true" />{t(`live.series.${series}`)} <b>{format.count(hours.reduce((sum, hour) => sum + hour[series], 0))}</b></span>)}
      </figcaption>
      <table className="visually-hidden">
        <caption>{t('live.hours')}</caption>
        <thead><tr><th scope="col">{t('live.hour')}</th>{hourSeries.map((series) => <th key={series} scope="col">{t(`live.series.${series}`)}</th>)}</tr></thead>
        <tbody>{hours.map((hour) => <tr key={hour.hour}><th scope="row">{hour.hour}</th>{hourSeries.map((series) => <td key={series}>{format.count(hour[series])}</td>)}</tr>)}</tbody>
      </table>
    </figure>
  );
}, (before, after) => JSON.stringify(before.hours) === JSON.stringify(after.hours));

function hoursShown(hours: readonly BoardHour[]): BoardHour[] {
  const known = new Map(hours.map((hour) => [hour.hour, hour]));
  const first = Math.min(FIRST_HOUR, ...known.keys());
  const last = Math.max(LAST_HOUR, ...known.keys());
  return Array.from({ length: last - first + 1 }, (_, index) => known.get(first + index) ?? { hour: first + index, contacts: 0, rightParty: 0, promises: 0 });
}
