/** Keys as fast as no finger is: all in one turn of the page, so that none finds what the one before it has not begun yet. */
import type { Page } from 'playwright-core';

export interface Press { key: string; code: string; altKey?: boolean; ctrlKey?: boolean }

export const enter: Press = { key: 'Enter', code: 'Enter' };

export async function pressAtOnce(page: Page, ...keys: Press[]): Promise<void> {
  await page.evaluate((presses) => {
    const focused = document.activeElement ?? document.body;
    for (const pressed of presses) focused.dispatchEvent(new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true }));
  }, keys);
}
