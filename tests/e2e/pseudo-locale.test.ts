/**
 * Every screen with words 40 % longer and accented: at 1366×768 and magnified to 200 %, in light and in dark, nothing is cut
 * off, nothing lies on something else, axe has nothing to say; and who asked for less motion gets none.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.ts';
import { newId } from '../../shared/id.ts';
import type { AppProcess } from '../support/app-process.ts';
import { setContentSize, startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { findClippedText } from '../support/find-clipped-text.ts';
import { askDesk } from '../support/page-desk.ts';
import { buildPseudoApp, pseudo } from '../support/pseudo-locale.ts';
import { caseTitle, saveAndNext, usualMethod } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword } from '../support/shift.ts';

const pictures = process.env['PREMURA_PICTURES'];
let folder: string;
let appDirectory: string;
let running: AppProcess;
/** The window that is looked at: the training has one of its own. */
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-pseudo-'));
  const rows = [
    ['Cod. cliente', 'Ragione sociale', 'N. fattura', 'Data fattura', 'Scadenza', 'Importo', 'Telefono', 'Annotazioni'],
    ['B001', 'Bottega del Legno', 'F/101', '10/06/2026', '10/07/2026', '1.200,50', '0975 000 101', 'sollecitato'],
    ['B003', 'Officina Basento', 'F/104', '10/08/2026', '10/09/2026', 'circa cento', '', ''],
  ];
  writeFileSync(join(folder, 'scadenzario.csv'), rows.map((row) => row.join(';')).join('\r\n'));
  appDirectory = await buildPseudoApp(await ensureElectronRuntime(() => undefined), join(folder, 'app'));
  await start('profile', true);
  await signInShows();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(profile: string, demo: boolean): Promise<void> {
  running = await startApp({ profileDir: join(folder, profile), demo, appDirectory, home: folder });
  page = running.page;
}

const signInShows = (): Promise<void> => page.getByRole('heading', { name: pseudo(word('signIn.title')) }).waitFor();
const settled = (): Promise<unknown> => page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
const button = (key: string): ReturnType<Page['getByRole']> => page.getByRole('button', { name: pseudo(word(key)) }).first();

/**
 * What cannot be read here, at the usual size (dark) and magnified (light), one window's height after the other.
 * @param scroller what scrolls, where there is more than fits
 * @param axe false where only the words differ from a screen that was looked at
 */
async function look(name: string, scroller: string | null = null, axe = true): Promise<string[]> {
  const found: string[] = [];
  for (const [zoom, colorScheme] of [[2, 'light'], [1, 'dark']] as const) {
    await page.emulateMedia({ colorScheme });
    await zoomTo(zoom);
    for (let screen = 0; await showScreen(scroller, screen); screen += 1) {
      await settled();
      if (pictures !== undefined) {
        mkdirSync(pictures, { recursive: true });
        await page.screenshot({ path: join(pictures, `${name}-${String(zoom * 100)}-${String(screen)}.png`) });
      }
      found.push(...(await findClippedText(page, zoom)).map((problem) => `${name} at ${String(zoom)}: ${problem}`));
    }
    // Magnified, what has only been covered by what stays in place would count as small: seen from its end.
    if (axe && (zoom === 1 || scroller !== null)) found.push(...(await checkAccessibility(page)).map((problem) => `${name} at ${String(zoom)}: ${problem}`));
  }
  return [...new Set(found)];
}

/** Scrolls to the n-th screen; false when there is none. Without a scroller there is one. */
async function showScreen(scroller: string | null, screen: number): Promise<boolean> {
  if (scroller === null) return screen === 0;
  return page.locator(scroller).first().evaluate((element, wanted) => {
    const step = Math.max(100, element.clientHeight - 60);
    element.scrollTop = wanted * step;
    return wanted === 0 || wanted * step < element.scrollHeight - element.clientHeight + step;
  }, screen);
}

async function zoomTo(zoom: number): Promise<void> {
  await running.app.evaluate(({ BrowserWindow }, factor) => { for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(factor); }, zoom);
  await setContentSize(running.app, { width: 1366, height: 768 });
  await page.waitForFunction((width) => window.innerWidth === width, 1366 / zoom);
}

