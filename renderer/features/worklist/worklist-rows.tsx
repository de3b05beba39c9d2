/**
 * The rows: only those in sight exist, and they take their look from classes. Those of a long list that are not held yet are blank
 * until they come.
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
  /** Where the first of `rows` stands in the list. */
  offset: number;
  /** How long the list is. */
  count: number;
  index: number;
  label: string;
  onSelect: (caseId: CaseId, index: number) => void;
  onOpen: (caseId: CaseId, index: number) => void;
  onSight: (from: number, to: number) => void;
}

export function WorklistRows({ rows, offset, count, index, label, onSelect, onOpen, onSight }: Props): ReactNode {
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const density = useSettings((store) => store.settings.density);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightsPx[density],
    overscan: 8,
    getItemKey: (at) => rows[at - offset]?.caseId ?? at,
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
  const current = rows[index - offset];
  const inSight = virtual.getVirtualItems();
  const [from, to] = [inSight[0]?.index ?? 0, inSight.at(-1)?.index ?? 0];
  useEffect(() => {
    onSight(from, to);
  }, [from, to, onSight]);

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
        {inSight.map((item) => {
          const row = rows[item.index - offset];
          if (row === undefined) return <div key={item.key} aria-hidden="true" className="row" style={{ transform: `translateY(${String(item.start)}px)` }} />;
          return (
            <div
              key={item.key} id={rowElementId(row.caseId)} role="option" aria-selected={item.index === index}
              aria-setsize={count} aria-posinset={item.index + 1} className={row.blocked === null ? 'row' : 'row row-blocked'}
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
