/**
 * The calls that wait for their outcome: a quiet line under the bar on every screen, with how long; it names nobody, for somebody else may be on
 * the line. The keys to put a call aside and to go back to it work wherever one is.
 */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import './call.css';
import { systemClock } from '../../../shared/time.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { spanText, useClock } from '../agent/use-clock.ts';
import { useLine } from '../telephone/line-store.ts';
import { frontCall } from '../telephone/line-view.ts';
import { useRunningCall } from './running-call.ts';
import { useWaitingCalls } from './waiting-calls.ts';

export function WaitingStrip(): ReactNode {
  const { t } = useWords();
  const { putAside, takeUp } = useWaitingCalls();
  const waiting = useRunningCall((store) => store.waiting);
  const isInCall = useRunningCall(({ call }) => call !== null);
  const isOnLine = useLine(({ screen }) => frontCall(screen?.calls ?? []) !== null);
  const [first] = waiting;
  const mayTakeUp = first !== undefined && !isInCall && !isOnLine;
  useShortcuts({
    ...(isInCall ? { putAside: () => { void putAside(); } } : {}),
    ...(mayTakeUp ? { takeUpCall: () => { void takeUp(); } } : {}),
  });
  if (first === undefined) return null;
  return (
    <section className="waiting-strip" aria-label={t('call.waitingStrip')} data-testid="waiting-calls">
      <span role="status">{t('call.waiting', { count: waiting.length })}</span> <Since sinceMs={first.sinceMs} />
      {mayTakeUp ? <Button className="quiet" onClick={() => { void takeUp(); }}>{t('call.takeUp')} <ShortcutHint id="takeUpCall" /></Button> : <span className="dim">{t('call.waitingBusy')}</span>}
    </section>
  );
}

function Since({ sinceMs }: { sinceMs: number }): ReactNode {
  useClock(1_000);
  return <span className="agent-since num" role="timer" aria-live="off">{spanText(systemClock.nowMs() - sinceMs)}</span>;
}
