/**
 * The call's own bar, under the app bar: ring the chosen number, or why and from when it may be rung; while a call runs, its controls.
 * What it says names no creditor, no amount and no reason, so it stands in a call too.
 */
import Button from '@mui/material/Button';
import { memo, useEffect } from 'react';
import type { ReactNode } from 'react';
import type { CallScreen, GuardScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { CallId, CaseId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { systemClock } from '../../../shared/time.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { formatParams } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { CallClock } from '../telephone/call-clock.tsx';
import { EndedCall } from '../telephone/ended-call.tsx';
import { LineControls } from '../telephone/line-controls.tsx';
import { FindCallerButton } from '../telephone/line-strip.tsx';
import { useLine } from '../telephone/line-store.ts';
import { frontCall, linePhase, unclaimedCall } from '../telephone/line-view.ts';
import { callerText } from '../telephone/line-words.ts';
import { RecordingControls } from '../telephone/recording-controls.tsx';
import { NotDialled } from '../telephone/not-dialled.tsx';
import { blockedSentence, isContactBlocked, policySentence } from './blocked-contact.tsx';
import { useCall } from './call-store.ts';
import { PeekButton } from './peek-panel.tsx';
import { useRunningCall } from './running-call.ts';
import type { StartHow } from './use-start-call.ts';

interface Props {
  screen: CaseScreen;
  /** Of the call that runs in this case; null: none. */
  startedAtMs: number | null;
  callId: CallId | null;
  /** How it stands on the line; null: it was dialled by hand, or there is none. */
  telephone: CallScreen['telephone'];
  /** Whether it is recorded; null: nothing is said of it. */
  recording: CallScreen['recording'];
  /** Nobody has confirmed who is on the line. */
  mayPeek: boolean;
  /** It is peeked into all the same. */
  peeking: boolean;
  /** Another case's call, which stands in the way. */
  elsewhere: CaseId | null;
  onPeek: () => void;
  onStart: (how: StartHow) => void;
  onCancel: () => void;
  /** The line fell: saves that it did, and dials again. */
  onResume: () => void;
  onGoTo: (caseId: CaseId) => void;
}

export const CallBar = memo(function CallBar({ screen, startedAtMs, callId, telephone, recording, mayPeek, peeking, elsewhere, onPeek, onStart, onCancel, onResume, onGoTo }: Props): ReactNode {
  const { t, format } = useWords();
  // In a call its steps are busy all the time, and one press more does nothing.
  const busy = useRunningCall((store) => store.busy && store.call === null);
  const error = useRunningCall((store) => store.error);
  const code = useCall((store) => store.form.code ?? '');
  const hasLine = useLine((store) => frontCall(store.screen?.calls ?? []) !== null);
  const refused = error?.action === 'start-call' || error?.action === 'cancel-call' ? error.error : null;
  const isConnected = telephone?.shown === 'talking' || telephone?.shown === 'held';
  const living = hasLine ? <LineControls ownCallId={callId} /> : null;
  return (
    <div className={startedAtMs === null && !hasLine ? 'call-bar' : 'call-bar call-bar-running'} role="group" aria-label={t('call.bar')}>
      {startedAtMs !== null ? (
        <>
          {telephone === null ? <span className="call-clock"><i className="dot" aria-hidden="true" />{t('call.running')} <CallClock sinceMs={startedAtMs} /></span> : null}
          {living}
          {telephone?.ended != null ? <EndedCall telephone={telephone} code={code} busy={busy} onResume={onResume} />
          : telephone !== null && !hasLine ? <span className="call-clock" role="status"><i className="dot" aria-hidden="true" />{t(`telephone.state.${telephone.shown === 'held' ? 'held-by-us' : telephone.shown}`)}</span> : null}
          {telephone === null ? <Button onClick={onCancel}>{t('call.cancel')} <ShortcutHint id="cancelCall" /></Button> : null}
        </>
      ) : elsewhere !== null ? (
        <>
          {living}
          <span>{t('call.elsewhere')}</span>
          <Button onClick={() => { onGoTo(elsewhere); }}>{t('call.goTo')}</Button>
        </>
      ) : (
        <>
          {living}
          <StartButtons screen={screen} busy={busy} onStart={onStart} refused={refused !== null && isContactBlocked(refused) ? refused : null} hasLine={hasLine} />
        </>
      )}
      {mayPeek ? <PeekButton peeking={peeking} onPeek={onPeek} /> : null}
      {callId !== null && recording !== null && isConnected ? <RecordingControls key={callId} callId={callId} recording={recording} /> : null}
      {refused === null || isContactBlocked(refused) ? null : <p className="field-error" role="alert">{errorSentence(refused, t, format)}</p>}
    </div>
  );
});

interface StartProps {
  screen: CaseScreen;
  busy: boolean;
  /** Of the last try. */
  refused: AppError | null;
  /** Somebody is on the line already. */
  hasLine: boolean;
  onStart: (how: StartHow) => void;
}

/** How a call of this case begins: dialled, by hand, or it came in. A caller who is nobody's yet comes first. */
function StartButtons({ screen, busy, refused, hasLine, onStart }: StartProps): ReactNode {
  const { t } = useWords();
  const telephone = useQuery('show-telephone', {}).data;
  const calls = useLine((store) => store.screen?.calls);
  const numberId = useCall((store) => store.form.numberId);
  const unclaimed = unclaimedCall(telephone, calls ?? []);
  const number = screen.numbers.find((one) => one.numberId === numberId) ?? null;
  const hasAccount = useLine((store) => linePhase(store.screen) !== 'none');
  if (unclaimed !== null) {
    return (
      <>
        <span className="line-hint">{hasLine ? '' : `${callerText(unclaimed, t)}: `}{t('telephone.isItThisCase')}</span>
        <Button className="primary" onClick={() => { onStart('inbound'); }} disabled={busy}>{t('telephone.attach')} <ShortcutHint id="startInbound" /></Button>
        <FindCallerButton again />
      </>
    );
  }
  if (hasLine) return null;
  return (
    <>
      <Button className="primary" onClick={() => { onStart('outbound'); }} disabled={busy}>
        {t('call.start')}{hasAccount && number !== null ? <span className="num">{number.raw}</span> : null} <ShortcutHint id="startCall" />
      </Button>
      {hasAccount ? <Button className="quiet" onClick={() => { onStart('by-hand'); }} disabled={busy}>{t('telephone.byHand')} <ShortcutHint id="startByHand" /></Button> : null}
      <Button className="quiet" onClick={() => { onStart('inbound'); }} disabled={busy}>{t('call.inbound')} <ShortcutHint id="startInbound" /></Button>
      <GuardLine screen={screen} refused={refused} />
      <NotDialled telephone={telephone} caseId={screen.caseId} />
    </>
  );
}

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