async function enterAs(username: 'carla' | 'laura.lead' | 'admin'): Promise<void> {
  await askDesk(page, { kind: 'command', name: 'sign-in', input: { commandId: newId(), username, password: demoPassword } });
  await page.locator('.frame').waitFor();
}

async function leave(): Promise<void> {
  await askDesk(page, { kind: 'command', name: 'sign-out', input: { commandId: newId() } });
  await signInShows();
}

/** Out of the page, not only faded: until then it keeps the keys. */
const gone = (selector: string): Promise<void> => page.locator(selector).waitFor({ state: 'detached' });

async function openCase(): Promise<void> {
  await page.keyboard.press('F12');
  await page.getByTestId('case-title').waitFor();
  await page.locator('.script-body').waitFor();
}

/** The forms on the left, by their keys. */
const inlineForms = { note: 'n', attachment: 'a', person: 'p', contact: 'r', wishes: 'f' } as const;

describe('words two fifths longer, at the usual size and magnified', () => {
  it('can be read at sign-in', async () => {
    expect(await look('sign-in', '.sign-in')).toEqual([]);
  });

  it('can be read in the list, its search, its keys and today’s numbers', async () => {
    await enterAs('carla');
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    const found = await look('list');
    await page.keyboard.press('Control+K');
    await page.locator('[role="dialog"] input').fill('condom');
    await page.locator('#search-results [role="option"]').first().waitFor();
    found.push(...(await look('search')));
    await page.keyboard.press('Escape');
    await gone('[role="dialog"]');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    found.push(...(await look('keys', '.MuiDialog-paper')));
    await page.keyboard.press('Escape');
    await gone('[role="dialog"]');
    await page.locator('.chip-today').click();
    await page.locator('.today-panel').waitFor();
    found.push(...(await look('today')));
    await page.keyboard.press('Escape');
    await gone('.today-panel');
    await page.locator('button.who').click();
    await page.getByRole('menu').waitFor();
    found.push(...(await look('menu')));
    await page.keyboard.press('Escape');
    await gone('[role="menu"]');
    expect(found).toEqual([]);
  });

  it('can be read in the filters, with what is wrong in one, without a row left, and in a saved view', async () => {
    await page.keyboard.press('f');
    const amount = page.getByLabel(pseudo(word('filter.amountFrom')), { exact: true });
    await amount.fill('boh');
    await page.locator('.filters-panel .field-error').waitFor();
    const found = await look('filters', '.filters-panel');
    await amount.fill('9999999');
    await page.locator('.worklist-main .state-view').waitFor();
    found.push(...(await look('filters-empty')));
    await amount.fill('100');
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await page.locator('.save-view input').fill('Oltre cento euro, persone e condomini');
    await page.keyboard.press('Enter');
    await page.locator('.views .key').waitFor();
    found.push(...(await look('saved-view')));
    await page.locator('.filters-actions button').first().click();
    await page.keyboard.press('Escape');
    await gone('.filters-panel');
    expect(found).toEqual([]);
  });

  it('can be read in the case, with every kind of form', async () => {
    await openCase();
    const found = await look('case', '.case');
    for (const [name, key] of Object.entries(inlineForms)) {
      await page.keyboard.press(key);
      await page.locator('.inline-form').waitFor();
      found.push(...(await look(name)));
      await page.keyboard.press('Escape');
      await gone('.inline-form');
    }
    for (const code of ['DSP', 'CBK', 'TRN', 'PRV', 'PTP']) {
      await page.locator('#outcome-code').fill(code);
      await page.locator('#outcome-code').press('Enter');
      await page.locator('.code[aria-pressed="true"]').filter({ hasText: code }).waitFor();
      found.push(...(await look(`outcome-${code}`, null, code === 'PTP')));
    }
    expect(found).toEqual([]);
  });

  it('keeps saving in sight of a magnified case, and puts no field that has the focus under it', async () => {
    await zoomTo(2);
    const foot = page.locator('.outcome-foot');
    await page.locator('.case').evaluate((element) => { element.scrollTop = 0; });
    const height = await page.evaluate(() => window.innerHeight);
    const { y, height: ofFoot } = await foot.boundingBox() ?? { y: height, height };
    expect(y + ofFoot).toBeLessThanOrEqual(height);
    await page.locator('#outcome-code').focus();
    const covered: string[] = [];
    for (let fields = 0; fields < 6; fields += 1) {
      await page.keyboard.press('Tab');
      covered.push(...(await foot.evaluate((element) => {
        const focused = document.activeElement;
        return focused === null || element.contains(focused) || focused.getBoundingClientRect().bottom <= element.getBoundingClientRect().top ? [] : [focused.outerHTML.slice(0, 80)];
      })));
    }
    await zoomTo(1);
    expect(covered).toEqual([]);
  });

  it('can be read in the agenda, by day and by week', async () => {
    const title = await caseTitle(page);
    await page.locator('#outcome-code').fill('PTP');
    await page.keyboard.press('Enter');
    await page.getByLabel(pseudo(word('outcomeForm.amount')), { exact: true }).fill('5,25');
    await page.getByLabel(pseudo(word('outcomeForm.dueOn')), { exact: true }).fill('+3');
    await page.getByLabel(pseudo(word('outcomeForm.method')), { exact: true }).selectOption('bank-transfer');
    await page.getByLabel(pseudo(word('outcomeForm.identityMethod')), { exact: true }).selectOption(usualMethod);
    await saveAndNext(page, title);
    await page.keyboard.press('Alt+G');
    await page.locator('.agenda').waitFor();
    const found = await look('agenda-empty');
    for (let day = 0; day < 3; day += 1) await page.keyboard.press('ArrowRight');
    await page.locator('.agenda-row').first().waitFor();
    found.push(...(await look('agenda-day')));
    await page.keyboard.press('w');
    await page.locator('.agenda-day').nth(1).waitFor();
    found.push(...(await look('agenda-week', '.agenda-entries')));
    expect(found).toEqual([]);
  });

  it('can be read in the settings, also while a key is awaited', async () => {
    await page.keyboard.press('Control+,');
    await page.locator('.settings').waitFor();
    const found = await look('settings', '.settings');
    await page.locator('.key-groups button').first().click();
    await page.locator('.key-waiting').waitFor();
    await page.keyboard.press('j');
    await page.locator('.key-groups .field-error').waitFor();
    found.push(...(await look('settings-key', '.settings')));
    await page.keyboard.press('Alt+L');
    await page.getByTestId('worklist').waitFor();
    expect(found).toEqual([]);
  });

  it('can be read in every step of the guided first case', async () => {
    await page.locator('button.who').click();
    await page.getByRole('menuitem', { name: pseudo(word('guide.again')) }).click();
    await gone('[role="menu"]');
    await page.locator('.guide').waitFor();
    const found = await look('guide-list');
    await openCase();
    for (const step of ['header', 'say', 'note', 'outcome', 'save']) {
      await page.locator('.guide b').filter({ hasText: pseudo(word(`guide.title.${step}`)) }).waitFor();
      found.push(...(await look(`guide-${step}`, null, step === 'header')));
      if (step !== 'save') await page.locator('.guide-buttons button').first().click();
    }
    await page.locator('.guide-buttons button').last().click();
    await gone('.guide');
    await leave();
    expect(found).toEqual([]);
  });

  it('can be read by the lead, also in an open case', async () => {
    await enterAs('laura.lead');
    const found: string[] = [];
    const tabs = page.getByRole('tab');
    await tabs.first().waitFor();
    for (const tab of await tabs.all()) {
      await tab.click();
      found.push(...(await look((await tab.getAttribute('id')) ?? 'lead-tab')));
    }
    await page.keyboard.press('/');
    await page.locator('#lead-panel input').first().fill('condom');
    await page.getByTestId('found-cases').getByRole('listitem').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByTestId('lead-case').waitFor();
    found.push(...(await look('lead-case', '.lead-case-read')));
    for (const key of ['s', 'r']) {
      await page.keyboard.press(key);
      await page.getByTestId('lead-case').locator('form').waitFor();
      found.push(...(await look(`lead-case-${key}`)));
      await page.keyboard.press('Escape');
      await page.getByTestId('lead-case').locator('form').waitFor({ state: 'detached' });
    }
    await leave();
    expect(found).toEqual([]);
  });

  it('can be read by the administrator: people, and an import step by step', async () => {
    await enterAs('admin');
    await button('users.title').click();
    await page.locator('.users-list li').first().waitFor();
    await page.locator('#new-person-name input').fill('Massimiliano Giuseppe Della Fontanarossa');
    await page.keyboard.press('Enter');
    await page.locator('.new-passwords').waitFor();
    await page.locator('.users-list li button').first().click();
    await page.locator('.users-sure').waitFor();
    const found = await look('users', '.users');
    await button('imports.nav').click();
    await page.locator('.drop').waitFor();
    found.push(...(await look('imports-file', '.imports')));
    await page.locator('.drop input[type="file"]').setInputFiles(join(folder, 'scadenzario.csv'));
    await page.locator('.columns').waitFor();
    found.push(...(await look('imports-columns', '.imports')));
    await page.locator('input[list="imports-creditors"]').fill('Bottega Srl');
    await page.keyboard.press('Tab');
    await button('imports.try').click();
    await page.locator('.report-head').waitFor();
    found.push(...(await look('imports-trial', '.imports')));
    await page.locator('.report-head .primary').click();
    await page.locator('.imports-steps li:nth-child(4)[aria-current]').waitFor();
    await page.locator('.report-head').waitFor();
    for (const tab of await page.locator('.report-tabs button').all()) {
      await tab.click();
      found.push(...(await look('imports-done', '.imports', false)));
    }
    await button('imports.another').click();
    await page.locator('.past-row').first().waitFor();
    found.push(...(await look('imports-past', '.imports')));
    await leave();
    expect(found).toEqual([]);
  });

  it('can be read in the first run and in the training', async () => {
    await running.close();
    await start('first', false);
    const field = page.locator('.setup-card input');
    const submit = page.locator('.setup-card button[type="submit"]');
    await field.waitFor();
    const found = await look('first-agency', '.setup');
    await field.fill('Studio Basento');
    await submit.click();
    await field.nth(3).waitFor();
    for (const [place, typed] of ['Livia Conti', 'livia.conti', 'password1', 'password2'].entries()) await field.nth(place).fill(typed);
    await submit.click();
    await page.locator('.setup-card .field-error').waitFor();
    found.push(...(await look('first-account', '.setup')));
    for (const place of [2, 3]) await field.nth(place).fill('un cavallo sul tetto');
    await submit.click();
    await page.locator('#new-person-name input').fill('Carla Serra');
    await page.keyboard.press('Enter');
    await page.locator('.new-passwords').waitFor();
    found.push(...(await look('first-people', '.setup')));
    await page.locator('.setup-people > .imports-buttons button').click();
    await page.locator('.drop').waitFor();
    found.push(...(await look('first-import', '.setup')));
    await page.locator('.setup-import-text button').click();
    await page.locator('.setup-done').waitFor();
    found.push(...(await look('first-done', '.setup')));
    await page.locator('.setup-card .primary').click();
    await page.locator('.frame').waitFor();
    await leave();
    found.push(...(await look('sign-in-known', '.sign-in')));
    const opened = running.app.waitForEvent('window');
    await page.locator('.training-entry button').click();
    page = await opened;
    await page.locator('.ribbon').waitFor();
    found.push(...(await look('training-sign-in', '.sign-in')));
    await enterAs('carla');
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await page.locator('.guide').waitFor();
    found.push(...(await look('training-list')));
    await openCase();
    found.push(...(await look('training-case', '.case')));
    expect(found).toEqual([]);
  });
});

it('moves nothing for who asked for less motion', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.locator('button.who').click();
  await page.getByRole('menu').waitFor();
  const longestMs = await page.evaluate(() => Math.max(0, ...document.getAnimations().map((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0))));
  expect(longestMs).toBeLessThan(1);
});
