/**
 * Who is calling, by what they say: name, tax code, invoice or customer code.
 *
 * Invariant: nothing is asked before Enter, for each search is logged at the hub; rows are of one creditor and say no amount.
 */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { CallId, CaseId, CreditorId } from '../../../shared/id.ts';
import { SEARCH_LEAST_LETTERS } from '../../../shared/protocol/inbound-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import { query } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { openServed } from './open-caller.ts';

type Found = QueryOutput<'search-callers'>;

interface Props {
  callId: CallId | null;
  creditorId: CreditorId | null;
  title?: string;
  /** Instead of opening the case. */
  onChoose?: (caseId: CaseId) => void;
}

export function CallerSearch({ callId, creditorId, title, onChoose }: Props): ReactNode {
  const titleId = useId();
  const { t, format } = useWords();
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const isShort = text.trim().length < SEARCH_LEAST_LETTERS;
  const search = async (within: CreditorId | null): Promise<void> => {
    if (isShort || busy) return;
    setBusy(true);
    const answer = await query('search-callers', { text: text.trim(), creditorId: within, callId });
    setBusy(false);
    setError(answer.ok ? null : answer.error);
    setFound(answer.ok ? answer.value : null);
  };
  const open = async (caseId: CaseId): Promise<void> => {
    if (onChoose === undefined) setError(await openServed(caseId, 'search', callId));
    else onChoose(caseId);
  };
  const message = found === null ? '' : found.creditors.length > 0 ? t('inbound.whichCreditor') : found.rows.length === 0 ? t('inbound.foundNobody') : found.more ? t('inbound.foundMore') : t('inbound.found', { count: found.rows.length });
  return (
    <section className="inbound-search" aria-labelledby={titleId}>
      <h2 id={titleId}>{title ?? t('inbound.search')}</h2>
      <form onSubmit={(event) => { event.preventDefault(); void search(creditorId); }}>
        <InputBase
          value={text} placeholder={t('inbound.searchHint')} fullWidth onChange={(event) => { setText(event.target.value); }}
          autoFocus={onChoose !== undefined}
          inputProps={{ 'aria-label': title ?? t('inbound.search'), maxLength: 100, spellCheck: false, autoComplete: 'off', ...(onChoose === undefined ? { id: 'inbound-search-text' } : {}) }}
        />
        <Button type="submit" className="primary" disabled={isShort || busy}>{t('inbound.searchNow')}</Button>
      </form>
      <p className="dim" role="status">{message}{found?.isOffline === true ? ` ${t('inbound.searchedHere')}` : ''}</p>
      {found === null || found.creditors.length === 0 ? null : (
        <div className="inbound-choices">{found.creditors.map((one) => <Button key={one.creditorId} onClick={() => { void search(one.creditorId); }}>{one.creditorName}</Button>)}</div>
      )}
      {found === null || found.rows.length === 0 ? null : (
        <ul className="inbound-matches" aria-label={t('search.results')}>
          {found.rows.map((row) => (
            <li key={row.caseId}>
              <Button onClick={() => { void open(row.caseId); }} data-testid="caller-found">
                <span className="caller-name">{row.customerName}</span><span className="dim">{row.customerCode} · {row.creditorName}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
    </section>
  );
}
