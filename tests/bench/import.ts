/**
 * `import`: a real import of 500,000 invoices of 166,667 customers, as CSV and as XLSX, into a hub of its own (SQLite, HTTP).
 *
 * Ours is what the hub's process keeps at its highest (resident, `VmHWM`) above what it kept at rest before the file came; the reference is
 * the limit. Said besides: how long each phase took, and how much memory the trial took.
 */
import { mkdirSync, mkdtempSync, openAsBlob, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import { projectDirectory } from '../../scripts/project.ts';
import type { ImportFile, ImportJob, ImportJobRequest } from '../../shared/protocol/import-protocol.ts';
import { IMPORT_CHUNK_BYTES, IMPORT_CHUNK_CONTENT_TYPE, importFileSchema, importJobSchema, importPreviewSchema } from '../../shared/protocol/import-protocol.ts';
import { signInReplySchema } from '../../shared/protocol/session-protocol.ts';
import { monotonicMs, systemClock } from '../../shared/time.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { BenchResult } from './bench-result.ts';
import { benchPassword } from './hub-agency.ts';
import { writeLargeCsv, writeLargeXlsx } from './import-files.ts';

const ROWS = 500_000;
const LIMIT_MIB = 300;
const ASK_EVERY_MS = 250;
const COLLECTORS = 8;

export async function benchImport(say: (line: string) => void): Promise<BenchResult[]> {
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'import-'));
  try {
    const csv = join(folder, 'scaduto.csv');
    await writeLargeCsv(csv, ROWS);
    const results = [await importOne(join(folder, 'hub-csv'), csv, say)];
    const xlsx = join(folder, 'scaduto.xlsx');
    writeLargeXlsx(xlsx, ROWS);
    return [...results, await importOne(join(folder, 'hub-xlsx'), xlsx, say)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importOne(dataDir: string, path: string, say: (line: string) => void): Promise<BenchResult> {
  const kind = path.endsWith('.csv') ? 'CSV' : 'XLSX';
  await plantPeople(dataDir);
  const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
  try {
    const office = await Office.signIn(hub.url);
    const restMiB = readMemory(hub.pid, 'VmRSS');
    const sent = await office.send(path);
    const preview = await office.look(sent);
    say(`${kind}: ${String(Math.round(statSync(path).size / 1024 ** 2))} MB, hub at rest ${String(restMiB)} MiB, after upload and first look ${String(readMemory(hub.pid, 'VmHWM'))} MiB at most`);
    await follow(`${kind}, trial`, hub, office, await office.start(sent, { ...preview, dryRun: true }), say);
    const peakMiB = await follow(`${kind}, import`, hub, office, await office.start(sent, { ...preview, dryRun: false }), say);
    const ours = peakMiB - restMiB;
    return { metric: `import-${kind.toLowerCase()}-memory`, ours, reference: LIMIT_MIB, unit: 'MiB', ratio: Math.round((ours / LIMIT_MIB) * 1000) / 1000, target: 1, met: ours <= LIMIT_MIB };
  } finally {
    await hub.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The highest that the hub held during this job. */
async function follow(name: string, hub: HubProcess, office: Office, begun: ImportJob, say: (line: string) => void): Promise<number> {
  writeFileSync(`/proc/${String(hub.pid)}/clear_refs`, '5');
  const startedMs = monotonicMs();
  const phases: string[] = [];
  const peaks = new Map<string, number>();
  let job = begun;
  while (job.endedAt === null) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    job = await office.ask(job);
    if (!peaks.has(job.progress.phase)) phases.push(`${job.progress.phase} from ${((monotonicMs() - startedMs) / 1000).toFixed(0)} s`);
    peaks.set(job.progress.phase, readMemory(hub.pid, 'VmHWM'));
  }
  if (job.report?.rows.taken !== ROWS) throw new Error(`${name}: ${JSON.stringify(job)}`);
  const peakMiB = readMemory(hub.pid, 'VmHWM');
  const atMost = [...peaks].map(([phase, peak]) => `${phase} ${String(peak)}`).join(', ');
  say(`${name}: ${((monotonicMs() - startedMs) / 1000).toFixed(0)} s (${phases.join(', ')}), ${String(peakMiB)} MiB at most (so far in each phase: ${atMost})`);
  return peakMiB;
}

class Office {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async signIn(url: string): Promise<Office> {
    const response = await fetch(`${url}/v1/sign-in`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'lead', password: benchPassword }),
    });
    return new Office(url, signInReplySchema.parse(await response.json()).tokens.accessToken);
  }

  async send(path: string): Promise<ImportFile> {
    const sizeBytes = statSync(path).size;
    let file = importFileSchema.parse(await this.#call('POST', '/v1/import-files', { fileName: path, sizeBytes }));
    const blob = await openAsBlob(path);
    while (file.receivedBytes < sizeBytes) {
      const response = await fetch(`${this.#url}/v1/import-files/${file.fileId}?offset=${String(file.receivedBytes)}`, {
        method: 'PATCH', headers: { authorization: `Bearer ${this.#token}`, 'content-type': IMPORT_CHUNK_CONTENT_TYPE },
        body: await blob.slice(file.receivedBytes, file.receivedBytes + IMPORT_CHUNK_BYTES).arrayBuffer(),
      });
      file = importFileSchema.parse(await response.json());
    }
    return file;
  }

  async look(file: ImportFile): Promise<Omit<ImportJobRequest, 'dryRun'>> {
    const seen = importPreviewSchema.parse(await this.#call('GET', `/v1/import-files/${file.fileId}/preview`));
    return {
      creditor: 'Acque del Banco', content: seen.content, sheet: seen.sheet, map: seen.columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }])),
      dateFormat: seen.dateFormat, currency: seen.currency, asOf: null, saveMapping: false,
    };
  }

  async start(file: ImportFile, request: ImportJobRequest): Promise<ImportJob> {
    return importJobSchema.parse(await this.#call('POST', `/v1/import-files/${file.fileId}/jobs`, request));
  }

  async ask(job: ImportJob): Promise<ImportJob> {
    return importJobSchema.parse(await this.#call('GET', `/v1/import-jobs/${job.jobId}`));
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(this.#url + path, {
      method, headers: { authorization: `Bearer ${this.#token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  }
}

async function plantPeople(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir, postgresUrl: null });
  try {
    for (let index = 0; index <= COLLECTORS; index += 1) {
      const username = index === 0 ? 'lead' : `bench${String(index)}`;
      const added = await addUser(store, systemClock, { username, displayName: username, role: index === 0 ? 'lead' : 'collector', password: benchPassword });
      if (!added.ok) throw new Error(added.refusal.code);
    }
  } finally {
    await store.close();
  }
}

function readMemory(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  if (kib === undefined) throw new Error(`no ${field} in the status of the process`);
  return Math.round(Number(kib) / 1024);
}
