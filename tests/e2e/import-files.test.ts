/**
 * Files as they come: dropped on the window, chosen by keyboard, broken; and an import that somebody stops.
 * Invariants: what cannot be read is refused in a sentence, or named with its line; stopping says what stays, and the same file completes it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { chooseImportFile, tryImport } from '../support/screen-import.ts';
import { word } from '../support/screen-words.ts';
import { writeXlsx } from '../support/write-xlsx.ts';

const header = 'Cod. cliente;Ragione sociale;N. fattura;Data fattura;Scadenza;Importo';
const line = (code: string, name: string): string => `${code};${name};F/${code};10/06/2026;10/07/2026;120,50`;
const LARGE_ROWS = 12_000;

let folder: string;
let running: AppProcess;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  writeFileSync(path('buono.csv'), [header, line('D1', 'Forno Rosso'), line('D2', 'Bar Verde')].join('\r\n'));
  writeFileSync(path('immagine.csv'), Buffer.from('89504e470d0a1a0a0000000d4948445200000010000000100803000000', 'hex'));
  writeFileSync(path('protetto.xlsx'), Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100_000), Buffer.from('EncryptedPackage', 'utf16le')]));
  const book = writeXlsx({ writer: 'excel', sheets: [{ name: 'a', rows: [header.split(';'), line('X1', 'Alfa').split(';')] }] });
  writeFileSync(path('tagliato.xlsx'), book.subarray(0, book.length - 400));
  writeFileSync(path('righe rotte.csv'), Buffer.concat([
    Buffer.from([header, line('R1', 'Società Perché'), line('R2', '"Bar Aperto'), ''].join('\n')), Buffer.from(line('R3', 'Citt\xe0'), 'latin1'), Buffer.from(`\n${line('R4', 'Delta')}\n`),
  ]));
  writeFileSync(path('grande.csv'), [header, ...Array.from({ length: LARGE_ROWS }, (_, row) => line(`G${String(row)}`, `Cliente ${String(row)}`))].join('\n'));
  running = await startApp({ profileDir: path('profile'), demo: true, home: folder });
  await running.page.getByRole('button', { name: new RegExp(`^${word('role.admin')}`) }).first().click();
  await running.page.getByRole('button', { name: word('imports.nav'), exact: true }).click();
  await running.page.getByRole('heading', { name: word('imports.dropTitle') }).waitFor();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

it('takes a file that is dropped on the window', async () => {
  const { page } = running;
  const place = await page.locator('.drop').boundingBox();
  if (place === null) throw new Error('there is no place to drop');
  const browser = await page.context().newCDPSession(page);
  const at = { x: place.x + place.width / 2, y: place.y + place.height / 2, data: { items: [], files: [path('buono.csv')], dragOperationsMask: 1 } };
  await browser.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at });
  await browser.send('Input.dispatchDragEvent', { type: 'dragOver', ...at });
  await page.locator('.drop-over').waitFor();
  await browser.send('Input.dispatchDragEvent', { type: 'drop', ...at });
  await page.getByRole('heading', { name: word('imports.columns') }).waitFor();
  await page.getByRole('cell', { name: 'Forno Rosso' }).waitFor();
  await page.getByRole('button', { name: word('imports.otherFile') }).click();
});

it('refuses in a sentence what is no table, by keyboard', async () => {
  const { page } = running;
  for (const [name, key] of [['immagine.csv', 'error.importNotText'], ['protetto.xlsx', 'error.importWorkbookLocked'], ['tagliato.xlsx', 'error.importWorkbookDamaged']] as const) {
    // Every change of the screen gives its heading the focus: only then the next key goes where a person sees it go.
    await page.locator('#imports-title:focus').waitFor();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: word('imports.choose') }).press('Enter')]);
    await chooser.setFiles(path(name));
    await page.getByRole('alert').filter({ hasText: word(key) }).waitFor();
  }
  expect(await checkAccessibility(page)).toEqual([]);
});

it('names the lines that are broken, and why', async () => {
  const { page } = running;
  await chooseImportFile(page, path('righe rotte.csv'));
  await tryImport(page, 'Righe Rotte');
  const rowOf = (reason: string): ReturnType<typeof page.getByRole> => page.getByRole('row').filter({ hasText: word(`imports.rejects.${reason}`) });
  expect(await rowOf('quote-open').getByRole('cell').first().innerText()).toBe('3');
  expect(await rowOf('broken-characters').getByRole('cell').first().innerText()).toBe('4');
  await page.getByRole('button', { name: word('imports.otherFile') }).click();
});

it('stops an import with Esc after a question, says what stays, and completes it with the same file', async () => {
  const { page } = running;
  await chooseImportFile(page, path('grande.csv'));
  await tryImport(page, 'Grande');
  await page.getByRole('button', { name: new RegExp(`^${word('imports.importNow_other').split(' ')[0] ?? ''} [\\d.]+ `) }).click();
  await page.getByRole('button', { name: word('imports.cancel') }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: word('imports.stop.no') }).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await page.getByRole('button', { name: word('imports.stop.yes'), exact: true }).click();
  await page.getByRole('heading', { name: word('imports.stoppedTitle').replace('{{name}}', 'grande.csv') }).waitFor();
  await page.getByText(/sono entrate|Nessuna riga è entrata/).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await page.getByRole('button', { name: word('imports.repeat') }).click();
  await page.getByRole('heading', { name: word('imports.doneTitle').replace('{{name}}', 'grande.csv') }).waitFor({ timeout: 120_000 });
});
