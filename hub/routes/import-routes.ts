/** Imports for people: files in pieces, a first look, jobs and what came of them (`shared/protocol/import-protocol.ts`). */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { importFileIdSchema, importJobIdSchema } from '../../shared/id.ts';
import type { ImportJobId } from '../../shared/id.ts';
import type { ImportFile, ImportJob, ImportJobRequest, ImportPreview } from '../../shared/protocol/import-protocol.ts';
import {
  IMPORT_CHUNK_BYTES, IMPORT_CHUNK_CONTENT_TYPE, importChangeSchema, importChangesPageSchema, importChangesQuerySchema, importChunkQuerySchema, importCreditorsReplySchema,
  importFileSchema, importJobRequestSchema, importJobSchema, importJobsQuerySchema, importJobsReplySchema, importNoteSchema, importPageQuerySchema,
  importPreviewQuerySchema, importPreviewSchema, importRejectsPageSchema, newImportFileSchema,
} from '../../shared/protocol/import-protocol.ts';
import type { PlainDate } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { describeImportError } from '../imports/describe-import-error.ts';
import {
  addImportFile, deleteImportFile, findImportFile, findWholeFile, importFilePath, jobListPath, receiveImportChunk, sweepImports, whileRoom,
} from '../imports/jobs/import-folder.ts';
import { ImportRunner } from '../imports/jobs/import-runner.ts';
import { readList } from '../imports/jobs/job-lists.ts';
import { cancelJob, failSilentJobs, findRequest, listJobs, SILENT_MS } from '../imports/jobs/job-row.ts';
import { listImportCreditors } from '../imports/jobs/list-creditors.ts';
import { findMapping } from '../imports/jobs/saved-mapping.ts';
import { previewFile } from '../imports/preview-file.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const SITE_ZONE = 'Europe/Rome';
const SWEEP_EVERY_MS = 3_600_000;

const fileParams = z.object({ fileId: importFileIdSchema });
const jobParams = z.object({ jobId: importJobIdSchema });
const unknownJob = refuse(404, 'import-job-unknown', 'There is no such import.');

