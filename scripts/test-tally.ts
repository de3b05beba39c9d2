/**
 * Counts a test run.
 *
 * Invariant: trouble outside the tests (a file that does not load, an unhandled error, no test at
 * all, no report) adds a failure, so that it cannot hide behind green tests.
 */
import { z } from 'zod';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const emptyTally: Tally = { passed: 0, failed: 0, skipped: 0 };

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({
    name: z.string(),
    status: z.string(),
    message: z.string().default(''),
    assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) })),
  })).default([]),
});

/** The sum of two. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** The tally of vitest's JSON report (null = none was written) and its exit code. */
export function tallyOfReport(text: string | null, exitCode: number | null): Tally {
  if (text === null) return { passed: 0, failed: 1, skipped: 0 };
  const report = reportSchema.parse(JSON.parse(text));
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  const endedBadly = exitCode !== 0 || !report.success || tally.passed + tally.failed === 0;
  return endedBadly && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** What failed, a few lines each: the test's file and name, and the start of what it said. Empty when nothing did. */
export function failuresOfReport(text: string | null): string[] {
  if (text === null) return [];
  return reportSchema.parse(JSON.parse(text)).testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return file.status === 'failed' ? [`${file.name}\n  ${firstLines(file.message)}`] : [];
    return failed.map((test) => `${file.name}\n  ${test.fullName}\n  ${firstLines(test.failureMessages[0] ?? '')}`);
  });
}

/** The files in which something failed, at most so many; null where it is more, or where the trouble was outside of all files. */
export function filesToRunAgain(text: string | null, most: number): string[] | null {
  if (text === null) return null;
  const failed = reportSchema.parse(JSON.parse(text)).testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  return failed.length === 0 || failed.length > most ? null : failed;
}

/** The tally of a run of which some files were run once more: of those, the second run counts. */
export function tallyOfTwoRuns(firstText: string, again: readonly string[], second: Tally): Tally {
  const steady = reportSchema.parse(JSON.parse(firstText)).testResults.filter(({ name }) => !again.includes(name)).flatMap(({ assertionResults }) => assertionResults);
  const passed = steady.filter(({ status }) => status === 'passed').length;
  return addTallies({ passed, failed: 0, skipped: steady.length - passed }, second);
}

const SHOWN_LINES = 6;

function firstLines(message: string): string {
  return message.split('\n').slice(0, SHOWN_LINES).join('\n  ');
}
