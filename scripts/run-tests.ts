/**
 * Runs the suites and sums them up.
 *
 * Invariants: a suite that cannot run, finds no test, or ends badly counts as failed; the last line of the output is
 * `N passed, N failed, N skipped`, and the exit code is 0 only when nothing failed. What runs beside another suite (`test-lanes.ts`) is told
 * whole when it ends. What shows windows or sounds is told by the clock of a machine that does other things too: where a file or two of it fail,
 * they are run once more, by themselves; the second run counts, and the sum names them. Nothing else has a second run.
 *
 * Power cuts need root (a disk image is loop-mounted): named without it, that suite fails; not named, it is counted as
 * skipped and said to be. The telephone suite needs Debian packages, which root installs: the same holds for it where they are missing.
 *
 *   node scripts/run-tests.ts [--long] [lint|types|unit|integration|property|crash|disk|powercut|e2e|telephone ...]
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { monotonicMs } from '../shared/time.ts';
import { lintChecks, runTool } from './lint.ts';
import type { Check } from './lint.ts';
import { isEntry, projectDirectory } from './project.ts';
import { planStages, suites } from './test-lanes.ts';
import type { Suite, VitestSuite } from './test-lanes.ts';
import { addTallies, emptyTally, failuresOfReport, filesToRunAgain, tallyOfReport, tallyOfTwoRuns } from './test-tally.ts';
import type { Tally } from './test-tally.ts';
import { ensureRigPackages } from './telephone-rig.ts';
import { missingRigPackages } from './telephone-rig/rig-packages.ts';

const isRoot = process.getuid?.() === 0;

const typeChecks: Check[] = [{ name: 'tsc', run: () => runTool('tsc', ['--noEmit']) }];

/** Takes what a suite says, line breaks included. */
type Voice = (text: string) => void;

interface SuiteResult {
  tally: Tally;
  /** Said once more behind the table: what comes before it may be long. */
  failures: string[];
  /** What failed in a first run, where there was a second one. */
  unsteady: string[];
  /** For the table. */
  line: string;
}

type SuiteEnd = Omit<SuiteResult, 'line'>;

/** Where windows and sounds are told by the clock. */
const hasSecondRun: readonly Suite[] = ['e2e', 'telephone'];
/** More is no chance. */
const MOST_FILES_AGAIN = 2;

const aloud: Voice = (text) => { process.stdout.write(text); };

function say(line: string): void {
  aloud(`${line}\n`);
}

async function runSuite(suite: Suite, voice: Voice): Promise<SuiteEnd> {
  const fail = (sentence: string): SuiteEnd => {
    voice(`FAILED  ${sentence}\n`);
    return { tally: { passed: 0, failed: 1, skipped: 0 }, failures: [], unsteady: [] };
  };
  switch (suite) {
    case 'lint':
      return runChecks(lintChecks, voice);
    case 'types':
      return runChecks(typeChecks, voice);
    case 'unit':
    case 'integration':
    case 'property':
    case 'crash':
    case 'e2e':
      return runVitest(suite, voice);
    case 'disk':
      return runVitest(suite, voice, isRoot ? ownMountSpace() : ownUserSpace());
    case 'powercut':
      if (isRoot) return runVitest(suite, voice, ownMountSpace());
      return fail('power cuts need root: a disk image is mounted and its file system shut down. Run: sudo bash scripts/test powercut');
    case 'telephone': {
      const missing = ensureRigPackages((line) => { voice(`${line}\n`); });
      if (missing === null) return runVitest(suite, voice);
      return fail(`the telephone suite runs against a real exchange; ${missing}. Run: sudo bash scripts/test telephone`);
    }
  }
}

