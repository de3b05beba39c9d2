/** The rate tables: an administrator adds the next period, a lead reads them. Newest first, for that is the one that changes. */
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RateRow } from '../../../shared/interest/rate-table.ts';
import { standardRates } from '../../../shared/interest/standard-rates.ts';
import type { RatesEntity, RateTableId } from '../../../shared/protocol/rates-protocol.ts';
import { rateTableIds } from '../../../shared/protocol/rates-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { formatParams } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { useConduct } from './conduct-store.ts';
import { PublishForm } from './publish-form.tsx';
import { RatesTable } from './rates-table.tsx';
import type { RateProblems, RatesForm } from './rates-form.ts';
import { formOfRates, readRates, withNextPeriod } from './rates-form.ts';
import { WithdrawRate } from './withdraw-rate.tsx';

const standardOf = { 'it-legal': standardRates.legal, 'it-late-payment': standardRates['late-payment'] } as const;

export function RatesTab({ mayEdit }: { mayEdit: boolean }): ReactNode {
  const { t, format } = useWords();
  const { data, error, askAgain } = useQuery('list-rates', {});
  const [tableId, choose] = useState<RateTableId>('it-late-payment');
  const typed = useConduct((store) => store.rates);
  if (data === null) return error === null ? <Loading /> : <Failed error={error} onRetry={askAgain} />;
  const publishedOf = (id: RateTableId): (typeof data.tables)[number] | undefined => data.tables.find((table) => table.tableId === id);
  const rowsOf = (id: RateTableId): readonly RateRow[] => publishedOf(id)?.rows ?? standardOf[id].rows;
  const move = (): void => {
    const next = rateTableIds.find((id) => id !== tableId) ?? tableId;
    choose(next);
    document.getElementById(`rates-${next}`)?.focus();
  };
  const published = publishedOf(tableId);
  return (
    <div className="rules-parts">
      <nav
        className="card script-places" aria-label={t('conduct.rates.tables')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          move();
        }}
      >
        <h2 className="places-title">{t('conduct.rates.tables')}</h2>
        <ul>
          {rateTableIds.toReversed().map((id) => {
            const last = rowsOf(id).at(-1)?.to;
            return (
              <li key={id}>
                <ButtonBase id={`rates-${id}`} className="place rates-place" aria-current={id === tableId ? 'true' : undefined} tabIndex={id === tableId ? 0 : -1} onClick={() => { choose(id); }}>
                  <span>{t(`conduct.rates.tableOf.${id}`)}</span>
                  <span className="dim">{typed[id] !== undefined ? t('conduct.rules.unpublished') : last === undefined ? '' : t('conduct.rates.until', { date: format.shortDate(last) })}</span>
                </ButtonBase>
              </li>
            );
          })}
        </ul>
      </nav>
      <RatesOf key={`${tableId} ${String(published?.version ?? 0)}`} tableId={tableId} rows={rowsOf(tableId)} published={published ?? null} mayEdit={mayEdit} onPublished={askAgain} />
    </div>
  );
}

function RatesOf({ tableId, rows, published, mayEdit, onPublished }: { tableId: RateTableId; rows: readonly RateRow[]; published: RatesEntity | null; mayEdit: boolean; onPublished: () => void }): ReactNode {
  const { t, locale, format } = useWords();
  const version = published?.version ?? 0;
  const typed = useConduct((store) => store.rates[tableId]);
  const setRates = useConduct((store) => store.setRates);
  const [problems, setProblems] = useState<RateProblems>({});
  const form = typed ?? formOfRates(rows, locale);
  const title = t(`conduct.rates.tableOf.${tableId}`);
  const standing = version === 0 ? t('conduct.rates.standard') : t('conduct.rules.version', { version });
  const change = (next: RatesForm): void => {
    setRates(tableId, next);
    const read = readRates(next, locale);
    // What was called wrong is right as soon as it is; nothing new is called wrong while it is typed.
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([at]) => !read.ok && read.problems[at] !== undefined)));
  };
  const focusLater = (selector: string): void => { requestAnimationFrame(() => { document.querySelector<HTMLElement>(selector)?.focus(); }); };
  const publish = async (): Promise<Result<unknown> | null> => {
    const read = readRates(form, locale);
    setProblems(read.ok ? {} : read.problems);
    if (!read.ok) {
      focusLater('.rates-form [aria-invalid="true"]');
      return null;
    }
    const done = await command('publish-rates', { after: version, tableId, rows: read.rows });
    if (!done.ok) return done;
    setRates(tableId, null);
    useNotice.getState().say(t('conduct.rates.published', { title, version: done.value.version }));
    onPublished();
    return done;
  };
  const lastRow = rows.at(-1);
  const last = lastRow?.to;
  const withdrawn = published?.withdrawn;
  // Where something is being typed, that is published first.
  const mayWithdraw = mayEdit && published !== null && typed === undefined && rows.length > 1;
  const isShort = last !== undefined && format.daysTo(last) < 0;
  const table = (
    <div className="conduct-scroll" tabIndex={mayEdit ? undefined : 0} role="group" aria-label={title}>
      <p className="rates-text dim">{t('conduct.rates.text')}</p>
      {isShort ? <p className="note note-warning rates-text" role="status">{t('conduct.rates.short', { date: format.date(last) })} {t(mayEdit ? 'conduct.rates.shortAdd' : 'conduct.rates.shortAsk')}</p> : null}
      {published === null || withdrawn === undefined ? null : (
        <p className="rates-text dim">{t('conduct.rates.withdrawnWas', { on: format.full(published.publishedAt), from: format.date(withdrawn.row.from), to: format.date(withdrawn.row.to), reason: withdrawn.reason })}</p>
      )}
      {mayEdit ? <p className="rates-text"><Button onClick={() => { change(withNextPeriod(form, tableId)); focusLater('.rates-form tbody tr:first-child td:nth-of-type(3) input'); }}>{t('conduct.rates.add')}</Button></p> : null}
      <RatesTable
        form={form} rows={mayEdit ? null : rows} standingCount={rows.length} onChange={change}
        problemAt={(at) => {
          const problem = problems[at];
          return problem === undefined ? null : t(problem.key, formatParams(problem.params, format));
        }}
      />
    </div>
  );
  if (!mayEdit) return <section className="card conduct-panel" aria-label={title}><header className="conduct-head"><h2>{title} <span className="dim">{standing}</span></h2></header>{table}</section>;
  return (
    <div className="rates-side">
      <PublishForm
        className="card conduct-panel rates-form" label={title} title={title} standing={standing} publishLabel={t('conduct.rates.publish')} isTyped={typed !== undefined}
        onReset={() => { setRates(tableId, null); setProblems({}); }} onPublish={publish}
      >{table}</PublishForm>
      {mayWithdraw && lastRow !== undefined ? <WithdrawRate tableId={tableId} after={version} row={lastRow} onWithdrawn={onPublished} /> : null}
    </div>
  );
}
