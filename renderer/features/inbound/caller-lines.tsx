/**
 * What a ring says of who may be calling: in whose name to answer, and which customer the number belongs to.
 *
 * Invariant: a number proves nothing, and no amount, invoice or reason stands here; one answer is of one creditor (ADR 0026).
 */
import type { ReactNode } from 'react';
import type { CallerMatch, CallerScreen } from '../../../shared/contract/inbound-channels.ts';
import { useWords } from '../../app/i18n.ts';

export function CallerLines({ caller }: { caller: CallerScreen | null }): ReactNode {
  const { t } = useWords();
  if (caller === null || caller.kind === 'extension') return null;
  const [only] = caller.matches;
  return (
    <div className="caller-lines" data-testid="caller" data-kind={caller.kind} data-state={only?.state}>
      {caller.isCalled && caller.creditor !== null ? <p>{t('inbound.answerFor')} <b>{caller.creditor.creditorName}</b></p> : <p>{t('inbound.answerPlainly')}</p>}
      {caller.kind === 'one' && only !== undefined ? <MatchLine match={only} creditorName={caller.isCalled ? null : caller.creditor?.creditorName ?? null} /> : <p className="dim">{t(`inbound.kind.${caller.kind}`, { count: Math.max(caller.matches.length, caller.creditors.length) })}</p>}
      {caller.directory === 'filling' ? <p className="dim">{t('inbound.filling')}</p> : null}
    </div>
  );
}

function MatchLine({ match, creditorName }: { match: CallerMatch; creditorName: string | null }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <p className="caller-name">{match.customerName ?? t('inbound.nameComes')}<span className="dim">{match.customerCode === null ? '' : ` · ${match.customerCode}`}{creditorName === null ? '' : ` · ${creditorName}`}</span></p>
      {match.state === 'here' ? null : <p className="dim">{t(`inbound.state.${match.state}`)}</p>}
      {match.colleague === null ? null : <ColleagueLine extension={match.colleague.extension} />}
    </>
  );
}

export function ColleagueLine({ extension }: { extension: string | null }): ReactNode {
  const { t } = useWords();
  return <p className="note note-warning">{t('inbound.colleague')}{extension === null ? '' : ` ${t('inbound.colleagueAt', { extension })}`}</p>;
}
