/**
 * Somebody rings: over whatever is in front, never in its place. While another call is in front it is a small card that waits.
 *
 * Invariant: who rings is unproven, so only what the exchange says stands here; no customer's name, creditor or amount. The focus stays
 * where it was.
 */
import Button from '@mui/material/Button';
import { createPortal } from 'react-dom';
import { useShallow } from 'zustand/react/shallow';
import type { ReactNode } from 'react';
import type { LineCall } from '../../../shared/contract/line-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { stepAgent } from '../agent/agent-store.ts';
import { actOnLine, useLine } from './line-store.ts';
import { frontCall, ringingCalls } from './line-view.ts';
import { shownNumber } from './line-words.ts';

export function RingCard(): ReactNode {
  const { ringing, more, isSecond } = useLine(useShallow(({ screen }) => {
    const calls = screen?.calls ?? [];
    const [first, ...others] = ringingCalls(calls);
    return { ringing: first ?? null, more: others.length, isSecond: frontCall(calls) !== null };
  }));
  return ringing === null ? null : createPortal(<Card key={ringing.callId} call={ringing} more={more} isSecond={isSecond} />, document.body);
}

function Card({ call, more, isSecond }: { call: LineCall; more: number; isSecond: boolean }): ReactNode {
  const { t, format } = useWords();
  const error = useLine((store) => (store.error?.action === 'accept-call' || store.error?.action === 'reject-call' ? store.error.error : null));
  const { callId, caller } = call;
  const number = caller.number === null ? null : shownNumber(caller.number);
  const accept = (): void => { void actOnLine('accept-call', { callId }); };
  const refuse = (how: 'busy' | 'declined'): void => {
    stepAgent({ kind: 'declined' });
    void actOnLine('reject-call', { callId, how });
  };
  const pass = (): void => {
    useLine.setState({ passOn: callId });
    accept();
  };
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
      <div className="ring-actions">
        <Button className="primary" onClick={accept}>{t('telephone.accept')} <ShortcutHint id="acceptCall" /></Button>
        <Button onClick={() => { refuse('busy'); }}>{t('telephone.sayBusy')} <ShortcutHint id="refuseBusy" /></Button>
        <Button onClick={() => { refuse('declined'); }}>{t('telephone.decline')} <ShortcutHint id="refuseCall" /></Button>
        {isSecond ? null : <Button onClick={pass}>{t('telephone.acceptAndPass')} <ShortcutHint id="passCall" /></Button>}
      </div>
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
    </section>
  );
}
