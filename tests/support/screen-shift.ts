/**
 * What a collector does at the screen, by the names that a person reads there.
 */
import type { Page } from 'playwright-core';
import type { OutcomeCode } from '../../shared/case/outcome-codes.ts';
import { outcomeRules } from '../../shared/case/outcome-rules.ts';
import { word } from './screen-words.ts';

export async function signIn(page: Page, person: { username: string; password: string }): Promise<void> {
  await page.getByLabel(word('signIn.username'), { exact: true }).fill(person.username);
  await page.getByLabel(word('signIn.password'), { exact: true }).fill(person.password);
  await page.keyboard.press('Enter');
}

/** The same with nothing but keys: the first field has the focus, Tab goes on. */
export async function signInByKeys(page: Page, person: { username: string; password: string }): Promise<void> {
  await page.getByLabel(word('signIn.username'), { exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.insertText(person.username);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(person.password);
  await page.keyboard.press('Enter');
}

/** Opens the best case to work now by its key. */
export async function openNextCase(page: Page): Promise<string> {
  await page.keyboard.press('F12');
  return caseTitle(page);
}

export async function caseTitle(page: Page): Promise<string> {
  const title = page.getByTestId('case-title');
  await title.waitFor();
  return title.innerText();
}

/** The right party was told something: the form then asks how they were recognised. */
export function asksIdentity(code: OutcomeCode): boolean {
  return ['success', 'right-party'].includes(outcomeRules[code].class);
}

/** A way of knowing somebody that every kind of customer has. */
export const usualMethod = 'customer-code';

/** Chooses an outcome by typing its code and Enter; where no gate says it, says how the right party was recognised. */
export async function typeCode(page: Page, code: OutcomeCode): Promise<void> {
  const field = page.getByLabel(word('outcomeForm.code'), { exact: true });
  await field.fill(code);
  await field.press('Enter');
  await page.getByRole('button', { name: `${word(`outcome.${code}`)} ${code}`, pressed: true }).waitFor();
  const isKnown = await page.getByTestId('gate-state').filter({ hasText: word('gate.state.confirmed') }).count() > 0;
  if (asksIdentity(code) && !isKnown) await page.getByLabel(word('outcomeForm.identityMethod'), { exact: true }).selectOption(usualMethod);
}

export async function fillPromise(page: Page, amount: string, date: string): Promise<void> {
  await typeCode(page, 'PTP');
  await page.getByLabel(word('outcomeForm.amount'), { exact: true }).fill(amount);
  await page.getByLabel(word('outcomeForm.dueOn'), { exact: true }).fill(date);
  await choose(page, word('outcomeForm.method'), word('method.bank-transfer'));
}

/** Disputes a part of the first invoice that the form offers. */
export async function fillDispute(page: Page, amount: string): Promise<void> {
  await typeCode(page, 'DSP');
  await choose(page, word('outcomeForm.disputeReason'), word('disputeReason.price'));
  await chooseFirst(page, word('outcomeForm.invoice'));
  await page.getByLabel(word('outcomeForm.part'), { exact: true }).fill(amount);
}

export async function fillCallback(page: Page, moment: string): Promise<void> {
  await typeCode(page, 'CBK');
  await page.getByLabel(word('outcomeForm.dateOf.CBK'), { exact: true }).fill(moment);
  await choose(page, word('outcomeForm.audience'), word('audience.anyone'));
}

/** Saves and goes on; waits until another case (or the list) is in front. */
export async function saveAndNext(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F12');
  await page.waitForFunction((before) => document.querySelector('[data-testid="case-title"]')?.textContent !== before, title);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).selectOption({ label: option });
}

async function chooseFirst(page: Page, label: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).selectOption({ index: 1 });
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: new RegExp(word('menu.open').replace('{{name}}', '.*')) }).click();
  await page.getByRole('menuitem', { name: word('menu.signOut') }).click();
}
