/**
 * From an empty PC to the first worked case, on the real app: the wizard, a real file with rejects, then a collector with the guide.
 * Invariant: what the wizard says exists, exists: the second start asks for nothing again.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { importThrough } from '../support/screen-import.ts';
import { signOut, typeCode } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { writeXlsx } from '../support/write-xlsx.ts';

let folder: string;
let running: AppProcess;
let collectorPassword = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  running = await startApp({ profileDir: join(folder, 'profile') });
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const button = (key: string): ReturnType<AppProcess['page']['getByRole']> => running.page.getByRole('button', { name: word(key), exact: true });
const field = (key: string): ReturnType<AppProcess['page']['getByLabel']> => running.page.getByLabel(word(key), { exact: true });

it('asks an empty hub’s first visitor for the agency and an account, with the rule in words', async () => {
  const { page } = running;
  await page.getByRole('heading', { name: word('setup.title.agency') }).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await field('setup.agencyName').fill('Studio Basento');
  await page.keyboard.press('Enter');
  await field('users.name').fill('Livia Conti');
  expect(await field('users.username').inputValue()).toBe('livia.conti');
  await field('signIn.password').fill('password1');
  await page.getByText(word('password.problem.too-common')).waitFor();
  await field('signIn.password').fill('un cavallo sul tetto');
  await page.getByText(word('password.strength.strong')).waitFor();
  await field('setup.again').fill('un cavallo sul tetta');
  await button('setup.createAccount').click();
  await page.getByText(word('setup.differs')).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await field('setup.again').fill('un cavallo sul tetto');
  await button('setup.createAccount').click();
  await page.getByRole('heading', { name: word('setup.title.people') }).waitFor();
});

it('adds a colleague and shows the first password once', async () => {
  const { page } = running;
  await field('users.name').fill('Carla Serra');
  await page.keyboard.press('Enter');
  await page.getByText(word('users.writeDown')).waitFor();
  collectorPassword = await page.locator('.new-passwords code').innerText();
  expect(collectorPassword).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  expect(await checkAccessibility(page)).toEqual([]);
  await button('setup.goOn').click();
});

it('imports the first file and opens the program', async () => {
  const { page } = running;
  const rows = ['Bottega del Legno', 'Trasporti Lucani', 'Officina Basento'].map((name, index) =>
    [`B00${String(index)}`, name, `F/10${String(index)}`, '10/06/2026', '10/07/2026', '120,50', `0975 000 10${String(index)}`]);
  const header = ['Cod. cliente', 'Ragione sociale', 'N. fattura', 'Data fattura', 'Scadenza', 'Importo', 'Telefono'];
  writeFileSync(join(folder, 'scadenzario.xlsx'), writeXlsx({ writer: 'excel', sheets: [{ name: 'Foglio1', rows: [header, ...rows] }] }));
  await importThrough(page, join(folder, 'scadenzario.xlsx'), 'Vini Montanari');
  await button('imports.goOn').click();
  await page.getByRole('heading', { name: word('setup.title.done') }).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await button('setup.finish').click();
  await page.getByRole('navigation').waitFor();
  await signOut(page);
  await page.getByRole('heading', { name: word('signIn.title') }).waitFor();
});

it('takes the new collector through the first case, ticking only what was done', async () => {
  const { page } = running;
  await field('signIn.username').fill('carla.serra');
  await field('signIn.password').fill(collectorPassword);
  await page.keyboard.press('Enter');
  const guide = page.getByRole('complementary', { name: word('guide.label') });
  await guide.getByText(word('guide.title.why')).first().waitFor();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  expect(await guide.locator('.guide-done').count()).toBe(0);
  await page.keyboard.press('F12');
  await page.getByTestId('case-title').waitFor();
  await guide.getByRole('status').getByText(word('guide.title.header')).waitFor();
  await expect.poll(() => guide.locator('.guide-done').count()).toBe(1);
  expect(await checkAccessibility(page)).toEqual([]);
  await guide.getByRole('button', { name: word('guide.read') }).click();
  await guide.getByRole('status').getByText(word('guide.title.say')).waitFor();
  await guide.getByRole('button', { name: word('guide.pass') }).click();
  await guide.getByRole('status').getByText(word('guide.title.note')).waitFor();
  await page.getByLabel(word('outcomeForm.note'), { exact: true }).fill('primo caso');
  await guide.getByRole('status').getByText(word('guide.title.outcome')).waitFor();
  await typeCode(page, 'NA');
  await guide.getByRole('status').getByText(word('guide.title.save')).waitFor();
  const title = await page.getByTestId('case-title').innerText();
  await page.keyboard.press('F12');
  await guide.getByRole('status').getByText(word('guide.endTitle')).waitFor();
  await page.getByTestId('case-title').filter({ hasNotText: title }).waitFor();
  await expect.poll(() => guide.locator('.guide-done').count()).toBe(5);
  await guide.getByRole('button', { name: word('guide.close') }).click();
  await guide.waitFor({ state: 'detached' });
  await page.getByTestId('unsent-count').filter({ hasText: /^0$/ }).waitFor();
});

it('starts again with the sign-in, not with the wizard, and without the guide', async () => {
  await running.close();
  running = await startApp({ profileDir: join(folder, 'profile') });
  const { page } = running;
  await page.getByRole('heading', { name: word('signIn.title') }).waitFor();
  await page.getByRole('button', { name: /Carla Serra/ }).click();
  await field('signIn.password').fill(collectorPassword);
  await page.keyboard.press('Enter');
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  expect(await page.getByRole('complementary', { name: word('guide.label') }).count()).toBe(0);
});
