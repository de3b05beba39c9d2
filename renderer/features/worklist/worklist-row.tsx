/** One row: tone, who, why now, how much, and when. */
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { WorklistRow } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { reasonSentence } from '../../app/sentences.ts';
import { markOfRow, ToneTag } from '../../ui/tone-tag.tsx';

export const WorklistRowView = memo(function WorklistRowView({ row }: { row: WorklistRow }): ReactNode {
  const { t, format } = useWords();
  const first = row.blocked?.reason ?? row.reasons[0];
  return (
    <>
      <span><ToneTag mark={markOfRow(row)} /></span>
      <span className="row-who">
        <span className="row-name">
          <span className="row-name-text">{row.customerName}</span>
          {row.hasDraft ? <span className="tag row-draft">{t('worklist.draft')}</span> : null}
        </span>
        <span className="row-why">
          {first === undefined ? row.creditorName : reasonSentence(first, t, format)}
          {first !== row.reasons[0] || row.reasons[1] === undefined ? '' : ` · ${reasonSentence(row.reasons[1], t, format)}`}
        </span>
      </span>
      <span className="num row-amount">
        <b>{format.money(row.openCents, row.currency)}</b>
        {row.invoiceCount < 2 ? null : <span className="row-invoices">{t('worklist.invoices', { count: row.invoiceCount })}</span>}
      </span>
      <RowWhen row={row} />
    </>
  );
});

/** When it may be worked: now, at the agreed moment, or not before. */
export function RowWhen({ row }: { row: WorklistRow }): ReactNode {
  const { t, format } = useWords();
  if (row.callbackAt !== null && row.blocked === null) {
    const minutes = format.minutesTo(row.callbackAt);
    const distance = minutes >= 0 ? t('when.inMinutes', { count: minutes }) : t('when.lateBy', { count: -minutes });
    return <span className="row-when"><b className="waiting">{format.moment(row.callbackAt)}</b>{Math.abs(minutes) < 120 ? ` · ${distance}` : ''}</span>;
  }
  if (row.blocked !== null) {
    const until = row.blocked.until === null ? t('when.untilAnswer') : t('when.from', { at: format.moment(row.blocked.until) });
    return <span className="row-when"><span aria-hidden="true">‖ </span>{until}</span>;
  }
  return <span className="row-when">{row.number === null ? t('when.now') : t('when.nowNumber', { number: row.number })}</span>;
}
