/** A creditor's file, from the disk to the lists: choose, map, try, import. One screen, one step at a time. */
import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import './imports.css';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { ChooseFile } from './choose-file.tsx';
import { ColumnTable } from './column-table.tsx';
import { useImport } from './import-store.ts';
import type { ImportStage } from './import-store.ts';
import { JobProgress } from './job-progress.tsx';
import { JobReport } from './job-report.tsx';
import { MappingForm } from './mapping-form.tsx';
import { PastImports } from './past-imports.tsx';
import { UploadProgress } from './upload-progress.tsx';

const steps = ['file', 'columns', 'trial', 'done'] as const;

/** `onDone` is given where the import is part of something larger (the first run). */
export function ImportsScreen({ onDone = null }: { onDone?: (() => void) | null }): ReactNode {
  const { t } = useWords();
  const { stage, job } = useImport();
  const Frame = onDone === null ? 'main' : 'section';
  const step = stepOf(stage, job?.dryRun ?? true);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) heading.current?.focus();
    first.current = false;
  }, [stage]);
  return (
    <Frame className="imports" aria-labelledby="imports-title">
      <header className="imports-head">
        <h1 id="imports-title" ref={heading} tabIndex={-1}>{t('imports.title')}</h1>
        <ol className="imports-steps" aria-label={t('imports.stepsLabel')}>
          {steps.map((name, index) => (
            <li key={name} aria-current={index === step ? 'step' : undefined} className={index < step ? 'imports-step-past' : ''}>{t(`imports.steps.${name}`)}</li>
          ))}
        </ol>
      </header>
      <Problem />
      <Stage onDone={onDone} />
    </Frame>
  );
}

function Stage({ onDone }: { onDone: (() => void) | null }): ReactNode {
  const stage = useImport((store) => store.stage);
  switch (stage) {
    case 'choose':
      return <div className="imports-choose"><ChooseFile /><PastImports /></div>;
    case 'uploading':
      return <UploadProgress />;
    case 'mapping':
      return <div className="imports-map"><MappingForm /><ColumnTable /></div>;
    case 'running':
      return <JobProgress />;
    case 'report':
      return <JobReport onDone={onDone} />;
  }
}

/** What went wrong, and that nothing was imported by it. */
function Problem(): ReactNode {
  const { t, format } = useWords();
  const { error, trouble, retryNow } = useImport();
  if (error !== null) return <p className="note imports-problem" role="alert">{errorSentence(error, t, format)}</p>;
  if (trouble === null) return null;
  return (
    <p className="note note-warning imports-trouble" role="status">
      {t(trouble.code === 'import-disk-full' ? 'imports.diskFull' : 'imports.lineAway')} <Button className="quiet" onClick={retryNow}>{t('imports.retryNow')}</Button>
    </p>
  );
}

function stepOf(stage: ImportStage, dryRun: boolean): number {
  switch (stage) {
    case 'choose':
    case 'uploading':
      return 0;
    case 'mapping':
      return 1;
    case 'running':
    case 'report':
      return dryRun ? 2 : 3;
  }
}
