/**
 * Runs the import jobs of this hub process, one after the other.
 *
 *   waiting ─▶ running ─────────────────────────────▶ done | failed
 *      │          └─ cancel ─▶ cancelling ─ what was taken goes to the desks ─▶ cancelled
 *      └─ cancel ─▶ cancelled
 *
 * Invariants: a job ends once, also when the process stops (it then says so, or the next start does), also where its end cannot be
 * written for want of room (it is told from memory, and written when there is); what it stored before is whole batches, and their rows are
 * counted in the transactions that stored them; the same job again completes them. A real job's file is deleted when it is done.
 */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportJobId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { ImportFile, ImportJob, ImportJobRequest } from '../../../shared/protocol/import-protocol.ts';
import type { Clock, PlainDate } from '../../../shared/time.ts';
import { hasRoom, isDiskFull } from '../../file-pieces.ts';
import { rejectsFileName } from '../../receivables/import-file.ts';
import { publishChangedCases } from '../../receivables/publish-changed-cases.ts';
import { runImport } from '../../receivables/run-import.ts';
import type { HubStore } from '../../store/hub-store.ts';
import { deleteImportFile, importFilePath } from './import-folder.ts';
import { openJobLists } from './job-lists.ts';
import { Cancelled, describeThrown, jobError, Stopped, toColumns } from './job-end.ts';
import type { JobEnd } from './job-end.ts';
import { firstProgress } from './job-row.ts';
import type { JobProgress } from './job-row.ts';
import { noteProgress } from './note-progress.ts';
import { saveMapping } from './saved-mapping.ts';

const SAY_EVERY_MS = 2_000;
/** A batch of rows or of cases takes no more. */
const BATCH_BYTES = 4 * 1024 * 1024;
const TURNS_BETWEEN_BATCHES = 16;

export interface RunnerHub { store: HubStore; clock: Clock; dataDir: string; onError: (error: unknown) => void }

interface RunningJob {
  jobId: ImportJobId;
  cancel: AbortController;
  progress: JobProgress;
  /** Set when it has ended and that could not be written yet. */
  end: (JobEnd & { endedAt: number }) | null;
  timer: NodeJS.Timeout;
  saying: Promise<void>;
}

