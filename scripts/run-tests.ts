/**
 * Runs the suites and sums them up.
 *
 * Invariant: a suite that cannot run, finds no test, or ends badly counts as failed; the last line
 * of the output is `N passed, N failed, N skipped`, and the exit code is 0 only when nothing failed.
 *
 *   node scripts/run-tests.ts [lint|types|unit|integration|crash|e2e ...]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { monotonicMs } from '../shared/time.ts';
import { lintChecks, runTool } from './lint.ts';
import type { Check } from './lint.ts';
import { isEntry, projectDirectory } from './project.ts';
import { addTallies, emptyTally, tallyOfReport } from './test-tally.ts';
import type { Tally } from './test-tally.ts';
import { startVirtualDisplay } from './virtual-display.ts';

const vitestSuites = ['unit', 'integration', 'crash', 'e2e'] as const;
type VitestSuite = (typeof vitestSuites)[number];
const suites = ['lint', 'types', ...vitestSuites] as const;
type Suite = (typeof suites)[number];

const typeChecks: Check[] = [{ name: 'tsc', run: () => runTool('tsc', ['--noEmit']) }];

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
    case 'crash':
      return runVitest(suite, process.env);
    case 'e2e': {
      // Always a display of its own: windows of a person's session would disturb the tests, and they it.
      const display = await startVirtualDisplay();
      try {
        return await runVitest(suite, { ...process.env, DISPLAY: display.name });
      } finally {
        await display.stop();
      }
    }
  }
}

async function runChecks(checks: Check[]): Promise<Tally> {
  let tally = emptyTally;
  for (const check of checks) {
    const { passed, output } = await check.run();
    say(`${passed ? 'passed' : 'FAILED'}  ${check.name}`);
    if (!passed) say(output);
    tally = addTallies(tally, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  }
  return tally;
}

async function runVitest(suite: VitestSuite, environment: NodeJS.ProcessEnv): Promise<Tally> {
  const report = path.join(projectDirectory, 'out', 'test', `${suite}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const vitest = path.join(projectDirectory, 'node_modules', '.bin', 'vitest');
  const child = spawn(
    vitest,
    ['run', '--project', suite, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: projectDirectory, stdio: ['ignore', 'inherit', 'inherit'], env: environment },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return tallyOfReport(readReport(report), code);
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

if (isEntry(import.meta.filename)) {
  let total = emptyTally;
  const lines: string[] = [];
  for (const suite of chosenSuites(process.argv.slice(2))) {
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
  say(`${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}
