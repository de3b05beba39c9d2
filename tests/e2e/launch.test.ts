/** A runtime that crashes before it says a word is started once more; whatever else goes wrong at the start is said as it is. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.ts';
import { startApp } from '../support/app-process.ts';
import { launchElectron } from '../support/launch-electron.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A runtime that notes each of its starts, and what is left of the line is its own. */
function writeRuntime(folder: string, rest: string): { executable: string; starts: () => number } {
  const [executable, noted] = [join(folder, 'runtime'), join(folder, 'starts')];
  writeFileSync(noted, '');
  writeFileSync(executable, `#!/bin/sh\necho start >> '${noted}'\n${rest}\n`);
  chmodSync(executable, 0o755);
  return { executable, starts: () => readFileSync(noted, 'utf8').split('\n').length - 1 };
}

it('starts the app once more where its runtime crashed at once', async () => {
  const folder = temporaryFolder();
  const { executable: electron } = await ensureElectronRuntime(() => undefined);
  const { executable, starts } = writeRuntime(folder, `[ "$(wc -l < '${join(folder, 'starts')}')" -gt 1 ] || kill -SEGV $$\nexec '${electron}' "$@"`);
  const { page, close } = await startApp({ executable, profileDir: join(folder, 'profile') });
  try {
    await page.locator('main').waitFor();
    expect(starts()).toBe(2);
  } finally {
    await close();
  }
});

it.each([
  ['crashes a second time', 'kill -SEGV $$', 2],
  ['ends with a code', 'exit 3', 1],
  ['was killed by somebody', 'kill -KILL $$', 1],
])('a runtime that %s is not started again', async (_what, rest, expected) => {
  const { executable, starts } = writeRuntime(temporaryFolder(), rest);
  await expect(launchElectron({ executablePath: executable, args: [] })).rejects.toThrow('Process failed to launch!');
  expect(starts()).toBe(expected);
});
