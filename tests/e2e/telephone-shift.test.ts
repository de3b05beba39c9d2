/**
 * A stretch of a shift on the telephone with nothing but keys: a ring that is declined, a promise, a busy number, somebody who calls, a call that
 * is passed on.
 *
 * Invariants: no mouse and no field filled from outside; whatever closes leaves the focus where the next key is meant for.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { CaseScreen } from '../../shared/contract/screens.ts';
import type { PracticeBehaviour } from '../../shared/contract/line-channels.ts';
import { practiceBehaviour } from '../../shared/telephone/practice-numbers.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { findCase } from '../support/call-on-line.ts';
import { enter, pressAtOnce } from '../support/press-at-once.ts';
import type { Press } from '../support/press-at-once.ts';
import { answerStep, pressAnswer, saveAndGo, untilGate } from '../support/screen-call.ts';
import { word } from '../support/screen-words.ts';
import { chooseFirstReason, fillFocused, tabTo, typeCodeByKeys, untilFocusIn } from '../support/type-outcome.ts';

const MOST_TABS = 40;
let folder: string;
let running: AppProcess;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-telephone-shift-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  ({ page } = running);
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Tab until the button that begins like this has the focus, then Enter. */
async function pressByTab(name: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (focused.startsWith(name)) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by Tab`);
}

const focusIn = (selector: string): Promise<void> => page.locator(selector).and(page.locator(':focus')).waitFor();
const controls = (state: string): Promise<void> => page.locator(`[data-testid="line-controls"][data-state="${state}"]`).waitFor();
const endedBy = (cause: string): Promise<void> => page.locator(`[data-testid="ended-call"][data-cause="${cause}"]`).waitFor();

/** The practice line's own call, asked for in the telephone's panel. */
async function letRing(): Promise<void> {
  await page.keyboard.press('Alt+U');
  await page.getByRole('dialog', { name: word('telephone.title') }).waitFor();
  await pressByTab(word('telephone.ringPractice'));
  await page.getByTestId('ring-card').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** @param pressed together with the choice, while what was in front still is */
async function openCaseThat(behaves: PracticeBehaviour, pressed: Press | null = null): Promise<CaseScreen> {
  const found = await findCase(page, ({ customer, numbers, blocked }) => (
    blocked === null && customer.kind === 'person' && numbers[0]?.usable === true && numbers[0].last === null && practiceBehaviour(numbers[0].e164 ?? '') === behaves
  ));
  await page.keyboard.press('Control+K');
  await focusIn('[role="combobox"]');
  await page.keyboard.type(found.customer.code);
  // As fast as it is typed: Enter is meant for the whole code.
  if (pressed === null) await page.keyboard.press('Enter');
  else await pressAtOnce(page, enter, pressed);
  await page.getByTestId('case-title').filter({ hasText: found.customer.name }).waitFor();
  if (pressed === null) await page.getByTestId('guard').waitFor();
  return found;
}

/** From the opening to the confirmed gate, by the digits of the script. */
async function confirmIdentity(opening: RegExp): Promise<void> {
  await answerStep(page, opening);
  await pressAnswer(page, new RegExp(word('identityMethod.customer-code')));
  await untilGate(page, 'confirmed');
}

describe('a shift on the telephone, by keys alone', () => {
  it('begins by choosing oneself', async () => {
    await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().waitFor();
    await pressByTab(word('role.collector'));
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await page.getByTestId('line-state').waitFor();
    await focusIn('#worklist-rows');
  });

  it('a ring that is declined leaves the list in hand', async () => {
    await letRing();
    await focusIn('#worklist-rows');
    await page.keyboard.press('Alt+X');
    await page.getByTestId('ring-card').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByTestId('case-title').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await focusIn('#worklist-rows');
    await pressAtOnce(page, enter, { key: 'n', code: 'KeyN' });
    await focusIn('.inline-form textarea');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });

  it('a promise: rung, identified, digits and transfer looked at and left, hung up, saved, and the next case is there', async () => {
    const { customer } = await openCaseThat('answers');
    await page.keyboard.press('F2');
    await controls('talking');
    await confirmIdentity(/^Sì/);
    await typeCodeByKeys(page, 'PTP');
    await untilFocusIn(page, 'amountText');
    for (const key of ['F7', 'Alt+D']) {
      await page.keyboard.press(key);
      await focusIn('.line-panel input');
      await page.keyboard.press('Escape');
      await untilFocusIn(page, 'amountText');
    }
    for (const [field, value] of [['dateText', '+3'], ['method', 'bank-transfer'], ['cause', 'temporary-liquidity']] as const) {
      await tabTo(page, field);
      await fillFocused(page, value);
    }
    expect(await saveAndGo(page, customer.name, () => pressAtOnce(page, { key: 'F10', code: 'F10' }, { key: 'F12', code: 'F12' }))).not.toBe('');
    await page.getByTestId('case-title').and(page.locator(':focus')).waitFor();
  });

  it('a busy number: one key rings, one key saves and goes on', async () => {
    const { customer } = await openCaseThat('busy', { key: 'F2', code: 'F2' });
    await endedBy('busy');
    await page.locator('.code[aria-pressed="true"]').filter({ hasText: word('outcome.LB') }).waitFor();
    expect(await saveAndGo(page, customer.name)).not.toBe('');
  });

  it('somebody calls: answered, found by their number, attached, identified, coded', async () => {
    await letRing();
    await page.keyboard.press('F5');
    await controls('talking');
    await page.keyboard.press('Control+K');
    await focusIn('[role="combobox"]');
    const name = await page.getByRole('option').first().locator('.row-name-text').innerText();
    // The search still covers the case.
    await pressAtOnce(page, enter, { key: 'i', code: 'KeyI', altKey: true });
    await untilGate(page, 'unconfirmed');
    expect(await page.getByTestId('case-title').innerText()).toBe(name);
    await confirmIdentity(/^È la persona/);
    // Typed on without looking whether the line has ended.
    await pressAtOnce(page, { key: 'F10', code: 'F10' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('outcome-code');
    await page.keyboard.type('RPC');
    await page.keyboard.press('Enter');
    await endedBy('hung-up');
    await chooseFirstReason(page);
    expect(await saveAndGo(page, await page.getByTestId('case-title').innerText())).not.toBe('');
  });

  it('a call that is passed to a colleague ends in its outcome', async () => {
    await openCaseThat('answers');
    await page.keyboard.press('F2');
    await controls('talking');
    await page.keyboard.press('F7');
    await focusIn('.transfer-form input');
    await page.keyboard.type('204');
    await page.keyboard.press('Control+Enter');
    await endedBy('transferred');
    await focusIn('#outcome-code');
    await page.keyboard.type('TPC');
    await page.keyboard.press('Enter');
    await page.keyboard.press('F12');
    await page.getByTestId('ended-call').waitFor({ state: 'detached' });
  });
});
