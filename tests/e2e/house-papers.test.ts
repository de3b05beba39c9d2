/**
 * What only an administrator sets, at the real app, by keyboard: the rate of the next half-year, with which an operator's desk then computes; the agreement
 * with the workers, recorded, read at the operator's desk, withdrawn.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { picture } from '../support/picture.ts';
import { signIn } from '../support/screen-shift.ts';
import { told, word } from '../support/screen-words.ts';
import { demoPassword, signInAs } from '../support/shift.ts';

let folder: string;
let hub: HubProcess;
let running: AppProcess;
let lead: DeskProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-house-papers-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  lead = await DeskProcess.start({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signInAs(lead, 'laura.lead');
  running = await startApp({ profileDir: join(folder, 'admin'), hubUrl: hub.url });
  await signIn(running.page, { username: 'admin', password: demoPassword });
  await running.page.getByRole('button', { name: word('conduct.nav'), exact: true }).press('Enter');
  await running.page.getByRole('heading', { name: word('conduct.tab.scripts') }).waitFor();
});

afterAll(async () => {
  await running.close();
  await lead.stop();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('the next half-year’s rate is added, refused where it leaves a hole, and published', async () => {
  const { page } = running;
  await page.keyboard.press('Control+5');
  await page.getByRole('heading', { name: word('conduct.rates.tableOf.it-late-payment') }).waitFor();
  // The table ends before today, and says so.
  await page.locator('.note-warning').getByText(word('conduct.rates.shortAdd')).waitFor();
  await page.getByRole('button', { name: word('conduct.rates.add') }).press('Enter');
  const what = told('conduct.rates.rowOf', { number: '17' });
  const field = (name: string): Locator => page.getByLabel(told('conduct.inLanguage', { what, language: word(`conduct.rates.field.${name}`) }), { exact: true });
  await expect.poll(() => field('rate').evaluate((element) => element === document.activeElement)).toBe(true);
  expect([await field('from').inputValue(), await field('to').inputValue()]).toEqual(['2026-07-01', '2026-12-31']);
  // A row that was just typed may simply go; one that stands has no such button.
  const remove = page.getByRole('button', { name: told('conduct.editor.removeOf', { what }) });
  expect(await page.locator('.rates-form tbody').getByRole('button').count()).toBe(1);
  await remove.press('Enter');
  await remove.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: word('conduct.rates.add') }).press('Enter');
  await field('rate').fill('10,25');
  await field('from').fill('2026-07-02');
  await page.keyboard.press('Control+Enter');
  await page.getByText(word('conduct.rates.problem.source')).waitFor();
  await field('source').fill('Comunicato del MEF, 2° semestre 2026');
  await page.keyboard.press('Control+Enter');
  await page.getByText(told('error.rates.hole', { row: '17' }).split('{{')[0]?.trim() ?? '').waitFor();
  await picture(page, 'rates-hole');
  expect(await checkAccessibility(page)).toEqual([]);
  await field('from').fill('2026-07-01');
  await page.keyboard.press('Control+Enter');
  await page.getByText(told('conduct.rates.published', { title: word('conduct.rates.tableOf.it-late-payment'), version: '1' })).waitFor();
  await page.locator('.note-warning').waitFor({ state: 'detached' });
  await picture(page, 'rates');
  const read = await lead.query('list-rates', {});
  expect(read.ok ? read.value.tables[0]?.rows.at(-1) : read).toMatchObject({ from: '2026-07-01', to: '2026-12-31', basisPoints: 1_025 });
  // Published: it is shortened no more than it is removed, and the screen says what to do instead.
  await remove.waitFor({ state: 'detached' });
  await field('to').fill('2026-11-30');
  await page.keyboard.press('Control+Enter');
  await page.getByText(told('error.rates.withdrawFirst', { from: '', to: '' }).split(':')[1]?.trim() ?? '').waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'rates-withdraw-first');
  await page.locator('.rates-form').getByRole('button', { name: word('conduct.reset') }).press('Enter');

  await page.getByRole('button', { name: word('conduct.rates.withdraw') }).press('Enter');
  const form = page.getByRole('form', { name: word('conduct.rates.withdraw') });
  await form.getByLabel(word('conduct.rates.reason'), { exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Control+Enter');
  await form.getByText(word('conduct.rates.problem.reason')).waitFor();
  await page.keyboard.insertText('comunicato letto male');
  await picture(page, 'rates-withdraw');
  await page.keyboard.press('Control+Enter');
  await page.locator('.rates-text').filter({ hasText: 'comunicato letto male' }).waitFor();
  expect(await lead.query('list-rates', {})).toMatchObject({ ok: true, value: { tables: [{ version: 2, withdrawn: { reason: 'comunicato letto male' } }] } });
  await picture(page, 'rates-withdrawn');
});

it('the agreement with the workers is recorded with what it allows, and withdrawn with a reason', async () => {
  const { page } = running;
  await page.keyboard.press('Control+6');
  await page.getByText(word('conduct.workers.none')).waitFor();
  await page.getByText(word('conduct.workers.off.recording')).waitFor();
  await picture(page, 'workers-none');
  await page.getByRole('button', { name: word('conduct.workers.recordIt') }).press('Enter');
  await page.getByText(word('conduct.workers.problem.scopes')).waitFor();
  await picture(page, 'workers-wrong');
  expect(await checkAccessibility(page)).toEqual([]);
  const field = (name: string): Locator => page.getByLabel(word(`conduct.workers.field.${name}`), { exact: true });
  await page.getByLabel(word('conduct.workers.allows.recording')).press('Space');
  await field('signedOn').fill('2026-11-02');
  await field('from').fill('2026-11-10');
  await field('signatories').fill('RSU e direzione');
  await field('document').fill('prot. 12/2026, archivio del personale');
  await page.keyboard.press('Control+Enter');
  await page.getByText(word('conduct.workers.on.recording')).waitFor();
  await page.getByText(word('conduct.workers.off.named-states')).waitFor();
  await picture(page, 'workers');
  expect(await checkAccessibility(page)).toEqual([]);
  const read = await lead.query('show-workers-agreement', {});
  expect(read.ok ? read.value.versions : read).toMatchObject([{ version: 1, scopes: ['recording'], until: null, withdrawn: null }]);

  await page.getByRole('button', { name: word('conduct.workers.withdraw') }).press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByText(word('conduct.workers.problem.line')).waitFor();
  await page.getByLabel(word('conduct.workers.reason'), { exact: true }).fill('disdetta della RSU');
  await picture(page, 'workers-withdraw');
  await page.keyboard.press('Control+Enter');
  await page.getByText('disdetta della RSU').waitFor();
  await page.getByText(word('conduct.workers.off.recording')).waitFor();
  await picture(page, 'workers-withdrawn');
  expect(await lead.command('withdraw-workers-agreement', { reason: 'un altro' })).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
});
