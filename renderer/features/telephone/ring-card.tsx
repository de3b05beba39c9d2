/**
 * Somebody rings: over whatever is in front, never in its place. While another call is in front it is a small card that waits.
 *
 * Invariant: who rings is unproven. What the exchange says stands here, and while nobody is on the line in whose name to answer and whose number it
 * is (ADR 0026); never an amount, and beside another call in front not even that. The focus stays where it was.
 */
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useShallow } from 'zustand/react/shallow';
import type { ReactNode } from 'react';
import type { LineCall } from '../../../shared/contract/line-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { stepAgent } from '../agent/agent-store.ts';
import { useRunningCall } from '../call/running-call.ts';
import { isCallerUnknown } from '../call/who-hears.ts';
import { CallerLines } from '../inbound/caller-lines.tsx';
import { goToCaller } from '../inbound/open-caller.ts';
import { useCaller } from '../inbound/use-caller.ts';
import { actOnLine, useLine } from './line-store.ts';
import { frontCall, ringingCalls } from './line-view.ts';
import { shownNumber } from './line-words.ts';
import { TransferForm } from './transfer-form.tsx';

export function RingCard(): ReactNode {
  const running = useRunningCall((store) => store.call);
  const isHeard = useLine(({ screen }) => isCallerUnknown(running, screen?.calls ?? []));
  useEffect(() => {
    // What was said of the last save belongs to no ear on the line.
    if (isHeard) useNotice.getState().say('');
  }, [isHeard]);
  const { ringing, more, isSecond } = useLine(useShallow(({ screen }) => {
    const calls = screen?.calls ?? [];
    const [first, ...others] = ringingCalls(calls);
    return { ringing: first ?? null, more: others.length, isSecond: frontCall(calls) !== null };
  }));
  return ringing === null ? null : createPortal(<Card key={ringing.callId} call={ringing} more={more} isSecond={isSecond} />, document.body);
}

function Card({ call, more, isSecond }: { call: LineCall; more: number; isSecond: boolean }): ReactNode {
  const { t, format } = useWords();
  useReturnFocus();
  const error = useLine((store) => (store.error?.action === 'accept-call' || store.error?.action === 'reject-call' ? store.error.error : null));
  const { callId, caller } = call;
  const [passing, setPassing] = useState(false);
  const number = caller.number === null ? null : shownNumber(caller.number);
  const who = useCaller(isSecond ? null : callId);
  const accept = (): void => {
    void actOnLine('accept-call', { callId }).then((isAccepted) => (isAccepted && !isSecond ? goToCaller(callId) : undefined));
  };
  const refuse = (how: 'busy' | 'declined'): void => {
    stepAgent({ kind: 'declined' });
    void actOnLine('reject-call', { callId, how });
  };
  const pass = (): void => { setPassing(true); };
  useShortcuts({
    acceptCall: accept, refuseBusy: () => { refuse('busy'); }, refuseCall: () => { refuse('declined'); },
    // With another call in front the key passes that one on.
    ...(isSecond ? {} : { passCall: pass }),
  }, true);
  return (
    <section className={isSecond ? 'ring-card ring-card-second' : 'ring-card'} aria-label={t('telephone.ring')} data-testid="ring-card">
      <p className="ring-title" role="alert"><i className="dot" aria-hidden="true" />{t(isSecond ? 'telephone.ringSecond' : 'telephone.ring')}{more === 0 ? '' : ` · ${t('telephone.ringMore', { count: more })}`}</p>
      <p className="ring-who">{caller.name ?? number ?? t('telephone.callerUnknown')}</p>
      {caller.name === null && number === null ? null : (
        <p className="ring-number dim">{caller.name === null || number === null ? '' : `${number} · `}{t('telephone.unverified')}</p>
      )}
      {isSecond ? null : <CallerLines caller={who} />}
      <div className="ring-actions">
        <Button className="primary" onClick={accept}>{t('telephone.accept')} <ShortcutHint id="acceptCall" /></Button>
        <Button onClick={() => { refuse('busy'); }}>{t('telephone.sayBusy')} <ShortcutHint id="refuseBusy" /></Button>
        <Button onClick={() => { refuse('declined'); }}>{t('telephone.decline')} <ShortcutHint id="refuseCall" /></Button>
        {isSecond ? null : <Button aria-expanded={passing} onClick={pass}>{t('telephone.sendOn')} <ShortcutHint id="passCall" /></Button>}
      </div>
      {passing && !isSecond ? <TransferForm callId={callId} isRinging onClose={() => { setPassing(false); }} /> : null}
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
    </section>
  );
}
