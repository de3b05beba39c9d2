/**
 * Customers who call: who is on the line, who it may be, whom to call back.
 *
 * Invariant: no amount and no reason stands here, whoever looks over the shoulder or is on the line; two creditors' customers never stand together
 * in one answer.
 */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import './inbound.css';
import type { CreditorId } from '../../../shared/id.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { openServed } from './open-caller.ts';
import { Empty } from '../../ui/state-views.tsx';
import { useRunningCall } from '../call/running-call.ts';
import { ContactTasks } from '../contacts/contact-tasks.tsx';
import { NoteContact } from '../contacts/note-contact.tsx';
import { CallList } from '../telephone/call-list.tsx';
import { useLine } from '../telephone/line-store.ts';
import { frontCall, unclaimedCall } from '../telephone/line-view.ts';
import { callerText } from '../telephone/line-words.ts';
import { CallerChoice } from './caller-choice.tsx';
import { CallerSearch } from './caller-search.tsx';

export function InboundScreen(): ReactNode {
  const { t, format } = useWords();
  const telephone = useQuery('show-telephone', {}).data;
  const served = useQuery('list-served', {}).data;
  const calls = useLine((store) => store.screen?.calls) ?? [];
  const running = useRunningCall((store) => store.call);
  const [chosen, setChosen] = useState<CreditorId | null>(null);
  const front = frontCall(calls);
  const isInbound = front?.state.direction === 'inbound' && front.callId !== running?.callId;
  const call = isInbound ? { callId: front.callId, name: front.caller.name, number: front.caller.number } : unclaimedCall(telephone, calls);
  const rows = served?.rows ?? [];
  return (
    <main className="inbound" aria-labelledby="inbound-title">
      <h1 id="inbound-title">{t('inbound.title')}</h1>
      <div className="inbound-columns">
        <div>
          {call === null ? <Empty title={t('inbound.nobodyTitle')} text={t('inbound.nobodyText')} /> : (
            <CallerChoice key={call.callId} callId={call.callId} number={callerText(call, t)} creditorId={chosen} onCreditor={setChosen} />
          )}
          <CallerSearch key={`search ${call?.callId ?? ''}`} callId={call?.callId ?? null} creditorId={chosen} />
          <ContactTasks />
        </div>
        <div>
          <NoteContact number={call?.number ?? ''} />
          <CallList calls={telephone?.calls ?? []} onLeave={() => undefined} />
          <section className="inbound-served" aria-labelledby="inbound-served-title">
            <h2 id="inbound-served-title">{t('inbound.served')}</h2>
            {rows.length === 0 ? <p className="dim">{t('inbound.servedNone')}</p> : (
              <ul className="inbound-matches">
                {rows.map((row) => (
                  <li key={row.caseId}>
                    <Button onClick={() => { void openServed(row.caseId, 'search', null); }}>
                      <span className="caller-name">{row.customerName}</span><span className="dim">{row.customerCode} · {row.creditorName} · {format.moment(row.servedAtMs)}</span>
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </section>
        </div>
      </div>
    </main>
  );
}
