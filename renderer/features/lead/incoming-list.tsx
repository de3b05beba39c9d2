/** The outcomes as they come in, newest first; only the rows in sight exist. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { IncomingScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { Empty } from '../../ui/state-views.tsx';

type Row = IncomingScreen['rows'][number];

const ROW_HEIGHT_PX = 45;
const columns = ['time', 'customer', 'creditor', 'outcome', 'amount', 'date', 'status'] as const;

export function IncomingList({ rows }: { rows: Row[] }): ReactNode {
  const { t, format } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 10,
    getItemKey: (at) => rows[at]?.factId ?? at,
  });
  return (
    <section className="card incoming" aria-labelledby="incoming-title">
      <div className="incoming-head">
        <h2 id="incoming-title">{t('lead.incoming')}</h2>
        <span className="dim">{t('lead.noNames')}</span>
      </div>
      {rows.length === 0 ? <Empty title={t('lead.emptyTitle')} text={t('lead.emptyText')} /> : (
        <div ref={scroller} className="incoming-scroll" role="table" aria-label={t('lead.incoming')} aria-rowcount={rows.length + 1} data-testid="incoming-list" tabIndex={0}>
          <div role="rowgroup" className="incoming-header">
            <div role="row" aria-rowindex={1} className="incoming-row">
              {columns.map((column) => <span key={column} role="columnheader" className={column === 'amount' ? 'num' : ''}>{t(`lead.column.${column}`)}</span>)}
            </div>
          </div>
          <div role="rowgroup" className="rows-inner" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <div
                  key={item.key} role="row" aria-rowindex={item.index + 2} className={row.status === 'effective' ? 'incoming-row' : `incoming-row incoming-${row.status}`}
                  style={{ transform: `translateY(${String(item.start)}px)` }}
                >
                  <span role="cell" className="dim" title={format.full(row.at, row.zone)}>{format.past(row.at, row.zone)}</span>
                  <span role="cell" className="incoming-customer">{row.customerName}</span>
                  <span role="cell" className="dim">{row.creditorName}</span>
                  <span role="cell">{t(`outcome.${row.code}`)}{row.invoiceNumbers.length === 0 ? null : <span className="dim incoming-invoices">{row.invoiceNumbers.join(', ')}</span>}</span>
                  <b role="cell" className="num">{row.amountCents === null || row.currency === null ? '' : format.money(row.amountCents, row.currency)}</b>
                  <span role="cell">{row.dueOn === null ? '' : format.date(row.dueOn)}</span>
                  <span role="cell">{row.status === 'effective' ? '' : <span className="tag">{t(`lead.status.${row.status}`)}</span>}</span>
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
}
