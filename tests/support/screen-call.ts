/**
 * A call by key, as an operator goes through it: start, answers of the script, the gate, save.
 */
import type { Page } from 'playwright-core';
import { word } from './screen-words.ts';

/** Starts the call of the case in front; its gate stands unconfirmed then. */
export async function startCall(page: Page): Promise<void> {
  await page.getByTestId('guard').waitFor();
  await page.keyboard.press('F2');
  await untilGate(page, 'unconfirmed');
}

export async function untilGate(page: Page, state: string): Promise<void> {
  await page.getByTestId('gate-state').filter({ hasText: word(`gate.state.${state}`) }).waitFor();
}

/** The digit of the answer whose label begins like this, pressed. */
export async function pressAnswer(page: Page, label: string | RegExp): Promise<void> {
  const answer = page.getByRole('group', { name: word('script.answers') }).getByRole('button', { name: label }).first();
  await page.keyboard.press(await answer.locator('.key').innerText());
}

/** Saves by key; gives the title of the next case, '' when the list is in front again. */
export async function saveAndGo(page: Page, title: string): Promise<string> {
  await page.keyboard.press('F12');
  const next = await page.waitForFunction((before) => {
    const shown = document.querySelector('[data-testid="case-title"]');
    return shown === null ? { title: '' } : shown.textContent === before ? null : { title: shown.textContent };
  }, title);
  return (await next.jsonValue())?.title ?? '';
}
