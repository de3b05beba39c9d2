/** Calls that came in and belong to no case: missed, or answered and not attached yet. Who called is what the exchange says. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { TelephoneScreen } from '../../../shared/contract/telephone-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { digitsOf } from './line-strip.tsx';
import { callerText } from './line-words.ts';

const MOST_SHOWN = 20;

export function CallList({ calls, onLeave }: { calls: TelephoneScreen['calls']; onLeave: () => void }): ReactNode {
  const { t, format } = useWords();
  const setSearchOpen = useNavigation((store) => store.setSearchOpen);
  return (
    <section className="call-list" aria-labelledby="call-list-title">
      <h3 id="call-list-title">{t('telephone.calls')}</h3>
      {calls.length === 0 ? <p className="dim">{t('telephone.noCalls')}</p> : (
        <ul tabIndex={0} aria-labelledby="call-list-title">
          {calls.slice(0, MOST_SHOWN).map((call) => (
            <li key={call.callId}>
              <span className="call-list-what">
                <b>{callerText(call, t)}</b>
                <span className="dim">{format.moment(call.atMs)} · {call.sentTo !== null ? t('telephone.wasSentOn', { number: call.sentTo }) : t(call.isMissed ? 'telephone.wasMissed' : call.endedAtMs === null ? 'telephone.isRinging' : call.answeredAtMs === null ? 'telephone.wasRefused' : 'telephone.wasAnswered')}</span>
              </span>
              {call.number === null ? null : (
                <Button className="quiet" onClick={() => { onLeave(); setSearchOpen(true, digitsOf(call.number)); }}>{t('telephone.findCase')}</Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
