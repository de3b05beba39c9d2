/**
 * `next-case`: what it costs to find the next case among 100,000, against reading a case by its primary key, turn by turn.
 * Both find their pages in memory: the reference reads the case that was found, again and again (a case picked at random
 * takes five times as long, for it has to be deciphered first).
 *
 * `top-ready`: the best case may be worked now. `not-yet-due`: 5,000 cases that stand before it in order wait for their time.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findNextCase } from '../../electron/desk/queries/find-next-case.ts';
import { prepared } from '../../electron/desk/store/statements.ts';
import { projectDirectory } from '../../scripts/project.ts';
import type { CaseId } from '../../shared/id.ts';
import { dateOfInstant, monotonicMs, systemClock } from '../../shared/time.ts';
import type { BenchResult } from './bench-result.ts';
import { compare } from './bench-result.ts';
import type { BenchSession } from './bench-session.ts';
import { openBenchSession } from './bench-session.ts';
import { scaleCases } from './scale-cases.ts';

const CASES = 100_000;
const WAITING = 5_000;
const RUNS = 9;
const CALLS = 2_000;
const SEED = 20_261_122;

export function benchNextCase(say: (line: string) => void): Promise<BenchResult[]> {
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'next-case-'));
  const opened = openBenchSession(folder, scaleCases(CASES, SEED, dateOfInstant(systemClock.nowMs(), 'Europe/Rome')));
  if (!opened.session.encrypted) throw new Error('the store is not encrypted');
  try {
    const ready = measure(opened, 'top-ready', 6, say);
    holdTheFirst(opened);
    return Promise.resolve([ready, measure(opened, 'not-yet-due', 20, say)]);
  } finally {
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure({ session }: BenchSession, metric: string, target: number, say: (line: string) => void): BenchResult {
  const readById = prepared<[string], { body: string }>(session.db, "SELECT body FROM entities WHERE kind = 'case' AND id = ?");
  const ours: number[] = [];
  const reference: number[] = [];
  let open: CaseId | null = null;
  for (let run = 0; run <= RUNS; run += 1) {
    const oursMs = timeEach(CALLS, () => {
      open = findNextCase(session, { exceptCaseId: open }).caseId;
      if (open === null) throw new Error('no next case');
    });
    const referenceMs = timeEach(CALLS, () => {
      if (readById.get(open ?? '') === undefined) throw new Error('no case');
    });
    // The first run only warms both.
    if (run === 0) continue;
    ours.push(oursMs * 1000);
    reference.push(referenceMs * 1000);
    say(`${metric} ${String(run)}: next case ${(oursMs * 1000).toFixed(2)} µs, by primary key ${(referenceMs * 1000).toFixed(2)} µs`);
  }
  return compare(metric, 'µs', ours, reference, target);
}

/** Milliseconds of one call, on average: a single one is near the clock's own step. */
function timeEach(calls: number, work: () => void): number {
  const startedMs = monotonicMs();
  for (let call = 0; call < calls; call += 1) work();
  return (monotonicMs() - startedMs) / calls;
}

/** As after an attempt each: the first of the list wait until tomorrow, and keep their place in the order. */
function holdTheFirst({ session }: BenchSession): void {
  const held = session.db.prepare(`UPDATE case_list SET ready = 0, available_from = ? WHERE case_id IN (
    SELECT case_id FROM case_list WHERE ready = 1 ORDER BY order_class, sort_key, customer_name, case_id LIMIT ?)`)
    .run(systemClock.nowMs() + 86_400_000, WAITING);
  if (held.changes !== WAITING) throw new Error('too few cases to hold');
}
