/**
 * Runs the suites and sums them up.
 *
 * Invariant: a suite that cannot run, finds no test, or ends badly counts as failed; the last line
 * of the output is `N passed, N failed, N skipped`, and the exit code is 0 only when nothing failed.
 *
 * Power cuts need root (a disk image is loop-mounted): named without it, that suite fails; not named, it is counted as
 * skipped and said to be. The telephone suite needs Debian packages, which root installs: the same holds for it where they are missing.
 *
 *   node scripts/run-tests.ts [--long] [lint|types|unit|integration|property|crash|disk|powercut|e2e|telephone ...]
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { monotonicMs } from '../shared/time.ts';
import { lintChecks, runTool } from './lint.ts';
import type { Check } from './lint.ts';
import { isEntry, projectDirectory } from './project.ts';
import { addTallies, emptyTally, failuresOfReport, tallyOfReport } from './test-tally.ts';
import type { Tally } from './test-tally.ts';
import { ensureRigPackages } from './telephone-rig.ts';
import { missingRigPackages } from './telephone-rig/rig-packages.ts';
import { startVirtualDisplay } from './virtual-display.ts';

const vitestSuites = ['unit', 'integration', 'property', 'crash', 'disk', 'powercut', 'e2e', 'telephone'] as const;
type VitestSuite = (typeof vitestSuites)[number];
const suites = ['lint', 'types', ...vitestSuites] as const;
type Suite = (typeof suites)[number];

const isRoot = process.getuid?.() === 0;

const typeChecks: Check[] = [{ name: 'tsc', run: () => runTool('tsc', ['--noEmit']) }];

/** Said once more behind the table: what comes before it may be long. */
const failures: string[] = [];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function runSuite(suite: Suite): Promise<Tally> {
  switch (suite) {
    case 'lint':
      return runChecks(lintChecks);
    case 'types':
      return runChecks(typeChecks);
    case 'unit':
    case 'integration':
    case 'property':
    case 'crash':
      return runVitest(suite, process.env);
    case 'disk':
      return runVitest(suite, process.env, isRoot ? ownMountSpace() : ownUserSpace());
    case 'powercut':
      if (!isRoot) {
        say('FAILED  power cuts need root: a disk image is mounted and its file system shut down. Run: sudo bash scripts/test powercut');
        return { passed: 0, failed: 1, skipped: 0 };
      }
      return runVitest(suite, process.env, ownMountSpace());
    case 'telephone': {
      const missing = ensureRigPackages(say);
      if (missing === null) return runOnDisplay(suite);
      say(`FAILED  the telephone suite runs against a real exchange; ${missing}. Run: sudo bash scripts/test telephone`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
    case 'e2e':
      return runOnDisplay(suite);
  }
}

/** Always a display of its own: windows of a person's session would disturb the tests, and they it. */
async function runOnDisplay(suite: VitestSuite): Promise<Tally> {
  const display = await startVirtualDisplay();
  try {
    return await runVitest(suite, { ...process.env, DISPLAY: display.name });
  } finally {
    await display.stop();
  }
}

async function runChecks(checks: Check[]): Promise<Tally> {
  let tally = emptyTally;
  for (const check of checks) {
    const { passed, output } = await check.run();
    say(`${passed ? 'passed' : 'FAILED'}  ${check.name}`);
    if (!passed) {
      say(output);
      failures.push(check.name);
    }
    tally = addTallies(tally, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  }
  return tally;
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

async function runVitest(suite: VitestSuite, environment: NodeJS.ProcessEnv, start: readonly string[] = []): Promise<Tally> {
  const report = path.join(projectDirectory, 'out', 'test', `${suite}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const vitest = path.join(projectDirectory, 'node_modules', '.bin', 'vitest');
  const child = spawn(
    start[0] ?? vitest,
    [
      ...start.slice(1), ...(start.length === 0 ? [] : [vitest]),
      'run', '--project', suite, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`,
    ],
    { cwd: projectDirectory, stdio: ['ignore', 'inherit', 'inherit'], env: environment },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  const text = readReport(report);
  failures.push(...failuresOfReport(text).map((failure) => `${suite}: ${path.relative(projectDirectory, failure)}`));
  return tallyOfReport(text, code);
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

if (isEntry(import.meta.filename)) {
  let total = emptyTally;
  const lines: string[] = [];
  const names = process.argv.slice(2).filter((argument) => argument !== '--long');
  if (process.argv.includes('--long')) process.env['PREMURA_TEST_LONG'] = '1';
  for (const suite of chosenSuites(names)) {
    const lacking = names.length === 0 && !isRoot ? whatIsLacking(suite) : null;
    if (lacking !== null) {
      say(`\n── ${suite}\nnot run: ${lacking} (sudo bash scripts/test ${suite})`);
      lines.push(`${suite}: 0 / 0 / 1, needs root`);
      total = addTallies(total, { ...emptyTally, skipped: 1 });
      continue;
    }
    say(`\n── ${suite}`);
    const startedMs = monotonicMs();
    let tally: Tally;
    try {
      tally = await runSuite(suite);
    } catch (error) {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      tally = { passed: 0, failed: 1, skipped: 0 };
    }
    const seconds = ((monotonicMs() - startedMs) / 1000).toFixed(1);
    lines.push(`${suite}: ${String(tally.passed)} / ${String(tally.failed)} / ${String(tally.skipped)}, ${seconds} s`);
    total = addTallies(total, tally);
  }
  say(`\nsuite: passed / failed / skipped, time\n${lines.join('\n')}\n`);
  if (failures.length > 0) say(`failed:\n${failures.join('\n')}\n`);
  say(`${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}