async function runChecks(checks: Check[], voice: Voice): Promise<SuiteEnd> {
  let tally = emptyTally;
  const failures: string[] = [];
  for (const check of checks) {
    const { passed, output } = await check.run();
    voice(`${passed ? 'passed' : 'FAILED'}  ${check.name}\n`);
    if (!passed) {
      voice(`${output}\n`);
      failures.push(check.name);
    }
    tally = addTallies(tally, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  }
  return { tally, failures, unsteady: [] };
}

/**
 * Starts a command where its mounts are its own and end with it, even when it is killed. Where that is refused,
 * mounting is refused too, and the suite says so itself.
 */
function ownMountSpace(): string[] {
  const options = ['--mount', '--propagation', 'private'];
  return spawnSync('unshare', [...options, 'true'], { stdio: 'ignore' }).status === 0 ? ['unshare', ...options] : [];
}

/** Mounting without root, where the kernel lets a user be root in a name space of his own; else the suite says that it cannot. */
function ownUserSpace(): string[] {
  const options = ['--user', '--map-root-user', '--mount'];
  return spawnSync('unshare', [...options, 'true'], { stdio: 'ignore' }).status === 0 ? ['unshare', ...options] : [];
}

async function runVitest(suite: VitestSuite, voice: Voice, start: readonly string[] = []): Promise<SuiteEnd> {
  const { text, code } = await startVitest(suite, suite, [], voice, start);
  const again = hasSecondRun.includes(suite) ? filesToRunAgain(text, MOST_FILES_AGAIN) : null;
  const failures = sayFailures(suite, text);
  if (again === null || text === null) return { tally: tallyOfReport(text, code), failures, unsteady: [] };
  voice(`\n── ${suite}, once more\n`);
  const second = await startVitest(suite, `${suite}-again`, again.map((file) => path.relative(projectDirectory, file)), voice, start);
  const tally = tallyOfTwoRuns(text, again, tallyOfReport(second.text, second.code));
  return { tally, failures: sayFailures(suite, second.text), unsteady: failures };
}

/** @param files of the suite; none: all */
async function startVitest(suite: VitestSuite, name: string, files: readonly string[], voice: Voice, start: readonly string[]): Promise<{ text: string | null; code: number | null }> {
  const report = path.join(projectDirectory, 'out', 'test', `${name}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const vitest = path.join(projectDirectory, 'node_modules', '.bin', 'vitest');
  // A file, not a pipe: a process that outlived its test would hold a pipe open for ever.
  const said = report.replace(/json$/, 'log');
  const heard = voice === aloud ? 'inherit' : openSync(said, 'w');
  const child = spawn(
    start[0] ?? vitest,
    [
      ...start.slice(1), ...(start.length === 0 ? [] : [vitest]),
      'run', '--project', suite, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files,
    ],
    { cwd: projectDirectory, stdio: ['ignore', heard, heard], env: { ...process.env, ...(files.length === 0 ? {} : { PREMURA_TEST_WORKERS: '1' }) } },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  if (heard !== 'inherit') {
    closeSync(heard);
    voice(readFileSync(said, 'utf8'));
  }
  return { text: readReport(report), code };
}

function sayFailures(suite: VitestSuite, text: string | null): string[] {
  return failuresOfReport(text).map((failure) => `${suite}: ${path.relative(projectDirectory, failure)}`);
}

function readReport(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function chosenSuites(names: string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite === name));
  if (unknown.length > 0) {
    say(`There is no suite ${unknown.join(', ')}; there are ${suites.join(', ')}.`);
    process.exit(64);
  }
  return names.length === 0 ? suites : suites.filter((suite) => names.includes(suite));
}

/** Why a suite that nobody named cannot run here without root, or null. */
function whatIsLacking(suite: Suite): string | null {
  if (suite === 'powercut') return 'it mounts a disk image and needs root';
  return suite === 'telephone' && missingRigPackages().length > 0 ? `Debian packages are missing, and installing them needs root: ${missingRigPackages().join(' ')}` : null;
}

/** Runs a suite, or says why it does not; what it says goes to its voice. */
async function runNamed(suite: Suite, lacking: string | null, voice: Voice): Promise<SuiteResult> {
  if (lacking !== null) {
    voice(`\n── ${suite}\nnot run: ${lacking} (sudo bash scripts/test ${suite})\n`);
    return { tally: { ...emptyTally, skipped: 1 }, failures: [], unsteady: [], line: `${suite}: 0 / 0 / 1, needs root` };
  }
  voice(`\n── ${suite}\n`);
  const startedMs = monotonicMs();
  const told = await runSuite(suite, voice).catch((error: unknown) => {
    voice(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return { tally: { passed: 0, failed: 1, skipped: 0 }, failures: [], unsteady: [] };
  });
  const seconds = ((monotonicMs() - startedMs) / 1000).toFixed(1);
  return { ...told, line: `${suite}: ${String(told.tally.passed)} / ${String(told.tally.failed)} / ${String(told.tally.skipped)}, ${seconds} s` };
}

/** One suite after the other; with others beside it, each is told whole when it has ended. */
async function runLane(lane: readonly Suite[], isAlone: boolean, lackingOf: (suite: Suite) => string | null, results: Map<Suite, SuiteResult>): Promise<void> {
  for (const suite of lane) {
    const kept: string[] = [];
    results.set(suite, await runNamed(suite, lackingOf(suite), isAlone ? aloud : (text) => { kept.push(text); }));
    aloud(kept.join(''));
  }
}

if (isEntry(import.meta.filename)) {
  const names = process.argv.slice(2).filter((argument) => argument !== '--long');
  if (process.argv.includes('--long')) process.env['PREMURA_TEST_LONG'] = '1';
  const results = new Map<Suite, SuiteResult>();
  for (const stage of planStages(chosenSuites(names))) {
    const lackingOf = (suite: Suite): string | null => (names.length === 0 && !isRoot ? whatIsLacking(suite) : null);
    await Promise.all(stage.map((lane) => runLane(lane, stage.length === 1, lackingOf, results)));
  }
  const inOrder = suites.flatMap((suite) => results.get(suite) ?? []);
  const total = inOrder.map(({ tally }) => tally).reduce(addTallies, emptyTally);
  const failures = inOrder.flatMap((result) => result.failures);
  say(`\nsuite: passed / failed / skipped, time\n${inOrder.map(({ line }) => line).join('\n')}\n`);
  const unsteady = inOrder.flatMap((result) => result.unsteady);
  if (unsteady.length > 0) say(`unsteady, failed at first and run once more:\n${unsteady.join('\n')}\n`);
  if (failures.length > 0) say(`failed:\n${failures.join('\n')}\n`);
  say(`${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}
