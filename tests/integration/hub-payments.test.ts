/** Paid lists on both stores: what each line goes to, lists that overlap, a hub that stops in the middle, and what desks are told. */
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../hub/receivables/import-file.ts';
import type { ImportReport } from '../../hub/receivables/import-report.ts';
import { loadCases } from '../../hub/receivables/load-case.ts';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { foldCase } from '../../shared/case/fold-case.ts';
import { outstandingInvoices } from '../../shared/case/outstanding-invoices.ts';
import type { CaseId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import {
  IMPORT_CHUNK_CONTENT_TYPE, importChangesPageSchema, importFileSchema, importJobSchema, importPreviewSchema, importRejectsPageSchema,
} from '../../shared/protocol/import-protocol.ts';
import type { ImportJob, ImportJobRequest, ImportPreview } from '../../shared/protocol/import-protocol.ts';
import { plainDateSchema } from '../../shared/time.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, request, startTestHub } from './hub-harness.ts';

const asOf = plainDateSchema.parse('2026-11-20');
const invoiceHeader = 'Codice cliente;Ragione sociale;Numero fattura;Data fattura;Scadenza;Importo;Residuo';
const paidHeader = 'Codice cliente;Fattura;Data incasso;Importo pagato;Causale';
const linesOf = (header: string, lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;

describe.each(['SQLite', 'PostgreSQL'])('paid lists on %s', (kind) => {
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

  async function take(creditorName: string, content: 'invoices' | 'payments', text: string, dryRun = false): Promise<ImportReport> {
    const done = await importFile(hub.store, hub.clock, {
      file: Buffer.from(text), fileName: 'incassi.csv', creditorName, asOf, dryRun, options: { content }, rejectsPath: join(hub.dataDir, 'rejects', `${newId()}.csv`),
    });
    if (!done.ok) throw new Error(done.error.code);
    return done.value;
  }
  async function casesOf(creditor: string): Promise<CaseEntity[]> {
    return hub.store.read(async (tx) => {
      const rows = await tx.selectFrom('cases').innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
        .select('cases.case_id').where('creditors.name', '=', creditor).execute();
      return [...(await loadCases(tx, rows.map((row) => row.case_id))).values()].map((loaded) => loaded.entity)
        .sort((a, b) => (a.customer.code < b.customer.code ? -1 : 1));
    });
  }
  const openOf = (entity: CaseEntity | undefined): Record<string, number> => (entity === undefined ? {} : Object.fromEntries(
    outstandingInvoices(entity.invoices, foldCase(entity.facts, entity.payments).reductions).map(({ number, residualCents }) => [number, residualCents])));
  const call = (method: string, path: string, body?: unknown): Promise<Response> => request(hub, lead.token, method, path, body);

  it('tries first, then counts each line once and says of every other why not', async () => {
    await take('Luce', 'invoices', linesOf(invoiceHeader, [
      'A;Rossi;1;01/02/2026;01/03/2026;100,00;100,00', 'A;Rossi;2;01/03/2026;01/04/2026;50,00;50,00', 'B;Verdi;3;01/02/2026;01/03/2026;30,00;30,00',
      'B;Verdi;9;01/02/2026;01/03/2026;10,00;10,00', 'C;Neri;9;01/02/2026;01/03/2026;10,00;10,00',
    ]));
    const list = linesOf(paidHeader, [
      'A;2;05/11/2026;20,00;RF18 1', ';3;05/11/2026;35,00;due righe', 'A;;06/11/2026;110,00;', 'Z;1;05/11/2026;1,00;', 'A;77;05/11/2026;1,00;', ';9;05/11/2026;1,00;',
      'A;1;05/12/2026;1,00;', 'A;1;05/11/2026;-1,00;', 'A;1;05/11/2026;1,00 $;',
    ]);
    const trial = await take('Luce', 'payments', list, true);
    expect((await casesOf('Luce')).flatMap(({ payments }) => payments)).toEqual([]);
    const report = await take('Luce', 'payments', list);
    expect({ ...trial, rejects: null }).toEqual({ ...report, rejects: null });
    expect(report.payments).toEqual({
      new: 3, known: 0, rejected: 6, customers: 2, amount: { EUR: '165.00' }, left: { EUR: '5.00' }, notes: [{ line: 3, code: 'payment-left-over', value: '5.00 EUR', of: '35.00 EUR' }],
    });
    const [a, b] = await casesOf('Luce');
    // 110 without a number: the older invoice whole, then the other.
    expect([openOf(a), openOf(b)]).toEqual([{ 1: 0, 2: 2_000 }, { 3: 0, 9: 1_000 }]);
    expect(a?.payments).toMatchObject([{ amountCents: 2_000, evidence: 'RF18 1 · incassi.csv:2', allocations: [{ amountCents: 2_000, statedCents: 5_000 }] }, { amountCents: 11_000 }]);
    expect((await take('Luce', 'payments', list)).payments).toMatchObject({ new: 0, known: 3, rejected: 6 });
    expect((await casesOf('Luce')).map(openOf)).toEqual([openOf(a), openOf(b), { 9: 1_000 }]);
    // What is paid stays paid while the creditor's next file lags, and is not taken off twice when it does not.
    await take('Luce', 'invoices', linesOf(invoiceHeader, ['A;Rossi;1;01/02/2026;01/03/2026;100,00;0,00', 'A;Rossi;2;01/03/2026;01/04/2026;50,00;30,00']));
    expect(openOf((await casesOf('Luce'))[0])).toEqual({ 1: 0, 2: 2_000 });
    expect(await hub.store.read((tx) => tx.selectFrom('cases').select('case_id').where('needs_publish', '=', 1).execute())).toEqual([]);
    const overview = await hub.store.read((tx) => tx.selectFrom('case_overview').select(['open_cents']).where('case_id', '=', a?.caseId ?? newId<CaseId>()).executeTakeFirst());
    expect(overview).toEqual({ open_cents: 2_000 });
  });

  it('knows no creditor, no list: the invoices come first', async () => {
    await expect(take('Nessuno', 'payments', linesOf(paidHeader, ['A;1;05/11/2026;1,00;']))).rejects.toThrow('import-creditor-unknown');
    expect(await hub.store.read((tx) => tx.selectFrom('creditors').select('name').where('name', '=', 'Nessuno').execute())).toEqual([]);
  });

  it('counts a line once however lists overlap, and equal lines of one list each', async () => {
    const line = fc.constantFrom('A;1;05/11/2026;5,00;x', 'A;1;05/11/2026;5,00;y', 'A;;05/11/2026;5,00;x', ';1;06/11/2026;7,00;', 'A;1;06/11/2026;7,00;', 'Z;1;06/11/2026;7,00;');
    const lists = fc.array(fc.array(line, { maxLength: 7 }), { minLength: 1, maxLength: 4 });
    let run = 0;
    await fc.assert(fc.asyncProperty(lists, async (read) => {
      run += 1;
      const creditor = `Gara ${String(run)}`;
      await take(creditor, 'invoices', linesOf(invoiceHeader, ['A;Rossi;1;01/02/2026;01/03/2026;20,00;20,00', 'A;Rossi;2;01/02/2026;02/03/2026;30,00;30,00']));
      const most = new Map<string, number>();
      let counted = 0;
      for (const list of read) {
        if (list.length === 0) continue;
        const { payments } = await take(creditor, 'payments', linesOf(paidHeader, list));
        counted += payments?.new ?? 0;
        for (const one of new Set(list)) most.set(one, Math.max(most.get(one) ?? 0, list.filter((other) => other === one).length));
      }
      most.delete('Z;1;06/11/2026;7,00;');
      const [entity] = await casesOf(creditor);
      const expected = [...most.values()].reduce((sum, count) => sum + count, 0);
      expect(entity?.payments).toHaveLength(expected);
      expect(counted).toBe(expected);
      const cents = [...most].reduce((sum, [text, count]) => sum + count * (text.includes('7,00') ? 700 : 500), 0);
      expect(entity?.payments.reduce((sum, { amountCents }) => sum + amountCents, 0) ?? 0).toBe(cents);
      for (const { invoiceId, amountCents } of entity?.invoices ?? []) {
        expect(entity?.payments.flatMap((one) => one.allocations).reduce((sum, one) => (one.invoiceId === invoiceId ? sum + one.amountCents : sum), 0)).toBeLessThanOrEqual(amountCents);
      }
    }), { numRuns: 12 });
  });

  it('as a job: a look, a trial with its lists, and a hub that stops in the middle counts nothing twice', async () => {
    const customers = Array.from({ length: 1_200 }, (_, index) => `K${String(index).padStart(4, '0')}`);
    await take('Gas', 'invoices', linesOf(invoiceHeader, customers.map((code) => `${code};Cliente ${code};${code}-1;01/02/2026;01/03/2026;10,00;10,00`)));
    const bytes = Buffer.from(linesOf(paidHeader, [...customers.map((code) => `${code};;05/11/2026;4,00;`), 'X;;05/11/2026;4,00;']));
    const file = importFileSchema.parse(await (await call('POST', '/v1/import-files', { fileName: 'novembre.csv', sizeBytes: bytes.length })).json());
    await fetch(`${hub.url}/v1/import-files/${file.fileId}?offset=0`, {
      method: 'PATCH', headers: { authorization: `Bearer ${lead.token}`, 'content-type': IMPORT_CHUNK_CONTENT_TYPE }, body: new Uint8Array(bytes),
    });
    const seen: ImportPreview = importPreviewSchema.parse(await (await call('GET', `/v1/import-files/${file.fileId}/preview?creditor=Gas`)).json());
    expect(seen).toMatchObject({ content: 'payments', missingFields: [], columns: [{ field: 'customerCode' }, { field: 'invoiceNumber' }, { field: 'paidOn' }, { field: 'amount' }, { field: 'reference' }] });
    const begin = async (dryRun: boolean): Promise<ImportJob> => {
      const body: ImportJobRequest = {
        creditor: 'Gas', content: 'payments', sheet: null, map: seen.columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }])), dateFormat: null, currency: 'EUR',
        asOf: null, dryRun, saveMapping: false,
      };
      return importJobSchema.parse(await (await call('POST', `/v1/import-files/${file.fileId}/jobs`, body)).json());
    };
    const ask = async ({ jobId }: ImportJob): Promise<ImportJob> => importJobSchema.parse(await (await call('GET', `/v1/import-jobs/${jobId}`)).json());
    const finish = async (job: ImportJob): Promise<ImportJob> => {
      let now = job;
      while (now.endedAt === null) now = await ask(job);
      return now;
    };
    const trial = await finish(await begin(true));
    expect(trial.report).toMatchObject({
      rows: { read: 1_201, taken: 1_200, rejected: 1 }, payments: { counted: 1_200, known: 0, cents: { EUR: 480_000 }, leftCents: {} }, changes: { changed: { invoices: 1_200, cents: { EUR: -480_000 } } },
    });
    const notes = importRejectsPageSchema.parse(await (await call('GET', `/v1/import-jobs/${trial.jobId}/rejects`)).json()).notes;
    expect(notes).toMatchObject([{ line: 1_202, code: 'customer-unknown', column: 'Codice cliente', value: 'X' }]);
    const changes = importChangesPageSchema.parse(await (await call('GET', `/v1/import-jobs/${trial.jobId}/changes?kind=changed&limit=1`)).json());
    expect(changes).toMatchObject({ total: 1_200, changes: [{ customerCode: 'K0000', residualCents: 600, fields: [{ field: 'residual', before: '1000', after: '600' }] }] });

    const job = await begin(false);
    while ((await ask(job)).progress.rowsStored === 0);
    await hub.stop();
    hub = await startTestHub({ dataDir: hub.dataDir, ...place });
    const ended = await finish(job);
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'import-interrupted' } });
    const rows = await hub.store.read((tx) => tx.selectFrom('payments').select('payment_id').where('job_id', '=', job.jobId).execute());
    // Whole batches, and exactly those that the job says; the refused line is one of the last batch.
    expect(rows).toHaveLength(ended.progress.rowsStored);
    expect(rows.length).toBeLessThan(1_200);
    const again = await finish(await begin(false));
    expect(again).toMatchObject({ state: 'done', report: { payments: { counted: 1_200 - rows.length, known: rows.length } } });
    const after = await casesOf('Gas');
    expect(after.every((entity) => entity.payments.length === 1 && Object.values(openOf(entity))[0] === 600)).toBe(true);
    const sent = await hub.store.read((tx) => tx.selectFrom('entities').select('body').where('kind', '=', 'case').where('id', '=', after[0]?.caseId ?? '').executeTakeFirst());
    expect(sent?.body).toContain('novembre.csv:2');
  });
});
