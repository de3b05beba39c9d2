/**
 * `first-sync`: an operator's first sign-in on a PC, 100,000 cases.
 *
 * A real hub process (SQLite) and a real desk process (Node 24, sealed store), over HTTP. Ours runs from the answer to the
 * sign-in, with which the sync begins, until the desk says it is online with every case in its list; `first-usable-case`
 * until find-next-case first gives one, and its reference is the total of the same run. The reference of the total: the same rows put into a store of the same make with the
 * same indexes, one transaction, everything computed beforehand. The desk's peak memory is said on standard error.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { searchText } from '../../electron/desk/projections/case-search.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { projectDirectory } from '../../scripts/project.ts';
import { newRandomHex } from '../../shared/id.ts';
import type { PlainDate } from '../../shared/time.ts';
import { dateOfInstant, monotonicMs, systemClock } from '../../shared/time.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { signInAs } from '../support/shift.ts';
import type { BenchResult } from './bench-result.ts';
import { compare } from './bench-result.ts';
import { openBenchSession } from './bench-session.ts';
import { benchUser, publishCases } from './publish-cases.ts';
import { scaleCases } from './scale-cases.ts';

const CASES = 100_000;
const RUNS = 5;
const SEED = 20_261_122;

export async function benchFirstSync(say: (line: string) => void): Promise<BenchResult[]> {
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'first-sync-'));
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  try {
    const dataDir = join(folder, 'hub');
    await publishCases(dataDir, scaleCases(CASES, SEED, today));
    const rows = computeRows(join(folder, 'computed'), today);
    say(`${String(CASES)} cases of ${String(Math.round(rows.entities.reduce((sum, row) => sum + row.body.length, 0) / CASES))} bytes on average`);
    const hub = await HubProcess.start(dataDir);
    try {
      return await compareRuns(hub, folder, rows, say);
    } finally {
      await hub.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareRuns(hub: HubProcess, folder: string, rows: Rows, say: (line: string) => void): Promise<BenchResult[]> {
  const totals: number[] = [];
  const firsts: number[] = [];
  const inserts: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const synced = await syncOnce(hub, join(folder, `desk-${String(run)}`));
    const insertMs = insertOnce(join(folder, `insert-${String(run)}`), rows);
    say(`run ${String(run)}${run === 0 ? ' (warms)' : ''}: all ${synced.totalMs.toFixed(0)} ms, first case ${synced.firstMs.toFixed(0)} ms, insert ${insertMs.toFixed(0)} ms, ` +
      `desk peak ${String(synced.peakMiB)} MiB`);
    if (run === 0) continue;
    totals.push(synced.totalMs);
    firsts.push(synced.firstMs);
    inserts.push(insertMs);
  }
  return [compare('first-sync', 'ms', totals, inserts, 1.5), compare('first-usable-case', 'ms', firsts, totals, 0.1)];
}

async function syncOnce(hub: HubProcess, profileDir: string): Promise<{ totalMs: number; firstMs: number; peakMiB: number }> {
  const desk = await DeskProcess.start({ profileDir, hubUrl: hub.url });
  try {
    await signInAs(desk, benchUser.username);
    const startedMs = monotonicMs();
    await desk.until('find-next-case', { exceptCaseId: null }, ({ caseId }) => caseId !== null);
    const firstMs = monotonicMs() - startedMs;
    await desk.until('show-sync', {}, (sync) => sync.network === 'online');
    const totalMs = monotonicMs() - startedMs;
    const list = await desk.query('list-worklist', { view: 'all', creditorId: null, limit: 1 });
    if (!list.ok || list.value.counts.all !== CASES) throw new Error('the desk does not hold every case');
    return { totalMs, firstMs, peakMiB: readPeakMiB(desk.pid) };
  } finally {
    await desk.stop();
    rmSync(profileDir, { recursive: true, force: true });
  }
}

function readPeakMiB(pid: number): number {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  if (peak === undefined) throw new Error('no peak in the status of the process');
  return Math.round(Number(peak) / 1024);
}

interface Rows {
  entities: { id: string; body: string }[];
  list: { list_id: number }[];
  texts: string[];
}

/** What a desk that holds all of it has in its tables; the words of the search stand in the order of the list. */
function computeRows(folder: string, today: PlainDate): Rows {
  mkdirSync(folder);
  const opened = openBenchSession(folder, scaleCases(CASES, SEED, today));
  const { db } = opened.session;
  try {
    const entities = db.prepare<[], { id: string; body: string }>("SELECT id, body FROM entities WHERE kind = 'case' ORDER BY id").all();
    const list = db.prepare<[], { list_id: number; case_id: string }>('SELECT * FROM case_list ORDER BY list_id').all();
    const texts = new Map<string, string>();
    for (const entity of scaleCases(CASES, SEED, today)) texts.set(entity.caseId, searchText(entity));
    return { entities, list, texts: list.map((row) => texts.get(row.case_id) ?? '') };
  } finally {
    opened.close();
  }
}

function insertOnce(folder: string, rows: Rows): number {
  mkdirSync(folder);
  const opened = openStore({ path: join(folder, 'desk.db'), keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db, encrypted } = opened.value;
  if (!encrypted) throw new Error('the store is not encrypted');
  const columns = Object.keys(rows.list[0] ?? {});
  const insertEntity = db.prepare("INSERT INTO entities (kind, id, revision, body) VALUES ('case', ?, ?, ?)");
  const insertRow = db.prepare(`INSERT INTO case_list (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`);
  const insertText = db.prepare('INSERT INTO case_search (rowid, text) VALUES (?, ?)');
  const startedMs = monotonicMs();
  db.transaction(() => {
    rows.entities.forEach(({ id, body }, index) => insertEntity.run(id, index + 1, body));
    rows.list.forEach((row, index) => {
      insertRow.run(row);
      insertText.run(row.list_id, rows.texts[index]);
    });
  }).immediate();
  const insertMs = monotonicMs() - startedMs;
  db.close();
  rmSync(folder, { recursive: true, force: true });
  return insertMs;
}
