/**
 * The telephone as an operator sees it, by keys and on the practice line: a call from its case with everything that may be done in it, a busy
 * number, two rings, a missed call, and the settings of the sound. In both themes and languages; axe has nothing to say.
 * Invariant: a ring never takes the place of what is in front, and no outcome is saved by itself.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceBehaviour } from '../../shared/telephone/practice-numbers.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { findCase } from '../support/call-on-line.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import type { PageLine } from '../support/page-line.ts';
import { followLine } from '../support/page-line.ts';
import { word } from '../support/screen-words.ts';

const pictures = process.env['PREMURA_PICTURES'];
let folder: string;
let running: AppProcess;
let page: Page;
let line: PageLine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-telephone-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  ({ page } = running);
  page.setDefaultTimeout(20_000);
  line = await followLine(page);
  await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Looks at what stands there, in both themes. */
async function look(name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
    }
    expect(await checkAccessibility(page), `${name}, ${colorScheme}`).toEqual([]);
  }
}

/** Opens a case that nobody has called, whose number behaves so on the practice line. */
async function openCaseThat(behaves: string): Promise<string> {
  const { customer } = await findCase(page, ({ numbers, blocked }) => blocked === null && numbers[0]?.usable === true && numbers[0].last === null && practiceBehaviour(numbers[0].e164 ?? '') === behaves);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(customer.code);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: customer.name }).waitFor();
  await page.getByTestId('guard').waitFor();
  return customer.name;
}

const controls = (state: string): Promise<void> => page.locator(`[data-testid="line-controls"][data-state="${state}"]`).waitFor();
const ended = (cause: string): Promise<void> => page.locator(`[data-testid="ended-call"][data-cause="${cause}"]`).waitFor();
const pressedCode = (code: string): ReturnType<Page['locator']> => page.locator('.code[aria-pressed="true"]').filter({ hasText: word(`outcome.${code}`) });
const rings = async (): Promise<ReturnType<Page['getByTestId']>> => {
  await line.order('ring-practice-call', {});
  const card = page.getByTestId('ring-card');
  await card.waitFor();
  return card;
};

