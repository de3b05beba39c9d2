/**
 * The rows: only those in sight exist, and they take their look from classes.
 *
 * Invariant: the list is one stop of the Tab key; the selected row is its active descendant.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { WorklistRow } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { useSettings } from '../../app/settings-store.ts';
import { WorklistRowView } from './worklist-row.tsx';

/** As in worklist.css. */
const rowHeightsPx = { comfortable: 59, compact: 44 } as const;

interface Props {
  rows: WorklistRow[];
  index: number;
  label: string;
  onSelect: (caseId: CaseId, index: number) => void;
  onOpen: (caseId: CaseId, index: number) => void;
}

export function WorklistRows({ rows, index, label, onSelect, onOpen }: Props): ReactNode {
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const density = useSettings((store) => store.settings.density);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightsPx[density],
    overscan: 8,
    getItemKey: (at) => rows[at]?.caseId ?? at,
  });
  useEffect(() => {
    virtual.measure();
  }, [density, virtual]);
  useEffect(() => {
    virtual.scrollToIndex(index);
  }, [index, virtual]);
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, []);
  const current = rows[index];

  return (
    <div
      ref={scroller} id="worklist-rows" className="rows" role="listbox" tabIndex={0} data-testid="worklist"
      aria-label={label} aria-description={t('worklist.keys')}
      aria-activedescendant={current === undefined ? undefined : rowElementId(current.caseId)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.altKey || current === undefined) return;
        event.preventDefault();
        onOpen(current.caseId, index);
      }}
    >
      <div role="presentation" className="rows-inner" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={item.key} id={rowElementId(row.caseId)} role="option" aria-selected={item.index === index}
              aria-setsize={rows.length} aria-posinset={item.index + 1} className={row.blocked === null ? 'row' : 'row row-blocked'}
              style={{ transform: `translateY(${String(item.start)}px)` }}
              onClick={() => { onSelect(row.caseId, item.index); }} onDoubleClick={() => { onOpen(row.caseId, item.index); }}
            >
              <WorklistRowView row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function rowElementId(caseId: CaseId): string {
  return `row-${caseId}`;
}