export class ImportRunner {
  readonly #hub: RunnerHub;
  readonly #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();
  readonly #jobs = new Map<ImportJobId, RunningJob>();

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
    const timer = setInterval(() => { job.saying = job.saying.then(() => this.#say(job)); }, SAY_EVERY_MS);
    timer.unref();
    const job: RunningJob = { jobId, cancel: new AbortController(), progress: firstProgress, end: null, timer, saying: Promise.resolve() };
    this.#jobs.set(jobId, job);
    this.#last = this.#last.then(() => this.#run(job, file, request, asOf)).catch(this.#hub.onError);
    return jobId;
  }

  /** The newest of a job that runs here, fresher than its row. */
  withProgress(row: ImportJob): ImportJob {
    const job = this.#jobs.get(row.jobId);
    if (job === undefined) return row;
    const { progress, end } = job;
    return end === null ? { ...row, progress } : { ...row, progress, state: end.state, endedAt: end.endedAt, error: end.error, report: end.report };
  }

  /** Ends a job of this process between two batches; those of another process find it in their row. */
  cancel(jobId: ImportJobId): void {
    this.#jobs.get(jobId)?.cancel.abort(new Cancelled());
  }

  /** Ends what runs between two batches, and says of it and of what waits that it failed. */
  async stop(): Promise<void> {
    this.#stop.abort(new Stopped());
    await this.#last;
    // What is left could not be written: the next start says of it that it was interrupted.
    for (const job of [...this.#jobs.values()]) {
      this.#forget(job);
      await job.saying;
    }
  }

  async #run(job: RunningJob, file: ImportFile, request: ImportJobRequest, asOf: PlainDate): Promise<void> {
    let end: JobEnd | null;
    try {
      end = await this.#import(job, file, request, asOf);
    } catch (thrown) {
      end = describeThrown(thrown);
      if (end.error?.code === 'import-failed') this.#hub.onError(thrown);
      if (job.progress.rowsStored > 0 && !(thrown instanceof Stopped)) await this.#sendWhatWasTaken(job);
    }
    if (end === null) {
      this.#forget(job);
      return;
    }
    job.end = { ...end, endedAt: this.#hub.clock.nowMs() };
    await this.#writeEnd(job);
    if (end.state === 'done' && !request.dryRun) await deleteImportFile(this.#hub, file.fileId);
  }

  /** Null where it was cancelled while it waited. */
  async #import(job: RunningJob, { fileId, fileName }: ImportFile, request: ImportJobRequest, asOf: PlainDate): Promise<JobEnd | null> {
    this.#stop.signal.throwIfAborted();
    const { store, clock, dataDir } = this.#hub;
    const { jobId } = job;
    const begun = await store.write((tx) =>
      tx.updateTable('import_jobs').set({ state: 'running' }).where('job_id', '=', jobId).where('state', '=', 'waiting').returning('job_id').executeTakeFirst());
    if (begun === undefined) return null;
    const rejectsFile = rejectsFileName(clock, request.creditor);
    const lists = openJobLists(dataDir, jobId);
    const checkStops = (): void => {
      this.#stop.signal.throwIfAborted();
      job.cancel.signal.throwIfAborted();
    };
    try {
      const outcome = await runImport(store, clock, {
        file: { path: importFilePath(dataDir, fileId) }, creditorName: request.creditor, asOf, dryRun: request.dryRun, fileName, jobId,
        rejectsPath: join(dataDir, 'rejects', rejectsFile),
        options: {
          content: request.content, columns: request.map, currency: request.currency, ...(request.sheet === null ? {} : { sheet: request.sheet }),
          ...(request.dateFormat === null ? {} : { dateFormat: request.dateFormat }),
          onProgress: (progress) => {
            // Later, batches ask.
            if (progress.phase === 'looking') checkStops();
            tell(job, progress);
          },
        },
      }, {
        ...lists.listener,
        storing: (tx, rowsStored) => noteProgress(tx, jobId, { ...job.progress, rowsStored }, clock.nowMs()).then(() => undefined),
        beforeBatch: async (kind) => {
          await letOthersPass();
          if (kind === 'rows') checkStops();
          else this.#stop.signal.throwIfAborted();
          if (!(await hasRoom(dataDir, BATCH_BYTES))) throw new NoRoom();
        },
        rows: (rowsRead) => { tell(job, { rowsRead }); },
        rowsStored: (rowsStored) => { tell(job, { rowsStored }); },
        sending: () => { tell(job, { phase: 'sending' }); },
      });
      await lists.close();
      if (!outcome.ok) return { state: 'failed', error: jobError(outcome.error), report: null, rejectsFile: null };
      const { report, rejectsPath } = outcome.value;
      return { state: 'done', error: null, report, rejectsFile: rejectsPath === null ? null : rejectsFile };
    } finally {
      await lists.close();
    }
  }

  /** The hub knows rows that no desk has: where they cannot be sent now, the next import or the next start sends them. */
  async #sendWhatWasTaken(job: RunningJob): Promise<void> {
    const { store, clock, dataDir, onError } = this.#hub;
    tell(job, { phase: 'sending' });
    try {
      await publishChangedCases(store, clock, async () => {
        await letOthersPass();
        this.#stop.signal.throwIfAborted();
        if (!(await hasRoom(dataDir, BATCH_BYTES))) throw new NoRoom();
      });
    } catch (error) {
      if (!(error instanceof Stopped) && !isDiskFull(error)) onError(error);
    }
  }

  /** Where the disk is full, the job says it from memory and is written down later. */
  async #writeEnd(job: RunningJob): Promise<void> {
    const { end } = job;
    if (end === null) return;
    try {
      await this.#hub.store.write((tx) =>
        tx.updateTable('import_jobs').set(toColumns(end, end.endedAt, job.progress)).where('job_id', '=', job.jobId).where('ended_at', 'is', null).execute());
      this.#forget(job);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  }

  /**
   * Writes every few seconds that the job is alive, also while it waits, for the other processes on this database; hears whether it was
   * cancelled through one of them; and writes the end of a job that could not be written at once.
   */
  async #say(job: RunningJob): Promise<void> {
    const { store, clock, onError } = this.#hub;
    try {
      if (job.end !== null) await this.#writeEnd(job);
      else if ((await store.write((tx) => noteProgress(tx, job.jobId, job.progress, clock.nowMs()))) === 'cancelling') this.cancel(job.jobId);
    } catch (error) {
      if (!isDiskFull(error)) onError(error);
    }
  }

  #forget(job: RunningJob): void {
    clearInterval(job.timer);
    this.#jobs.delete(job.jobId);
  }
}

/** A request takes some turns of the event loop, and a batch holds it for long: with one turn a batch, a push would wait for ten of them. */
async function letOthersPass(): Promise<void> {
  for (let turn = 0; turn < TURNS_BETWEEN_BATCHES; turn += 1) await nextTurn();
}

/** What the disk keeps free for facts is not for imports. */
class NoRoom extends Error {
  readonly code = 'ENOSPC';
}

function tell(job: RunningJob, news: Partial<JobProgress>): void {
  job.progress = { ...job.progress, ...news };
}
