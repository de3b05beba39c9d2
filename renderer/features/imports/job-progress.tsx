/** The hub at work on a file; leaving the screen stops nothing, Esc and the button do, after a question that says what would stay. */
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import type { Words } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import type { ImportJob } from '../../../shared/protocol/import-protocol.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
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
      <Stop job={job} />
      <p className="faint">{t('imports.leaveNote')}</p>
    </section>
  );
}

/** The hub takes no stop any more once every row is stored. */
function Stop({ job }: { job: ImportJob }): ReactNode {
  const words = useWords();
  const { t } = words;
  const { stop, stopAsked } = useImport();
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  const isTooLate = job.progress.phase === 'sending';
  const isStopping = stopAsked || job.state === 'cancelling';
  const mayStop = !isTooLate && !isStopping;
  useEffect(() => {
    if (wasAsking.current && !asking) button.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  useShortcuts(mayStop ? { Escape: () => { setAsking(!asking); } } : {});
  if (isStopping) return <p className="dim" role="status">{t('imports.stop.asked')}</p>;
  if (isTooLate) return <p className="dim">{t('imports.stop.tooLate')}</p>;
  if (!asking) {
    return <div className="imports-buttons"><Button ref={button} onClick={() => { setAsking(true); }}>{t('imports.cancel')} <KeyHint keys="Esc" /></Button></div>;
  }
  return (
    <div className="note note-warning imports-stop" role="group" aria-labelledby="stop-question">
      <p id="stop-question">{question(job, words)}</p>
      <div className="imports-buttons">
        <Button autoFocus onClick={() => { setAsking(false); }}>{t('imports.stop.no')} <KeyHint keys="Esc" /></Button>
        <Button onClick={() => { void stop(); }}>{t('imports.stop.yes')}</Button>
      </div>
    </div>
  );
}

function question(job: ImportJob, { t, format }: Words): string {
  if (job.dryRun) return t('imports.stop.trial');
  const { rowsStored } = job.progress;
  return rowsStored === 0 ? t('imports.stop.none') : t('imports.stop.some', { count: rowsStored, rows: format.count(rowsStored) });
}
