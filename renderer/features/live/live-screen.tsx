/** The live board: queues, hours, totals and alarms of now, in figures only; on a key the whole window, to be read from afar. Names stand on it only where the agreement with the workers covers them, and never on the wall. */
import Button from '@mui/material/Button';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import './live.css';
import { siteZone } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { saveSetting, useSettings } from '../../app/settings-store.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { BOARD_ASK_EVERY_MS } from '../../../shared/contract/board-channels.ts';
import type { BoardScreen } from '../../../shared/contract/board-channels.ts';
import type { Board } from '../../../shared/protocol/board-protocol.ts';
import { instantOf } from '../../../shared/time.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import type { Alarm } from './board-levels.ts';
import { findAlarms } from './board-levels.ts';
import { BoardLine } from './board-line.tsx';
import { HourChart } from './hour-chart.tsx';
import { LevelMark } from './level-mark.tsx';
import { LiveTotals } from './live-totals.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { QueueTable } from './queue-table.tsx';
import { ShareForm } from './share-form.tsx';
import { PriorityForm } from '../lead/priority-form.tsx';
import { PriorityList } from './priority-list.tsx';
import { MessageForm } from '../messages/message-form.tsx';
import { ThresholdsForm } from './thresholds-form.tsx';
import { useAlarms } from './use-alarms.ts';

export function LiveScreen(): ReactNode {
  const answer = useQuery('show-board', {});
  const { askAgain } = answer;
  // Asking is watching: the desk lets go of the hub's stream when nobody asks.
  useEffect(() => {
    const timer = setInterval(askAgain, BOARD_ASK_EVERY_MS);
    return () => { clearInterval(timer); };
  }, [askAgain]);
  if (answer.data === null) return <main className="fill">{answer.error === null ? <Loading /> : <Failed error={answer.error} onRetry={askAgain} />}</main>;
  const { board, ...line } = answer.data;
  return board === null ? <NoFigures line={line} onRetry={askAgain} /> : <LiveBoard board={board} line={line} />;
}

function NoFigures({ line, onRetry }: { line: Omit<BoardScreen, 'board'>; onRetry: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <main className="fill">
      {line.line === 'offline' ? <Empty title={t('live.offlineTitle')} text={t('live.offlineText')}><Button onClick={onRetry}>{t('state.retry')}</Button></Empty> : <Loading />}
    </main>
  );
}