export function registerImportRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock, dataDir } = context;
  const runner = new ImportRunner({ store, clock, dataDir, onError: (error) => { app.log.error({ err: error }, 'import'); } });

  app.addHook('onReady', async () => {
    // The embedded database has this one process: whatever seems to run died with the last one.
    // On a full disk the hub must serve all the same: then the next hour's sweep does it.
    await whileRoom(async () => {
      await failSilentJobs(store, clock.nowMs(), store.dialect === 'sqlite' ? 0 : SILENT_MS);
      await sweepImports({ store, dataDir }, clock.nowMs());
    });
    const timer = setInterval(() => {
      sweepImports({ store, dataDir }, clock.nowMs()).catch((error: unknown) => { app.log.error({ err: error }, 'sweep'); });
    }, SWEEP_EVERY_MS);
    timer.unref();
    app.addHook('onClose', () => { clearInterval(timer); });
  });
  app.addHook('preClose', () => runner.stop());

  const jobsOf = async (filter: { creditor?: string | undefined; jobId?: ImportJobId }): Promise<ImportJob[]> => {
    // Without room it is said another time: to be asked how a job is, is no reason to fail.
    await whileRoom(() => failSilentJobs(store, clock.nowMs(), SILENT_MS));
    return (await store.read((tx) => listJobs(tx, filter))).map((job) => (job.endedAt === null ? runner.withProgress(job) : job));
  };
  const findJob = async (jobId: ImportJobId): Promise<HubResult<ImportJob>> => {
    const [job] = await jobsOf({ jobId });
    return job === undefined ? unknownJob : accept(job);
  };
  const startJob = async (reply: FastifyReply, file: ImportFile, asked: ImportJobRequest, asOf: PlainDate): Promise<FastifyReply> => {
    const started = await whileRoom(() => runner.start(file, asked, asOf));
    return started.ok ? sendResult(reply, importJobSchema, await findJob(started.value), 201) : sendRefusal(reply, started);
  };

  app.post('/v1/import-files', async (request, reply) => {
    const input = parseInput(newImportFileSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, importFileSchema, await addImportFile({ store, dataDir }, clock.nowMs(), input.value), 201);
  });

  app.get('/v1/import-files/:fileId', async (request, reply) => {
    const params = parseInput(fileParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    return sendResult(reply, importFileSchema, await findImportFile({ store, dataDir }, params.value.fileId));
  });

  app.patch('/v1/import-files/:fileId', { bodyLimit: IMPORT_CHUNK_BYTES }, async (request, reply) => {
    const params = parseInput(fileParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const query = parseInput(importChunkQuerySchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    if (!(request.body instanceof Uint8Array)) return sendRefusal(reply, refuse(400, 'chunk-missing', `Send the bytes as ${IMPORT_CHUNK_CONTENT_TYPE}.`));
    const received = await receiveImportChunk({ store, dataDir }, clock.nowMs(), params.value.fileId, query.value.offset, request.body);
    if (!received.ok) return sendRefusal(reply, received);
    return sendResult(reply, importFileSchema, accept(received.value.file), received.value.taken ? 200 : 409);
  });

  app.delete('/v1/import-files/:fileId', async (request, reply) => {
    const params = parseInput(fileParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const running = await store.read((tx) =>
      tx.selectFrom('import_jobs').select('job_id').where('file_id', '=', params.value.fileId).where('ended_at', 'is', null).executeTakeFirst());
    if (running !== undefined) return sendRefusal(reply, refuse(409, 'import-job-running', 'An import is reading this file.'));
    await deleteImportFile({ store, dataDir }, params.value.fileId);
    return sendResult(reply, z.object({}), accept({}));
  });

  app.get('/v1/import-files/:fileId/preview', async (request, reply) => {
    const params = parseInput(fileParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const query = parseInput(importPreviewQuerySchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    const file = await findWholeFile({ store, dataDir }, params.value.fileId);
    if (!file.ok) return sendRefusal(reply, file);
    return sendResult(reply, importPreviewSchema, await preview(context, params.value.fileId, query.value));
  });

  app.post('/v1/import-files/:fileId/jobs', async (request, reply) => {
    const params = parseInput(fileParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const input = parseInput(importJobRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const file = await findWholeFile({ store, dataDir }, params.value.fileId);
    if (!file.ok) return sendRefusal(reply, file);
    return startJob(reply, file.value, input.value, input.value.asOf ?? dateOfInstant(clock.nowMs(), SITE_ZONE));
  });

  app.get('/v1/import-jobs', async (request, reply) => {
    const query = parseInput(importJobsQuerySchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    return sendResult(reply, importJobsReplySchema, accept({ jobs: await jobsOf(query.value) }));
  });

  app.get('/v1/import-jobs/:jobId', async (request, reply) => {
    const params = parseInput(jobParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    return sendResult(reply, importJobSchema, await findJob(params.value.jobId));
  });

  app.post('/v1/import-jobs/:jobId/cancel', async (request, reply) => {
    const params = parseInput(jobParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    // First here, where it counts at once; then in the row, for another process.
    runner.cancel(params.value.jobId);
    const noted = await whileRoom(() => cancelJob(store, clock.nowMs(), params.value.jobId));
    return noted.ok ? sendResult(reply, importJobSchema, await findJob(params.value.jobId)) : sendRefusal(reply, noted);
  });

  app.post('/v1/import-jobs/:jobId/again', async (request, reply) => {
    const params = parseInput(jobParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const job = await findJob(params.value.jobId);
    if (!job.ok) return sendRefusal(reply, job);
    if (job.value.endedAt === null) return sendRefusal(reply, refuse(409, 'import-job-running', 'This import is still at work.'));
    const file = await findWholeFile({ store, dataDir }, job.value.fileId);
    if (!file.ok) return sendRefusal(reply, file);
    const asked = await store.read((tx) => findRequest(tx, params.value.jobId));
    return asked === null ? sendRefusal(reply, unknownJob) : startJob(reply, file.value, asked, job.value.asOf);
  });

  app.get('/v1/import-jobs/:jobId/rejects', async (request, reply) => {
    const params = parseInput(jobParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const query = parseInput(importPageQuerySchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    const job = await findJob(params.value.jobId);
    if (!job.ok) return sendRefusal(reply, job);
    const { total, entries } = await readList(jobListPath(dataDir, params.value.jobId, 'notes'), importNoteSchema, query.value);
    return sendResult(reply, importRejectsPageSchema, accept({ total, notes: entries }));
  });

  app.get('/v1/import-jobs/:jobId/rejects.csv', async (request, reply) => {
    const params = parseInput(jobParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const row = await store.read((tx) =>
      tx.selectFrom('import_jobs').select(['rejects_file', 'file_name']).where('job_id', '=', params.value.jobId).executeTakeFirst());
    if (row?.rejects_file == null) return sendRefusal(reply, refuse(404, 'import-job-unknown', 'There are no rejected rows of this import.'));
    const name = `scartati-${row.file_name.replace(/\.[^.]*$/, '')}.csv`;
    return reply
      .header('content-type', 'text/csv; charset=utf-8').header('x-content-type-options', 'nosniff').header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(createReadStream(join(dataDir, 'rejects', row.rejects_file)));
  });

  app.get('/v1/import-jobs/:jobId/changes', async (request, reply) => {
    const params = parseInput(jobParams, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const query = parseInput(importChangesQuerySchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    const job = await findJob(params.value.jobId);
    if (!job.ok) return sendRefusal(reply, job);
    const { total, entries } = await readList(jobListPath(dataDir, params.value.jobId, query.value.kind), importChangeSchema, query.value);
    return sendResult(reply, importChangesPageSchema, accept({ total, changes: entries }));
  });

  app.get('/v1/import-creditors', async (_request, reply) =>
    sendResult(reply, importCreditorsReplySchema, accept({ creditors: await store.read(listImportCreditors) })));
}

async function preview(
  { store, dataDir }: RouteContext, fileId: z.infer<typeof importFileIdSchema>, query: z.infer<typeof importPreviewQuerySchema>,
): Promise<HubResult<ImportPreview>> {
  const { creditor } = query;
  // A workbook's strings go to a temporary file: it needs room too.
  const looked = await whileRoom(() => previewFile({
    path: importFilePath(dataDir, fileId), content: query.content ?? null, sheet: query.sheet ?? null,
    savedFor: (content) => (creditor === undefined ? Promise.resolve(null) : store.read((tx) => findMapping(tx, creditor, content))),
  }));
  if (!looked.ok) return looked;
  const seen = looked.value;
  if (seen.ok) return seen;
  return refuse(400, seen.error.code, describeImportError(seen.error, 'en') ?? 'The file cannot be read.', seen.error.details);
}
