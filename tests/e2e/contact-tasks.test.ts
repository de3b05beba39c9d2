/**
 * Somebody writes whom nobody finds: noted by keys, found again in the list, matched to a customer, and told in the case's history. A missed call
 * of a customer is a task in the agenda, and is closed with a reason.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dialNumberSchema } from '../../shared/telephone/dial-target.ts';
import type { QueryOutput } from '../../shared/contract/contract.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { findCase, showCase } from '../support/call-on-line.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { askDesk } from '../support/page-desk.ts';
import type { PageLine } from '../support/page-line.ts';
import { followLine } from '../support/page-line.ts';
import { word } from '../support/screen-words.ts';

const pictures = process.env['PREMURA_PICTURES'];
let folder: string;
let running: AppProcess;
let page: Page;
let line: PageLine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-contacts-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  ({ page } = running);
  page.setDefaultTimeout(40_000);
  line = await followLine(page);
  await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const picture = async (name: string): Promise<void> => {
  if (pictures === undefined) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
  }
};

it('is noted, found again and matched; a missed call stands in the agenda until it is closed', async () => {
  const known = await findCase(page, ({ numbers, blocked }) => blocked === null && numbers[0]?.usable === true && numbers[0].e164 !== null);
  await page.keyboard.press('Control+i');
  await page.getByRole('heading', { name: word('inbound.title') }).waitFor();
  await page.keyboard.press('n');
  await page.getByLabel(word('contactTask.who')).waitFor();
  // Nothing said yet.
  await page.keyboard.press('Control+Enter');
  await page.getByText(word('error.contactWhoMissing')).waitFor();
  await page.getByLabel(word('contactTask.how')).selectOption('letter');
  await page.getByLabel(word('contactTask.who')).fill('Signora Rosa, Eboli');
  await page.getByRole('button', { name: word('contactReason.paid'), exact: true }).click();
  await page.getByLabel(word('contactTask.text')).fill('Dice di aver pagato a maggio');
  await picture('contact-note');
  expect(await checkAccessibility(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  const task = page.getByTestId('contact-task');
  await page.locator('[data-testid="contact-task"][data-state="free"]').filter({ hasText: 'Signora Rosa' }).waitFor();
  await picture('contact-list');

  await task.getByRole('button', { name: word('contactTask.match') }).click();
  await page.getByRole('textbox', { name: word('contactTask.whose') }).fill(known.customer.code);
  await page.keyboard.press('Enter');
  await page.getByTestId('caller-found').or(page.locator('.contact-task-form .inbound-choices button')).first().waitFor();
  const creditor = page.locator('.contact-task-form .inbound-choices').getByRole('button', { name: known.creditorName, exact: true });
  if (await creditor.isVisible()) await creditor.click();
  await picture('contact-match');
  expect(await checkAccessibility(page)).toEqual([]);
  await page.getByTestId('caller-found').filter({ hasText: known.customer.code }).first().click();
  await page.getByTestId('case-title').filter({ hasText: known.customer.name }).waitFor();
  expect((await showCase(page, known.caseId)).history[0]).toMatchObject({ kind: 'contact', contact: { who: 'Signora Rosa, Eboli', channel: 'letter', reasons: ['paid'] } });
  await page.getByText('Dice di aver pagato a maggio').first().scrollIntoViewIfNeeded();
  await picture('contact-history');

  // The customer rings, and nobody answers.
  const number = dialNumberSchema.parse(known.numbers[0]?.e164);
  await page.keyboard.press('Alt+G');
  await page.getByRole('heading', { name: word('agenda.title') }).waitFor();
  await line.order('ring-practice-call', { number });
  await page.getByTestId('ring-card').waitFor();
  await page.getByTestId('ring-card').waitFor({ state: 'detached' });
  await task.filter({ hasText: known.customer.name }).waitFor();
  await picture('contact-agenda');
  expect(await checkAccessibility(page)).toEqual([]);
  await task.getByRole('button', { name: word('contactTask.close'), exact: true }).click();
  // The form stands once the hub has said that the task is this desk's, and has the keys then.
  await page.locator('.contact-task-form select:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await picture('contact-close');
  await page.keyboard.press('Control+Enter');
  await task.first().waitFor({ state: 'detached' });
});

it('a colleague’s case that was opened for a caller offers a word to the colleague', async () => {
  await page.keyboard.press('Control+i');
  await page.getByRole('heading', { name: word('inbound.title') }).waitFor();
  const search = page.getByRole('textbox', { name: word('inbound.search') });
  const asked = (text: string, creditorId: string | null): Promise<QueryOutput<'search-callers'>> =>
    askDesk(page, { kind: 'query', name: 'search-callers', input: { text, creditorId, callId: null } }) as Promise<QueryOutput<'search-callers'>>;
  const { creditors } = await asked('condominio', null);
  const { rows } = await asked('condominio', creditors[0]?.creditorId ?? null);
  const own = await Promise.all(rows.map(({ caseId }) => showCase(page, caseId).then(() => true, () => false)));
  const foreign = rows.find((_row, place) => own[place] === false);
  if (foreign === undefined) throw new Error('all of them are hers');
  await search.fill(foreign.customerCode);
  await page.keyboard.press('Enter');
  const found = page.getByTestId('caller-found').filter({ hasText: foreign.customerCode }).filter({ hasText: foreign.customerName });
  const creditor = page.locator('.inbound-choices').getByRole('button', { name: foreign.creditorName, exact: true });
  await found.or(creditor).first().waitFor();
  if (await creditor.isVisible()) await creditor.click();
  await found.click();
  await page.getByTestId('served-actions').waitFor();
  await page.keyboard.press('w');
  await page.getByLabel(word('message.text')).fill('Ha richiamato: paga venerdì');
  await picture('contact-word');
  expect(await checkAccessibility(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText(word('message.sent')).waitFor();
});
