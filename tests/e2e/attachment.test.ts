/**
 * Attaching a file on the real app: sandboxed page, preload, port, desk, embedded hub.
 * Invariant: the bytes that the hub holds are the bytes that were chosen; a file that is too large is
 * refused beside its field before it is read.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_ATTACHMENT_BYTES } from '../../shared/protocol/attachment-protocol.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { openNextCase } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

let folder: string;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  await running.page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await running.page.getByTestId('worklist').getByRole('option').first().waitFor();
  await openNextCase(running.page);
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

function arrivedHashes(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /hub.*attachments\/[^/]+$/.test(file) && !file.endsWith('.part') && statSync(file).isFile())
    .map((file) => createHash('sha256').update(readFileSync(file)).digest('hex'));
}

it('attaches the largest file by keyboard, says how it goes and that it arrived', async () => {
  const { page } = running;
  const bytes = randomBytes(MAX_ATTACHMENT_BYTES);
  writeFileSync(join(folder, 'contratto firmato.pdf'), bytes);
  writeFileSync(join(folder, 'troppo grande.bin'), Buffer.alloc(MAX_ATTACHMENT_BYTES + 1));
  await page.keyboard.press('a');
  const input = page.getByLabel(word('history.file'), { exact: true });
  await input.waitFor();
  expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);

  await input.setInputFiles(join(folder, 'troppo grande.bin'));
  await page.getByRole('alert').filter({ hasText: word('error.attachmentTooLarge') }).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: word('error.attachmentTooLarge') }).waitFor();

  await input.setInputFiles(join(folder, 'contratto firmato.pdf'));
  await page.getByRole('form', { name: word('history.attachFile') }).getByLabel(word('history.noteText'), { exact: true }).fill('ricevuto oggi');
  await page.keyboard.press('Control+Enter');
  const row = page.locator('.history-row', { hasText: 'contratto firmato.pdf' });
  await row.getByText('ricevuto oggi').waitFor();
  await row.getByText(word('history.fileStored'), { exact: true }).waitFor();
  expect(await row.innerText()).toContain('20 MB');
  await page.getByTestId('unsent-count').filter({ hasText: /^0$/ }).waitFor();
  expect(arrivedHashes()).toEqual([createHash('sha256').update(bytes).digest('hex')]);
  expect(await checkAccessibility(page)).toEqual([]);
});

it('saves an attached file from the timeline, byte for byte', async () => {
  const { app, page } = running;
  const chosen = join(folder, 'salvato.pdf');
  await app.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => {
      item.setSavePath(path);
      item.once('done', (_done, state) => { process.emit('message', { downloaded: state }, undefined); });
    });
  }, chosen);
  const done = app.evaluate(() => new Promise<unknown>((resolve) => { process.once('message', resolve); }));
  await page.getByRole('button', { name: word('history.saveAs').replace('{{name}}', 'contratto firmato.pdf') }).click();
  expect(await done).toEqual({ downloaded: 'completed' });
  expect(readFileSync(chosen).equals(readFileSync(join(folder, 'contratto firmato.pdf')))).toBe(true);
});
