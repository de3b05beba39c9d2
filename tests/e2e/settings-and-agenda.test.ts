/**
 * What belongs to an operator, on the real app: filters kept as a view, own keys, language and theme, the agenda.
 * Invariant: an operator's settings survive the app's end, and the next person at this PC finds none of them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { caseTitle, fillPromise, openNextCase, saveAndNext, signOut } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

let folder: string;
let running: AppProcess;
const start = (): Promise<AppProcess> => startApp({ profileDir: join(folder, 'profile'), demo: true });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-settings-'));
  running = await start();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

async function enterAs(role: 'collector' | 'lead'): Promise<void> {
  await running.page.getByRole('button', { name: new RegExp(`^${word(`role.${role}`)}`) }).first().click();
}

const heading = (name: string): Promise<void> => running.page.getByRole('heading', { name, exact: true }).waitFor();
const changeKey = (id: string): Promise<void> => running.page.getByRole('button', { name: word('keys.changeOf').replace('{{what}}', word(`shortcuts.${id}`)) }).click();

describe('an operator’s own', () => {
  it('filters narrow the list and are kept as a view with a key', async () => {
    await enterAs('collector');
    const { page } = running;
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    const all = await page.getByTestId('worklist-totals').innerText();
    await page.keyboard.press('f');
    await page.getByLabel(word('filter.amountFrom'), { exact: true }).fill('100');
    await page.getByLabel(word('filter.kind'), { exact: true }).selectOption({ label: word('kind.person') });
    await page.waitForFunction((before) => document.querySelector('[data-testid="worklist-totals"]')?.textContent !== before, all);
    await page.getByLabel(word('savedView.name'), { exact: true }).fill('Persone');
    await page.getByRole('button', { name: word('savedView.save') }).click();
    await heading('Persone');
    expect(await checkAccessibility(page)).toEqual([]);
    await page.getByRole('button', { name: word('filter.clear') }).first().click();
    await page.getByTestId('worklist-totals').filter({ hasText: all }).waitFor();
    await page.keyboard.press('Alt+1');
    await heading('Persone');
    await page.keyboard.press('Escape');
  });

  it('a promise stands in the agenda on its day, and opens its case from there', async () => {
    const { page } = running;
    const title = await openNextCase(page);
    await fillPromise(page, '5,25', '+3');
    await saveAndNext(page, title);
    await caseTitle(page);
    const undo = page.getByRole('contentinfo').getByRole('button');
    await undo.waitFor();
    await page.keyboard.press('Alt+G');
    await heading(word('agenda.title'));
    await undo.waitFor({ state: 'detached' });
    for (let day = 0; day < 3; day += 1) await page.keyboard.press('ArrowRight');
    await page.getByRole('option', { name: new RegExp(title.replace(/[^\p{L} ]/gu, '.'), 'u') }).waitFor();
    await page.keyboard.press('w');
    await page.getByRole('option', { name: new RegExp(word('appointment.promise')) }).first().waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await page.locator('#agenda-entries').focus();
    await page.keyboard.press('Enter');
    expect(await caseTitle(page)).toBe(title);
    await page.keyboard.press('Escape');
    await heading(word('agenda.title'));
  });

  it('a key may be changed, not to one that is taken', async () => {
    const { page } = running;
    await page.keyboard.press('Control+,');
    await heading(word('settings.title'));
    await changeKey('filters');
    await page.keyboard.press('j');
    await page.getByRole('alert').filter({ hasText: word('shortcuts.moveDown') }).waitFor();
    await changeKey('filters');
    await page.keyboard.press('F1');
    await page.getByText(word('keys.own')).waitFor();
    await page.keyboard.press('Alt+L');
    await page.getByTestId('worklist').waitFor();
    await page.keyboard.press('F1');
    await page.getByLabel(word('filter.text'), { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('language and theme follow the operator through the app’s end and are nobody else’s', async () => {
    await running.page.keyboard.press('Control+,');
    await heading(word('settings.title'));
    await running.page.getByRole('radio', { name: word('settings.themeOf.dark') }).check();
    await running.page.locator('[data-scheme="dark"]').waitFor({ state: 'attached' });
    await running.page.getByRole('radio', { name: 'English' }).check();
    await heading('Settings');
    expect(await checkAccessibility(running.page)).toEqual([]);
    await running.page.getByRole('button', { name: /sign out$/i }).click();
    await running.page.getByRole('menuitem', { name: /^Sign out/ }).click();
    await heading(word('signIn.title'));
    await running.page.locator('[data-scheme="light"]').waitFor({ state: 'attached' });
    await enterAs('lead');
    await running.page.getByTestId('incoming-list').or(running.page.locator('#lead-panel')).first().waitFor();
    expect(await running.page.evaluate(() => document.documentElement.lang)).toBe('it');
    await signOut(running.page);
    await heading(word('signIn.title'));

    await running.close();
    running = await start();
    await enterAs('collector');
    await running.page.locator('html[lang="en"]').waitFor({ state: 'attached' });
    await running.page.locator('[data-scheme="dark"]').waitFor({ state: 'attached' });
    await running.page.getByRole('button', { name: 'Persone' }).waitFor();
  });
});
