/** A job as its row has it, and as it is told. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ImportJobId } from '../../../shared/id.ts';
import type { ImportJob, ImportJobRequest } from '../../../shared/protocol/import-protocol.ts';
import { importErrorSchema, importJobReportSchema, importJobRequestSchema, importJobSchema } from '../../../shared/protocol/import-protocol.ts';
import type { HubStore } from '../../store/hub-store.ts';
import type { ImportJobsTable, Tx } from '../../store/tables.ts';
import { errorOfCode } from './job-end.ts';

export type JobRow = Selectable<ImportJobsTable>;
export type JobProgress = ImportJob['progress'];
export type JobError = z.infer<typeof importErrorSchema>;

const rowSchema = z.object({
  progress: importJobSchema.shape.progress, report: importJobReportSchema.nullable(), error: importErrorSchema.nullable(),
});

export const firstProgress: JobProgress = { phase: 'looking', rowsRead: 0, rowsStored: 0, bytesRead: 0, bytesTotal: 0 };

/** How long a running job may be silent before it is called dead. */
export const SILENT_MS = 120_000;

/** What was asked of a job, to ask it again. */
export async function findRequest(tx: Tx, jobId: ImportJobId): Promise<ImportJobRequest | null> {
  const row = await tx.selectFrom('import_jobs').select('request').where('job_id', '=', jobId).executeTakeFirst();
  return row === undefined ? null : importJobRequestSchema.parse(JSON.parse(row.request));
}

export function readProgress(row: Pick<JobRow, 'progress'>): JobProgress {
  return rowSchema.shape.progress.parse(JSON.parse(row.progress));
}

export function jobOfRow(row: JobRow, fileKept: boolean): ImportJob {
  const json = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
  const { progress, report, error } = rowSchema.parse({ progress: json(row.progress), report: json(row.report), error: json(row.error) });
  return {
    jobId: row.job_id, fileId: row.file_id, fileName: row.file_name, creditor: row.creditor_name, content: row.content, dryRun: row.dry_run === 1,
    asOf: row.as_of, state: row.state, startedAt: row.started_at, endedAt: row.ended_at, progress, report, error, fileKept,
  };
}

/** Newest first. */
export async function listJobs(tx: Tx, filter: { creditor?: string | undefined; jobId?: string }): Promise<ImportJob[]> {
  let query = tx.selectFrom('import_jobs').leftJoin('import_files', 'import_files.file_id', 'import_jobs.file_id')
    .selectAll('import_jobs').select('import_files.file_id as kept').orderBy('import_jobs.started_at', 'desc').orderBy('import_jobs.job_id', 'desc').limit(50);
  if (filter.creditor !== undefined) query = query.where('import_jobs.creditor_name', '=', filter.creditor);
  if (filter.jobId !== undefined) query = query.where((eb) => eb(eb.cast<string>('import_jobs.job_id', 'text'), '=', filter.jobId ?? ''));
  return (await query.execute()).map(({ kept, ...row }) => jobOfRow(row, kept !== null));
}

/** Whose process has gone silent: whole batches of theirs are stored, and the same job again completes them. One that was being cancelled is. */
export async function failSilentJobs(store: HubStore, nowMs: number, silentMs: number): Promise<void> {
  const silent = await store.lookup((tx) =>
    tx.selectFrom('import_jobs').select('job_id').where('ended_at', 'is', null).where('alive_at', '<=', nowMs - silentMs).limit(1).executeTakeFirst());
  if (silent === undefined) return;
  await store.write(async (tx) => {
    const silentJobs = tx.updateTable('import_jobs').where('ended_at', 'is', null).where('alive_at', '<=', nowMs - silentMs);
    await silentJobs.set({ state: 'cancelled', ended_at: nowMs }).where('state', '=', 'cancelling').execute();
    await silentJobs.set({ state: 'failed', ended_at: nowMs, error: JSON.stringify(errorOfCode('import-interrupted')) }).execute();
  });
}

/** At once where it waits; where it runs, when its process hears of it. One that has ended stays as it is. */
export async function cancelJob(store: HubStore, nowMs: number, jobId: ImportJobId): Promise<void> {
  await store.write(async (tx) => {
    const job = tx.updateTable('import_jobs').where('job_id', '=', jobId).where('ended_at', 'is', null);
    await job.set({ state: 'cancelled', ended_at: nowMs }).where('state', '=', 'waiting').execute();
    await job.set({ state: 'cancelling' }).where('state', '=', 'running').execute();
  });
}
