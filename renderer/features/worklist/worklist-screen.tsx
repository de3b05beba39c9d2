/** The list of work: views and creditors, rows that say why, and a look at the selected case. */
import type { ReactNode } from 'react';
import './worklist.css';
import type { CaseId } from '../../../shared/id.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import type { Move } from './move-selection.ts';
import { moveSelection } from './move-selection.ts';
import { WorklistNav } from './worklist-nav.tsx';
import { WorklistPreview } from './worklist-preview.tsx';
import { WorklistRows } from './worklist-rows.tsx';
import { useWorklist } from './worklist-store.ts';

export function WorklistScreen(): ReactNode {
  const { t, format } = useWords();
  const { view, creditorId, selected, index: lastIndex, select } = useWorklist();
  const openCase = useNavigation((store) => store.openCase);
  const list = useQuery('list-worklist', { view, creditorId });
  const rows = list.data?.rows ?? [];
  const lease = list.data?.lease.state ?? 'live';
  const count = list.data?.counts[view] ?? rows.length;
  const found = rows.findIndex((row) => row.caseId === selected);
  const index = found === -1 ? Math.max(0, Math.min(lastIndex, rows.length - 1)) : found;
  const current = rows[index] ?? null;

  const move = (direction: Move): void => {
    const nextIndex = moveSelection(index, rows.length, direction);
    const next = rows[nextIndex];
    if (next !== undefined) select(next.caseId, nextIndex);
  };
  useShortcuts({
    ArrowDown: () => { move('down'); }, j: () => { move('down'); },
    ArrowUp: () => { move('up'); }, k: () => { move('up'); },
    PageDown: () => { move('page-down'); }, PageUp: () => { move('page-up'); },
    Home: () => { move('first'); }, End: () => { move('last'); },
  });
  const open = (caseId: CaseId, at: number): void => {
    select(caseId, at);
    openCase(caseId);
  };

  return (
    <div className="worklist">
      <WorklistNav screen={list.data} />
      <main className="worklist-main" aria-labelledby="worklist-title">
        <div className="worklist-head">
          <h1 id="worklist-title">{t(`view.${view}`)}</h1>
          {list.data === null ? null : <span className="dim">{t('worklist.count', { count, shown: format.count(count) })}</span>}
        </div>
        {list.error !== null && list.data === null ? (
          <Failed error={list.error} onRetry={list.askAgain} />
        ) : list.data === null ? (
          <Loading />
        ) : lease !== 'live' && view !== 'worked-today' ? (
          <Empty title={t(`lease.${lease}.title`)} text={t(`lease.${lease}.text`)} />
        ) : rows.length === 0 ? (
          <Empty title={t(`empty.${view}.title`)} text={t(`empty.${view}.text`)} />
        ) : (
          <>
            <WorklistRows rows={rows} index={index} label={t(`view.${view}`)} onSelect={select} onOpen={open} />
            {rows.length < count ? <p className="dim worklist-first">{t('worklist.firstOf', { shown: format.count(rows.length), count: format.count(count) })}</p> : null}
          </>
        )}
      </main>
      <WorklistPreview row={current} onOpen={(caseId) => { open(caseId, index); }} />
    </div>
  );
}
