/**
 * The live board at the real app: what a collector saves elsewhere changes the figures on the screen, the hub goes and comes back, and the keys
 * that lead there and on the wall.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { picture } from '../support/picture.ts';
import { startCall, untilGate } from '../support/screen-call.ts';
import { signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword, promiseForm, signInAs } from '../support/shift.ts';

let folder: string;
let hub: HubProcess;
let carla: DeskProcess;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-board-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  carla = await DeskProcess.start({ profileDir: join(folder, 'carla'), hubUrl: hub.url });
  await signInAs(carla, 'carla');
  running = await startApp({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signIn(running.page, { username: 'laura.lead', password: demoPassword });
});

afterAll(async () => {
  await running.close();
  await carla.stop();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('opens on its key, says that it is live, and shows what a collector saves meanwhile', async () => {
  const { page } = running;
  await page.getByTestId('lists').waitFor();
  await page.keyboard.press('Alt+T');
  await page.getByTestId('queues').waitFor();
  await expect.poll(() => page.getByTestId('board-line').innerText()).toBe(word('live.line.live'));
  const list = await carla.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.rows.length > 3);
  for (const { caseId } of list.rows.slice(0, 3)) {
    expect(await carla.command('record-outcome', { caseId, locale: 'it', basedOn: { caseRevision: 0, scriptVersion: null }, form: promiseForm() })).toMatchObject({ ok: true });
  }
  const promises = page.locator('.live-tile', { hasText: word('live.total.promised') }).locator('.live-value');
  await expect.poll(() => promises.innerText()).toBe('3');
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'board');
});

it('a figure leads to its cases, and the key leads back', async () => {
  const { page } = running;
  await page.getByTestId('queues').getByRole('button').first().click();
  await page.locator('.lead-found-row').first().waitFor();
  await page.keyboard.press('Alt+T');
  await page.getByTestId('queues').waitFor();
});

it('without the hub the last figures stay and it says since when; it comes back by itself', async () => {
  const { page } = running;
  await page.emulateMedia({ colorScheme: 'dark' });
  await hub.kill();
  await page.locator('.board-line-offline').waitFor();
  expect(await page.getByTestId('queues').isVisible()).toBe(true);
  await picture(page, 'board-offline');
  hub = await HubProcess.start(hub.dataDir, { port: hub.port, demo: true });
  await page.locator('.board-line-live').waitFor({ timeout: 60_000 });
});

it('the wall, thresholds that are refused and kept, and quiet, all by keys', async () => {
  const { page } = running;
  await page.keyboard.press('w');
  await page.locator('.live-wall').waitFor();
  await picture(page, 'board-wall');
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('50');
  await page.keyboard.press('Control+Enter');
  await page.getByText(word('live.thresholdWrong')).waitFor();
  await picture(page, 'board-thresholds');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('95');
  await page.keyboard.press('Control+Enter');
  await page.locator('.live-thresholds').waitFor({ state: 'detached' });
  await page.keyboard.press('q');
  await page.getByText(word('live.unhush')).waitFor();
});

it('a lead writes to all from the board; it waits at the collector\'s desk until it is read, and nobody is told that it was', async () => {
  const { page } = running;
  await page.keyboard.press('m');
  await page.getByLabel(word('message.text'), { exact: true }).fill('Alle 11 riunione di dieci minuti.');
  await picture(page, 'board-message');
  await page.keyboard.press('Enter');
  const { unread } = await carla.until('list-messages', {}, (value) => value.unread.length === 1);
  expect(unread[0]).toMatchObject({ from: 'Laura Cinquecipressi', text: 'Alle 11 riunione di dieci minuti.', to: 'all', caseId: null });
  const before = await carla.query('show-sync', {});
  expect(await carla.command('read-message', { messageId: unread[0]!.messageId })).toMatchObject({ ok: true });
  expect((await carla.until('list-messages', {}, (value) => value.unread.length === 0)).unread).toEqual([]);
  const after = await carla.query('show-sync', {});
  expect(before.ok && after.ok && after.value.unsentCount).toBe(before.ok && before.value.unsentCount);
});

it('what is written to the lead stands as a quiet line on the screen until a key takes it off', async () => {
  const { page } = running;
  expect(await carla.command('send-message', { to: { kind: 'all' }, text: 'not mine to send', aboutCaseId: null })).toMatchObject({ ok: false });
  const admin = await DeskProcess.start({ profileDir: join(folder, 'admin'), hubUrl: hub.url });
  await signInAs(admin, 'admin');
  expect(await admin.command('send-message', { to: { kind: 'all' }, text: 'La centrale si ferma alle 20.', aboutCaseId: null })).toMatchObject({ ok: true });
  await page.getByTestId('message').getByText('La centrale si ferma alle 20.').waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'message-strip');
  await page.keyboard.press('Alt+Y');
  await page.getByTestId('message').waitFor({ state: 'detached' });
  await admin.stop();
});

it('a queue is put before the others by key, with why; the collector\'s list says so; it is ended where it stands', async () => {
  const { page } = running;
  await page.emulateMedia({ colorScheme: 'light' });
  const queue = page.getByTestId('queues').locator('[data-row]').nth(1);
  const creditorName = await queue.locator('th').innerText();
  await queue.getByRole('button').first().focus();
  await page.keyboard.press('e');
  const form = page.getByRole('form', { name: word('lead.prioritise') });
  await form.waitFor();
  expect(await form.getByLabel(word('live.queue'), { exact: true }).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label ?? '')).toContain(creditorName);
  await page.keyboard.press('Tab');
  await page.keyboard.type('+3');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Chiusura del mese');
  await picture(page, 'board-priority');
  await page.keyboard.press('Enter');
  await page.getByTestId('priorities').getByText('Chiusura del mese').waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'board-priorities');
  const first = await carla.until('list-worklist', { view: 'to-work', creditorId: null }, ({ rows }) => rows.some(({ reasons }) => reasons.some(({ key }) => key === 'prioritised')));
  expect(first.rows.find(({ reasons }) => reasons.some(({ key }) => key === 'prioritised'))?.creditorName).toBe(creditorName);
  await page.getByTestId('priorities').getByRole('button').press('Enter');
  await page.keyboard.type('Mese chiuso');
  await page.keyboard.press('Enter');
  await page.getByTestId('priorities').waitFor({ state: 'detached' });
});

it('a queue is shared out by key: who is away gives all, what each would have is seen before the yes, and the customers change hands', async () => {
  const { page } = running;
  const marco = await DeskProcess.start({ profileDir: join(folder, 'marco'), hubUrl: hub.url });
  await signInAs(marco, 'marco');
  const before = await marco.until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) => rows.length > 0);
  await page.getByTestId('queues').locator('[data-row]').nth(1).getByRole('button').first().focus();
  await page.keyboard.press('b');
  const form = page.getByRole('form', { name: word('live.sharing.title') });
  const figuresOf = (name: string): Promise<number[]> => form.getByTestId('share-people').getByRole('row', { name }).locator('.num').allInnerTexts().then((texts) => texts.map(Number));
  await form.getByTestId('share-people').waitFor();
  const [carlasNow = 0] = await figuresOf('Carla Settefontane');
  const [marcosNow = 0, , marcosAll = 0] = await figuresOf('Marco Ventimolini');
  expect(carlasNow).toBeGreaterThan(0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('c');
  await page.keyboard.press('Tab');
  await page.keyboard.press('d');
  await expect.poll(() => figuresOf('Carla Settefontane').then((figures) => figures.slice(0, 2))).toEqual([carlasNow, 0]);
  expect(await figuresOf('Marco Ventimolini')).toEqual([marcosNow, marcosNow + carlasNow, marcosAll, marcosAll + carlasNow]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Carla è malata');
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'board-share');
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  const after = await marco.until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) => rows.length >= before.rows.length + carlasNow);
  const come = after.rows.filter(({ caseId }) => before.rows.every((row) => row.caseId !== caseId));
  const shown = await marco.query('show-case', { caseId: come[0]!.caseId });
  expect(shown.ok && shown.value.history.some((entry) => entry.kind === 'assignment' && entry.reason === 'Carla è malata')).toBe(true);
  await marco.stop();
});

it('what the board says on the desktop is shown while another window is in front; a click leads back to the board', async () => {
  const { app, page } = running;
  // The bubble is the system's, and a bare machine has none: what it is asked to show is looked at.
  await app.evaluate(({ BrowserWindow, Notification }) => {
    Object.assign(globalThis, { bubbles: [] as Electron.Notification[] });
    const { bubbles } = globalThis as unknown as { bubbles: Electron.Notification[] };
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) { bubbles.push(this); };
    for (const window of BrowserWindow.getAllWindows()) window.blur();
  });
  const bubbles = (): Promise<{ title: string; body: string }[]> =>
    app.evaluate(() => (globalThis as unknown as { bubbles: Electron.Notification[] }).bubbles.map(({ title, body }) => ({ title, body })));
  await page.keyboard.press('Alt+L');
  await page.getByTestId('queues').waitFor({ state: 'detached' });
  await page.evaluate(() => {
    window.premura.notify({ title: '', text: 'senza titolo' });
    window.premura.notify({ title: 'Troppo', text: 'x'.repeat(161) });
    window.premura.notify({ title: 'Allarme sul tabellone', text: 'Richiami scoperti' });
  });
  await expect.poll(bubbles).toEqual([{ title: 'Allarme sul tabellone', body: 'Richiami scoperti' }]);
  await app.evaluate(() => { (globalThis as unknown as { bubbles: Electron.Notification[] }).bubbles[0]?.emit('click'); });
  await page.getByTestId('queues').waitFor();
});

it('inside a call, while a note is being typed, the same key says that each was read; what was typed and the call stay', async () => {
  const app = await startApp({ profileDir: join(folder, 'carla-app'), hubUrl: hub.url });
  const { page } = app;
  try {
    await signIn(page, { username: 'carla', password: demoPassword });
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await page.keyboard.press('F12');
    await startCall(page);
    await page.keyboard.press('n');
    const note = page.locator('textarea:focus');
    await note.waitFor();
    await page.keyboard.insertText('richiama il geometra');
    // What was written to all before stands at this PC, where nobody has read it, the oldest first.
    const strip = page.getByTestId('message');
    await strip.getByText('Alle 11 riunione di dieci minuti.').waitFor();
    expect((await strip.getByRole('button', { name: word('message.read') }).locator('.key').allInnerTexts()).join(' ')).toMatch(/^Alt\s*Y$/);
    await page.keyboard.press('Alt+Y');
    await strip.getByText('La centrale si ferma alle 20.').waitFor();
    await page.keyboard.press('Alt+Y');
    await strip.waitFor({ state: 'detached' });
    expect(await note.inputValue()).toBe('richiama il geometra');
    await untilGate(page, 'unconfirmed');
  } finally {
    await app.close();
  }
});
