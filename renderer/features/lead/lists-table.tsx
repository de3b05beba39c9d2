/** The lists and how far they are, in figures only: each figure leads to its cases. */
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import type { CaseMeasure, ListRow } from '../../../shared/protocol/lead-protocol.ts';
import { caseMeasures } from '../../../shared/protocol/lead-protocol.ts';
import { useWords } from '../../app/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useLead } from './lead-store.ts';
import { useRows } from './use-rows.ts';

/** What wants somebody soon is marked where it is not zero. */
const urgent: ReadonlySet<CaseMeasure> = new Set(['promisesBroken', 'callbacksLate', 'waiting']);

export function ListsTable(): ReactNode {
  const { t, format } = useWords();
  const lists = useQuery('list-lists', {});
  const rowProps = useRows<HTMLDivElement>();
  if (lists.data === null) return lists.error === null ? <Loading /> : <Failed error={lists.error} onRetry={lists.askAgain} />;
  const { rows, asOf } = lists.data;
  return (
    <section className="card lead-panel" aria-labelledby="lists-title">
      <div className="incoming-head">
        <h2 id="lists-title">{t('lead.lists')}</h2>
        <span className="dim">{lists.error === null ? t('lead.listsNote', { at: format.time(asOf) }) : t('lead.listsStale', { at: format.time(asOf) })}</span>
      </div>
      {rows.length === 0 ? <Empty title={t('lead.noListsTitle')} text={t('lead.noListsText')} /> : (
        <div {...rowProps} className="lists-scroll">
          <table className="lists" data-testid="lists">
            <thead>
              <tr>
                <th scope="col">{t('lead.column.creditor')}</th>
                <th scope="col">{t('lead.phase')}</th>
                {caseMeasures.map((measure) => <th key={measure} scope="col" className="num">{t(`lead.measure.${measure}`)}</th>)}
                <th scope="col" className="num">{t('lead.open')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => <ListLine key={`${row.creditorId} ${row.tone} ${row.currency}`} row={row} />)}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>{t('lead.all')}</th>
                {caseMeasures.map((measure) => <td key={measure} className="num">{format.count(rows.reduce((sum, row) => sum + row.counts[measure], 0))}</td>)}
                <td className="num">{totalsOf(rows).map(([currency, cents]) => <span key={currency} className="lists-total">{format.money(cents, currency)}</span>)}</td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </section>
  );
}

function ListLine({ row }: { row: ListRow }): ReactNode {
  const { t, format } = useWords();
  const setList = useLead((store) => store.setList);
  const { creditorId, creditorName, tone, counts } = row;
  return (
    <tr data-row>
      <th scope="row" title={creditorName}>{creditorName}</th>
      <td><ToneTag mark={tone} /></td>
      {caseMeasures.map((measure) => (
        <td key={measure} className="num">
          {counts[measure] === 0 ? <span className="faint">–</span> : (
            <button
              type="button" className={urgent.has(measure) ? 'figure-link figure-urgent' : 'figure-link'}
              aria-label={t('lead.showCases', { measure: t(`lead.measure.${measure}`), count: counts[measure], creditor: creditorName, tone: t(`tone.${tone}`) })}
              onClick={() => { setList({ creditorName, filter: { creditorId, tone, measure } }); }}
            >
              {format.count(counts[measure])}
            </button>
          )}
          {measure === 'cases' ? <Progress counts={counts} /> : null}
          {measure === 'promises' && row.promisedCents > 0 ? <span className="figure-note">{format.money(row.promisedCents, row.currency)}</span> : null}
        </td>
      ))}
      <td className="num">{format.money(row.openCents, row.currency)}</td>
    </tr>
  );
}

/** How much of the list was worked today and how much is still to work; the figures beside it say the same in numbers. */
function Progress({ counts }: { counts: ListRow['counts'] }): ReactNode {
  const share = (count: number): string => `${String(counts.cases === 0 ? 0 : Math.min(100, (count * 100) / counts.cases))}%`;
  return (
    <span className="progress" aria-hidden="true">
      <i className="progress-worked" style={{ width: share(counts.workedToday) }} />
      <i className="progress-left" style={{ width: share(counts.toWork) }} />
    </span>
  );
}

function totalsOf(rows: readonly ListRow[]): [string, number][] {
  const totals = new Map<string, number>();
  for (const { currency, openCents } of rows) totals.set(currency, (totals.get(currency) ?? 0) + openCents);
  return [...totals];
}
