/**
 * A call as an operator leads it with nothing but keys, and what it left at the hub.
 *
 * Invariant: an answer is given by the key that is printed on it, a field is reached by the focus or by Tab: what has no key fails here.
 */
import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { CallScreen, GuardScreen } from '../../shared/contract/conduct-channels.ts';
import { conductQueries, guardScreenSchema } from '../../shared/contract/conduct-channels.ts';
import type { CaseId } from '../../shared/id.ts';
import { runHub } from './hub-process.ts';
import { askDesk } from './page-desk.ts';
import { startCall } from './screen-call.ts';
import { word } from './screen-words.ts';
import { fillFocused, tabTo } from './type-outcome.ts';

const MOST_TABS = 30;
const factLineSchema = z.object({
  header: z.looseObject({ id: z.string(), type: z.string(), caseId: z.string().nullish(), callId: z.string().nullish(), at: z.number() }),
  body: z.record(z.string(), z.unknown()),
});
export type FactLine = z.infer<typeof factLineSchema>;

/** Every fact that a call with the right party leaves, in their order. */
export const whole = ['contact-permitted', 'call-started', 'identity-checked', 'script-followed', 'outcome-recorded'];

export function types(facts: readonly FactLine[]): string[] {
  return facts.map(({ header }) => header.type);
}

/** What the first fact of a type says. */
export function bodyOf(facts: readonly FactLine[], type: string): FactLine['body'] | undefined {
  return facts.find(({ header }) => header.type === type)?.body;
}

/** Finds a case by Ctrl+K and opens it by Enter. */
export async function openByName(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByPlaceholder(word('search.placeholder')).and(page.locator(':focus')).waitFor();
  await page.keyboard.insertText(name);
  await page.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: name }).waitFor();
}

/** Rings the chosen number; answers the call as the desk has it. */
export async function ring(page: Page): Promise<CallScreen> {
  await startCall(page);
  return runningCall(page);
}

/** Gives the script's answer that begins like this, by its key; waits until another step stands. */
export async function answer(page: Page, label: string): Promise<void> {
  const before = await stepPlace(page);
  const key = await page.getByRole('group', { name: word('script.answers') }).getByRole('button', { name: new RegExp(`^${label}`) }).first().locator('.key').innerText();
  await page.keyboard.press(key.trim().replace(/^Alt\s+/, 'Alt+'));
  await page.waitForFunction((place) => document.querySelector('.panel-script .steps')?.textContent !== place, before);
}

/** The objection of this name: O (from a field, Alt+O), then its own key. */
export async function meetObjection(page: Page, label: string, key: 'o' | 'Alt+O' = 'o'): Promise<void> {
  await page.keyboard.press(key);
  await page.locator('.objections button:focus').waitFor();
  const own = await page.locator('.objections').getByRole('button', { name: new RegExp(`^${label}`) }).locator('.key').innerText();
  await page.keyboard.press(own.trim().toLowerCase());
  await page.locator('.steps [aria-current="step"]').filter({ hasText: word('script.objection').replace('{{label}}', label) }).waitFor();
}

/** Waits for a step by its title. */
export async function stepStands(page: Page, title: string): Promise<void> {
  await page.locator('.steps [aria-current="step"]').filter({ hasText: title }).waitFor();
}

/** Types what the step captures; the focus stands in its first field by itself, or in the one that was refused. */
export async function capture(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  await page.locator('.step-fields :focus').waitFor();
  for (const [field, value] of Object.entries(values)) {
    await tabTo(page, field);
    await fillFocused(page, value);
  }
}

/** Waits until a field shows this value. */
export async function untilFieldShows(page: Page, field: string, value: string): Promise<void> {
  await page.waitForFunction(([name, wanted]) => {
    const control = document.querySelector<HTMLInputElement>(`[data-field="${name ?? ''}"] :is(input, select, textarea:not([aria-hidden]))`);
    return control?.value === wanted;
  }, [field, value]);
}

/** Saves and stays; waits until the outcome is at the hub. What the form refuses fails at once, in its own words. */
export async function saveHere(page: Page): Promise<void> {
  const name = await page.getByTestId('case-title').innerText();
  await page.keyboard.press('Control+S');
  const seen = await page.waitForFunction((said) => {
    const refused = document.querySelector('.panel-outcome [role="alert"]')?.textContent ?? null;
    if (refused !== null) return { refused };
    return document.querySelector('.status-saved')?.textContent.startsWith(said) === true ? { refused: null } : null;
  }, word('status.saved').split('{{what}}')[0]?.replace('{{name}}', name) ?? '');
  const refused = (await seen.jsonValue())?.refused ?? null;
  if (refused !== null) throw new Error(`the form refused for ${name}: ${refused}`);
  await untilSent(page);
}

/** The call that runs on this desk. */
export async function runningCall(page: Page): Promise<CallScreen> {
  const { call } = conductQueries['show-call'].output.parse(await askDesk(page, { kind: 'query', name: 'show-call', input: { locale: 'it' } }));
  if (call === null) throw new Error('no call runs');
  return call;
}

/** What the rules say of a case now. */
export async function askGuard(page: Page, caseId: CaseId): Promise<GuardScreen> {
  return guardScreenSchema.parse(await askDesk(page, { kind: 'query', name: 'show-guard', input: { caseId, locale: 'it' } }));
}

/** Shift+Tab until the focus stands on the button of this name. */
export async function tabBackTo(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name: new RegExp(`^${name}`) }).and(page.locator(':focus'));
  for (let tabs = 0; (await button.count()) === 0; tabs += 1) {
    if (tabs === MOST_TABS) throw new Error(`${name} is not reached by Tab`);
    await page.keyboard.press('Shift+Tab');
  }
}

/** Waits until everything is at the hub. */
export async function untilSent(page: Page): Promise<void> {
  await page.getByTestId('unsent-count').filter({ hasText: /^0$/ }).waitFor();
}

/** What the hub holds of one call, in the order in which it happened. */
export async function factsOfCall(dataDir: string, callId: string): Promise<FactLine[]> {
  return (await factsAtHub(dataDir)).filter(({ header }) => header.callId === callId);
}

export async function factsAtHub(dataDir: string): Promise<FactLine[]> {
  const lines = (await runHub(['facts', '--json', '--data', dataDir])).split('\n').filter((line) => line !== '');
  return lines.map((line) => factLineSchema.parse(JSON.parse(line))).sort((a, b) => a.header.at - b.header.at);
}

async function stepPlace(page: Page): Promise<string | null> {
  return page.locator('.panel-script .steps').textContent();
}

