/** What a file would bring, or has brought: in figures, in lists, and what was not taken. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import type { Words } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import type { ImportJob, ImportJobReport, ImportTally } from '../../../shared/protocol/import-protocol.ts';
import { ChangesList } from './changes-list.tsx';
import { useImport } from './import-store.ts';
import { RejectsList } from './rejects-list.tsx';

const changeKinds = ['came', 'went', 'changed'] as const;
type Tab = (typeof changeKinds)[number] | 'rejects';

export function JobReport({ onDone }: { onDone: (() => void) | null }): ReactNode {
  const { t, format } = useWords();
  const { job, fileId, start, backToColumns, reset, busy, stopAsked } = useImport();
  if (job === null) return null;
  if (job.report === null) return <Ended job={job} />;
  const mayImport = job.dryRun && fileId !== null;
  const nothingToTake = job.report.rows.taken === 0;
  return (
    <div className="report">
      <header className="report-head">
        <div>
          <h2>{job.dryRun ? t('imports.trialTitle', { name: job.fileName }) : t('imports.doneTitle', { name: job.fileName })}</h2>
          <p className="dim">{job.creditor} · {t(`imports.contents.${job.content}`)} · {t('imports.asOfDay', { date: format.date(job.asOf) })}</p>
        </div>
        <div className="imports-buttons">
          {mayImport ? (
            <>
              <Button className="primary" autoFocus disabled={busy || nothingToTake} onClick={() => { void start(false); }}>{t('imports.importNow', { count: job.report.rows.taken, rows: format.count(job.report.rows.taken) })}</Button>
              <Button onClick={backToColumns}>{t('imports.backToColumns')}</Button>
            </>
          ) : null}
          {!job.dryRun && onDone !== null ? <Button className="primary" autoFocus onClick={onDone}>{t('imports.goOn')}</Button> : null}
          <Button onClick={reset}>{mayImport ? t('imports.otherFile') : t('imports.another')}</Button>
        </div>
      </header>
      {job.dryRun ? <p className={nothingToTake ? 'note note-warning' : 'note note-calm'}>{t(nothingToTake ? (isAllKnown(job.report) ? 'imports.payments.allKnown' : 'imports.nothingToTake') : 'imports.trialNote')}</p> : null}
      {stopAsked && !job.dryRun ? <p className="note note-calm" role="status">{t('imports.stop.wasTooLate')}</p> : null}
      <Figures report={job.report} dryRun={job.dryRun} />
      <Lists job={job} report={job.report} />
    </div>
  );
}

/** A job that came to no end of its own: why, what of it stays, and how to go on. */
function Ended({ job }: { job: ImportJob }): ReactNode {
  const { t, format } = useWords();
  const { fileId, backToColumns, repeat, reset, busy } = useImport();
  const { error } = job;
  const { rowsStored } = job.progress;
  return (
    <section className="card imports-progress">
      <h2>{t(endedTitle(job), { name: job.fileName })}</h2>
      {error === null ? null : <p role="alert">{errorSentence({ code: error.code, messageKey: error.messageKey, retryable: false, details: error.params }, t, format)}</p>}
      <p>
        {job.dryRun ? t('imports.left.trial') : rowsStored === 0 ? t('imports.left.none') : t('imports.left.some', { count: rowsStored, rows: format.count(rowsStored) })}
      </p>
      <div className="imports-buttons">
        {job.fileKept ? <Button className="primary" autoFocus disabled={busy} onClick={() => { void repeat(); }}>{t('imports.repeat')}</Button> : null}
        {fileId === null ? null : <Button onClick={backToColumns}>{t('imports.backToColumns')}</Button>}
        <Button onClick={reset}>{t('imports.otherFile')}</Button>
      </div>
    </section>
  );
}

function endedTitle(job: ImportJob): 'imports.stoppedTrialTitle' | 'imports.stoppedTitle' | 'imports.failedTrialTitle' | 'imports.failedPartTitle' | 'imports.failedTitle' {
  if (job.state === 'cancelled') return job.dryRun ? 'imports.stoppedTrialTitle' : 'imports.stoppedTitle';
  if (job.dryRun) return 'imports.failedTrialTitle';
  return job.progress.rowsStored > 0 ? 'imports.failedPartTitle' : 'imports.failedTitle';
}

