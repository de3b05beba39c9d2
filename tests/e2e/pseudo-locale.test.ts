/**
 * Every screen with words 40 % longer and accented: at 1366×768 and magnified to 200 %, nothing is cut off, nothing lies on
 * something else; and who asked for less motion gets none.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.ts';
import { newId } from '../../shared/id.ts';
import type { AppProcess } from '../support/app-process.ts';
import { setContentSize, startApp } from '../support/app-process.ts';
import { findClippedText } from '../support/find-clipped-text.ts';
import { askDesk } from '../support/page-desk.ts';
import { buildPseudoApp, pseudo } from '../support/pseudo-locale.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword } from '../support/shift.ts';

const pictures = process.env['PREMURA_PICTURES'];
let folder: string;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-pseudo-'));
  const appDirectory = await buildPseudoApp(await ensureElectronRuntime(() => undefined), join(folder, 'app'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true, appDirectory });
  await running.page.getByRole('heading', { name: pseudo(word('signIn.title')) }).waitFor();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

async function look(name: string, zoom: number): Promise<string[]> {
  const { page } = running;
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}-${String(zoom * 100)}.png`) });
  }
  return (await findClippedText(page, zoom)).map((problem) => `${name}: ${problem}`);
}

async function zoomTo(zoom: number): Promise<void> {
  await running.app.evaluate(({ BrowserWindow }, factor) => { BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor); }, zoom);
  await setContentSize(running.app, { width: 1366, height: 768 });
  await running.page.waitForFunction((width) => window.innerWidth === width, 1366 / zoom);
}

async function enterAs(username: 'carla' | 'laura.lead'): Promise<void> {
  await askDesk(running.page, { kind: 'command', name: 'sign-in', input: { commandId: newId(), username, password: demoPassword } });
  await running.page.locator('.frame').waitFor();
}

async function leave(): Promise<void> {
  await askDesk(running.page, { kind: 'command', name: 'sign-out', input: { commandId: newId() } });
  await running.page.getByRole('heading', { name: pseudo(word('signIn.title')) }).waitFor();
}

/** Out of the page, not only faded: until then it keeps the keys. */
async function gone(role: 'dialog' | 'menu'): Promise<void> {
  await running.page.locator(`[role="${role}"]`).waitFor({ state: 'detached' });
}

/** The forms on the left, by their keys. */
const inlineForms = { note: 'n', attachment: 'a', person: 'p', contact: 'r', wishes: 'f' } as const;

describe.each([1, 2])('words two fifths longer, magnified %i times', (zoom) => {
  it('can be read at sign-in', async () => {
    await zoomTo(zoom);
    expect(await look('sign-in', zoom)).toEqual([]);
  });

  it('can be read in the list, its search and its keys', async () => {
    const { page } = running;
    await enterAs('carla');
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    const found = await look('list', zoom);
    await page.keyboard.press('Control+K');
    await page.locator('[role="dialog"] input').fill('condom');
    await page.locator('#search-results [role="option"]').first().waitFor();
    found.push(...(await look('search', zoom)));
    await page.keyboard.press('Escape');
    await gone('dialog');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    found.push(...(await look('keys', zoom)));
    await page.keyboard.press('Escape');
    await gone('dialog');
    await page.locator('button.who').click();
    await page.getByRole('menu').waitFor();
    found.push(...(await look('menu', zoom)));
    await page.keyboard.press('Escape');
    await gone('menu');
    expect(found).toEqual([]);
  });

  it('can be read in the case, with every kind of form', async () => {
    const { page } = running;
    await page.keyboard.press('F12');
    await page.getByTestId('case-title').waitFor();
    await page.locator('.script-body').waitFor();
    const found = await look('case', zoom);
    for (const [name, key] of Object.entries(inlineForms)) {
      await page.keyboard.press(key);
      await page.locator('.inline-form').waitFor();
      found.push(...(await look(name, zoom)));
      await page.keyboard.press('Escape');
      await page.locator('.inline-form').waitFor({ state: 'detached' });
    }
    for (const code of ['PTP', 'DSP', 'CBK', 'TRN', 'PRV']) {
      await page.locator('#outcome-code').fill(code);
      await page.locator('#outcome-code').press('Enter');
      await page.locator('.code[aria-pressed="true"]').filter({ hasText: code }).waitFor();
      found.push(...(await look(`outcome-${code}`, zoom)));
    }
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
    await leave();
    expect(found).toEqual([]);
  });

  it('can be read by the lead', async () => {
    const { page } = running;
    await enterAs('laura.lead');
    const found: string[] = [];
    const tabs = page.getByRole('tab');
    await tabs.first().waitFor();
    for (const tab of await tabs.all()) {
      await tab.click();
      found.push(...(await look(`lead-${String(found.length)}-${(await tab.getAttribute('id')) ?? 'tab'}`, zoom)));
    }
    await leave();
    expect(found).toEqual([]);
  });
});

it('moves nothing for who asked for less motion', async () => {
  const { page } = running;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await enterAs('carla');
  await page.locator('button.who').click();
  await page.getByRole('menu').waitFor();
  const longestMs = await page.evaluate(() => Math.max(0, ...document.getAnimations().map((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0))));
  expect(longestMs).toBeLessThan(1);
});
