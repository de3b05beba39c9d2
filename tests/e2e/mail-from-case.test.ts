/**
 * From the call to the customer's mailbox, at the real app, with a real SMTP server: the coordinates asked for offline leave when the hub is back, an address that its server
 * refuses comes back to the case with what to do, and a copy that nobody has goes to the lead.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseId } from '../../shared/id.ts';
import type { PlainDate } from '../../shared/time.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { openByName } from '../support/call-by-keyboard.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import type { MailServer } from '../support/mail-server.ts';
import { headerOf, partOf, startMailServer } from '../support/mail-server.ts';
import { readPdf } from '../support/read-pdf.ts';
import { signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword, signInAs } from '../support/shift.ts';

const pictures = process.env['PREMURA_PICTURES'];
const customer = 'Officine Basentane di Prova';
const wrong = 'nessuno@basentane.example';
const right = 'conti.fornitori@basentane.example';
const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
const typed = (date: PlainDate): string => date.split('-').reverse().join('/');

let folder: string;
let hub: HubProcess;
let lead: DeskProcess;
let server: MailServer;
let running: AppProcess;
let caseId: CaseId;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-mail-'));
  server = await startMailServer({ onRcptTo: ({ address }, _session, done) => { done(address === wrong ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null); } });
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  const rows = ([['OB-1', -60, '120,00'], ['OB-2', -30, '80,50']] as const)
    .map(([number, days, amount]) => ['9002', customer, 'Società', number, typed(addDays(today, days - 30)), typed(addDays(today, days)), amount, '311 000 0778'].join(';'));
  const file = join(folder, 'two.csv');
  writeFileSync(file, `${['Codice cliente;Intestatario;Tipo cliente;N. bolletta;Data emissione;Scadenza;Importo;Cellulare', ...rows].join('\n')}\n`);
  await runHub(['import', file, '--data', hub.dataDir, '--creditor', 'Vini Montanari', '--as-of', today, '--json']);
  await runHub(['mail', 'sender', '--data', hub.dataDir, '--creditor', 'Vini Montanari', '--name', 'Vini Montanari', '--address', 'conti@montanari.example', '--host', '127.0.0.1', '--port', String(server.port), '--security', 'none']);
  lead = await DeskProcess.start({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signInAs(lead, 'laura.lead');
  const { collectors } = await lead.until('list-collectors', {}, (value) => value.collectors.length > 1);
  const found = await lead.until('find-cases', { search: customer }, ({ rows: cases }) => cases.length === 1);
  caseId = found.rows[0]!.caseId;
  const carla = collectors.find(({ displayName }) => displayName.startsWith('Carla'))!;
  await lead.until('show-lead-case', { caseId }, () => true);
  expect(await lead.command('assign-customer', { caseId, ownerId: carla.userId, reason: 'per la prova' })).toMatchObject({ ok: true });
  await lead.until('show-sync', {}, ({ unsentCount }) => unsentCount === 0);
  running = await startApp({ profileDir: join(folder, 'carla'), hubUrl: hub.url });
  await signIn(running.page, { username: 'carla', password: demoPassword });
  await running.page.getByTestId('worklist').getByRole('option').first().waitFor();
});

afterAll(async () => {
  await running.close();
  await lead.stop();
  await hub.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function look(name: string, page = running.page): Promise<void> {
  expect([name, await checkAccessibility(page)]).toEqual([name, []]);
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const network = (state: 'online' | 'offline'): Promise<void> => running.page.getByTestId('network-state').filter({ hasText: word(`network.${state}`) }).waitFor();
const form = (): ReturnType<typeof running.page.locator> => running.page.getByRole('form', { name: word('mail.title') });
const mailRow = (text: string): ReturnType<typeof running.page.locator> => running.page.getByTestId('timeline').locator('.history-mail').filter({ hasText: text }).first();

async function addAddress(address: string): Promise<void> {
  const { page } = running;
  const point = page.getByRole('form', { name: word('people.addPoint') });
  await point.getByLabel(word('pointKind.email'), { exact: true }).fill(address);
  await page.keyboard.press('Control+Enter');
  await point.waitFor({ state: 'detached' });
  await page.locator('.address').filter({ hasText: address.split('@')[0] ?? '' }).waitFor();
}

/** What stands in the form goes, after its ticks. */
async function send(): Promise<void> {
  await form().getByLabel(word('mail.readBack')).check();
  await form().getByLabel(word('mail.agreed')).check();
  await running.page.keyboard.press('Control+Enter');
  await form().waitFor({ state: 'detached' });
}

