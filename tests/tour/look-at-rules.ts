/** The rules of the house as a lead reads and edits them: scripts, one of them in the editor, the rules of a creditor. */
import type { Page } from 'playwright-core';
import { word } from '../support/screen-words.ts';
import type { Steps } from './steps.ts';

export async function lookAtRules(steps: Steps, page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await steps.run('rules-scripts', async () => {
    await page.getByRole('button', { name: word('conduct.nav'), exact: true }).press('Enter');
    await steps.expectText(page.getByRole('heading', { name: word('conduct.tab.scripts') }), word('conduct.tab.scripts'));
    await steps.expectText(page.locator('main'), word('tone.recovery'));
  });
  await steps.run('rules-script', async () => {
    await page.getByRole('row').filter({ hasText: 'reminder-first' }).getByRole('button', { name: /^Modifica «/ }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await steps.expectText(page.locator('main'), word('conduct.editor.noFindings'));
    await steps.expectText(page.locator('#script-preview'), 'Buongiorno');
  });
  await steps.run('rules-creditor', async () => {
    await page.keyboard.press('Control+2');
    await steps.expectText(page.locator('main'), word('conduct.rules.stricter'));
  });
}
