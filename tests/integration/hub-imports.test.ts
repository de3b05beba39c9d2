/** Imports for people, over HTTP, on both stores: pieces, preview, jobs, rejects, changes, customers, restarts. */
import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { findCases } from '../../hub/lead/find-cases.ts';
import { loadCases } from '../../hub/receivables/load-case.ts';
import type { ImportContent } from '../../shared/protocol/import-columns.ts';
import type { ImportFile, ImportJob, ImportJobRequest, ImportPreview } from '../../shared/protocol/import-protocol.ts';
import {
  IMPORT_CHUNK_CONTENT_TYPE, importChangesPageSchema, importCreditorsReplySchema, importFileSchema, importJobSchema, importJobsReplySchema, importPreviewSchema, importRejectsPageSchema,
} from '../../shared/protocol/import-protocol.ts';
import { plainDateSchema } from '../../shared/time.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { Cell } from '../support/write-xlsx.ts';
import { writeXlsx } from '../support/write-xlsx.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, request, startTestHub } from './hub-harness.ts';

const header: Cell[] = ['Codice cliente', 'Ragione sociale', 'Numero fattura', 'Data fattura', 'Scadenza', 'Importo', 'Residuo'];
const [issued, due] = [46086, 46116];
const invoiceRow = (code: string, number: string, amount: number, rest: { due?: number; residual?: number } = {}): Cell[] =>
  [code, `Cliente ${code}`, number, { date: issued }, { date: rest.due ?? due }, { number: amount }, { number: rest.residual ?? amount }];
const bookOf = (...rows: Cell[][]): Buffer => writeXlsx({ writer: 'excel', sheets: [{ name: 'Scaduto', rows: [['Titolo'], header, ...rows] }] });

