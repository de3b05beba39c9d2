/**
 * `list`: what the worklist of 100,000 cases costs when it is asked for without a filter, against one bare look at all rows
 * (how many, and how much is open: the least that a list without kept counts would have to read), turn by turn, in processor time.
 *
 * `first` is the top of a view asked for again, `after-save` the same after an outcome moved a row, `far` a window in the middle,
 * `last` the end of the list. `bytes` is what crosses the port for one answer, as JSON, against 256 kB.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { placeInList } from '../../electron/desk/projections/case-list.ts';
import { listWorklist } from '../../electron/desk/queries/list-worklist.ts';
import { viewContext } from '../../electron/desk/session.ts';
import { prepared } from '../../electron/desk/store/statements.ts';
import { projectDirectory } from '../../scripts/project.ts';
import { queries } from '../../shared/contract/contract.ts';
import { dateOfInstant, systemClock } from '../../shared/time.ts';
import type { BenchResult } from './bench-result.ts';
import { compare } from './bench-result.ts';
import type { BenchSession } from './bench-session.ts';
import { openBenchSession } from './bench-session.ts';
import { scaleCases } from './scale-cases.ts';

const CASES = 100_000;
const RUNS = 9;
const SEED = 20_261_122;
const TARGET = 1;
const MOST_BYTES = 256 * 1024;

export function benchList(say: (line: string) => void): Promise<BenchResult[]> {
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'list-'));
  const opened = openBenchSession(folder, scaleCases(CASES, SEED, dateOfInstant(systemClock.nowMs(), 'Europe/Rome')));
  if (!opened.session.encrypted) throw new Error('the store is not encrypted');
  try {
    return Promise.resolve([
      measure(opened, 'first-to-work', () => ask(opened, 'to-work', 0), say),
      measure(opened, 'first-all', () => ask(opened, 'all', 0), say),
      measure(opened, 'after-save', () => {
        moveOne(opened);
        return ask(opened, 'to-work', 0);
      }, say),
      measure(opened, 'far', () => ask(opened, 'all', CASES / 2), say),
      measure(opened, 'last', () => ask(opened, 'all', CASES - 100), say),
      measureBytes(ask(opened, 'all', 0)),
    ]);
  } finally {
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As the page is answered: both ends parsed by the contract. */
function ask({ session }: BenchSession, view: 'to-work' | 'all', offset: number): unknown {
  const channel = queries['list-worklist'];
  const answer = listWorklist(session, channel.input.parse({ view, creditorId: null, offset }));
  if (answer.rows.length === 0) throw new Error('no rows');
  return channel.output.parse(answer);
}

/** One row changes its place, as after a save. */
function moveOne({ session, caseIds }: BenchSession): void {
  const caseId = caseIds[Math.floor(caseIds.length / 3)];
  const context = viewContext(session);
  const held = caseId === undefined ? null : session.book.get(caseId, context);
  if (held === null) throw new Error('no case');
  session.db.transaction(() => { placeInList(session.db, held.entity, held.view, context, false); }).immediate();
}

function measure({ session }: BenchSession, metric: string, work: () => unknown, say: (line: string) => void): BenchResult {
  const lookAtAll = prepared<[], { rows: number }>(session.db, 'SELECT count(*) AS rows, sum(open_cents) FROM case_list');
  const ours: number[] = [];
  const reference: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const oursMs = processorMs(work);
    const referenceMs = processorMs(() => {
      if (lookAtAll.get()?.rows !== CASES) throw new Error('not all rows');
    });
    // The first run only warms both.
    if (run === 0) continue;
    ours.push(oursMs);
    reference.push(referenceMs);
    say(`${metric} ${String(run)}: list ${oursMs.toFixed(2)} ms, all rows ${referenceMs.toFixed(2)} ms`);
  }
  return compare(metric, 'ms', ours, reference, TARGET);
}

function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function measureBytes(answer: unknown): BenchResult {
  const bytes = Buffer.byteLength(JSON.stringify(answer));
  const ratio = Math.round((bytes / MOST_BYTES) * 1000) / 1000;
  return { metric: 'bytes', ours: bytes, reference: MOST_BYTES, unit: 'bytes', ratio, target: 1, met: ratio <= 1 };
}
