/** A plain table that grows on request. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import type { Pages } from './use-pages.ts';

interface Props<Row> {
  pages: Pages<Row>;
  label: string;
  /** Keys of the headings. */
  columns: readonly string[];
  /** The column with figures, set to the right. */
  figures?: string;
  row: (row: Row) => string[];
  tone?: (row: Row) => string;
}

export function PagedRows<Row>({ pages, label, columns, figures, row, tone = () => '' }: Props<Row>): ReactNode {
  const { t, format } = useWords();
  if (pages.error !== null) return <Failed error={pages.error} onRetry={pages.more} />;
  if (pages.total === null) return <Loading />;
  return (
    <div className="report-scroll" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead><tr>{columns.map((key) => <th scope="col" key={key} className={key === figures ? 'num' : undefined}>{t(key)}</th>)}</tr></thead>
        <tbody>
          {pages.rows.map((entry, index) => (
            <tr key={index} className={tone(entry)}>{row(entry).map((cell, column) => <td key={column} className={columns[column] === figures && figures !== undefined ? 'num' : undefined}>{cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
      {pages.hasMore ? <p className="report-more"><Button onClick={pages.more}>{t('imports.more', { left: format.count(pages.total - pages.rows.length) })}</Button></p> : null}
    </div>
  );
}
