/**
 * A lead at the real app, a collector at a desk of her own, one hub between: what the lead decides is what the collector meets.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import type { CaseId } from '../../shared/id.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword, plainForm, signInAs } from '../support/shift.ts';

let folder: string;
let hub: HubProcess;
let carla: DeskProcess;
let running: AppProcess;
let row: WorklistRow;
const basedOn = { caseRevision: 0, scriptVersion: null };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-lead-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  carla = await DeskProcess.start({ profileDir: join(folder, 'carla'), hubUrl: hub.url });
  await signInAs(carla, 'carla');
  const list = await carla.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.rows.length > 3);
  row = list.rows[0]!;
  // A plan always waits for a second person.
  const plan = list.rows[1]!;
  const saved = await carla.command('record-outcome', {
    caseId: plan.caseId, locale: 'it', form: plainForm('PLN', { amountText: '90', countText: '3', dateText: '+10', cause: 'forgot' }), basedOn,
  });
  expect(saved).toMatchObject({ ok: true });
  await carla.until('show-sync', {}, (value) => value.unsentCount === 0 && value.network === 'online');
  running = await startApp({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signIn(running.page, { username: 'laura.lead', password: demoPassword });
});

afterAll(async () => {
  await running.close();
  await carla.stop();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until the collector's desk shows the case so. */
function caseAtCarla(caseId: CaseId, accepts: (reasonKey: string | null, params: Record<string, string | number>) => boolean): Promise<unknown> {
  return carla.until('show-case', { caseId }, (screen) => accepts(screen.blocked?.reason.key ?? null, screen.blocked?.reason.params ?? {}));
}

/** Tabs of the lead's desk by their number key. */
async function openTab(key: '1' | '2' | '3' | '4' | '5', testId: string): Promise<void> {
  await running.page.keyboard.press(key);
  await running.page.getByTestId(testId).waitFor();
}

describe('a lead', () => {
  it('sees lists in figures and the cases behind them', async () => {
    const { page } = running;
    await page.getByTestId('lists').waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    expect(await page.getByTestId('lists').innerText()).not.toContain('Carla');
    await page.getByTestId('lists').getByRole('button').first().click();
    await page.getByTestId('found-cases').getByRole('button').first().waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
  });

  it('finds a case by name and suspends it by keyboard; its operator meets the reason, and goes on when it is resumed', async () => {
    const { page } = running;
    await page.keyboard.press('Control+K');
    await page.getByLabel(word('lead.findLabel'), { exact: true }).fill(row.customerName);
    await page.getByTestId('found-cases').getByRole('button', { name: new RegExp(row.customerCode) }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByTestId('case-title').filter({ hasText: row.customerName }).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    const { caseId } = row;
    await page.keyboard.press('s');
    await page.getByLabel(word('lead.until'), { exact: true }).fill('ieri');
    await page.getByLabel(word('lead.reason'), { exact: true }).fill('il committente verifica');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel(word('lead.until'), { exact: true }).fill('+7');
    await page.getByLabel(word('lead.reason'), { exact: true }).press('Enter');
    await caseAtCarla(caseId, (key, params) => key === 'suspended' && params['reason'] === 'il committente verifica');
    await page.getByRole('button', { name: word('lead.do.resume'), exact: true }).click();
    await page.getByLabel(word('lead.reason'), { exact: true }).fill('verifica finita');
    await page.keyboard.press('Enter');
    await caseAtCarla(caseId, (key) => key !== 'suspended');
  });

  it('rejects a plan with a reason that its operator reads in the history', async () => {
    const { page } = running;
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: new RegExp(word('lead.tab.audits')) }).click();
    const audits = page.getByTestId('audits');
    await audits.getByRole('button').first().focus();
    expect(await checkAccessibility(page)).toEqual([]);
    await page.keyboard.press('r');
    await page.getByLabel(word('lead.reason'), { exact: true }).fill('troppo lungo');
    await page.keyboard.press('Enter');
    await audits.getByText('troppo lungo').waitFor();
    const judged = await carla.until('list-worklist', { view: 'worked-today', creditorId: null }, (value) => value.rows.length > 0);
    await carla.until('show-case', { caseId: judged.rows[0]!.caseId }, (screen) =>
      screen.history.some((entry) => entry.kind === 'audit' && entry.verdict === 'rejected' && entry.reason === 'troppo lungo'));
  });

  it('shows what came in and what wants a look', async () => {
    await openTab('2', 'incoming-list');
    expect(await checkAccessibility(running.page)).toEqual([]);
    await running.page.keyboard.press('3');
    await running.page.getByText(word('lead.noFlagsTitle')).waitFor();
    expect(await checkAccessibility(running.page)).toEqual([]);
  });
});
