/**
 * What a lead sees of an operator, with two real apps on one hub: nothing without an agreement, states by name with one; help by key and "vengo".
 *
 * Invariant: whatever the operator does and is seen doing, not one row of any store of theirs changes for it.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { picture } from '../support/picture.ts';
import { readStores } from '../support/read-stores.ts';
import { openNextCase, signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword } from '../support/shift.ts';

const DOCUMENT = 'prot. 12/2026';
let folder: string;
let hub: HubProcess;
let operator: AppProcess;
let lead: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-floor-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  lead = await startApp({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signIn(lead.page, { username: 'laura.lead', password: demoPassword });
  await lead.page.getByTestId('lists').waitFor();
  operator = await startApp({ profileDir: join(folder, 'operator'), hubUrl: hub.url });
  await signIn(operator.page, { username: 'carla', password: demoPassword });
  await operator.page.getByTestId('worklist').getByRole('option').first().waitFor();
});

afterAll(async () => {
  await operator.close();
  await lead.close();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

const agreement = (action: string[]): Promise<string> => runHub(['workers-agreement', ...action, '--data', hub.dataDir]);
const person = (state: string): ReturnType<Page['locator']> => lead.page.getByTestId('people').locator(`.agent-${state}`);

it('without an agreement the board names nobody, and the operator\'s bar has no mark', async () => {
  await lead.page.keyboard.press('Alt+T');
  await lead.page.getByTestId('queues').waitFor();
  await lead.page.getByText(word('live.noNames')).waitFor();
  expect(await lead.page.getByTestId('people').count()).toBe(0);
  expect(await operator.page.getByTestId('followed').count()).toBe(0);
});

it('help is asked for by key in a call, reaches the lead, who says "vengo" by key; it ends with the call', async () => {
  const { page } = operator;
  await page.keyboard.press('Control+H');
  await openNextCase(page);
  await page.getByTestId('guard').waitFor();
  await page.keyboard.press('Alt+M');
  await page.locator('[data-testid="agent-state"][data-state="in-call"]').waitFor();
  // What was pressed outside a call asked for nothing.
  expect(await page.getByTestId('own-help').count()).toBe(0);
  await page.keyboard.press('Control+H');
  await page.getByTestId('own-help').filter({ hasText: word('floor.asked') }).waitFor();
  const asked = lead.page.getByTestId('helps');
  await asked.filter({ hasText: 'Carla' }).waitFor();
  expect(await checkAccessibility(lead.page)).toEqual([]);
  await picture(lead.page, 'help-lead');
  await lead.page.keyboard.press('Control+H');
  await page.getByTestId('own-help').filter({ hasText: word('floor.comes').replace('{{name}}', 'Laura Cinquecipressi') }).waitFor();
  await asked.filter({ hasText: word('floor.goes').replace('{{name}}', 'Laura Cinquecipressi') }).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'help-operator');
  await page.keyboard.press('F9');
  await page.keyboard.press('Control+S');
  await asked.waitFor({ state: 'detached' });
  await page.getByTestId('own-help').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.getByTestId('worklist').waitFor();
});

it('with an agreement the lead sees who does what and since when, and the operator reads what, since when and by which paper', async () => {
  const { page } = operator;
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  await agreement(['record', '--kind', 'works-agreement', '--scopes', 'named-states', '--signed-on', addDays(today, -10), '--from', addDays(today, -5), '--signatories', 'RSU, direzione', '--document', DOCUMENT]);
  await person('ready').filter({ hasText: 'Carla' }).waitFor();
  await page.getByTestId('followed').click();
  await page.getByRole('dialog').getByText(DOCUMENT).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'followed-operator');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.querySelector('[data-testid="unsent-count"]')?.textContent === '0');
  const before = readStores(join(folder, 'operator'));
  await page.keyboard.press('Control+B');
  await page.getByRole('menuitemradio', { name: word('agent.state.meal'), exact: true }).press('Enter');
  await person('meal').filter({ hasText: word('agent.state.meal') }).waitFor();
  const after = readStores(join(folder, 'operator'));
  expect([...after].filter(([table, rows]) => JSON.stringify(rows) !== JSON.stringify(before.get(table))).map(([table]) => table)).toEqual([]);
  expect(await checkAccessibility(lead.page)).toEqual([]);
  await picture(lead.page, 'people-lead');
  await lead.page.emulateMedia({ colorScheme: 'dark' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(lead.page, 'people-lead');
  await page.getByTestId('followed').click();
  await page.getByRole('dialog').getByText(DOCUMENT).waitFor();
  await picture(page, 'followed-operator');
  await page.keyboard.press('Escape');
});

it('the wall, which others see, names nobody', async () => {
  const { page } = lead;
  await page.keyboard.press('w');
  await page.locator('.live-wall').waitFor();
  expect(await page.locator('.live-wall').innerText()).not.toContain('Carla');
  await page.keyboard.press('Escape');
  await page.getByTestId('people').waitFor();
});

it('withdrawn, it is off at both at once', async () => {
  await agreement(['withdraw', '--reason', 'disdetta del 30 giugno']);
  await lead.page.getByTestId('people').waitFor({ state: 'detached' });
  await operator.page.getByTestId('followed').waitFor({ state: 'detached' });
});
