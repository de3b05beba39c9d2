/**
 * An outcome typed on the real page with nothing but keys: the code, Tab from field to field, the arrows in a choice.
 *
 * Invariant: every field is reached by Tab from the one before; a field that cannot be reached fails the test.
 */
import type { Page } from 'playwright-core';
import type { OutcomeCode } from '../../shared/case/outcome-codes.ts';
import type { FormFieldName } from '../../shared/case/outcome-fields.ts';
import { fieldsOfCode } from '../../shared/case/outcome-fields.ts';
import { asksIdentity, usualMethod } from './screen-shift.ts';
import { word } from './screen-words.ts';

/** What is typed into each field; for a choice, the value to arrive at. */
export type TypedFields = Partial<Record<FormFieldName, string>>;

const MOST_TABS = 12;

/** Chooses a code by its letters; from a field, the key to the code is Alt+E: after a call too, whose end puts the focus there by itself. */
export async function typeCodeByKeys(page: Page, code: OutcomeCode, key: 'e' | 'Alt+E' = 'e'): Promise<void> {
  await page.keyboard.press(key);
  await untilFocusIn(page, 'code');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.locator('.code[aria-pressed="true"]').filter({ hasText: word(`outcome.${code}`) }).waitFor();
}

export async function typeOutcome(page: Page, code: OutcomeCode, typed: TypedFields): Promise<void> {
  await typeCodeByKeys(page, code);
  const [first] = asksIdentity(code) ? ['identityMethod'] : fieldsOfCode(code);
  await untilFocusIn(page, first);
  if (asksIdentity(code)) await fillFocused(page, usualMethod);
  for (const field of fieldsOfCode(code)) {
    const value = typed[field];
    if (value === undefined) continue;
    await tabTo(page, field);
    await fillFocused(page, value);
  }
}

/** Why they called, by key: the first reason of the list, from a field as from nowhere. */
export async function chooseFirstReason(page: Page): Promise<void> {
  await page.keyboard.press('Alt+C');
  await untilFocusIn(page, 'reasons');
  await page.keyboard.press('Space');
  await page.locator('.reason[aria-pressed="true"]').waitFor();
}

/** Saves by key and goes on; gives the next case's title. What the form refuses fails at once, in its own words. */
export async function saveAndSeeNext(page: Page, title: string): Promise<string> {
  await page.keyboard.press('F12');
  const answer = await page.waitForFunction((before) => {
    const refused = document.querySelector('.panel-outcome [role="alert"]')?.textContent ?? null;
    if (refused !== null) return { refused, title: '' };
    const shown = document.querySelector('[data-testid="case-title"]')?.textContent ?? before;
    return shown === before ? null : { refused: null, title: shown };
  }, title);
  const seen = await answer.jsonValue();
  if (seen?.refused !== null) throw new Error(`the form refused for ${title}: ${seen?.refused ?? ''}`);
  return seen.title;
}

/** Waits until the focus stands in a field. */
export async function untilFocusIn(page: Page, field: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'] === wanted, field);
}

/** Tab from where the focus stands to a field, once it is there: those of a plan come when the desk has said what may be agreed. */
export async function tabTo(page: Page, field: string): Promise<void> {
  await page.locator(`[data-field="${field}"]`).first().waitFor({ state: 'attached' });
  for (let tabs = 0; tabs <= MOST_TABS; tabs += 1) {
    const at = await page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? null);
    if (at === field) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${field} is not reached by Tab`);
}

/** Types into the field with the focus; in a choice, arrives at the value by the arrows. */
export async function fillFocused(page: Page, value: string): Promise<void> {
  const steps = await page.evaluate((wanted) => {
    const control = document.activeElement;
    if (!(control instanceof HTMLSelectElement)) return null;
    const target = [...control.options].findIndex((option) => option.value === wanted);
    if (target === -1) throw new Error(`there is no choice ${wanted}`);
    return target - control.selectedIndex;
  }, value);
  const kind = await page.evaluate(() => (document.activeElement instanceof HTMLInputElement ? document.activeElement.type : ''));
  if (kind === 'radio') {
    await chooseRadio(page, value);
    return;
  }
  if (kind === 'checkbox') {
    await page.keyboard.press('Space');
    return;
  }
  if (steps === null) {
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(value);
    return;
  }
  for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
  const chosen = await page.evaluate(() => (document.activeElement as HTMLSelectElement).value);
  if (chosen !== value) throw new Error(`the choice shows ${chosen} instead of ${value}`);
}

const MOST_RADIOS = 10;

/** By the keys of a group of radio buttons. */
async function chooseRadio(page: Page, value: string): Promise<void> {
  await page.keyboard.press('Space');
  for (let steps = 0; steps < MOST_RADIOS; steps += 1) {
    const chosen = await page.evaluate(() => (document.activeElement instanceof HTMLInputElement && document.activeElement.checked ? document.activeElement.value : ''));
    if (chosen === value) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`there is no choice ${value}`);
}
