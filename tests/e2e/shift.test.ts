/**
 * A collector's shift on the real app: built bundles, real Electron, embedded hub, demo data.
 * Invariant: what the status line calls saved survives the death of the desk and of the page.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { caseTitle, fillCallback, fillDispute, fillPromise, openNextCase, saveAndNext, signOut, typeCode } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

let folder: string;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

async function enterAs(role: 'collector' | 'lead'): Promise<void> {
  await running.page.getByRole('button', { name: new RegExp(`^${word(`role.${role}`)}`) }).first().click();
}

/** Kills a process of the app by the pid that Electron itself gives. */
async function killUtility(name: string): Promise<void> {
  const pid = await running.app.evaluate(({ app }, wanted) => app.getAppMetrics().find((metric) => metric.name === wanted)?.pid ?? null, name);
  if (pid === null) throw new Error(`there is no ${name}`);
  process.kill(pid, 'SIGKILL');
}

describe('a shift', () => {
  it('says plainly that this build is for tests', async () => {
    expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe('premura-test');
    await running.page.getByText(word('signIn.notEncryptedTitle')).waitFor();
  });

  it('enters by one click in the demo and shows why each case is in the list', async () => {
    await enterAs('collector');
    const list = running.page.getByTestId('worklist');
    await list.getByRole('option').first().waitFor();
    expect(await list.getByRole('option').first().innerText()).toMatch(/\S/);
    await running.page.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor();
  });

  it('codes a call that nobody answered in three strokes from the list', async () => {
    const { page } = running;
    const title = await openNextCase(page);
    await typeCode(page, 'NA');
    await saveAndNext(page, title);
    await page.getByText(word('status.saved').replace('{{name}}', title).replace('{{what}}', word('outcome.NA'))).waitFor();
  });

  it('refuses what it does not understand, beside the field, and saves nothing', async () => {
    const { page } = running;
    const title = await caseTitle(page);
    await fillPromise(page, 'molto', '+3');
    await page.keyboard.press('F12');
    await page.getByRole('alert').first().waitFor();
    expect(await caseTitle(page)).toBe(title);
    await page.getByLabel(word('outcomeForm.amount'), { exact: true }).fill('12,34');
    await saveAndNext(page, title);
  });

  it('keeps a draft through a reload of the page and through the death of the desk', async () => {
    const { page } = running;
    const title = await caseTitle(page);
    await fillDispute(page, '2,50');
    await page.getByText(word('draft.saved')).waitFor();
    await killUtility('Premura desk');
    await page.getByTestId('case-title').filter({ hasText: title }).waitFor();
    await saveAndNext(page, title);
    const next = await caseTitle(page);
    await page.getByTestId('unsent-count').filter({ hasText: '0' }).waitFor();
    await page.reload();
    await page.getByTestId('worklist').or(page.getByTestId('case-title')).first().waitFor();
    expect(next).not.toBe(title);
  });

  it('finds a case by the beginning of a word, and opens it by Enter', async () => {
    const { page } = running;
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder(word('search.placeholder')).fill('condom');
    await page.getByRole('option', { name: /Condominio/ }).first().waitFor();
    await page.keyboard.press('Enter');
    expect(await caseTitle(page)).toContain('Condominio');
  });

  it('corrects an own outcome with a reason; both stay in the history', async () => {
    const { page } = running;
    await fillCallback(page, 'lun 10:30');
    await page.keyboard.press('Control+S');
    await page.getByRole('button', { name: new RegExp(word('history.correctLabel').replace('{{what}}', '')) }).first().click();
    await page.getByLabel(word('correction.annul')).check();
    await page.getByLabel(word('correction.reason')).fill('cliente sbagliato');
    await page.getByRole('button', { name: word('correction.saveAnnul'), exact: true }).click();
    await page.getByText(word('history.annulment'), { exact: true }).waitFor();
    await page.getByText(/cliente sbagliato/).first().waitFor();
  });

  it.each(['light', 'dark'] as const)('passes axe in the %s theme on list, case, lead and sign-in', async (scheme) => {
    const { page } = running;
    await page.emulateMedia({ colorScheme: scheme });
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await openNextCase(page);
    expect(await checkAccessibility(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await signOut(page);
    await page.getByRole('heading', { name: word('signIn.title') }).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await enterAs('lead');
    await page.getByTestId('incoming-list').waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await signOut(page);
    await enterAs('collector');
    await page.getByTestId('worklist').waitFor();
  });

  it('works on while the embedded hub is killed, and sends when it is back', async () => {
    const { page } = running;
    await killUtility('Premura hub');
    const title = await openNextCase(page);
    await typeCode(page, 'LB');
    await saveAndNext(page, title);
    await page.getByTestId('unsent-count').filter({ hasText: '0' }).waitFor();
    await page.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor();
  });
});
