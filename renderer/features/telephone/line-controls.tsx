/**
 * The controls of the call in front, the same on every screen: how it stands, hang up, hold, mute, pass on, digits.
 *
 * Invariant: each acts at once in main; what is shown is what main says, never what was pressed. Nothing here dials.
 */
import Button from '@mui/material/Button';
import { useShallow } from 'zustand/react/shallow';
import type { ReactNode } from 'react';
import './telephone.css';
import type { LineCall } from '../../../shared/contract/line-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { goToOutcome } from '../call/go-to-outcome.ts';
import { CallClock } from './call-clock.tsx';
import { DigitsPad } from './digits-pad.tsx';
import { hangUp } from './hang-up.ts';
import { actOnLine, useLine } from './line-store.ts';
import { callBehind, callWord, consultation, frontCall, isColleague, isSoundLost, whatMayBeDone } from './line-view.ts';
import { callerText } from './line-words.ts';
import { TransferForm } from './transfer-form.tsx';

/** @param ownCallId the call of the case in front, which says whom it is with; null: it must be said here */
export function LineControls({ ownCallId }: { ownCallId: CallId | null }): ReactNode {
  const { front, behind, joined, panel } = useLine(useShallow(({ screen, panel: open }) => {
    const calls = screen?.calls ?? [];
    return { front: frontCall(calls), behind: callBehind(calls), joined: consultation(calls)?.colleague ?? null, panel: open };
  }));
  return front === null ? null : <Controls key={front.callId} call={front} behind={behind} isConsultation={joined === front} panel={panel} ownCallId={ownCallId} />;
}

interface Props {
  call: LineCall;
  /** Waits on hold. */
  behind: LineCall | null;
  /** A colleague is asked first. */
  isConsultation: boolean;
  panel: 'none' | 'digits' | 'transfer';
  ownCallId: CallId | null;
}

function Controls({ call, behind, isConsultation, panel, ownCallId }: Props): ReactNode {
  const { t, format } = useWords();
  const error = useLine((store) => store.error);
  const uncommitted = useLine((store) => store.screen?.uncommittedCount ?? 0);
  const unsaved = useQuery('show-telephone', {}).data?.unsavedCount ?? 0;
  const { callId, state } = call;
  const may = whatMayBeDone(call);
  const word = callWord(call);
  const show = (wanted: Props['panel']): void => { useLine.setState({ panel: panel === wanted ? 'none' : wanted, error: null }); };
  const hangUpNow = (): void => {
    hangUp(callId);
    // What is typed from here on is the code, also before the line has ended: a letter would be a shortcut of the case.
    if (callId === ownCallId) goToOutcome();
  };
  const joins = isConsultation && state.phase === 'connected' && state.transfer === 'none';
  const mayJoin = joins && !state.isJoined && behind?.state.heldByUs === true;
  /** With one call: hold and back. With another one behind: to the other one; a colleague who was only asked is let go. */
  const hold = async (): Promise<void> => {
    if (behind === null) {
      if (may.hold) await actOnLine('hold-call', { callId, held: !state.heldByUs });
      return;
    }
    const left = isConsultation ? await actOnLine('hang-up', { callId }) : state.heldByUs || (await actOnLine('hold-call', { callId, held: true }));
    if (left && behind.state.heldByUs) await actOnLine('hold-call', { callId: behind.callId, held: false });
  };
  const mute = (): void => {
    if (may.mute) void actOnLine('mute-call', { callId, muted: !state.muted });
  };
  const join = (): void => {
    if (mayJoin) void actOnLine('join-calls', { callId, withCallId: behind.callId });
  };
  const pass = (): void => {
    if (joins && behind !== null) void actOnLine('complete-transfer', { callId: behind.callId, toCallId: callId });
    else if (may.transfer) show('transfer');
  };
  useShortcuts({
    hangUp: hangUpNow, holdCall: () => { void hold(); }, muteCall: mute, passCall: pass,
    ...(mayJoin ? { joinCalls: join } : {}),
    ...(may.digits ? { sendDigits: () => { show('digits'); } } : {}),
  }, true);
  const refused = error !== null && controlActions.includes(error.action) ? error.error : null;
  return (
    <div className="line-controls" role="group" aria-label={t('telephone.controls')} data-testid="line-controls" data-state={word}>
      <span className={`call-clock line-clock line-${word}`}>
        <i className="dot" aria-hidden="true" />
        <span role="status">{t(`telephone.state.${word}`)}</span>{' '}
        {call.answeredAtMs === null ? null : <CallClock sinceMs={call.answeredAtMs} />}
      </span>
      {isColleague(call) ? <span className="line-who">{t('telephone.colleague', { number: call.caller.number ?? '' })}</span>
      : ownCallId === null ? <span className="line-who">{callerText(call.caller, t)}</span>
      : ownCallId === callId ? null : <span className="line-who line-other" role="status">{t('telephone.otherCaller', { who: callerText(call.caller, t) })}</span>}
      <Button className="hang-up" onClick={hangUpNow}>{t('telephone.hangUp')} <ShortcutHint id="hangUp" /></Button>
      {behind !== null ? (
        <Button onClick={() => { void hold(); }}>{t(isConsultation ? 'telephone.takeBack' : 'telephone.swap')} <ShortcutHint id="holdCall" /></Button>
      ) : (
        <Button className={state.heldByUs ? 'hold-button line-on' : 'hold-button'} disabled={!may.hold} onClick={() => { void hold(); }}>{t(state.heldByUs ? 'telephone.unhold' : 'telephone.hold')} <ShortcutHint id="holdCall" /></Button>
      )}
      <Button className={state.muted ? 'mute-button line-on' : 'mute-button'} data-muted={state.muted} disabled={!may.mute} onClick={mute}>{t(state.muted ? 'telephone.unmute' : 'telephone.mute')} <ShortcutHint id="muteCall" /></Button>
      {isConsultation && !state.isJoined ? <Button disabled={!mayJoin} onClick={join}>{t('telephone.three')} <ShortcutHint id="joinCalls" /></Button> : null}
      {isConsultation ? (
        <Button className="primary" disabled={!joins} onClick={pass}>{t('telephone.join')} <ShortcutHint id="passCall" /></Button>
      ) : (
        <Button aria-expanded={panel === 'transfer'} disabled={!may.transfer} onClick={pass}>{t('telephone.pass')} <ShortcutHint id="passCall" /></Button>
      )}
      <Button aria-expanded={panel === 'digits'} disabled={!may.digits} onClick={() => { show('digits'); }}>{t('telephone.digits')} <ShortcutHint id="sendDigits" /></Button>
      {behind === null ? null : <span className="dim">{t(state.isJoined ? 'telephone.allThree' : isConsultation ? 'telephone.customerWaits' : 'telephone.waitsBehind')}</span>}
      {isSoundLost(call) ? <span className="tag tag-reminder" role="alert">{t('telephone.soundLost')}</span> : null}
      {uncommitted + unsaved > 0 ? <span className="tag" data-testid="uncommitted" title={t('telephone.notSavedWhy')}>{t('telephone.notSaved')}</span> : null}
      {refused === null ? null : <p className="field-error" role="alert">{errorSentence(refused, t, format)}</p>}
      {panel === 'digits' && may.digits ? <DigitsPad callId={callId} onClose={() => { show('none'); }} /> : null}
      {panel === 'transfer' && may.transfer ? <TransferForm callId={callId} onClose={() => { show('none'); }} /> : null}
    </div>
  );
}

const controlActions: readonly string[] = ['hang-up', 'hold-call', 'mute-call', 'complete-transfer', 'join-calls', 'accept-call'];
