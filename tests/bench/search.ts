/**
 * `search`: what an operator types, among 100,000 cases, against LIKE over all rows, turn by turn.
 *
 * Ours is the whole query of the screen: the index, 50 of what matches, each read, parsed, viewed and put in order. The reference
 * is a scan of a table that holds nothing but the words of each case, in a store of the same make; it answers ids.
 * Invariant: before anything is timed, each text must find what LIKE finds: the same cases, or 50 of them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { searchText } from '../../electron/desk/projections/case-search.ts';
import { searchCases } from '../../electron/desk/queries/search-cases.ts';
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { openKeyed } from '../../electron/desk/store/database.ts';
import { prepared } from '../../electron/desk/store/statements.ts';
import { projectDirectory } from '../../scripts/project.ts';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import type { CaseId } from '../../shared/id.ts';
import { newRandomHex } from '../../shared/id.ts';
import { dateOfInstant, monotonicMs, systemClock } from '../../shared/time.ts';
import type { BenchResult } from './bench-result.ts';
import { median, judgeSpeed } from './bench-result.ts';
import type { BenchSession } from './bench-session.ts';
import { openBenchSession } from './bench-session.ts';
import { randomNumbers, scaleCases } from './scale-cases.ts';

const CASES = 100_000;
const RUNS = 7;
const TEXTS = 20;
const LIMIT = 50;
const TARGET = 20;
const SEED = 20_261_122;

/** What is typed for a case that the operator looks for. */
const mix: Record<string, (entity: CaseEntity) => string> = {
  'three-letters': ({ customer }) => (customer.name.split(' ')[1] ?? '').slice(0, 3),
  'one-name': ({ customer }) => customer.name.split(' ')[1] ?? '',
  'two-words': ({ customer }) => customer.name.split(' ').slice(0, 2).join(' '),
  invoice: ({ invoices }) => invoices[0]?.number ?? '',
  'phone-end': ({ numbers }) => numbers[1]?.raw.slice(-6) ?? '',
};

export function benchSearch(say: (line: string) => void): Promise<BenchResult[]> {
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'search-'));
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  const opened = openBenchSession(folder, scaleCases(CASES, SEED, today));
  if (!opened.session.encrypted) throw new Error('the store is not encrypted');
  const words = openWords(folder, scaleCases(CASES, SEED, today));
  try {
    const random = randomNumbers(SEED);
    const wanted = Array.from({ length: TEXTS }, () => readCase(opened, Math.floor(random() * CASES)));
    return Promise.resolve(Object.entries(mix).map(([metric, textOf]) => measure(opened, words, metric, wanted.map(textOf), say)));
  } finally {
    words.close();
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCase({ session, caseIds }: BenchSession, index: number): CaseEntity {
  const caseId = caseIds[index];
  const held = caseId === undefined ? null : session.book.get(caseId, { nowMs: systemClock.nowMs(), zone: session.siteZone, userId: session.user.userId });
  if (held === null) throw new Error('no such case');
  return held.entity;
}

/** One row per case: its words, a blank before each. */
function openWords(folder: string, cases: Iterable<CaseEntity>): Sqlite {
  const { db } = openKeyed({ path: join(folder, 'words.db'), keyHex: newRandomHex(32), testRuntime: false });
  db.pragma('journal_mode = WAL');
  db.pragma('cache_size = -32000');
  db.exec('CREATE TABLE words (case_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID');
  const insert = db.prepare('INSERT INTO words (case_id, text) VALUES (?, ?)');
  db.transaction(() => {
    for (const entity of cases) insert.run(entity.caseId, ` ${onlyWords(searchText(entity))}`);
  })();
  return db;
}

function onlyWords(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ');
}

/** Those with a word that begins with each of the typed ones; a LIKE knows no accents, and none is typed here. */
function scan(words: Sqlite, text: string): CaseId[] {
  const patterns = text.split(' ').map((word) => `% ${onlyWords(word)}%`);
  return prepared<string[], { case_id: CaseId }>(words, `SELECT case_id FROM words WHERE ${patterns.map(() => 'text LIKE ?').join(' AND ')}`)
    .all(...patterns).map((row) => row.case_id);
}

function measure({ session }: BenchSession, words: Sqlite, metric: string, texts: readonly string[], say: (line: string) => void): BenchResult {
  let most = 0;
  for (const text of texts) {
    if (text.length < 3 || /[^\p{ASCII}]/u.test(text)) throw new Error(`nothing to type: ${text}`);
    const found = searchCases(session, { text }).rows.map((row) => row.caseId);
    const all = new Set(scan(words, text));
    most = Math.max(most, all.size);
    if (new Set(found).size !== Math.min(LIMIT, all.size) || found.some((caseId) => !all.has(caseId))) {
      throw new Error(`${text}: found ${String(found.length)}, and by LIKE ${String(all.size)}`);
    }
  }
  const ours: number[] = [];
  const reference: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const [oursMs, referenceMs]: [number[], number[]] = [[], []];
    for (const text of texts) {
      oursMs.push(timeMs(() => searchCases(session, { text })));
      referenceMs.push(timeMs(() => scan(words, text)));
    }
    // The first run only warms both.
    if (run === 0) continue;
    ours.push(median(oursMs));
    reference.push(median(referenceMs));
    say(`${metric} ${String(run)}: search ${median(oursMs).toFixed(3)} ms (slowest ${Math.max(...oursMs).toFixed(1)}), LIKE ${median(referenceMs).toFixed(1)} ms; at most ${String(most)} matches`);
  }
  return judgeSpeed(metric, 'ms', ours, reference, TARGET);
}

function timeMs(work: () => unknown): number {
  const startedMs = monotonicMs();
  work();
  return monotonicMs() - startedMs;
}
