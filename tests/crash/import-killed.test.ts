/**
 * kill -9 of the hub while it takes a creditor's file, on both stores.
 *
 * Invariants: after the start the job is said to be interrupted, and the rows it is said to have taken are exactly those that are there, each
 * whole with its customer; the same job again completes the file, and nothing is doubled. The counting is believed because it fails where a
 * batch is not one transaction (`die-in-batch.ts`).
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { ImportJob } from '../../shared/protocol/import-protocol.ts';
import { IMPORT_CHUNK_CONTENT_TYPE, importFileSchema, importJobSchema, importPreviewSchema } from '../../shared/protocol/import-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import { SILENT_MS } from '../../hub/imports/jobs/job-row.ts';
import type { SignedIn } from '../integration/hub-harness.ts';
import { PASSWORD, signInOver, startTestHub } from '../integration/hub-harness.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROWS = 2_400;
const dieInBatch = fileURLToPath(new URL('die-in-batch.ts', import.meta.url));
const csv = Buffer.from(['Codice cliente;Ragione sociale;Numero fattura;Data fattura;Scadenza;Importo',
  ...Array.from({ length: ROWS }, (_, row) => `K${String(Math.floor(row / 2)).padStart(5, '0')};Cliente ${String(row)};F/${String(row)};01/02/2026;01/03/2026;10,00`)].join('\n'));

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

interface Place { dataDir: string; postgresUrl: string | null }

async function plant(kind: string): Promise<Place> {
  const place = { dataDir: join(temporaryFolder(), 'hub'), postgresUrl: kind === 'PostgreSQL' ? await server.createDatabase() : null };
  const store = await openStore(place);
  const added = await addUser(store, systemClock, { username: 'lead', displayName: 'Lead', role: 'lead', password: PASSWORD });
  if (!added.ok) throw new Error(added.refusal.code);
  await store.close();
  return place;
}

async function begin(url: string, lead: SignedIn): Promise<ImportJob> {
  const file = importFileSchema.parse(await (await lead.call('POST', '/v1/import-files', { fileName: 'k.csv', sizeBytes: csv.length })).json());
  await fetch(`${url}/v1/import-files/${file.fileId}?offset=0`, {
    method: 'PATCH', headers: { authorization: `Bearer ${lead.token}`, 'content-type': IMPORT_CHUNK_CONTENT_TYPE }, body: new Uint8Array(csv),
  });
  const seen = importPreviewSchema.parse(await (await lead.call('GET', `/v1/import-files/${file.fileId}/preview`)).json());
  return importJobSchema.parse(await (await lead.call('POST', `/v1/import-files/${file.fileId}/jobs`, {
    creditor: 'Kill', content: 'invoices', sheet: null, map: seen.columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }])),
    dateFormat: null, currency: 'EUR', asOf: null, dryRun: false, saveMapping: false,
  })).json());
}

async function ask(lead: SignedIn, job: ImportJob): Promise<ImportJob> {
  return importJobSchema.parse(await (await lead.call('GET', `/v1/import-jobs/${job.jobId}`)).json());
}

async function until(lead: SignedIn, job: ImportJob, isThere: (now: ImportJob) => boolean): Promise<ImportJob> {
  for (let now = job; ; now = await ask(lead, job)) if (isThere(now)) return now;
}

interface Killed {
  told: ImportJob;
  invoices: number;
  /** Customers less those that the invoices need. */
  orphans: number;
  again(): Promise<ImportJob>;
  /** Rows more than the file has, after it was completed. */
  doubled(): Promise<number>;
  stop(): Promise<void>;
}

/** Imports, kills in the middle, starts again; what the job says, and what is there. */
async function killInTheMiddle(place: Place, kill: { afterRows: number } | { byItself: NodeJS.ProcessEnv }): Promise<Killed> {
  const hub = await HubProcess.start(place.dataDir, { extra: ['--quiet', ...(place.postgresUrl === null ? [] : ['--postgres', place.postgresUrl])], env: 'byItself' in kill ? kill.byItself : {} });
  const lead = await signInOver(hub, 'lead');
  const job = await begin(hub.url, lead);
  if ('afterRows' in kill) {
    await until(lead, job, (now) => now.progress.rowsStored >= kill.afterRows || now.endedAt !== null);
    await hub.kill();
  }
  await hub.gone;
  const next = await startTestHub({ dataDir: place.dataDir, ...(place.postgresUrl === null ? {} : { postgresUrl: place.postgresUrl }) });
  // Another process may run it where several share a database: only its silence says that it died.
  next.clock.advance(SILENT_MS);
  const nextLead = await signInOver(next, 'lead');
  const count = async (): Promise<{ invoices: number; customers: number }> => next.store.read(async (tx) => ({
    invoices: Number((await tx.selectFrom('invoices').select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()).n),
    customers: Number((await tx.selectFrom('cases').select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()).n),
  }));
  const told = await until(nextLead, job, (now) => now.endedAt !== null);
  const { invoices, customers } = await count();
  return {
    told, invoices, orphans: customers - Math.ceil(invoices / 2),
    again: async () => {
      const started = importJobSchema.parse(await (await nextLead.call('POST', `/v1/import-jobs/${job.jobId}/again`, {})).json());
      return until(nextLead, started, (now) => now.endedAt !== null);
    },
    doubled: async () => {
      const now = await count();
      return now.invoices - ROWS + (now.customers - ROWS / 2);
    },
    stop: () => next.discard(),
  };
}

it.each([['SQLite', { byItself: { NODE_OPTIONS: `--import=${dieInBatch}` } }], ['PostgreSQL', { afterRows: 400 }]] as const)(
  'is told exactly, and completed by the same job, on %s', async (kind, kill) => {
    const killed = await killInTheMiddle(await plant(kind), kill);
    try {
      const { rowsStored } = killed.told.progress;
      expect(killed.told).toMatchObject({ state: 'failed', error: { code: 'import-interrupted' }, fileKept: true });
      expect(rowsStored).toBeGreaterThanOrEqual(400);
      expect(rowsStored).toBeLessThan(ROWS);
      expect({ invoices: killed.invoices, orphans: killed.orphans }).toEqual({ invoices: rowsStored, orphans: 0 });
      const again = await killed.again();
      expect(again).toMatchObject({ state: 'done', progress: { rowsStored: ROWS }, report: { invoices: { new: ROWS - rowsStored, unchanged: rowsStored } } });
      expect(await killed.doubled()).toBe(0);
    } finally {
      await killed.stop();
    }
  },
);

it('notices a hub whose batches are not whole', async () => {
  const killed = await killInTheMiddle(await plant('SQLite'), { byItself: { NODE_OPTIONS: `--import=${dieInBatch}`, PREMURA_PLANT: 'half' } });
  try {
    expect(killed.told.progress.rowsStored).toBe(400);
    expect(killed.invoices).toBe(600);
  } finally {
    await killed.stop();
  }
});
