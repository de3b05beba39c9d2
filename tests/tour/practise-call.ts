/**
 * A call on the practice line, by key: from the sign-in into the training, dialled, held, hung up, coded.
 *
 * Invariant: nothing of it reaches the hub of the real work, whose rows are compared afterwards.
 */
import type { ElectronApplication, Page } from 'playwright-core';
import { setContentSize } from '../support/app-process.ts';
import { openNextCase, signOut } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import type { Steps } from './steps.ts';

export async function practiseCall(steps: Steps, app: ElectronApplication, work: Page): Promise<void> {
  await signOut(work);
  const opened = app.waitForEvent('window');
  await work.getByRole('button', { name: word('training.enter') }).click();
  const page = await opened;
  await setContentSize(app, { width: 1366, height: 768 });
  steps.lookAt(page);
  const controls = page.getByTestId('line-controls');
  await steps.run('practice-line', async () => {
    await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await steps.expectText(page.getByTestId('line-state'), word('telephone.line.practice'));
  });
  await steps.run('practice-talking', async () => {
    await page.getByRole('button', { name: word('guide.skip') }).click();
    await openNextCase(page);
    await page.keyboard.press('F2');
    await steps.expectText(controls, word('telephone.state.talking'));
  });
  await steps.run('practice-held', async () => {
    await page.keyboard.press('F6');
    await steps.expectText(controls, word('telephone.state.held-by-us'));
  });
  await steps.run('practice-ended', async () => {
    await page.keyboard.press('F10');
    await steps.expectText(page.getByTestId('ended-call'), word('telephone.nowOutcome'));
  });
  await steps.run('practice-saved', async () => {
    await page.keyboard.type('HU');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+S');
    await page.getByTestId('ended-call').waitFor({ state: 'detached' });
    await steps.expectText(page.getByTestId('unsent-count'), '0');
  });
}
