/** The back office: imports, assignment, totals. */
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { customerIdSchema, userIdSchema } from '../../shared/id.ts';
import { dateOfInstant, instantSchema, plainDateSchema } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { describeImportError } from '../imports/describe-import-error.ts';
import { importFile, rejectsFileName } from '../receivables/import-file.ts';
import type { ImportReport } from '../receivables/import-report.ts';
import { importReportSchema } from '../receivables/import-report.ts';
import { readColumnMap } from '../receivables/read-import-options.ts';
import { reassignCustomer } from '../receivables/reassign-customer.ts';
import { hubReportSchema, readReport } from '../report/read-report.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const SITE_ZONE = 'Europe/Rome';
const MAX_IMPORT_BYTES = 512 * 1024 * 1024;

/** `untilMs`: when the new owner has them at the latest; null when that is now. */
const reassignmentSchema = z.object({ cases: z.int(), active: z.boolean(), untilMs: instantSchema.nullable() });

const importQuerySchema = z.object({
  creditor: z.string().trim().min(1).max(200),
  map: z.string().optional(),
  dateFormat: z.string().optional(),
  currency: z.string().optional(),
  asOf: plainDateSchema.optional(),
  dryRun: z.enum(['true', 'false']).default('false'),
});

export function registerOfficeRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;

  // The file is a stream that the importer reads: only this route takes such bodies.
  app.addContentTypeParser(['text/csv', 'application/octet-stream'], (_request, payload, done) => {
    done(null, payload);
  });

  app.post('/v1/imports', async (request, reply) => {
    const query = parseInput(importQuerySchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    if (!(request.body instanceof Readable)) {
      return sendRefusal(reply, refuse(400, 'file-missing', 'Send the file as text/csv or application/octet-stream.'));
    }
    const imported = await runImport(context, query.value, request.body);
    if (imported.ok) request.log.info({ customers: imported.value.customers, invoices: imported.value.invoices }, 'import');
    return sendResult(reply, importReportSchema, imported);
  });

  app.post('/v1/assignments', async (request, reply) => {
    const input = parseInput(z.object({ customerId: customerIdSchema, ownerId: userIdSchema }), request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, reassignmentSchema, await reassignCustomer(store, clock, input.value));
  });

  app.get('/v1/report', async (_request, reply) => {
    const today = dateOfInstant(clock.nowMs(), SITE_ZONE);
    return sendResult(reply, hubReportSchema, accept(await store.read((tx) => readReport(tx, today))));
  });
}

async function runImport(
  { store, clock, dataDir }: RouteContext, query: z.infer<typeof importQuerySchema>, body: Readable,
): Promise<HubResult<ImportReport>> {
  const map = query.map === undefined ? accept({}) : readColumnMap(query.map);
  if (!map.ok) return map;
  let bytes = 0;
  const limited = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      done(bytes > MAX_IMPORT_BYTES ? new TooLarge() : null, chunk);
    },
  });
  body.on('error', (error) => limited.destroy(error));
  try {
    const imported = await importFile(store, clock, {
      file: body.pipe(limited), creditorName: query.creditor, dryRun: query.dryRun === 'true',
      asOf: query.asOf ?? dateOfInstant(clock.nowMs(), SITE_ZONE),
      options: {
        map: map.value, ...(query.dateFormat === undefined ? {} : { dateFormat: query.dateFormat }),
        ...(query.currency === undefined ? {} : { currency: query.currency }),
      },
      rejectsPath: join(dataDir, 'rejects', rejectsFileName(clock, query.creditor)),
    });
    if (imported.ok) return imported;
    return refuse(400, imported.error.code, describeImportError(imported.error, 'en') ?? 'The file could not be imported.');
  } catch (error) {
    if (error instanceof TooLarge) return refuse(413, 'file-too-large', 'The file is too large; import it on the hub’s own command line.');
    throw error;
  }
}

/** More bytes than an import over the network may have. */
class TooLarge extends Error {}
