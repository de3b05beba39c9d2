/** The tour itself: a new agency, a file imported, a shift with plugs pulled, the hub's rows compared. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const tour = fileURLToPath(new URL('../tour/main.ts', import.meta.url));
const receivables = fileURLToPath(new URL('../../assets/demo/receivables-2012-2013.csv', import.meta.url));

async function runTour(args: string[]): Promise<{ passed: boolean; steps: { passed: boolean }[]; factIds: string[] }> {
  const { stdout } = await promisify(execFile)(process.execPath, [tour, '--json', '--out', temporaryFolder(), ...args]);
  return JSON.parse(stdout) as { passed: boolean; steps: { passed: boolean }[]; factIds: string[] };
}

it('runs on the demo data', async () => {
  const report = await runTour([]);
  expect(report).toMatchObject({ passed: true });
  expect(report.steps).toHaveLength(41);
  // Eleven acts; the seven calls among them bring their permits, the four agreements the identity they stand on; the one that was led by
  // its script brings its start and the way it took.
  expect(new Set(report.factIds).size).toBe(11 + 7 + 4 + 2);
});

it('runs on a real creditor’s file', async () => {
  const report = await runTour(['--file', receivables, '--creditor', 'IBM sample', '--date-format', 'M/D/YYYY', '--currency', 'USD', '--as-of', '2013-06-30']);
  expect(report).toMatchObject({ passed: true });
});
