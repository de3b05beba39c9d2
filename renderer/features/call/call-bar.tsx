/**
 * The call's own bar: ring the chosen number, or why and from when it may be rung; while a call runs, how long and how to take it back.
 * What it says names no creditor, no amount and no reason, so it stands in a call too.
 */
import Button from '@mui/material/Button';
import { memo, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { GuardScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { systemClock } from '../../../shared/time.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { formatParams } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { blockedSentence, isContactBlocked, policySentence } from './blocked-contact.tsx';
import { useCall } from './call-store.ts';
import { useRunningCall } from './running-call.ts';

interface Props {
  screen: CaseScreen;
  /** Of the call that runs in this case; null: none. */
  startedAtMs: number | null;
  /** Nobody has confirmed who is on the line. */
  hidden: boolean;
  /** Another case's call, which stands in the way. */
  elsewhere: CaseId | null;
  onStart: (direction: 'outbound' | 'inbound') => void;
  onCancel: () => void;
  onGoTo: (caseId: CaseId) => void;
}

export const CallBar = memo(function CallBar({ screen, startedAtMs, hidden, elsewhere, onStart, onCancel, onGoTo }: Props): ReactNode {
  const { t, format } = useWords();
  const peeking = useRunningCall((store) => store.peeking);
  // In a call its steps are busy all the time, and one press more does nothing.
  const busy = useRunningCall((store) => store.busy && store.call === null);
  const error = useRunningCall((store) => store.error);
  const refused = error?.action === 'start-call' || error?.action === 'cancel-call' ? error.error : null;
  return (
    <div className={startedAtMs === null ? 'call-bar' : 'call-bar call-bar-running'} role="group" aria-label={t('call.bar')}>
      {startedAtMs !== null ? (
        <>
          <span className="call-clock"><i className="dot" aria-hidden="true" />{t('call.running')} <RunningTimer sinceMs={startedAtMs} /></span>
          <Button onClick={onCancel}>{t('call.cancel')} <ShortcutHint id="cancelCall" /></Button>
          {hidden ? (
            <Button aria-pressed={peeking} onClick={() => { useRunningCall.setState({ peeking: !peeking }); }}>{t(peeking ? 'gate.unpeek' : 'gate.peek')} <ShortcutHint id="peek" /></Button>
          ) : null}
        </>
      ) : elsewhere !== null ? (
        <>
          <span>{t('call.elsewhere')}</span>
          <Button onClick={() => { onGoTo(elsewhere); }}>{t('call.goTo')}</Button>
        </>
      ) : (
        <>
          <Button className="primary" onClick={() => { onStart('outbound'); }} disabled={busy}>{t('call.start')} <ShortcutHint id="startCall" /></Button>
          <Button className="quiet" onClick={() => { onStart('inbound'); }} disabled={busy}>{t('call.inbound')} <ShortcutHint id="startInbound" /></Button>
          <GuardLine screen={screen} refused={refused !== null && isContactBlocked(refused) ? refused : null} />
        </>
      )}
      {refused === null || isContactBlocked(refused) ? null : <p className="field-error" role="alert">{errorSentence(refused, t, format)}</p>}
    </div>
  );
});

/** Whether the chosen number may be rung now; asked again when something changes by itself. Said aloud once it was tried and refused, and said once. */
function GuardLine({ screen, refused }: { screen: CaseScreen; refused: AppError | null }): ReactNode {
  const { t, format, locale } = useWords();
  const numberId = useCall((store) => store.form.numberId);
  const guard = useQuery('show-guard', { caseId: screen.caseId, locale });
  const { data, askAgain } = guard;
  useEffect(() => {
    if (data === null) return undefined;
    const waitMs = Math.min(Math.max(data.validUntilMs - systemClock.nowMs(), 1_000), MOST_WAIT_MS);
    const timer = setTimeout(askAgain, waitMs);
    return () => { clearTimeout(timer); };
  }, [data, askAgain]);
  if (data === null && guard.error !== null) return <p className="field-error" role="alert">{errorSentence(guard.error, t, format)}</p>;
  const point = data === null ? null : pointOf(data, numberId);
  const blocked = point === null || point.allowed ? null : policySentence(point.code ?? '', point.params, point.nextAllowedAtMs, t, format);
  if (refused !== null) return <p key="refused" className="guard guard-blocked" data-testid="guard" role="alert">{blocked ?? blockedSentence(refused, t, format)}</p>;
  if (blocked !== null) return <p className="guard guard-blocked" data-testid="guard">{blocked}</p>;
  if (point === null) return null;
  return <p className="guard dim" data-testid="guard">{[t('call.allowed'), ...point.warnings.map(({ code, params }) => t(`policyWarning.${code}`, formatParams(params, format)))].join(' · ')}</p>;
}

/** As long as a timer of the page can wait. */
const MOST_WAIT_MS = 3_600_000;

/** What the guard says of the chosen number; without one, of the telephone at all. */
export function pointOf(guard: Pick<GuardScreen, 'points'>, numberId: string): GuardScreen['points'][number] | null {
  const phones = guard.points.filter(({ channel }) => channel === 'phone-outbound');
  return phones.find(({ pointId }) => pointId === numberId) ?? phones.find(({ pointId }) => pointId === null) ?? null;
}

function RunningTimer({ sinceMs }: { sinceMs: number }): ReactNode {
  const [nowMs, setNowMs] = useState(() => systemClock.nowMs());
  useEffect(() => {
    const timer = setInterval(() => { setNowMs(systemClock.nowMs()); }, 1_000);
    return () => { clearInterval(timer); };
  }, []);
  return <b className="num" role="timer" aria-live="off">{clockText(nowMs - sinceMs)}</b>;
}

/** `02:14`, `1:02:14`. */
export function clockText(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${String(hours)}:${rest}`;
}
