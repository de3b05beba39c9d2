/**
 * Recording of the case's own call: always said in words, whether it is recorded; asked for by a notice that is read, and the person's word.
 *
 * Invariants: what is shown as recorded is what main says of the sound, never what was pressed; the notice names no debt; pausing is one key, and
 * acts in main at once. Nothing here decides whether it may be recorded: the desk does.
 */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RecordingScreen } from '../../../shared/contract/recording-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { actOnCall, useRunningCall } from '../call/running-call.ts';
import type { CallAction } from '../call/running-call.ts';
import { actOnLine, useLine } from './line-store.ts';
import { frontCall } from './line-view.ts';

const actions: readonly CallAction[] = ['answer-recording', 'start-recording', 'stop-recording'];

export function RecordingControls({ callId, recording }: { callId: CallId; recording: RecordingScreen }): ReactNode {
  const { t, format, locale } = useWords();
  const [isReading, setReading] = useState(false);
  const sound = useLine((store) => (store.screen?.recording?.callId === callId ? store.screen.recording : null));
  const lineError = useLine((store) => (store.error?.action === 'pause-recording' ? store.error.error : null));
  const refused = useRunningCall((store) => (store.error !== null && actions.includes(store.error.action) ? store.error.error : null));
  const error = refused ?? lineError;
  // While a colleague is asked the bar is full: the state alone is told, and the key acts on.
  const isInFront = useLine((store) => frontCall(store.screen?.calls ?? [])?.callId === callId);
  const { lock, mayAsk, isRunning } = recording;
  const isOffered = sound === null && !isRunning && mayAsk && isInFront;
  const press = (): void => {
    if (sound !== null) void actOnLine('pause-recording', { callId, paused: sound.state === 'recording' });
    else if (isOffered && lock === null) void actOnCall('start-recording', { callId, locale });
    else if (isOffered) setReading(!isReading);
  };
  useShortcuts({ recordCall: press }, sound !== null || isOffered);
  const answer = (said: 'yes' | 'no'): void => {
    setReading(false);
    void actOnCall('answer-recording', { callId, locale, answer: said });
  };
  return (
    <div className="recording" role="group" aria-label={t('recording.controls')} data-testid="recording" data-state={sound?.state ?? 'off'} data-lock={lock ?? 'none'}>
      <span className={`recording-state recording-is-${sound?.state ?? 'off'}`} role="status">
        <i className="dot" aria-hidden="true" />{stateWord(recording, sound?.state ?? null, isInFront, t)}
      </span>
      {sound !== null && isInFront ? (
        <>
          <Button className={sound.state === 'paused' ? 'line-on' : ''} onClick={press}>{t(sound.state === 'paused' ? 'recording.resume' : 'recording.pause')} <ShortcutHint id="recordCall" /></Button>
          <Button className="quiet" onClick={() => { void actOnCall('stop-recording', { callId, locale }); }}>{t('recording.stop')}</Button>
          <Button className="quiet" onClick={() => { answer('no'); }}>{t('recording.withdrawn')}</Button>
        </>
      ) : null}
      {isOffered ? (
        <Button aria-expanded={lock === null ? undefined : isReading} onClick={press}>{t(lock === null ? 'recording.again' : 'recording.ask')} <ShortcutHint id="recordCall" /></Button>
      ) : null}
      {isOffered && isReading ? <Notice until={recording.keepUntil === null ? '' : format.shortDate(recording.keepUntil)} onAnswer={answer} onClose={() => { setReading(false); }} /> : null}
      {error === null ? null : (
        <p className="field-error" role="alert">{error.code === 'recording-locked' ? t(`recording.lock.${String(error.details['lock'])}`) : errorSentence(error, t, format)}</p>
      )}
    </div>
  );
}

function stateWord({ lock, isRunning }: RecordingScreen, sound: 'recording' | 'paused' | null, isInFront: boolean, t: ReturnType<typeof useWords>['t']): string {
  if (sound !== null) return t(sound === 'paused' ? 'recording.paused' : 'recording.on');
  if (isRunning) return t('recording.moment');
  if (!isInFront) return t('recording.off');
  if (lock === 'practice') return t('recording.practice');
  if (lock === 'not-identified') return t('recording.afterGate');
  return t(lock === 'refused' ? 'recording.refused' : 'recording.off');
}

/** The answer has no key that is pressed by habit: it is chosen. */
function takeFocus(panel: HTMLElement | null): void {
  panel?.focus();
}

/** What is read to the person, and what they said. */
function Notice({ until, onAnswer, onClose }: { until: string; onAnswer: (said: 'yes' | 'no') => void; onClose: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <div
      ref={takeFocus} tabIndex={-1} className="line-panel recording-notice" role="group" aria-label={t('recording.noticeTitle')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <h2>{t('recording.noticeTitle')}</h2>
      <p className="recording-say">{t('recording.notice', { until })}</p>
      <div className="inline-actions">
        <Button className="primary" onClick={() => { onAnswer('yes'); }}>{t('recording.saidYes')}</Button>
        <Button onClick={() => { onAnswer('no'); }}>{t('recording.saidNo')}</Button>
        <Button className="quiet" onClick={onClose}>{t('telephone.closePanel')} <KeyHint keys="Esc" /></Button>
      </div>
      <p className="dim">{t('recording.noticeHint')}</p>
    </div>
  );
}
