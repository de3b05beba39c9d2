/**
 * The session ends in the middle of a case: what the operator sees on the real app.
 * Invariant: nothing stops but sending; the line says what to do; after signing in again everything leaves.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { caseTitle, openNextCase, saveAndNext, signIn, signOut, typeCode } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

let folder: string;
let hub: HubProcess;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  running = await startApp({ profileDir: join(folder, 'profile'), hubUrl: hub.url });
});

afterAll(async () => {
  await running.close();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('says to sign in again, saves on, and sends everything after it', async () => {
  const { page } = running;
  const unsent = page.getByTestId('unsent-count');
  await signIn(page, { username: 'carla', password: 'premura-demo' });
  await page.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  await openNextCase(page);
  await runHub(['users', 'reset-password', '--data', hub.dataDir, '--username', 'carla', '--password', 'another-password']);
  for (const count of ['1', '2']) {
    const title = await caseTitle(page);
    await typeCode(page, 'NA');
    await saveAndNext(page, title);
    await unsent.filter({ hasText: new RegExp(`^${count}$`) }).waitFor();
  }
  await page.getByTestId('network-state').filter({ hasText: word('network.signIn') }).waitFor();
  await page.locator('footer.status').getByText(word('error.signInAgain')).waitFor();
  expect(await page.locator('footer.status').innerText()).not.toContain(word('status.offline'));
  expect(await checkAccessibility(page)).toEqual([]);

  await page.keyboard.press('Escape');
  await signOut(page);
  await page.getByText(word('signIn.unsentWaits')).waitFor();
  await signIn(page, { username: 'carla', password: 'another-password' });
  await unsent.filter({ hasText: /^0$/ }).waitFor();
  // Each call with its permit.
  expect((await runHub(['facts', '--ids', '--data', hub.dataDir])).trim().split('\n')).toHaveLength(2 * 2);
});
