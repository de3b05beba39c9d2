/**
 * A customer calls a colleague while their case is open here.
 * Invariant: it is said in the case at once, with why they called, and stays until the case is left; the draft in the form is not touched.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorklistScreen } from '../../shared/contract/screens.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { askDesk } from '../support/page-desk.ts';
import { openNextCase, signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword, plainForm, signInAs } from '../support/shift.ts';

let folder: string;
let hub: HubProcess;
let ines: DeskProcess;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-news-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  await runHub(['users', 'add', '--data', join(folder, 'hub'), '--username', 'ines', '--name', 'Ines Risponde', '--role', 'inbound', '--password', demoPassword]);
  ines = await DeskProcess.start({ profileDir: join(folder, 'ines'), hubUrl: hub.url });
  await signInAs(ines, 'ines');
  running = await startApp({ profileDir: join(folder, 'carla'), hubUrl: hub.url });
  await signIn(running.page, { username: 'carla', password: demoPassword });
});

afterAll(async () => {
  await running.close();
  await ines.stop();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('says what they told the colleague, and keeps what is being typed', async () => {
  const { page } = running;
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  const title = await openNextCase(page);
  const note = page.getByLabel(word('outcomeForm.note'), { exact: true });
  await note.fill('A metà di una nota');
  const list = (await askDesk(page, { kind: 'query', name: 'list-worklist', input: { view: 'all', creditorId: null } })) as WorklistScreen;
  const row = list.rows.find(({ customerName }) => customerName === title);
  if (row === undefined) throw new Error(`${title} is not in the list`);

  expect(await ines.command('serve-case', { caseId: row.caseId, reason: 'search', callId: null })).toMatchObject({ ok: true });
  const saved = await ines.command('record-outcome', {
    caseId: row.caseId, locale: 'it', basedOn: { caseRevision: 0, scriptVersion: null },
    form: plainForm('PAID', { dateText: 'ieri', method: 'bank-transfer', proof: 'requested', reasons: ['paid', 'balance'] }),
  });
  expect(saved).toMatchObject({ ok: true });

  const news = page.getByTestId('case-news');
  await news.filter({ hasText: word('outcome.PAID') }).waitFor();
  expect(await news.innerText()).toContain(word('contactReason.balance'));
  expect(await note.inputValue()).toBe('A metà di una nota');
  expect(await checkAccessibility(page)).toEqual([]);
  if (process.env['PREMURA_PICTURES'] !== undefined) await page.screenshot({ path: join(process.env['PREMURA_PICTURES'], 'case-news.png') });

  // Opened anew, it is history.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByTestId('worklist').waitFor();
  await page.keyboard.press('Control+K');
  await page.getByPlaceholder(word('search.placeholder')).fill(title.replace(/[«»]/g, ''));
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: title }).waitFor();
  await page.getByText(word('outcome.PAID')).first().waitFor();
  expect(await news.count()).toBe(0);
});
