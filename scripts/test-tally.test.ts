import { describe, expect, it } from 'vitest';
import { failuresOfReport, filesToRunAgain, tallyOfReport, tallyOfTwoRuns } from './test-tally.ts';

function report(passed: number, failed: number, pending = 0, todo = 0): string {
  return JSON.stringify({
    success: failed === 0,
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: todo,
  });
}

describe('tallyOfReport', () => {
  it('counts', () => {
    expect(tallyOfReport(report(3, 0, 1, 1), 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
    expect(tallyOfReport(report(3, 2), 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it.each([
    ['no report', null, 1, 0],
    ['no test', report(0, 0), 0, 0],
    ['only skipped tests', report(0, 0, 4), 0, 0],
    ['green tests, but a bad end', report(5, 0), 1, 5],
    ['green tests, but killed', report(5, 0), null, 5],
  ])('fails on %s', (_name, text, exitCode, passed) => {
    expect(tallyOfReport(text, exitCode)).toMatchObject({ passed, failed: 1 });
  });
});

describe('failuresOfReport', () => {
  it('names each failed test, and a file that did not load, with the start of what they said', () => {
    const text = JSON.stringify({
      ...(JSON.parse(report(1, 1)) as object),
      testResults: [
        {
          name: 'a.test.ts', status: 'failed', message: '',
          assertionResults: [
            { fullName: 'adds', status: 'passed', failureMessages: [] },
            { fullName: 'subtracts', status: 'failed', failureMessages: ['expected 1\nto be 2'] },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    });
    expect(failuresOfReport(text)).toEqual(['a.test.ts\n  subtracts\n  expected 1\n  to be 2', 'b.test.ts\n  no such module']);
    expect(failuresOfReport(report(3, 0))).toEqual([]);
  });
});

describe('a second run', () => {
  const first = JSON.stringify({
    ...(JSON.parse(report(2, 1, 1)) as object),
    testResults: [
      { name: 'a.test.ts', status: 'passed', message: '', assertionResults: [{ fullName: 'one', status: 'passed' }, { fullName: 'two', status: 'pending' }] },
      { name: 'b.test.ts', status: 'failed', message: '', assertionResults: [{ fullName: 'three', status: 'passed' }, { fullName: 'four', status: 'failed' }] },
    ],
  });

  it('is of the files that failed, when they are few', () => {
    expect(filesToRunAgain(first, 2)).toEqual(['b.test.ts']);
    expect(filesToRunAgain(first, 0)).toBeNull();
    expect(filesToRunAgain(report(3, 0), 2)).toBeNull();
    expect(filesToRunAgain(null, 2)).toBeNull();
  });

  it('counts in place of the first, also when it fails', () => {
    expect(tallyOfTwoRuns(first, ['b.test.ts'], { passed: 2, failed: 0, skipped: 0 })).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(tallyOfTwoRuns(first, ['b.test.ts'], { passed: 1, failed: 1, skipped: 0 })).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });
});
