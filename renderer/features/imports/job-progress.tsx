/** The hub at work on a file; leaving the screen stops nothing. */
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { useImport } from './import-store.ts';
import { ProgressBar } from './progress-bar.tsx';

export function JobProgress(): ReactNode {
  const { t, format } = useWords();
  const { job, trouble } = useImport();
  if (job === null) return null;
  const { phase, rowsRead, bytesRead, bytesTotal } = job.progress;
  return (
    <section className="card imports-progress" aria-label={t(`imports.phase.${phase}`)}>
      <h2>{job.dryRun ? t('imports.trying', { name: job.fileName }) : t('imports.importing', { name: job.fileName })}</h2>
      <ProgressBar label={t(`imports.phase.${phase}`)} done={bytesRead} total={bytesTotal} waiting={trouble !== null} />
      <p className="dim" role="status">{t(`imports.phase.${phase}`)} · {t('imports.rowsRead', { count: rowsRead, rows: format.count(rowsRead) })}</p>
      <p className="faint">{t('imports.leaveNote')}</p>
    </section>
  );
}
