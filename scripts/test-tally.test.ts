import { describe, expect, it } from 'vitest';
import { failuresOfReport, tallyOfReport } from './test-tally.ts';

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
