/** What was imported before, newest first; each can be read again. It names nobody. */
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import type { ImportJob } from '../../../shared/protocol/import-protocol.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { useImport } from './import-store.ts';

export function PastImports(): ReactNode {
  const { t, format } = useWords();
  const { finished, showJob } = useImport();
  const jobs = useQuery('list-import-jobs', {});
  const { askAgain } = jobs;
  useEffect(() => {
    if (finished > 0) askAgain();
  }, [finished, askAgain]);
  const resultOf = (job: ImportJob): string => {
    if (job.report === null) return t(`imports.state.${job.state}`);
    const { rejected, taken } = job.report.rows;
    return [
      t('imports.rowsShort', { count: taken, rows: format.count(taken) }), ...(rejected > 0 ? [t('imports.rowsRejected', { count: rejected, rows: format.count(rejected) })] : []),
    ].join(' · ');
  };
  return (
    <section className="card past" aria-labelledby="past-title">
      <h2 id="past-title">{t('imports.past')}</h2>
      {jobs.data === null ? (jobs.error === null ? <Loading /> : <Failed error={jobs.error} onRetry={askAgain} />) : jobs.data.jobs.length === 0 ? (
        <Empty title={t('imports.noPastTitle')} text={t('imports.noPastText')} />
      ) : (
        <ul className="past-list">
          {jobs.data.jobs.map((job) => (
            <li key={job.jobId}>
              <ButtonBase className="past-row" onClick={() => { showJob(job); }}>
                <span className="past-name"><b>{job.creditor}</b> {job.fileName}</span>
                <span className={job.dryRun ? 'tag' : job.state === 'failed' || job.state === 'cancelled' ? 'tag tag-recovery' : 'tag tag-courtesy'}>{job.dryRun ? t('imports.trial') : t(`imports.state.${job.state}`)}</span>
                <span className="dim past-result">{resultOf(job)}</span>
                <span className="faint">{format.past(job.startedAt)}</span>
              </ButtonBase>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
