/**
 * The rest of the app after the shift: agenda, people of a case, its history, settings; the lead's lists, audits, a decision.
 *
 * Invariant: every step asserts what stands on the screen; what is typed here goes into `typed` like everything else.
 */
import type { Page } from 'playwright-core';
import { openByName } from '../support/call-by-keyboard.ts';
import { openNextCase, saveAndNext, signOut } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { typeOutcome } from '../support/type-outcome.ts';
import type { TypedOutcome } from './compare-with-hub.ts';
import { colleague, people } from './prepare-hub.ts';
import type { Steps } from './steps.ts';

/** Once: a plan, so that a second person has something to look at. */
/** @param firstOn the day of the first instalment: within the week, so that the agenda shows it */
export async function agreePlan(steps: Steps, page: Page, typed: TypedOutcome[], firstOn: string): Promise<string> {
  const title = await openNextCase(page);
  await typeOutcome(page, 'PLN', { amountText: '60,30', perMonthText: '35', dayText: String(Number(firstOn.slice(8))), planKind: 'fewest', planReadBack: 'yes' });
  await steps.expectText(page.locator('.understood').first(), '60,30');
  typed.push({ customer: title, code: 'PLN', amountCents: 6_030 });
  await saveAndNext(page, title);
  await steps.expectText(page.getByTestId('unsent-count'), '0');
  return title;
}

export async function lookAsCollector(steps: Steps, page: Page, planned: string): Promise<void> {
  await steps.run('agenda', async () => {
    await page.keyboard.press('Alt+G');
    await page.keyboard.press('w');
    await steps.expectText(page.getByRole('heading', { name: word('agenda.title') }), word('agenda.title'));
    await steps.expectText(page.locator('main'), planned);
  });
  await steps.run('party-typed', async () => {
    await openCase(page, planned);
    await page.keyboard.press('p');
    await page.getByRole('form', { name: word('people.addParty') }).locator(':focus').waitFor();
    await page.keyboard.insertText('Rag. Ada Fossombra');
    await steps.expectText(page.getByRole('form', { name: word('people.addParty') }), word('people.role'));
  });
  await steps.run('party-saved', async () => {
    await page.keyboard.press('Control+Enter');
    await steps.expectText(page.getByRole('list', { name: word('people.parties') }), 'Rag. Ada Fossombra');
  });
  await steps.run('timeline', async () => {
    await page.getByRole('group', { name: word('timeline.filters') }).getByRole('button', { name: word('timeline.filter.agreements') }).click();
    await steps.expectText(page.getByTestId('timeline'), '60,30');
  });
  await steps.run('case-dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await steps.expectText(page.getByTestId('case-title'), planned);
  });
  await steps.run('settings', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.keyboard.press('Control+,');
    await steps.expectText(page.getByRole('heading', { level: 1 }), word('settings.title'));
  });
  await page.keyboard.press('Escape');
  await signOut(page);
}

/** @param saveLate saves an outcome of that customer's case from a PC that had it open */
export async function lookAsLead(
  steps: Steps, page: Page, planned: string, typed: TypedOutcome[], saveLate: (customer: string) => Promise<TypedOutcome>,
): Promise<void> {
  await steps.run('lead-audits', async () => {
    await page.keyboard.press('4');
    await steps.expectText(page.getByTestId('audits'), planned);
  });
  await steps.run('lead-audited', async () => {
    await page.getByTestId('audits').getByRole('listitem').filter({ hasText: planned }).getByRole('button').first().focus();
    await page.keyboard.press('a');
    await page.getByRole('form', { name: word('lead.do.approved') }).locator(':focus').waitFor();
    await page.keyboard.press('Enter');
    await steps.expectText(page.getByTestId('audits').getByRole('listitem').filter({ hasText: planned }), word('history.audit.approved'));
  });
  await steps.run('lead-case', async () => {
    await page.keyboard.press('/');
    const field = page.getByLabel(word('lead.findLabel'), { exact: true });
    await field.and(page.locator(':focus')).waitFor();
    await page.keyboard.insertText(planned);
    await page.getByTestId('found-cases').getByRole('listitem').filter({ hasText: planned }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await steps.expectText(page.getByTestId('lead-case'), planned);
    await page.keyboard.press('s');
    await steps.expectText(page.getByRole('form', { name: word('lead.suspend') }), word('lead.reasonSeen'));
  });
  await steps.run('lead-reassigned', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    const form = page.getByRole('form', { name: word('lead.assign') });
    await form.getByRole('option', { name: colleague.name }).waitFor({ state: 'attached' });
    await form.getByLabel(word('lead.to'), { exact: true }).selectOption({ label: colleague.name });
    await form.getByLabel(word('lead.reason'), { exact: true }).fill('Marco segue questo cliente');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await steps.expectText(page.getByTestId('lead-timeline'), 'Marco segue questo cliente');
  });
  await steps.run('lead-flags', async () => {
    // On another PC the case was open: what came of that call comes in late.
    typed.push(await saveLate(planned));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+3');
    const flags = page.getByTestId('flags');
    await steps.expectText(flags, word('flag.not-assigned'));
    await steps.expectText(flags, word('flagNext.not-assigned'));
    await steps.expectText(flags, planned);
    await steps.expectNoText(flags, people.collector.name);
  });
  await steps.run('lead-flag-settled', async () => {
    await page.getByTestId('flags').locator('button:focus').waitFor();
    await page.keyboard.press('s');
    await page.getByRole('form', { name: word('lead.settle') }).locator(':focus').waitFor();
    await page.keyboard.insertText('Una chiamata sola: va bene.');
    await page.keyboard.press('Enter');
    await steps.expectText(page.locator('main'), word('lead.noFlagsTitle'));
  });
  await steps.run('lead-dark', async () => {
    await page.keyboard.press('1');
    await page.getByTestId('lists').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await steps.expectText(page.getByTestId('lists'), word('lead.column.creditor'));
  });
}

async function openCase(page: Page, name: string): Promise<void> {
  await openByName(page, name);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