function LiveBoard({ board, line }: { board: Board; line: Omit<BoardScreen, 'board'> }): ReactNode {
  const { t, format } = useWords();
  const thresholds = useSettings((store) => store.settings.board);
  const isQuiet = useSettings((store) => store.settings.boardQuiet);
  const notifies = useSettings((store) => store.settings.boardNotify);
  const [isWall, setWall] = useState(false);
  const [asks, setAsks] = useState(false);
  const [writes, setWrites] = useState(false);
  const [first, setFirst] = useState<number | null>(null);
  const [shared, setShared] = useState<number | null>(null);
  const workEndsAtMs = instantOf(board.day, thresholds.endsBy, siteZone);
  const alarms = useMemo(() => findAlarms(board, thresholds), [board, thresholds]);
  useAlarms(alarms, isQuiet, notifies);
  const queues = useMemo(() => board.queues.map((queue) => ({ queue: { creditorId: queue.creditorId, tone: queue.tone }, label: `${queue.creditorName} · ${t(`tone.${queue.tone}`)}` })), [board.queues, t]);
  const prioritise = (): void => { setFirst(first !== null || queues.length === 0 ? null : Math.max(0, focusedQueue())); };
  const share = (): void => { setShared(shared !== null || queues.length === 0 ? null : Math.max(0, focusedQueue())); };
  const leave = (): void => {
    if (asks) setAsks(false);
    else if (writes) setWrites(false);
    else if (first !== null) setFirst(null);
    else if (shared !== null) setShared(null);
    else if (isWall) setWall(false);
    else useNavigation.getState().go({ name: 'home' });
  };
  const tell = (): void => { void saveSetting({ key: 'boardNotify', value: !notifies }); };
  const hush = (): void => { void saveSetting({ key: 'boardQuiet', value: !isQuiet }); };
  useShortcuts({ wallboard: () => { setWall(!isWall); }, boardQuiet: hush, boardThresholds: () => { setAsks(!asks); }, writeMessage: () => { setWrites(!writes); }, prioritise, shareQueue: share, boardNotify: tell, Escape: leave });
  const parts = { board, thresholds, workEndsAtMs };
  return (
    <main className={isWall ? 'live live-wall' : 'live'} aria-labelledby="live-title" data-testid="live">
      <div className="live-head">
        <h1 id="live-title">{t('live.title')}</h1>
        <BoardLine {...line} />
        <span className="dim">{t('live.asOf', { at: format.time(board.computedAt) })} · {t(namesText(line.people))}</span>
        <span className="spacer" />
        <Button aria-pressed={isWall} onClick={() => { setWall(!isWall); }}>{t(isWall ? 'live.leaveWall' : 'live.wall')} <ShortcutHint id="wallboard" /></Button>
        <Button aria-pressed={isQuiet} onClick={hush}>{t(isQuiet ? 'live.unhush' : 'live.hush')} <ShortcutHint id="boardQuiet" /></Button>
        <Button aria-pressed={notifies} title={t('live.aboutTell')} onClick={tell}>{t(notifies ? 'live.untell' : 'live.tell')} <ShortcutHint id="boardNotify" /></Button>
        {isWall ? null : <Button aria-expanded={writes} onClick={() => { setWrites(!writes); }}>{t('message.write')} <ShortcutHint id="writeMessage" /></Button>}
        {isWall ? null : <Button aria-expanded={asks} onClick={() => { setAsks(!asks); }}>{t('live.thresholds')} <ShortcutHint id="boardThresholds" /></Button>}
      </div>
      {asks && !isWall ? <section className="card live-thresholds"><ThresholdsForm thresholds={thresholds} onClose={() => { setAsks(false); }} /></section> : null}
      {writes && !isWall ? <section className="live-form"><MessageForm caseId={null} onClose={() => { setWrites(false); }} /></section> : null}
      {first === null || isWall ? null : <section className="live-form"><PriorityForm target={{ queues, at: first }} onClose={() => { setFirst(null); }} /></section>}
      {shared === null || isWall ? null : <section className="live-form live-share"><ShareForm queues={queues} at={shared} onClose={() => { setShared(null); }} /></section>}
      <LiveTotals {...parts} />
      <Alarms alarms={alarms} />
      {isWall ? null : <PriorityList />}
      <section className="card live-panel" aria-labelledby="live-queues">
        <div className="live-panel-head">
          <h2 id="live-queues">{t('live.queues')}</h2>
          <span className="spacer" />
          {isWall || queues.length === 0 ? null : <Button aria-expanded={first !== null} onClick={prioritise}>{t('lead.prioritise')} <ShortcutHint id="prioritise" /></Button>}
          {isWall || queues.length === 0 ? null : <Button aria-expanded={shared !== null} onClick={share}>{t('live.share')} <ShortcutHint id="shareQueue" /></Button>}
        </div>
        {board.queues.length === 0 ? <Empty title={t('live.emptyTitle')} text={t('live.emptyText')} /> : <QueueTable queues={board.queues} thresholds={thresholds} workEndsAtMs={workEndsAtMs} />}
      </section>
      {line.people == null || isWall ? null : <PeoplePanel people={line.people} />}
      <section className="card live-hours" aria-labelledby="live-hours">
        <h2 id="live-hours">{t('live.hours')}</h2>
        <HourChart hours={board.hours} />
      </section>
    </main>
  );
}

/** Which line of the table has the focus; -1: none. */
function focusedQueue(): number {
  const row = document.activeElement?.closest('[data-row]') ?? null;
  return row === null ? -1 : [...document.querySelectorAll('.live-queues [data-row]')].indexOf(row);
}

/** Whether anybody is named on it. */
function namesText(people: BoardScreen['people']): string {
  return people == null ? 'live.noNames' : 'floor.byAgreement';
}

function Alarms({ alarms }: { alarms: readonly Alarm[] }): ReactNode {
  const { t, format } = useWords();
  return (
    <div role="status" className={alarms.length === 0 ? 'visually-hidden' : 'live-alarms'}>
      {alarms.length === 0 ? t('live.noAlarms') : (
        <ul>
          {alarms.map(({ key, kind, queue, value }) => (
            <li key={key}><LevelMark level="bad" isShort /> {t(`live.alarm.${kind}`, { value: format.count(value), queue: queue === null ? '' : `${queue.creditorName} · ${t(`tone.${queue.tone}`)}` })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
