/**
 * Runs the import jobs of this hub process, one after the other.
 *
 * Invariants: a job ends once, as done or failed, also when the process stops (it then says so, or the next start does); what it
 * stored before it failed are whole batches, and the same job again completes them. A real job's file is deleted when it is done.
 */
import { join } from 'node:path';
import type { ImportFileId, ImportJobId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { ImportChange, ImportFile, ImportJob, ImportJobRequest } from '../../../shared/protocol/import-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import type { Clock, PlainDate } from '../../../shared/time.ts';
import { rejectsFileName } from '../../receivables/import-file.ts';
import { runImport } from '../../receivables/run-import.ts';
import type { ImportListener, ImportOutcome } from '../../receivables/run-import.ts';
import type { HubStore } from '../../store/hub-store.ts';
import { changeOfInvoice, changeOfLeftOut } from './describe-change.ts';
import { deleteImportFile, importFilePath, isDiskFull, jobListPath } from './import-folder.ts';
import { ListWriter } from './job-lists.ts';
import { firstProgress, interrupted } from './job-row.ts';
import type { JobError, JobProgress } from './job-row.ts';
import { saveMapping } from './saved-mapping.ts';

const SAY_EVERY_MS = 2_000;

export interface RunnerHub { store: HubStore; clock: Clock; dataDir: string; onError: (error: unknown) => void }

/** The hub stops. */
class Stopped extends Error {}

export class ImportRunner {
  readonly #hub: RunnerHub;
  readonly #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();
  readonly #progress = new Map<ImportJobId, JobProgress>();

  constructor(hub: RunnerHub) {
    this.#hub = hub;
  }

  /** Writes the job down and puts it at the end of the line. */
  async start(file: ImportFile, request: ImportJobRequest, asOf: PlainDate): Promise<ImportJobId> {
    const { store, clock } = this.#hub;
    const jobId = newId<ImportJobId>();
    const nowMs = clock.nowMs();
    await store.write(async (tx) => {
      await tx.insertInto('import_jobs').values({
        job_id: jobId, file_id: file.fileId, file_name: file.fileName, creditor_name: request.creditor, content: request.content,
        dry_run: request.dryRun ? 1 : 0, as_of: asOf, request: JSON.stringify(request), state: 'waiting', started_at: nowMs, ended_at: null,
        alive_at: nowMs, progress: JSON.stringify(firstProgress), report: null, error: null, rejects_file: null,
      }).execute();
      if (request.saveMapping) {
        const { map, dateFormat, currency } = request;
        await saveMapping(tx, request.creditor, request.content, { map, dateFormat, currency });
      }
    });
    this.#progress.set(jobId, firstProgress);
    const saying = this.#keepSaying(jobId);
    this.#last = this.#last.then(() => this.#run(jobId, file.fileId, request, asOf)).catch(this.#hub.onError).finally(() => saying.stop());
    return jobId;
  }

  /** The newest progress of a job that runs here, fresher than its row. */
  withProgress(job: ImportJob): ImportJob {
    const progress = this.#progress.get(job.jobId);
    return progress === undefined ? job : { ...job, progress };
  }

  /** Ends what runs between two batches, and says of it and of what waits that it failed. */
  async stop(): Promise<void> {
    this.#stop.abort(new Stopped());
    await this.#last;
  }

  async #run(jobId: ImportJobId, fileId: ImportFileId, request: ImportJobRequest, asOf: PlainDate): Promise<void> {
    try {
      const error = await this.#import(jobId, fileId, request, asOf);
      if (error !== null) await this.#end(jobId, { error });
      else if (!request.dryRun) await deleteImportFile(this.#hub, fileId);
    } catch (thrown) {
      const error = errorOf(thrown);
      if (error.code === 'import-failed') this.#hub.onError(thrown);
      await this.#end(jobId, { error });
    } finally {
      this.#progress.delete(jobId);
    }
  }

  /** Null when it is done. */
  async #import(jobId: ImportJobId, fileId: ImportFileId, request: ImportJobRequest, asOf: PlainDate): Promise<JobError | null> {
    this.#stop.signal.throwIfAborted();
    const { store, clock, dataDir } = this.#hub;
    await store.write((tx) => tx.updateTable('import_jobs').set({ state: 'running' }).where('job_id', '=', jobId).execute());
    const rejectsFile = rejectsFileName(clock, request.creditor);
    const lists = openLists(dataDir, jobId);
    try {
      const outcome = await runImport(store, clock, {
        file: { path: importFilePath(dataDir, fileId) }, creditorName: request.creditor, asOf, dryRun: request.dryRun,
        rejectsPath: join(dataDir, 'rejects', rejectsFile),
        options: {
          content: request.content, columns: request.map, currency: request.currency, ...(request.sheet === null ? {} : { sheet: request.sheet }),
          ...(request.dateFormat === null ? {} : { dateFormat: request.dateFormat }),
          onProgress: (progress) => {
            this.#stop.signal.throwIfAborted();
            this.#tell(jobId, progress);
          },
        },
      }, { ...lists.listener, signal: this.#stop.signal, rows: (rowsRead) => { this.#tell(jobId, { rowsRead }); }, sending: () => { this.#tell(jobId, { phase: 'sending' }); } });
      await lists.close();
      if (!outcome.ok) return jobError(outcome.error);
      await this.#end(jobId, { outcome: outcome.value, rejectsFile });
      return null;
    } finally {
      await lists.close();
    }
  }

  #tell(jobId: ImportJobId, news: Partial<JobProgress>): void {
    this.#progress.set(jobId, { ...(this.#progress.get(jobId) ?? firstProgress), ...news });
  }

  async #end(jobId: ImportJobId, end: { error: JobError } | { outcome: ImportOutcome; rejectsFile: string }): Promise<void> {
    const { store, clock } = this.#hub;
    const progress = JSON.stringify(this.#progress.get(jobId) ?? firstProgress);
    const news = 'error' in end
      ? { state: 'failed' as const, error: JSON.stringify(end.error) }
      : { state: 'done' as const, report: JSON.stringify(end.outcome.report), rejects_file: end.outcome.rejectsPath === null ? null : end.rejectsFile };
    await store.write((tx) =>
      tx.updateTable('import_jobs').set({ ...news, ended_at: clock.nowMs(), progress }).where('job_id', '=', jobId).where('ended_at', 'is', null).execute());
  }

  /** Writes every few seconds that the job is alive, also while it waits, for the other processes on this database. */
  #keepSaying(jobId: ImportJobId): { stop(): Promise<void> } {
    const { store, clock, onError } = this.#hub;
    let saying: Promise<unknown> = Promise.resolve();
    const timer = setInterval(() => {
      const progress = JSON.stringify(this.#progress.get(jobId) ?? firstProgress);
      saying = saying.then(() => store.write((tx) =>
        tx.updateTable('import_jobs').set({ alive_at: clock.nowMs(), progress }).where('job_id', '=', jobId).where('ended_at', 'is', null).execute())).catch(onError);
    }, SAY_EVERY_MS);
    timer.unref();
    return {
      stop: async () => {
        clearInterval(timer);
        await saying;
      },
    };
  }
}

function openLists(dataDir: string, jobId: ImportJobId): { listener: ImportListener; close(): Promise<void> } {
  const writers = {
    notes: new ListWriter(jobListPath(dataDir, jobId, 'notes')), came: new ListWriter(jobListPath(dataDir, jobId, 'came')),
    went: new ListWriter(jobListPath(dataDir, jobId, 'went')), changed: new ListWriter(jobListPath(dataDir, jobId, 'changed')),
  };
  return {
    listener: {
      note: (note) => writers.notes.add(note),
      stored: async (invoice) => {
        const change: ImportChange = changeOfInvoice(invoice);
        if (invoice.before === null) await writers.came.add(change);
        else if (change.fields.length > 0) await writers.changed.add(change);
      },
      leftOut: (invoice) => writers.went.add(changeOfLeftOut(invoice)),
    },
    close: async () => {
      await Promise.all(Object.values(writers).map((writer) => writer.close()));
    },
  };
}

function errorOf(thrown: unknown): JobError {
  if (thrown instanceof Stopped) return interrupted;
  if (isDiskFull(thrown)) return { code: 'import-disk-full', messageKey: 'error.importDiskFull', params: {} };
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return { code: 'import-file-gone', messageKey: 'error.importFileGone', params: {} };
  return { code: 'import-failed', messageKey: 'error.importFailed', params: {} };
}

function jobError({ code, messageKey, details }: AppError): JobError {
  return { code, messageKey, params: details };
}
