/**
 * `save`: what it costs to save an outcome.
 *
 * `encrypted-p50`, `encrypted-p99`: the desk's whole command (read, check, chain, commit with
 * synchronous=FULL through the cipher, tell whoever pushes) against appending the bytes that the
 * log grew by to a plain file on the same file system, with fdatasync. One save, one append, in turn.
 * `page`: see `page.ts`.
 */
import { closeSync, fdatasyncSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { recordOutcome } from '../../electron/desk/commands/record-outcome.ts';
import { showCase } from '../../electron/desk/queries/show-case.ts';
import { countUnsent, readAckedSeq, writeAckedSeq } from '../../electron/desk/store/fact-store.ts';
import { projectDirectory } from '../../scripts/project.ts';
import { commands } from '../../shared/contract/contract.ts';
import { newId } from '../../shared/id.ts';
import { monotonicMs } from '../../shared/time.ts';
import { promiseForm } from '../support/shift.ts';
import type { BenchResult } from './bench-result.ts';
import { compare, percentile } from './bench-result.ts';
import { benchPage } from './page.ts';
import type { BenchSession } from './bench-session.ts';
import { openBenchSession } from './bench-session.ts';

const RUNS = 9;
const SAVES_PER_RUN = 400;
const CASES = 500;

export async function benchSave(say: (line: string) => void): Promise<BenchResult[]> {
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'save-'));
  const opened = openBenchSession(folder, CASES);
  if (!opened.session.encrypted) throw new Error('the store is not encrypted');
  const file = openSync(join(folder, 'reference'), 'w');
  try {
    const runs: Run[] = [];
    runOnce(opened, folder, file);
    for (let run = 1; run <= RUNS; run += 1) {
      const measured = runOnce(opened, folder, file);
      runs.push(measured);
      say(`run ${String(run)}: save p50 ${measured.save.p50.toFixed(3)} p99 ${measured.save.p99.toFixed(3)} ms, ` +
        `append p50 ${measured.append.p50.toFixed(3)} p99 ${measured.append.p99.toFixed(3)} ms, ${String(measured.bytes)} bytes each`);
    }
    return [
      compare('encrypted-p50', 'ms', runs.map((run) => run.save.p50), runs.map((run) => run.append.p50), 2.5),
      compare('encrypted-p99', 'ms', runs.map((run) => run.save.p99), runs.map((run) => run.append.p99), 4),
      ...(await benchPage(say)),
    ];
  } finally {
    closeSync(file);
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  save: { p50: number; p99: number };
  append: { p50: number; p99: number };
  /** What one save added to the log, on average. */
  bytes: number;
}

function runOnce({ session, caseIds }: BenchSession, folder: string, file: number): Run {
  const log = join(folder, 'desk.db-wal');
  session.db.pragma('wal_checkpoint(TRUNCATE)');
  writeAckedSeq(session.db, countUnsent(session.db) + readAckedSeq(session.db));
  ftruncateSync(file, 0);
  const saves: number[] = [];
  const appends: number[] = [];
  let size = statSync(log).size;
  for (let save = 0; save < SAVES_PER_RUN; save += 1) {
    const input = commands['record-outcome'].input.parse({
      commandId: newId(), caseId: caseIds[save % caseIds.length], locale: 'it',
      form: promiseForm({ amountText: '10,50', note: 'Promette di pagare dopo lo stipendio, chiede conferma per posta.' }),
      basedOn: { caseRevision: 1, scriptVersion: 'reminder@1' },
    });
    // The operator has the case open: it was read and folded before, and by another request.
    const shown = showCase(session, { caseId: input.caseId });
    if (!shown.ok) throw new Error(shown.error.code);
    const startedMs = monotonicMs();
    const saved = recordOutcome(session, input);
    saves.push(monotonicMs() - startedMs);
    if (!saved.ok) throw new Error(saved.error.code);

    const grown = statSync(log).size - size;
    size += grown;
    const bytes = Buffer.alloc(grown, save);
    const appendStartedMs = monotonicMs();
    writeSync(file, bytes, 0, grown, null);
    fdatasyncSync(file);
    appends.push(monotonicMs() - appendStartedMs);
  }
  return {
    save: { p50: percentile(saves, 0.5), p99: percentile(saves, 0.99) },
    append: { p50: percentile(appends, 0.5), p99: percentile(appends, 0.99) },
    bytes: Math.round(size / SAVES_PER_RUN),
  };
}
