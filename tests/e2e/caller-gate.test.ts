/**
 * Who called and was answered hears, and whoever looks over the operator's shoulder reads, nothing of the case that stands open, until the call is
 * that case's and its gate is confirmed. The control is the app built with this gate left open (`gate-sentinel.test.ts`).
 *
 * Invariant: a ring hides nothing and loses nothing; what was being typed is there again when nobody hears any more.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import type { Caller } from '../support/caller-gate.ts';
import { takeCallInCase } from '../support/caller-gate.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { GateLookout, placesOf } from '../support/gate-lookout.ts';
import { pressAnswer, untilGate } from '../support/screen-call.ts';
import { chooseFirstReason } from '../support/type-outcome.ts';
import { word } from '../support/screen-words.ts';

const pictures = process.env['PREMURA_PICTURES'];
let folder: string;
let running: AppProcess;
let page: Page;
let lookout: GateLookout;
let caller: Caller;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-caller-'));
  const profileDir = join(folder, 'profile');
  running = await startApp({ profileDir, demo: true });
  ({ page } = running);
  page.setDefaultTimeout(20_000);
  lookout = await GateLookout.start(running, profileDir);
  caller = await takeCallInCase(running, lookout, async () => {
    await page.keyboard.press('n');
    await page.locator('.inline-form textarea').first().fill('Una nota a metà');
  });
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const find = async (): Promise<string[]> => [...new Set((await lookout.look(caller.words)).map((leak) => leak.word))];
const talking = (): Promise<void> => page.locator('[data-testid="line-controls"][data-state="talking"]').waitFor();
const untilOther = (): Promise<void> => page.getByTestId('gate-state').filter({ hasText: word('gate.other.tag') }).waitFor();

describe('a caller who is nobody’s yet', () => {
  it('hears nothing of the case in front, which a ring alone does not hide', async () => {
    const { found, words } = caller;
    for (const leaks of [found.open, found.ringing]) {
      expect(leaks.map((leak) => leak.word)).toEqual(expect.arrayContaining(words));
      expect(placesOf(leaks)).toEqual(expect.arrayContaining(['page', 'name']));
    }
    expect(found.talking).toEqual([]);
    await untilOther();
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'caller-gate.png') });
    expect(await checkAccessibility(page)).toEqual([]);
  });

  it('is not heard by what is peeked into, nor named by the search', async () => {
    await page.keyboard.press('F3');
    await page.getByTestId('peek').getByText(caller.words[1] ?? '').first().waitFor();
    expect(await find()).toEqual([]);
    await page.keyboard.press('F3');
    await page.getByTestId('peek').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(caller.shown.customer.code);
    await page.getByRole('option').first().waitFor();
    // Whom it is for tells two cases of one customer apart.
    expect(await find()).toEqual([caller.shown.creditorName]);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').waitFor({ state: 'detached' });
  });

  it('becomes this case’s, and is told nothing until identity is confirmed', async () => {
    await page.keyboard.press('Alt+I');
    await untilGate(page, 'unconfirmed');
    expect(await find()).toEqual([]);
    await pressAnswer(page, /^È la persona/);
    await pressAnswer(page, new RegExp(word('identityMethod.customer-code')));
    await untilGate(page, 'confirmed');
    expect(await find()).toEqual(expect.arrayContaining(caller.words));
  });

  it('a second caller is told nothing while the first one waits, who is there again as before', async () => {
    await caller.line.order('ring-practice-call', {});
    await page.getByTestId('ring-card').waitFor();
    await page.keyboard.press('F5');
    await untilOther();
    await talking();
    expect(await find()).toEqual([]);
    await page.keyboard.press('F6');
    await untilGate(page, 'confirmed');
    expect(await find()).toEqual(expect.arrayContaining(caller.words));
    await page.keyboard.press('F10');
    await untilOther();
    await page.keyboard.press('F10');
    await untilGate(page, 'confirmed');
  });

  it('takes nothing of what was being typed with them', async () => {
    await page.locator('#outcome-code').fill('RPC');
    await page.locator('#outcome-code').press('Enter');
    await chooseFirstReason(page);
    await page.keyboard.press('Control+s');
    await page.getByTestId('ended-call').waitFor({ state: 'detached' });
    await page.keyboard.press('n');
    const note = page.locator('.inline-form textarea').first();
    await note.fill('Una nota a metà');
    await caller.line.order('ring-practice-call', {});
    await page.getByTestId('ring-card').waitFor();
    await page.keyboard.press('F5');
    await untilOther();
    await note.waitFor({ state: 'detached' });
    await page.keyboard.press('F10');
    await note.waitFor();
    expect(await note.inputValue()).toBe('Una nota a metà');
  });
});