describe('the telephone on the screen', () => {
  it('says that it is the practice line', async () => {
    await page.getByTestId('line-state').filter({ hasText: word('telephone.line.practice') }).waitFor();
    await page.keyboard.press('Alt+U');
    await page.getByRole('dialog', { name: word('telephone.title') }).getByText(word('telephone.practiceText')).waitFor();
    await look('line');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('leads a call by keys: dialled, held, muted, digits, a colleague asked and left, hung up, and an outcome that is asked for', async () => {
    const name = await openCaseThat('answers');
    await page.keyboard.press('F2');
    await controls('talking');
    await look('talking');
    await page.keyboard.press('F6');
    await controls('held-by-us');
    await page.keyboard.press('F6');
    await controls('talking');
    await page.keyboard.press('F8');
    await page.locator('[data-muted="true"]').waitFor();
    await look('muted');
    await page.keyboard.press('F8');
    await page.locator('[data-muted="false"]').waitFor();
    await page.keyboard.press('Alt+D');
    const digits = page.getByRole('textbox', { name: word('telephone.digitsTitle') });
    await digits.and(page.locator(':focus')).waitFor();
    await page.keyboard.type('4x2#');
    expect(await digits.inputValue()).toBe('42#');
    await page.keyboard.press('Escape');
    await digits.waitFor({ state: 'detached' });
    await page.getByTestId('case-title').filter({ hasText: name }).waitFor();

    await page.keyboard.press('F7');
    await page.locator('.transfer-form input:focus').waitFor();
    await page.keyboard.type('+39 0828 000 111');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: word('error.telephoneNotAnExtension') }).waitFor();
    await look('transfer');
    await page.getByLabel(word('telephone.extension'), { exact: true }).fill('204');
    await page.keyboard.press('Enter');
    await page.getByText(word('telephone.colleague').replace('{{number}}', '204')).waitFor();
    await controls('talking');
    await look('colleague');
    await page.keyboard.press('Control+F7');
    await controls('joined');
    await page.getByText(word('telephone.allThree')).waitFor();
    await look('three');
    await page.keyboard.press('F6');
    await page.getByText(word('telephone.customerWaits')).waitFor({ state: 'detached' });
    await page.getByText(word('telephone.allThree')).waitFor({ state: 'detached' });
    await controls('talking');

    await page.keyboard.press('F9');
    await page.keyboard.press('F12');
    await page.getByRole('alert').filter({ hasText: word('error.callStillTalking') }).waitFor();
    await page.keyboard.press('F10');
    await ended('hung-up');
    await page.getByRole('alert').filter({ hasText: word('error.callStillTalking') }).waitFor({ state: 'detached' });
    await look('ended');
    await page.keyboard.press('Control+s');
    await page.getByText(word('status.saved').split('{{name}}')[0]?.trim() ?? '').first().waitFor();
  });

  it('proposes what the end of a call speaks for, and saves nothing by itself', async () => {
    const name = await openCaseThat('busy');
    await page.keyboard.press('F2');
    await ended('busy');
    await pressedCode('LB').waitFor();
    await look('busy');
    await page.keyboard.press('Escape');
    await page.getByRole('status').filter({ hasText: word('telephone.notLeftEnded') }).waitFor();
    await page.getByTestId('case-title').filter({ hasText: name }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByTestId('ended-call').waitFor({ state: 'detached' });
  });

  it('a call that fell may be taken up again with one key', async () => {
    await openCaseThat('drops');
    await page.keyboard.press('F2');
    await ended('dropped');
    await pressedCode('DRP').waitFor();
    await look('dropped');
    await page.keyboard.press('F2');
    await page.getByTestId('line-controls').waitFor();
    await page.keyboard.press('F10');
    await page.getByTestId('ended-call').waitFor();
    await page.keyboard.press('F9');
    await page.keyboard.press('Control+s');
    await page.getByTestId('ended-call').waitFor({ state: 'detached' });
  });

  it('a ring stands over what is in front; a second one stays small and names nobody', async () => {
    const name = await openCaseThat('answers');
    await page.keyboard.press('n');
    const note = page.locator('.inline-form textarea').first();
    await note.fill('Una nota a metà');
    const card = await rings();
    await look('ring');
    expect(await card.innerText()).not.toContain(name);
    expect(await note.inputValue()).toBe('Una nota a metà');
    expect(await note.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('Alt+B');
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');

    await page.keyboard.press('F2');
    await controls('talking');
    const second = await rings();
    await look('second-ring');
    await page.getByTestId('case-title').filter({ hasText: name }).waitFor();
    await page.keyboard.press('F5');
    await second.waitFor({ state: 'detached' });
    await page.locator('.line-other').waitFor();
    await look('second-call');
    await page.keyboard.press('F10');
    await page.keyboard.press('F6');
    await page.locator('.line-other').waitFor({ state: 'detached' });
    await controls('talking');
    await page.keyboard.press('F10');
    await page.getByTestId('ended-call').waitFor();
    await page.keyboard.press('F9');
    await page.keyboard.press('Control+s');
    await page.getByTestId('ended-call').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });

  it('a ring is sent to a colleague by key, unanswered, and counts as no missed call', async () => {
    const card = await rings();
    await page.keyboard.press('F7');
    await card.locator('.transfer-form input:focus').waitFor();
    await page.keyboard.type('0633344455');
    await page.keyboard.press('Enter');
    await card.getByText(word('error.telephoneNotAnExtension')).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('204');
    await look('ring-sent-on');
    await page.keyboard.press('Enter');
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+U');
    await page.getByText(word('telephone.wasSentOn').replace('{{number}}', '204')).waitFor();
    expect(await page.getByTestId('agent-state').getAttribute('data-state')).not.toBe('missed');
    await page.keyboard.press('Escape');
  });

  it('who called is found by number, and the call becomes the case’s when a person says so', async () => {
    await rings();
    await page.keyboard.press('F5');
    await controls('talking');
    // The case of the one who can only be meant opens by itself.
    await page.getByRole('button', { name: new RegExp(`^${word('telephone.attach')}`) }).first().waitFor();
    await page.getByTestId('case-title').waitFor();
    await look('attach');
    await page.keyboard.press('Alt+I');
    await page.getByTestId('gate-state').filter({ hasText: word('gate.state.unconfirmed') }).waitFor();
    await page.keyboard.press('F10');
    await ended('hung-up');
    await page.locator('#outcome-code').fill('TPC');
    await page.locator('#outcome-code').press('Enter');
    await page.keyboard.press('Control+s');
    await page.getByTestId('ended-call').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('the sound is chosen and tried in the settings, and the keys stand in the help', async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { name: word('telephone.audio.title') }).waitFor();
    await page.getByLabel(word('telephone.audio.microphoneId'), { exact: true }).waitFor();
    await page.getByLabel(word('telephone.audio.processing'), { exact: true }).uncheck();
    await line.until(({ choice }) => !choice.processing, 'the choice is kept');
    await page.getByRole('button', { name: word('telephone.audio.showLevel') }).click();
    await page.getByRole('meter').waitFor();
    await look('audio');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText(word('shortcuts.acceptCall'), { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });
});
