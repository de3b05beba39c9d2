/** The list of work: views and creditors, rows that say why, and a look at the selected case. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import './worklist.css';
import type { WorklistRow, WorklistScreen as Screen } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useDebounced } from '../../app/use-debounced.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { leaveForCase } from '../call/leave-for-case.ts';
import { focusList } from './focus-list.ts';
import { WINDOW_ROWS } from './list-window.ts';
import type { Move } from './move-selection.ts';
import { moveSelection } from './move-selection.ts';
import { WorklistFilters } from './worklist-filters.tsx';
import { WorklistNav } from './worklist-nav.tsx';
import { WorklistPreview } from './worklist-preview.tsx';
import { WorklistRows } from './worklist-rows.tsx';
import { countFilters, useWorklist } from './worklist-store.ts';

const TYPING_PAUSE_MS = 150;

export function WorklistScreen(): ReactNode {
  const { t, format } = useWords();
  const { view, creditorId, filter, filtersOpen, selected, index: lastIndex, first, select, showRows, openFilters, clearFilter, savedName } = useWorklist();
  const asked = useDebounced(filter, TYPING_PAUSE_MS);
  const list = useQuery('list-worklist', { view, creditorId, filter: asked, offset: first, limit: WINDOW_ROWS });
  const screen = useLastGood(list.data);
  const rows = screen?.rows ?? [];
  const lease = screen?.lease.state ?? 'live';
  const offset = screen?.offset ?? 0;
  const count = screen?.counts[view] ?? 0;
  const found = rows.findIndex((row) => row.caseId === selected);
  const index = found === -1 ? Math.max(0, Math.min(lastIndex, count - 1)) : offset + found;
  const previewed = useLastSelected(rows[index - offset] ?? null, selected);
  const filters = countFilters(filter);

  const move = (direction: Move): void => {
    const nextIndex = moveSelection(index, count, direction);
    if (nextIndex !== -1) select(rows[nextIndex - offset]?.caseId ?? null, nextIndex);
  };
  useShortcuts({
    ArrowDown: () => { move('down'); }, moveDown: () => { move('down'); },
    ArrowUp: () => { move('up'); }, moveUp: () => { move('up'); },
    PageDown: () => { move('page-down'); }, PageUp: () => { move('page-up'); },
    Home: () => { move('first'); }, End: () => { move('last'); },
    filters: () => { openFilters(!filtersOpen); },
    Escape: () => {
      openFilters(false);
      focusList();
    },
  });
  const open = (caseId: CaseId, at: number): void => {
    select(caseId, at);
    void leaveForCase(caseId);
  };

  return (
    <div className="worklist">
      <WorklistNav screen={screen} />
      <main className="worklist-main" aria-labelledby="worklist-title" aria-busy={list.waiting}>
        <div className="worklist-head">
          <h1 id="worklist-title">{savedName ?? t(`view.${view}`)}</h1>
          {screen === null ? null : <Totals screen={screen} count={count} />}
          <span className="spacer" />
          {filters === 0 ? null : <Button className="quiet" onClick={clearFilter}>{t('filter.clear')}</Button>}
          <Button aria-expanded={filtersOpen} onClick={() => { openFilters(!filtersOpen); }}>
            {t('filter.title')}{filters === 0 ? '' : ` · ${format.count(filters)}`} <ShortcutHint id="filters" />
          </Button>
        </div>
        {filtersOpen ? <WorklistFilters /> : null}
        {list.error !== null && screen === null ? (
          <Failed error={list.error} onRetry={list.askAgain} />
        ) : screen === null ? (
          <Loading />
        ) : lease !== 'live' && view !== 'worked-today' ? (
          <Empty title={t(`lease.${lease}.title`)} text={t(`lease.${lease}.text`)} />
        ) : count === 0 ? (
          filters > 0 ? (
            <Empty title={t('filter.nothingTitle')} text={t('filter.nothingText')}><Button onClick={clearFilter}>{t('filter.clear')}</Button></Empty>
          ) : (
            <Empty title={t(`empty.${view}.title`)} text={t(`empty.${view}.text`)} />
          )
        ) : (
          <WorklistRows
            rows={rows} offset={offset} count={count} index={index} label={t(`view.${view}`)} onSelect={select} onOpen={open} onSight={showRows}
          />
        )}
      </main>
      <WorklistPreview row={count === 0 ? null : previewed} callableFrom={screen?.callableFrom ?? null} onOpen={(caseId) => { open(caseId, index); }} />
    </div>
  );
}

/** How many, and how much: of the whole view, also of what is beyond the rows. */
function Totals({ screen, count }: { screen: Screen; count: number }): ReactNode {
  const { t, format } = useWords();
  return (
    <p className="worklist-totals dim" data-testid="worklist-totals">
      {t('worklist.count', { count, shown: format.count(count) })}
      {screen.totals.map(({ currency, openCents, claimableCents }) => (
        <span key={currency}>
          {' · '}<b>{format.money(openCents, currency)}</b>
          {claimableCents === openCents ? '' : ` · ${t('worklist.toAsk', { amount: format.money(claimableCents, currency) })}`}
        </span>
      ))}
    </p>
  );
}

/** The selected row also while the list is scrolled so far away that it is not held. */
function useLastSelected(row: WorklistRow | null, selected: CaseId | null): WorklistRow | null {
  const [last, setLast] = useState(row);
  if (row !== null && row !== last) setLast(row);
  return row ?? (selected === null || last?.caseId === selected ? last : null);
}

/** The list stays on the screen while a narrower one is on its way. */
function useLastGood(data: Screen | null): Screen | null {
  const [last, setLast] = useState(data);
  if (data !== null && data !== last) setLast(data);
  return data ?? last;
}