function Figures({ report, dryRun }: { report: ImportJobReport; dryRun: boolean }): ReactNode {
  const words = useWords();
  const { t, format } = words;
  const { rows, changes, open } = report;
  const tally = (name: 'came' | 'went' | 'changed', value: ImportTally): ReactNode => (
    <div className="card figure" key={name}>
      <p className="dim">{t(`imports.change.${name}`)}</p>
      <p className="figure-value">{format.count(value.invoices)}</p>
      <p>{moneyOf(value.cents, words)}</p>
      <p className="dim">{t(`imports.changeNote.${name}`)}</p>
    </div>
  );
  return (
    <section className="report-figures" aria-label={t('imports.figures')}>
      <div className="card figure">
        <p className="dim">{dryRun ? t('imports.rowsWould') : t('imports.rowsTaken')}</p>
        <p className="figure-value">{format.count(rows.taken)}</p>
        <p>{t('imports.rowsOf', { rows: format.count(rows.read) })}</p>
        <p className="dim">{[
          rows.rejected > 0 ? t('imports.rowsRejected', { count: rows.rejected, rows: format.count(rows.rejected) }) : t('imports.noRejects'),
          rows.repeated > 0 ? t('imports.rowsRepeated', { count: rows.repeated, rows: format.count(rows.repeated) }) : '',
          rows.hidden > 0 ? t('imports.rowsHidden', { count: rows.hidden, rows: format.count(rows.hidden) }) : '',
        ].filter((part) => part !== '').join(' · ')}</p>
      </div>
      {report.payments !== null ? <PaidFigures payments={report.payments} lowered={changes?.changed ?? null} /> : changes === null ? (
        <div className="card figure">
          <p className="dim">{t('imports.customers')}</p>
          <p className="figure-value">{format.count(report.customers.new + report.customers.updated + report.customers.unchanged)}</p>
          <p className="dim">{t('imports.customersNote', { fresh: format.count(report.customers.new), updated: format.count(report.customers.updated) })}</p>
        </div>
      ) : changeKinds.map((kind) => tally(kind, changes[kind]))}
      {open === null ? null : (
        <div className="card figure">
          <p className="dim">{t('imports.openNow')}</p>
          <p className="figure-value">{format.count(open.customers)}</p>
          <p>{moneyOf(open.cents, words)}</p>
          <p className="dim">{t('imports.openNote', { invoices: format.count(open.invoices), overdue: format.count(open.overdue) })}</p>
        </div>
      )}
    </section>
  );
}

/** Every line of a paid list was counted by an earlier one. */
function isAllKnown({ rows, payments }: ImportJobReport): boolean {
  return payments !== null && payments.known > 0 && rows.rejected === 0;
}

function PaidFigures({ payments, lowered }: { payments: NonNullable<ImportJobReport['payments']>; lowered: ImportTally | null }): ReactNode {
  const words = useWords();
  const { t, format } = words;
  return (
    <>
      <div className="card figure">
        <p className="dim">{t('imports.payments.counted')}</p>
        <p className="figure-value">{format.count(payments.counted)}</p>
        <p>{moneyOf(payments.cents, words)}</p>
        <p className="dim">{[
          t('imports.payments.countedOf', { count: payments.customers, customers: format.count(payments.customers) }),
          ...(payments.known > 0 ? [t('imports.payments.known', { count: payments.known, rows: format.count(payments.known) })] : []),
        ].join(' · ')}</p>
      </div>
      {lowered === null ? null : (
        <div className="card figure">
          <p className="dim">{t('imports.payments.lowered')}</p>
          <p className="figure-value">{format.count(lowered.invoices)}</p>
          <p>{moneyOf(lowered.cents, words)}</p>
          <p className="dim">{t('imports.payments.loweredNote')}</p>
        </div>
      )}
      {Object.keys(payments.leftCents).length === 0 ? null : (
        <div className="card figure">
          <p className="dim">{t('imports.payments.left')}</p>
          <p className="figure-value">{moneyOf(payments.leftCents, words)}</p>
          <p className="dim">{t('imports.payments.leftNote')}</p>
        </div>
      )}
    </>
  );
}

function Lists({ job, report }: { job: ImportJob; report: ImportJobReport }): ReactNode {
  const { t, format } = useWords();
  const notes = report.rows.rejected + report.warnings;
  const counts: Partial<Record<Tab, number>> = {
    ...(report.changes === null ? {} : report.payments !== null ? { changed: report.changes.changed.invoices } : { came: report.changes.came.invoices, went: report.changes.went.invoices, changed: report.changes.changed.invoices }), rejects: notes,
  };
  const tabs = (['rejects', ...changeKinds] as const).filter((name) => counts[name] !== undefined);
  const [tab, setTab] = useState<Tab>(notes > 0 || report.changes === null ? 'rejects' : (counts.went ?? 0) > 0 ? 'went' : report.payments === null ? 'came' : 'changed');
  return (
    <section className="card report-lists" aria-label={t('imports.lists')}>
      <div className="report-tabs" role="group" aria-label={t('imports.lists')}>
        {tabs.map((name) => (
          <Button key={name} aria-pressed={tab === name} onClick={() => { setTab(name); }}>{name === 'changed' && report.payments !== null ? t('imports.payments.tab') : t(`imports.tab.${name}`)} <b>{format.count(counts[name] ?? 0)}</b></Button>
        ))}
      </div>
      {tab === 'went' ? <p className="note note-warning report-paid">{t('imports.nothingPaid')}</p> : null}
      {tab === 'rejects' ? <RejectsList jobId={job.jobId} rejected={report.rows.rejected} /> : <ChangesList key={tab} jobId={job.jobId} kind={tab} isPaidList={report.payments !== null} />}
    </section>
  );
}

function moneyOf(cents: Readonly<Record<string, number>>, { format }: Words): string {
  return Object.entries(cents).map(([currency, amountCents]) => format.money(amountCents, currency)).join(' · ');
}
