/** Any case of anybody: by words, or the cases behind a figure of the lists. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import { useDebounced } from '../../app/use-debounced.ts';
import { useWords } from '../../app/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useLead } from './lead-store.ts';
import { focusFirstRow, useRows } from './use-rows.ts';

const PAUSE_MS = 220;
const FEWEST_LETTERS = 2;

export function FindCases(): ReactNode {
  const { t } = useWords();
  const { search, list, setSearch, setList } = useLead();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (list === null && useLead.getState().openedRow === null) field.current?.focus();
  }, [list]);
  const asked = useDebounced(search.trim(), PAUSE_MS);
  const question = asked.length < FEWEST_LETTERS && list === null ? null : { search: asked, ...list?.filter };
  return (
    <section
      className="card lead-panel" aria-label={t('lead.tab.find')}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' || event.target !== field.current) return;
        event.preventDefault();
        focusFirstRow(event.currentTarget);
      }}
    >
      <div className="find-head">
        <InputBase
          id="lead-find" inputRef={field} value={search} placeholder={t('lead.findPlaceholder')} className="find-field"
          inputProps={{ 'aria-label': t('lead.findLabel'), autoComplete: 'off', spellCheck: false, maxLength: 200 }}
          onChange={(event) => { setSearch(event.target.value); }}
        />
        {list === null ? <span className="dim find-keys">{t('lead.findKeys')}</span> : (
          <span className="find-list">
            <span>{t('lead.listOf', { measure: t(`lead.measure.${list.filter.measure ?? 'cases'}`), creditor: list.creditorName, tone: list.filter.tone === undefined ? '' : t(`tone.${list.filter.tone}`) })}</span>
            <Button className="quiet" onClick={() => { setList(null); }}>{t('lead.allCases')}</Button>
          </span>
        )}
      </div>
      {question === null ? <Empty title={t('lead.findTitle')} text={t('lead.findText')} /> : <Found question={question} />}
    </section>
  );
}

function Found({ question }: { question: Parameters<typeof useQuery<'find-cases'>>[1] }): ReactNode {
  const { t, format } = useWords();
  const openCase = useLead((store) => store.openCase);
  const found = useQuery('find-cases', question);
  const rowProps = useRows<HTMLUListElement>();
  if (found.data === null) return found.error === null ? <Loading /> : <Failed error={found.error} onRetry={found.askAgain} />;
  const { rows, more } = found.data;
  if (rows.length === 0) return <Empty title={t('lead.nothingFoundTitle')} text={t('lead.nothingFoundText')} />;
  return (
    <>
      <p className="find-count dim" role="status">{more ? t('lead.foundMore', { count: rows.length }) : t('lead.found', { count: rows.length })}</p>
      <ul {...rowProps} className="lead-found" aria-label={t('lead.tab.find')} data-testid="found-cases">
        {rows.map((row) => (
          <li key={row.caseId}>
            <button type="button" data-row={row.caseId} className="lead-found-row" onClick={() => { openCase(row.caseId, row.caseId); }}>
              <span className="lead-found-name" title={row.customerName}><b>{row.customerName}</b><span className="dim">{row.customerCode}</span></span>
              <span className="dim lead-found-creditor">{row.creditorName}</span>
              <ToneTag mark={row.tone} />
              <span className="lead-found-marks">{row.measures.map((measure) => <span key={measure} className="tag">{t(`lead.measure.${measure}`)}</span>)}</span>
              <b className="num">{format.money(row.openCents, row.currency)}</b>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
