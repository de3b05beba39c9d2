/**
 * The suites. `unit` stands beside the code; the others cross processes and live in `tests/`.
 *
 * Invariant: a suite that finds no test fails; what mounts disks or counts on the sound of a call runs one file at a time, the
 * rest on two workers (by default two cores get one): most of these tests wait for processes and disks. Each file that shows windows has a
 * display of its own (`own-display.ts`). It is calling time for all of them (`test-clock.ts`).
 */
import { configDefaults, defineConfig } from 'vitest/config';
import './tests/support/compile-cache.ts';
import './tests/support/test-clock.ts';

const minuteMs = 60_000;
/** One where files that failed are run once more, by themselves. */
const WORKERS = Number(process.env['PREMURA_TEST_WORKERS'] ?? 2);
const isLong = process.env['PREMURA_TEST_LONG'] === '1';

export default defineConfig({
  define: { __TEST_RUNTIME__: 'false' },
  test: {
    passWithNoTests: false,
    allowOnly: false,
    exclude: [...configDefaults.exclude, 'out/**'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,hub,electron,renderer,scripts}/**/*.test.{ts,tsx}'],
          testTimeout: minuteMs / 2,
          hookTimeout: 2 * minuteMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          maxWorkers: WORKERS,
          testTimeout: 2 * minuteMs,
          hookTimeout: 2 * minuteMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'property',
          include: ['tests/sync-property/**/*.test.ts'],
          maxWorkers: WORKERS,
          testTimeout: 30 * minuteMs,
          hookTimeout: 2 * minuteMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          include: ['tests/crash/**/*.test.ts'],
          maxWorkers: WORKERS,
          testTimeout: (isLong ? 60 : 10) * minuteMs,
          hookTimeout: minuteMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'disk',
          include: ['tests/disk/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 10 * minuteMs,
          hookTimeout: minuteMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'powercut',
          include: ['tests/powercut/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 30 * minuteMs,
          hookTimeout: 2 * minuteMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'telephone',
          include: ['tests/telephone/**/*.test.ts'],
          setupFiles: ['tests/support/own-display.ts'],
          fileParallelism: false,
          testTimeout: minuteMs,
          hookTimeout: 2 * minuteMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          setupFiles: ['tests/support/own-display.ts'],
          maxWorkers: WORKERS,
          testTimeout: 3 * minuteMs,
          hookTimeout: 2 * minuteMs,
        },
      },
    ],
  },
});
