/** Rows that were not taken, and rows to look at: line, column, value and why, in words; all of them as a file. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import type { ImportJobId } from '../../../shared/id.ts';
import { Empty } from '../../ui/state-views.tsx';
import { PagedRows } from './paged-rows.tsx';
import { inMoney } from './in-money.ts';
import { usePages } from './use-pages.ts';

export function RejectsList({ jobId, rejected }: { jobId: ImportJobId; rejected: number }): ReactNode {
  const { t, format, locale } = useWords();
  const [saved, setSaved] = useState<string | null>(null);
  const pages = usePages('list-import-rejects', { jobId }, (page) => page.notes);
  const save = async (): Promise<void> => {
    const result = await command('save-import-rejects', { jobId, locale });
    if (result.ok) setSaved(result.value.path);
    else useNotice.getState().warn(errorSentence(result.error, t, format));
  };
  if (pages.total === 0) return <Empty title={t('imports.noRejectsTitle')} text={t('imports.noRejectsText')} />;
  return (
    <>
      {rejected === 0 ? null : (
        <p className="report-download">
          <Button onClick={() => { void save(); }}>{t('imports.download')}</Button>
          <span role="status" className="dim">{saved === null ? t('imports.downloadNote') : t('imports.downloaded', { path: saved })}</span>
        </p>
      )}
      <PagedRows
        pages={pages} label={t('imports.tab.rejects')}
        columns={['imports.line', 'imports.column', 'imports.value', 'imports.why'] as const}
        row={(note) => [
          format.count(note.line), note.column ?? t('imports.wholeRow'), inMoney(note.value ?? '', format),
          `${note.severity === 'warning' ? `${t('imports.takenAnyway')} ` : ''}${t(`imports.rejects.${note.code}`, Object.fromEntries(Object.entries(note.params).map(([name, value]) => [name, typeof value === 'string' ? inMoney(value, format) : value])))}`,
        ]}
        tone={(note) => (note.severity === 'warning' ? 'row-warning' : 'row-reject')}
      />
    </>
  );
}
