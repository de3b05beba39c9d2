/**
 * A display for each test file that shows windows, and what explains a failure there, kept (`keep-evidence.ts`).
 *
 * Invariant: always one of its own: windows of a person's session, or of the file beside it, would take the focus and the clipboard. Set up
 * before anything of the file, taken down behind all of it.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { VirtualDisplay } from '../../scripts/virtual-display.ts';
import { startVirtualDisplay } from '../../scripts/virtual-display.ts';
import { keepEvidence } from './keep-evidence.ts';

let display: VirtualDisplay | null = null;
let hasBegun = false;

beforeAll(async () => {
  display = await startVirtualDisplay();
  process.env['DISPLAY'] = display.name;
});

beforeEach(() => { hasBegun = true; });

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepEvidence(task.file.name, task.name);
});

afterAll(async () => {
  // What fails before the first test fails no test.
  if (!hasBegun) await keepEvidence(expect.getState().testPath ?? 'unknown', 'start');
  await display?.stop();
});
