/** Whose call it is that came in: the customers whom the number reaches, or first for which creditor they call. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CallId, CaseId, CreditorId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { CallerLines, ColleagueLine } from './caller-lines.tsx';
import { openServed } from './open-caller.ts';

interface Props {
  callId: CallId;
  number: string;
  /** Chosen, where the number that was called is nobody's. */
  creditorId: CreditorId | null;
  onCreditor: (creditorId: CreditorId) => void;
}

export function CallerChoice({ callId, number, creditorId, onCreditor }: Props): ReactNode {
  const { t, format } = useWords();
  const caller = useQuery('show-caller', { callId, creditorId });
  const [error, setError] = useState<AppError | null>(null);
  if (caller.data === null) return caller.error === null ? <Loading /> : <Failed error={caller.error} onRetry={caller.askAgain} />;
  const { kind, matches, creditors, creditor } = caller.data;
  const open = async (caseId: CaseId): Promise<void> => { setError(await openServed(caseId, 'ring', callId)); };
  return (
    <section className="inbound-caller" aria-labelledby="inbound-caller-title">
      <h2 id="inbound-caller-title">{t('inbound.onTheLine', { number })}</h2>
      {kind === 'one' || kind === 'several' ? null : <CallerLines caller={caller.data} />}
      {creditors.length === 0 ? null : (
        <div className="inbound-choices" role="group" aria-label={t('inbound.whichCreditor')}>
          <p>{t('inbound.whichCreditor')}</p>
          {creditors.map((one) => <Button key={one.creditorId} onClick={() => { onCreditor(one.creditorId); }}>{one.creditorName}</Button>)}
        </div>
      )}
      {matches.length === 0 ? null : <p>{t('inbound.whoIsIt')}{creditor === null ? '' : <span className="dim"> {creditor.creditorName}</span>}</p>}
      {matches.length === 0 ? null : (
        <ul className="inbound-matches" aria-label={t('inbound.whoIsIt')}>
          {matches.map((match) => (
            <li key={match.caseId}>
              <Button disabled={match.state === 'offline' || match.state === 'gone'} onClick={() => { void open(match.caseId); }} data-testid="caller-match">
                <span className="caller-name">{match.customerName ?? t('inbound.nameComes')}</span>
                <span className="dim">{match.customerCode ?? ''}{match.state === 'offline' || match.state === 'gone' ? ` · ${t(`inbound.state.${match.state}`)}` : ''}</span>
              </Button>
              {match.colleague === null ? null : <ColleagueLine extension={match.colleague.extension} />}
            </li>
          ))}
        </ul>
      )}
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
    </section>
  );
}
