import { describe, expect, it } from 'vitest';
import { tallyOfReport } from './test-tally.ts';

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
