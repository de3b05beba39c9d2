/** My own numbers of today: in the bar, and in a small panel with the hours. Nobody else sees them. */
import ButtonBase from '@mui/material/ButtonBase';
import Popover from '@mui/material/Popover';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '../bridge/use-query.ts';
import type { TodayScreen } from '../../shared/contract/screens.ts';
import { useWords } from './i18n.ts';

export function TodayNumbers(): ReactNode {
  const { t, format } = useWords();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const today = useQuery('show-today', {}).data;
  if (today === null) return null;
  return (
    <>
      <ButtonBase className="chip chip-today" aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => { setAnchor(event.currentTarget); }}>
        <span className="chip-word">{t('bar.today')}</span>
        <span className="fits">
          <span><b>{format.count(today.calls)}</b> {t('bar.calls', { count: today.calls })}</span>
          <span><b>{format.count(today.rightParty)}</b> {t('bar.rightParty', { count: today.rightParty })}</span>
          <span><b>{format.count(today.promises)}</b> {t('bar.promises', { count: today.promises })}</span>
        </span>
      </ButtonBase>
      <Popover
        open={anchor !== null} anchorEl={anchor} onClose={() => { setAnchor(null); }} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }} slotProps={{ paper: { role: 'dialog', 'aria-labelledby': 'today-title', className: 'today-paper' } }}
      >
        <TodayPanel today={today} />
      </Popover>
    </>
  );
}

function TodayPanel({ today }: { today: TodayScreen }): ReactNode {
  const { t, format } = useWords();
  const { promised } = today;
  return (
    <div className="today-panel" tabIndex={-1}>
      <h2 id="today-title">{t('today.title')}</h2>
      <dl className="today-facts">
        <div><dt>{t('today.calls')}</dt><dd>{format.count(today.calls)}</dd></div>
        <div><dt>{t('today.rightParty')}</dt><dd>{format.count(today.rightParty)}</dd></div>
        <div><dt>{t('today.contactRate')}</dt><dd>{today.contactPercent === null ? '–' : `${format.count(today.contactPercent)} %`}</dd></div>
        <div><dt>{t('today.promises')}</dt><dd>{format.count(today.promises)}</dd></div>
        <div><dt>{t('today.promised')}</dt><dd>{promised.length === 0 ? '–' : promised.map((sum) => format.money(sum.amountCents, sum.currency)).join(' + ')}</dd></div>
      </dl>
      <HourChart byHour={today.byHour} />
      <p className="dim today-note">{t('today.onlyMine')}</p>
    </div>
  );
}

const BAR_WIDTH = 22;
const CHART_HEIGHT = 72;

/** Calls by hour, right-party contacts in full colour; the same as text for who does not see it. */
function HourChart({ byHour }: { byHour: TodayScreen['byHour'] }): ReactNode {
  const { t } = useWords();
  const most = Math.max(1, ...byHour.map(({ calls }) => calls));
  const heightOf = (count: number): number => Math.round((count / most) * CHART_HEIGHT);
  const spoken = byHour.filter(({ calls }) => calls > 0).map((hour) => t('today.hour', { hour: hour.hour, calls: hour.calls, rightParty: hour.rightParty })).join('; ');
  return (
    <figure className="today-chart">
      <figcaption>{t('today.byHour')} <span className="dim"><i className="swatch swatch-calls" aria-hidden="true" /> {t('today.calls')} <i className="swatch swatch-right" aria-hidden="true" /> {t('today.rightParty')}</span></figcaption>
      <svg viewBox={`0 0 ${String(byHour.length * BAR_WIDTH)} ${String(CHART_HEIGHT + 30)}`} role="img" aria-label={spoken === '' ? t('today.noCalls') : spoken}>
        {byHour.map(({ hour, calls, rightParty }, place) => {
          const x = place * BAR_WIDTH;
          return (
            <g key={hour}>
              <rect x={x + 3} y={14 + CHART_HEIGHT - heightOf(calls)} width={BAR_WIDTH - 6} height={heightOf(calls)} className="bar-calls" />
              <rect x={x + 3} y={14 + CHART_HEIGHT - heightOf(rightParty)} width={BAR_WIDTH - 6} height={heightOf(rightParty)} className="bar-right" />
              {calls === 0 ? null : <text x={x + BAR_WIDTH / 2} y={10 + CHART_HEIGHT - heightOf(calls)} className="bar-count">{calls}</text>}
              <text x={x + BAR_WIDTH / 2} y={CHART_HEIGHT + 27} className="bar-hour">{hour}</text>
            </g>
          );
        })}
        <line x1="0" x2={byHour.length * BAR_WIDTH} y1={CHART_HEIGHT + 14.5} y2={CHART_HEIGHT + 14.5} className="bar-base" />
      </svg>
    </figure>
  );
}