describe.each(['SQLite', 'PostgreSQL'])('imports on %s', (kind) => {
  let server: TestPostgres | null = null;
  let place: { postgresUrl?: string } = {};
  let hub: TestHub;
  let lead: SignedIn;

  beforeAll(async () => {
    server = kind === 'PostgreSQL' ? await startPostgres() : null;
    if (server !== null) place = { postgresUrl: await server.createDatabase() };
    hub = await startTestHub(place);
    lead = await addAndSignIn(hub, 'the-lead', 'lead');
    await addAndSignIn(hub, 'anna', 'collector');
  });
  afterAll(async () => {
    await hub.discard();
    await server?.stop();
  });

  const call = (method: string, path: string, body?: unknown): Promise<Response> =>
    request(hub, lead.token, method, path, body);
  const patch = (fileId: string, offset: number, bytes: Buffer): Promise<Response> =>
    fetch(`${hub.url}/v1/import-files/${fileId}?offset=${String(offset)}`, {
      method: 'PATCH', headers: { authorization: `Bearer ${lead.token}`, 'content-type': IMPORT_CHUNK_CONTENT_TYPE }, body: new Uint8Array(bytes),
    });

  async function upload(bytes: Buffer, fileName = 'scaduto.xlsx', pieceBytes = 1_000): Promise<ImportFile> {
    let file = importFileSchema.parse(await (await call('POST', '/v1/import-files', { fileName, sizeBytes: bytes.length })).json());
    while (file.receivedBytes < bytes.length) {
      const response = await patch(file.fileId, file.receivedBytes, bytes.subarray(file.receivedBytes, file.receivedBytes + pieceBytes));
      expect(response.status).toBe(200);
      file = importFileSchema.parse(await response.json());
    }
    return file;
  }
  async function look(file: ImportFile, creditor: string, content?: ImportContent): Promise<ImportPreview> {
    const query = new URLSearchParams({ creditor, ...(content === undefined ? {} : { content }) });
    const response = await call('GET', `/v1/import-files/${file.fileId}/preview?${query.toString()}`);
    expect(response.status).toBe(200);
    return importPreviewSchema.parse(await response.json());
  }
  async function run(file: ImportFile, creditor: string, more: Partial<ImportJobRequest> = {}): Promise<ImportJob> {
    const seen = await look(file, creditor, more.content);
    const body: ImportJobRequest = {
      creditor, content: seen.content, sheet: seen.sheet, map: seen.columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }])),
      dateFormat: seen.dateFormat, currency: 'EUR', asOf: null, dryRun: false, saveMapping: false, ...more,
    };
    const response = await call('POST', `/v1/import-files/${file.fileId}/jobs`, body);
    expect(response.status).toBe(201);
    return finish(importJobSchema.parse(await response.json()));
  }
  async function finish(job: ImportJob): Promise<ImportJob> {
    let now = job;
    while (now.endedAt === null) now = importJobSchema.parse(await (await call('GET', `/v1/import-jobs/${job.jobId}`)).json());
    return now;
  }
  const changes = async (job: ImportJob, which: 'came' | 'went' | 'changed'): Promise<unknown[]> =>
    importChangesPageSchema.parse(await (await call('GET', `/v1/import-jobs/${job.jobId}/changes?kind=${which}`)).json()).changes;
  async function casesOf(creditor: string): Promise<CaseEntity[]> {
    return hub.store.read(async (tx) => {
      const rows = await tx.selectFrom('cases').innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
        .select('cases.case_id').where('creditors.name', '=', creditor).orderBy('cases.customer_code').execute();
      return [...(await loadCases(tx, rows.map((row) => row.case_id))).values()].map((loaded) => loaded.entity)
        .sort((a, b) => (a.customer.code < b.customer.code ? -1 : 1));
    });
  }

  it('takes a file in pieces, goes on after a cut, and refuses what does not fit', async () => {
    const bytes = bookOf(invoiceRow('C1', '1', 10));
    const file = importFileSchema.parse(await (await call('POST', '/v1/import-files', { fileName: 'a.xlsx', sizeBytes: bytes.length })).json());
    expect((await patch(file.fileId, 0, bytes.subarray(0, 100))).status).toBe(200);
    // The answer was lost and the piece comes again; then one from too far on.
    for (const offset of [0, 150]) {
      const again = await patch(file.fileId, offset, bytes.subarray(offset, offset + 50));
      expect(again.status).toBe(409);
      expect(importFileSchema.parse(await again.json()).receivedBytes).toBe(100);
    }
    expect(await errorCode(await call('GET', `/v1/import-files/${file.fileId}/preview`))).toBe('import-file-incomplete');
    expect((await patch(file.fileId, 100, bytes.subarray(100))).status).toBe(200);
    expect((await patch(file.fileId, bytes.length, Buffer.from('x'))).status).toBe(409);
    expect(await look(file, 'Nuova')).toMatchObject({ format: 'xlsx', sheet: 'Scaduto', headerLine: 2, content: 'invoices', missingFields: [], dateFormat: 'DD/MM/YYYY' });
    expect((await call('DELETE', `/v1/import-files/${file.fileId}`)).status).toBe(200);
    expect((await call('GET', `/v1/import-files/${file.fileId}`)).status).toBe(404);
    expect(readdirSync(join(hub.dataDir, 'imports'))).not.toContain(file.fileId);
    expect(await errorCode(await call('POST', '/v1/import-files', { fileName: 'a', sizeBytes: 600 * 1024 * 1024 }))).toBe('import-file-too-large');
    expect(await errorCode(await call('POST', '/v1/import-files', { fileName: 'a', sizeBytes: 0 }))).toBe('import-file-empty');
    expect((await patch(file.fileId, 0, Buffer.alloc(5 * 1024 * 1024))).status).toBe(413);
  });

  it('tries, tells the rejects in words and as a file, imports, and keeps the mapping', async () => {
    const bytes = bookOf(invoiceRow('C1', '1', 10), invoiceRow('C1', '1', 20), ['C2', 'B', '2', 'boh', { date: due }, { number: 5 }, null], invoiceRow('C3', '3', 7.5));
    const file = await upload(bytes);
    const trial = await run(file, 'Luce', { dryRun: true });
    expect(trial).toMatchObject({ state: 'done', fileKept: true, report: { rows: { read: 4, taken: 2, rejected: 2 }, customers: { new: 2 }, changes: { came: { invoices: 2, cents: { EUR: 1750 } } } } });
    expect(await casesOf('Luce')).toEqual([]);
    const notes = importRejectsPageSchema.parse(await (await call('GET', `/v1/import-jobs/${trial.jobId}/rejects`)).json());
    expect(notes).toMatchObject({
      total: 2,
      notes: [
        { line: 4, severity: 'reject', code: 'repeated-with-other-amount', params: { otherLine: 3 } },
        { line: 5, column: 'Data fattura', value: 'boh', code: 'date-invalid', params: { expected: 'DD/MM/YYYY' } },
      ],
    });
    const csv = await (await call('GET', `/v1/import-jobs/${trial.jobId}/rejects.csv`)).text();
    expect(csv).toContain('«boh»');

    const job = await run(file, 'Luce', { saveMapping: true });
    expect(job).toMatchObject({ state: 'done', report: trial.report });
    expect(await casesOf('Luce')).toMatchObject([{ customer: { code: 'C1' }, invoices: [{ residualCents: 1000 }] }, { customer: { code: 'C3' } }]);
    const listJobs = async (): Promise<z.infer<typeof importJobsReplySchema>> => importJobsReplySchema.parse(await (await call('GET', '/v1/import-jobs?creditor=Luce')).json());
    // The file goes once the job has ended: a job that ends is told first.
    await expect.poll(async () => (await listJobs()).jobs.map(({ jobId, fileKept }) => ({ jobId, fileKept }))).toEqual([{ jobId: job.jobId, fileKept: false }, { jobId: trial.jobId, fileKept: false }]);
    const listed = await listJobs();
    expect(JSON.stringify(listed)).not.toContain(lead.userId);
    const creditors = importCreditorsReplySchema.parse(await (await call('GET', '/v1/import-creditors')).json()).creditors;
    expect(creditors.find((creditor) => creditor.name === 'Luce')).toMatchObject({ cases: 2, lastImportAt: job.endedAt });
    const next = await look(await upload(bytes), 'Luce');
    expect(next).toMatchObject({ hasSavedMapping: true, columns: header.map(() => ({ from: 'saved' })) });
  });

  it('tells of a newer file what came, what went and what changed, and assumes nothing paid', async () => {
    await run(await upload(bookOf(invoiceRow('A', '1', 100), invoiceRow('A', '2', 50), invoiceRow('B', '3', 30), invoiceRow('B', '4', 80))), 'Acqua');
    const before = await casesOf('Acqua');
    // 1 was paid in part, 2 is gone, 3 is due later, 4 stays, 5 is new; a row that cannot be taken is no row that went.
    const newer = bookOf(invoiceRow('A', '1', 100, { residual: 40 }), invoiceRow('B', '3', 30, { due: due + 30 }), invoiceRow('B', '4', 80), invoiceRow('C', '5', 9));
    const job = await run(await upload(newer), 'Acqua', { asOf: plainDateSchema.parse('2026-04-10') });
    expect(job.report).toMatchObject({
      invoices: { new: 1, updated: 2, unchanged: 1 },
      changes: { came: { invoices: 1, cents: { EUR: 900 } }, went: { invoices: 1, cents: { EUR: 5000 } }, changed: { invoices: 2, cents: { EUR: -6000 } } },
    });
    expect(await changes(job, 'went')).toMatchObject([{ customerCode: 'A', customerName: 'Cliente A', invoiceNumber: '2', residualCents: 5000 }]);
    expect(await changes(job, 'came')).toMatchObject([{ customerCode: 'C', invoiceNumber: '5' }]);
    expect(await changes(job, 'changed')).toMatchObject([
      { invoiceNumber: '1', fields: [{ field: 'residual', before: '10000', after: '4000' }] },
      { invoiceNumber: '3', fields: [{ field: 'dueDate', before: '2026-04-04', after: '2026-05-04' }] },
    ]);
    const after = await casesOf('Acqua');
    const invoiceOf = (cases: CaseEntity[], number: string) => cases.flatMap((entity) => entity.invoices).find((invoice) => invoice.number === number);
    expect(invoiceOf(after, '2')).toMatchObject({ residualCents: 5000, settledOn: null, missingSince: '2026-04-10' });
    expect(invoiceOf(after, '3')).toMatchObject({ invoiceId: invoiceOf(before, '3')?.invoiceId, dueDate: '2026-05-04', missingSince: null });
    // It comes back: no longer marked, and no news for a person.
    const back = await run(await upload(bookOf(invoiceRow('A', '2', 50))), 'Acqua');
    expect(back.report).toMatchObject({ invoices: { updated: 1 }, changes: { changed: { invoices: 0 }, went: { invoices: 4 } } });
    expect(invoiceOf(await casesOf('Acqua'), '2')).toMatchObject({ missingSince: null });
  });

  it('keeps two instalments apart, also when the file is read again', async () => {
    const bytes = bookOf(invoiceRow('A', '1', 100), invoiceRow('A', '1', 100, { due: due + 30 }));
    await run(await upload(bytes), 'Rate');
    const again = await run(await upload(bytes), 'Rate');
    expect(again.report).toMatchObject({ invoices: { new: 0, updated: 0, unchanged: 2 } });
    expect((await casesOf('Rate'))[0]?.invoices).toHaveLength(2);
  });

  it('keeps the end of a customer’s IBAN and nothing else of it, and finds the customer by that; in a list of invoices an IBAN is where to pay', async () => {
    const rows: Cell[][] = [
      ['Codice cliente', 'Ragione sociale', 'IBAN'], ['B1', 'Conto Giusto', 'IT60 X054 2811 1010 0000 0123 456'], ['B2', 'Conto Storto', 'IT61X0542811101000000123456'], ['B3', 'Senza conto', null],
    ];
    const job = await run(await upload(writeXlsx({ writer: 'excel', sheets: [{ name: 'Clienti', rows }] }), 'clienti.xlsx'), 'Banca');
    expect(job).toMatchObject({ content: 'customers', report: { customers: { new: 3 }, warnings: 1 } });
    const found = await casesOf('Banca');
    expect(found.map(({ customer }) => [customer.code, customer.ibanTail])).toEqual([['B1', '123456'], ['B2', null], ['B3', null]]);
    expect(JSON.stringify(found)).not.toContain('0542811101');
    const named = (search: string): Promise<string[]> => hub.store.read(async (tx) => (await findCases(tx, hub.clock.nowMs(), { search })).rows.map(({ customerCode }) => customerCode));
    expect(await named('123456')).toEqual(['B1']);
    expect(await named('3456')).toEqual(['B1']);
    // A file without the column leaves what is known.
    await run(await upload(writeXlsx({ writer: 'excel', sheets: [{ name: 'Clienti', rows: [['Codice cliente', 'Ragione sociale'], ['B1', 'Conto Giusto'], ['B3', 'Senza conto']] }] }), 'clienti.xlsx'), 'Banca');
    expect((await casesOf('Banca'))[0]?.customer.ibanTail).toBe('123456');
    const invoices = await upload(writeXlsx({ writer: 'excel', sheets: [{ name: 'Scaduto', rows: [[...header, 'IBAN'], [...invoiceRow('B1', '1', 10), 'IT60X0542811101000000123456']] }] }));
    expect((await look(invoices, 'Banca')).columns.find(({ column }) => column === 'IBAN')).toMatchObject({ field: null });
  });

  it('imports customers with their people, before and after their invoices, and links persons by a code that holds', async () => {
    const names = ['Codice cliente', 'Ragione sociale', 'Codice fiscale', 'Telefono', 'E-mail', 'PEC', 'Garante', 'Telefono garante'];
    const rows: Cell[][] = [
      names, ['P1', 'Rossi Mario', 'RSSMRA80A01H501U', '3391234567 / 0971 000123', 'a@b.example; c@d.example', 'm@pec.example', 'Ugo Rosa', '3331234567'],
      ['P2', 'Verdi', 'SBAGLIATO', null, null, null, null, null],
    ];
    const bytes = writeXlsx({ writer: 'libreoffice', sheets: [{ name: 'Clienti', rows }] });
    const first = await run(await upload(bytes, 'clienti.xlsx'), 'Gas');
    expect(first).toMatchObject({ content: 'customers', report: { customers: { new: 2 }, invoices: null, changes: null, warnings: 1 } });
    const again = await run(await upload(bytes, 'clienti.xlsx'), 'Gas');
    expect(again.report).toMatchObject({ customers: { new: 0, updated: 0, unchanged: 2 } });
    await run(await upload(bytes, 'clienti.xlsx'), 'Luce e gas');
    const [rossi, verdi] = await casesOf('Gas');
    const [rossiElsewhere, verdiElsewhere] = await casesOf('Luce e gas');
    expect(rossi?.customerId).toBe(rossiElsewhere?.customerId);
    expect(verdi?.customerId).not.toBe(verdiElsewhere?.customerId);
    expect(rossi).toMatchObject({
      invoices: [], parties: [{ role: 'guarantor', name: 'Ugo Rosa', mayBeTold: false }],
      numbers: [{ e164: '+393391234567', partyId: null, source: 'file' }, { e164: '+390971000123' }, { e164: '+393331234567', partyId: rossi?.parties[0]?.partyId }],
      addresses: [{ kind: 'email', raw: 'c@d.example' }, { kind: 'pec', raw: 'm@pec.example', usable: true }], customer: { email: 'a@b.example' },
    });
    expect(verdi).toMatchObject({ customer: { taxCode: 'SBAGLIATO' }, parties: [] });
    await run(await upload(bookOf(invoiceRow('P1', '1', 10))), 'Gas');
    expect((await casesOf('Gas'))[0]).toMatchObject({ caseId: rossi?.caseId, parties: rossi?.parties, numbers: rossi?.numbers, invoices: [{ residualCents: 1000 }] });
  });

  it('says why a job failed, and keeps the file', async () => {
    const file = await upload(bookOf(invoiceRow('C1', '1', 10)));
    const job = await run(file, 'Fibra', { map: [{ column: 'Codice cliente', field: 'customerCode' }] });
    expect(job).toMatchObject({ state: 'failed', fileKept: true, error: { code: 'import-column-missing', params: { field: 'invoiceNumber' } } });
    const twice = await run(file, 'Fibra', { map: [{ column: 'Importo', field: 'amount' }, { column: 'Residuo', field: 'amount' }] });
    expect(twice.error).toMatchObject({ code: 'import-column-twice' });
    const damaged = await upload(bookOf(invoiceRow('C1', '1', 10)));
    truncateSync(join(hub.dataDir, 'imports', damaged.fileId), damaged.sizeBytes - 30);
    expect(await errorCode(await call('GET', `/v1/import-files/${damaged.fileId}/preview`))).toBe('import-file-incomplete');
    const text = await upload(Buffer.from('%PDF-1.7 not a table'), 'a.pdf');
    expect(await errorCode(await call('GET', `/v1/import-files/${text.fileId}/preview`))).toBe('import-not-text');
  });

  it('stops a job between two batches, says what stays, sends it, and completes it when run again; one that waits is not begun', async () => {
    const rows = Array.from({ length: 6_000 }, (_, index) => invoiceRow(`T${String(index).padStart(5, '0')}`, String(index), 10));
    const file = await upload(bookOf(...rows), 'molte.xlsx', 1_000_000);
    const begin = async (dryRun: boolean): Promise<ImportJob> => {
      const seen = await look(file, 'Fermata');
      const map = seen.columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }]));
      return importJobSchema.parse(await (await call('POST', `/v1/import-files/${file.fileId}/jobs`, {
        creditor: 'Fermata', content: 'invoices', sheet: null, map, dateFormat: null, currency: 'EUR', asOf: null, dryRun, saveMapping: false,
      })).json());
    };
    const ask = async (job: ImportJob): Promise<ImportJob> => importJobSchema.parse(await (await call('GET', `/v1/import-jobs/${job.jobId}`)).json());
    const cancel = (job: ImportJob): Promise<Response> => call('POST', `/v1/import-jobs/${job.jobId}/cancel`, {});
    const job = await begin(false);
    const waiting = await begin(true);
    expect(importJobSchema.parse(await (await cancel(waiting)).json())).toMatchObject({ state: 'cancelled', progress: { rowsRead: 0 } });
    while ((await ask(job)).progress.rowsStored === 0);
    expect(importJobSchema.parse(await (await cancel(job)).json()).state).toMatch(/^cancel/);
    const ended = await finish(job);
    const { rowsStored } = ended.progress;
    expect(ended).toMatchObject({ state: 'cancelled', error: null, report: null, fileKept: true });
    expect(rowsStored % 200).toBe(0);
    expect(rowsStored).toBeLessThan(6_000);
    const there = await casesOf('Fermata');
    expect(there).toHaveLength(rowsStored);
    expect(there.every((entity) => entity.invoices.length === 1)).toBe(true);
    expect(await hub.store.read((tx) => tx.selectFrom('cases').select('case_id').where('needs_publish', '=', 1).execute())).toEqual([]);
    // Nothing was there before: what it had not reached is not taken for missing.
    expect(there.flatMap((entity) => entity.invoices).every((invoice) => invoice.missingSince === null)).toBe(true);
    const again = importJobSchema.parse(await (await call('POST', `/v1/import-jobs/${job.jobId}/again`, {})).json());
    expect(await finish(again)).toMatchObject({ state: 'done', asOf: job.asOf, report: { invoices: { new: 6_000 - rowsStored, unchanged: rowsStored } } });
    expect(await casesOf('Fermata')).toHaveLength(6_000);
    expect((await ask(waiting)).state).toBe('cancelled');
    // Too late, and twice: it stays as it is.
    expect(importJobSchema.parse(await (await cancel(again)).json()).state).toBe('done');
    expect(await errorCode(await call('POST', `/v1/import-jobs/${job.jobId}/again`, {}))).toBe('import-file-unknown');
  });

  it('says that a stopped hub interrupted a job; the same job again completes it', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => invoiceRow(`S${String(index).padStart(5, '0')}`, String(index), 10));
    const file = await upload(bookOf(...rows), 'molte.xlsx', 1_000_000);
    const seen = await look(file, 'Stop');
    const body: ImportJobRequest = {
      creditor: 'Stop', content: 'invoices', sheet: null, map: seen.columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }])),
      dateFormat: null, currency: 'EUR', asOf: null, dryRun: false, saveMapping: false,
    };
    const job = importJobSchema.parse(await (await call('POST', `/v1/import-files/${file.fileId}/jobs`, body)).json());
    const isTaking = async (): Promise<boolean> => importJobSchema.parse(await (await call('GET', `/v1/import-jobs/${job.jobId}`)).json()).progress.phase === 'taking';
    while (!(await isTaking()));
    await hub.stop();
    hub = await startTestHub({ dataDir: hub.dataDir, ...place });
    const ended = await finish(job);
    expect(ended).toMatchObject({ state: 'failed', fileKept: true, error: { code: 'import-interrupted' } });
    expect(statSync(join(hub.dataDir, 'imports', file.fileId)).size).toBe(file.sizeBytes);
    const again = await run(file, 'Stop');
    expect(again).toMatchObject({ state: 'done', report: { rows: { taken: 3_000 } } });
    expect(await casesOf('Stop')).toHaveLength(3_000);
  });
});