it('asks for an address where there is none, and sends nothing before somebody is known and the address read back', async () => {
  const { page } = running;
  await openByName(page, customer);
  await page.locator('body').press('m');
  await form().getByText(word('mail.noAddress')).waitFor();
  await page.keyboard.press('Control+Enter');
  await addAddress(wrong);
  await page.locator('body').press('m');
  await form().getByText(word('error.mailLock.nobody-identified')).first().waitFor();
  await look('mail-locked');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Alt+M');
  await page.getByTestId('gate-state').filter({ hasText: word('gate.state.unconfirmed') }).waitFor();
  await page.getByRole('button', { name: word('identityMethod.customer-code') }).first().click();
  await page.locator('.case-glance').waitFor();
  await page.locator('body').press('m');
  await form().getByText('n e s s u n o chiocciola').waitFor();
  await form().getByLabel(word('mail.agreed')).check();
  await page.keyboard.press('Control+Enter');
  await form().getByText(word('error.mailLock.not-read-back')).waitFor();
  await look('mail-form');
});

it('offline: the letter is made and waits; when the hub is back it goes, and a refusal comes back to the case', async () => {
  await hub.kill();
  await network('offline');
  await send();
  await mailRow(wrong).filter({ hasText: word('history.unsent') }).waitFor();
  hub = await HubProcess.start(hub.dataDir, { port: hub.port });
  await network('online');
  await mailRow(wrong).filter({ hasText: word('mail.failure.address-refused') }).waitFor();
  await look('mail-refused');
  const office = await startApp({ profileDir: join(folder, 'lead-app'), hubUrl: hub.url });
  try {
    await signIn(office.page, { username: 'laura.lead', password: demoPassword });
    await office.page.getByTestId('lists').waitFor();
    await office.page.keyboard.press('6');
    const row = office.page.getByTestId('mail-problems').locator('.inbox-row').filter({ hasText: customer });
    await row.filter({ hasText: word('mail.failure.address-refused') }).waitFor();
    expect(await office.page.getByTestId('mail-problems').innerText()).not.toContain('@');
    await look('mail-problems', office.page);
    await row.getByRole('button', { name: word('lead.mailRetry') }).click();
    await office.page.getByText(word('lead.done.mailRetried')).waitFor();
    await row.filter({ hasText: word('lead.mailFailed') }).waitFor();
    await row.locator('.inbox-what').click();
    await office.page.getByTestId('lead-timeline').locator('.history-mail').filter({ hasText: word('mail.failure.address-refused') }).waitFor();
  } finally {
    await office.close();
  }

  await mailRow(wrong).getByRole('button', { name: word('mail.again') }).click();
  await form().getByRole('button', { name: word('mail.otherAddress') }).click();
  await addAddress(right);
  await mailRow(wrong).getByRole('button', { name: word('mail.again') }).click();
  await form().getByLabel(word('mail.to'), { exact: true }).selectOption({ label: `${right} · ${customer}` });
  await send();
  await server.untilReceived(1);
  const [letter] = server.received;
  if (letter === undefined) throw new Error('no mail');
  expect([letter.to, headerOf(letter, 'Subject')]).toEqual([[right], 'Un documento da Vini Montanari']);
  const text = (await readPdf(new Uint8Array(partOf(letter, 'application/pdf')))).pages.flat().join(' ');
  for (const figure of ['120,00', '80,50', '200,50', customer]) expect(text).toContain(figure);
  await mailRow(right).filter({ hasText: word('mail.sentWhat.coordinates') }).filter({ hasText: word('mail.sent').split(' {{')[0] ?? '' }).waitFor();
  await look('mail-sent');
  await lead.until('list-mail-problems', {}, ({ problems }) => problems.length === 0);
});

