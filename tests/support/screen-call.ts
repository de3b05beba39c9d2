/**
 * A call by key, as an operator goes through it: start, answers of the script, the gate, save.
 */
import type { Page } from 'playwright-core';
import { word } from './screen-words.ts';

/** Starts the call of the case in front, or says that the customer called; its gate stands unconfirmed then. */
export async function startCall(page: Page, direction: 'outbound' | 'inbound' = 'outbound'): Promise<void> {
  await page.getByTestId('guard').waitFor();
  await page.keyboard.press(direction === 'outbound' ? 'F2' : 'Alt+I');
  await untilGate(page, 'unconfirmed');
}

export async function untilGate(page: Page, state: string): Promise<void> {
  await page.getByTestId('gate-state').filter({ hasText: word(`gate.state.${state}`) }).waitFor();
}

/** The key of the answer whose label begins like this, pressed: its digit, with Alt where something is typed. */
export async function pressAnswer(page: Page, label: string | RegExp): Promise<void> {
  const answer = page.getByRole('group', { name: word('script.answers') }).getByRole('button', { name: label }).first();
  await page.keyboard.press((await answer.locator('.key').innerText()).replace(' ', '+'));
}

/** The same, until another step stands there, or the script has ended. */
export async function answerStep(page: Page, label: string | RegExp): Promise<void> {
  const before = await standingStep(page);
  await pressAnswer(page, label);
  await untilStepLeft(page, before);
}

/** The objection at this place of the list, by its keys. */
export async function meetObjection(page: Page, at: number): Promise<void> {
  const before = await standingStep(page);
  const key = await page.locator('.objections button').nth(at).locator('.objection-key').innerText();
  await page.keyboard.press('o');
  await page.keyboard.press(key.toLowerCase());
  await untilStepLeft(page, before);
}

async function standingStep(page: Page): Promise<string> {
  return page.locator('.steps [aria-current="step"]').innerText();
}

async function untilStepLeft(page: Page, before: string): Promise<void> {
  await page.waitForFunction((left) => document.querySelector('.steps [aria-current="step"]')?.textContent !== left, before);
}

/** Saves by key; gives the title of the next case, '' when the list is in front again. */
export async function saveAndGo(page: Page, title: string, saves = (): Promise<void> => page.keyboard.press('F12')): Promise<string> {
  await saves();
  const next = await page.waitForFunction((before) => {
    // Between two cases neither title nor list stands there.
    if (document.querySelector('.worklist-main') !== null) return { title: '' };
    const shown = document.querySelector('[data-testid="case-title"]')?.textContent ?? before;
    return shown === before ? null : { title: shown };
  }, title);
  return (await next.jsonValue())?.title ?? '';
}