it('a copy of an invoice that is not here is asked of the creditor, which the lead sees', async () => {
  const { page } = running;
  await page.locator('body').press('m');
  await form().getByLabel(word('mail.what.label'), { exact: true }).selectOption({ label: word('mail.what.invoice-copy') });
  await form().getByRole('button', { name: word('mail.askCreditor') }).waitFor();
  await look('mail-copy');
  await send();
  await mailRow('OB-').waitFor();
  const { rows } = await lead.until('list-flags', {}, (value) => value.rows.some(({ code }) => code === 'copy-wanted'));
  expect(rows.find(({ code }) => code === 'copy-wanted')?.details).toEqual({ numbers: 'OB-1' });
});

it('where the mandate claims interest, the case says it per invoice, to be read aloud, and prints the same figures', async () => {
  const { page } = running;
  const { creditors } = await lead.until('show-conduct', {}, () => true);
  const { conduct } = creditors.find(({ name }) => name === 'Vini Montanari')!;
  const { version: after, ...draft } = conduct!;
  const interest = { consumer: 'none', business: 'legal', lumpSumCents: 0 } as const;
  expect(await lead.command('publish-conduct', { after, draft: { ...draft, agreements: { ...draft.agreements, interest } } })).toMatchObject({ ok: true });
  const lines = page.locator('.interest-lines');
  await lines.locator('summary').click();
  // 1.60 % a year: 120.00 for 60 days are 0.32 (0.3156), 80.50 for 30 days are 0.11 (0.1059).
  await lines.filter({ hasText: '0,43' }).waitFor();
  await lines.getByText('su centoventi euro, sessanta giorni al tasso dell\'uno virgola sei per cento: trentadue centesimi').waitFor();
  await look('interest');
  await lines.getByRole('button', { name: word('agreements.printInterest') }).click();
  await page.getByTestId('timeline').locator('.history-attachment').filter({ hasText: 'Interessi per fattura' }).first().waitFor();
});

it('an administrator sets who sends in a creditor’s name; what is wrong stands beside its field', async () => {
  const office = await startApp({ profileDir: join(folder, 'admin-app'), hubUrl: hub.url });
  const { page } = office;
  try {
    await signIn(page, { username: 'admin', password: demoPassword });
    await page.getByRole('button', { name: word('conduct.nav'), exact: true }).press('Enter');
    await page.getByRole('tab', { name: word('conduct.tab.mail') }).click();
    const row = page.getByTestId('mail-senders').locator('li').filter({ hasNotText: 'Vini Montanari' }).first();
    await row.getByRole('button', { name: word('conduct.mail.change') }).click();
    const sender = row.locator('form');
    await sender.getByLabel(word('conduct.mail.senderAddress')).fill('non è un indirizzo');
    await page.keyboard.press('Control+Enter');
    await sender.getByText(word('conduct.mail.wrong.senderAddress')).waitFor();
    await sender.getByLabel(word('conduct.mail.senderAddress')).fill('conti@creditore.example');
    await sender.getByLabel(word('conduct.mail.host')).fill('smtp.creditore.example');
    await sender.getByLabel(word('conduct.mail.user')).fill('conti');
    await page.keyboard.press('Control+Enter');
    await sender.getByText(word('error.mailPasswordMissing')).waitFor();
    await look('mail-sender', page);
    await sender.getByLabel(word('conduct.mail.password')).fill('una-password-di-prova');
    await page.keyboard.press('Control+Enter');
    await row.filter({ hasText: 'smtp.creditore.example' }).waitFor();
    await sender.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('una-password-di-prova');
    await look('mail-senders', page);
    await row.getByRole('button', { name: word('conduct.mail.change') }).click();
    await sender.getByRole('button', { name: word('conduct.mail.remove') }).click();
    await row.filter({ hasText: word('conduct.mail.none') }).waitFor();
  } finally {
    await office.close();
  }
});
