/**
 * A workbook with rejects through the import screen of the real app, then a newer file of the same creditor.
 * Invariants: the trial changes nothing; the rejected rows are on the disk as the hub wrote them; an invoice that left the file is said to be open still.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';

import { chooseImportFile, importNow, tryImport } from '../support/screen-import.ts';
import { word } from '../support/screen-words.ts';
import { writeXlsx } from '../support/write-xlsx.ts';

let folder: string;
let running: AppProcess;

const header = ['Cod. cliente', 'Ragione sociale', 'N. fattura', 'Data fattura', 'Scadenza', 'Importo', 'Telefono', 'Annotazioni'];
const rows = [
  ['B001', 'Bottega del Legno', 'F/101', '10/06/2026', '10/07/2026', '1.200,50', '0975 000 101', 'sollecitato'],
  ['B001', 'Bottega del Legno', 'F/102', '10/07/2026', '10/08/2026', '300,00', '0975 000 101', ''],
  ['B002', 'Trasporti Lucani', 'F/103', '31/02/2026', '10/08/2026', '99,00', '', ''],
  ['B003', 'Officina Basento', 'F/104', '10/08/2026', '10/09/2026', 'circa cento', '', ''],
  ['B004', 'Panificio Sole', 'F/105', '10/08/2026', '10/09/2026', '45,10', '', ''],
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  writeFileSync(join(folder, 'scadenzario.xlsx'), writeXlsx({ writer: 'excel', sheets: [{ name: 'Scadenzario', rows: [header, ...rows] }] }));
  writeFileSync(join(folder, 'scadenzario nuovo.csv'), [header, rows[0], rows[4], ['B005', 'Vivai Agri', 'F/106', '01/09/2026', '01/10/2026', '70,00', '', '']].map((row) => row?.join(';')).join('\r\n'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true, home: folder });
  await running.page.getByRole('button', { name: new RegExp(`^${word('role.admin')}`) }).first().click();
  await running.page.getByRole('button', { name: word('imports.nav'), exact: true }).click();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

it('shows the first rows of a workbook and what each column is taken for, and why', async () => {
  const { page } = running;
  await page.getByRole('heading', { name: word('imports.dropTitle') }).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await chooseImportFile(page, join(folder, 'scadenzario.xlsx'));
  const selectOf = (column: string): ReturnType<typeof page.getByLabel> => page.getByLabel(word('imports.fieldOf').replace('{{column}}', column), { exact: true });
  expect(await selectOf('Importo').inputValue()).toBe('amount');
  await page.getByRole('cell', { name: 'Bottega del Legno' }).first().waitFor();
  await page.getByText(word('imports.from.name')).first().waitFor();
  await selectOf('Importo').selectOption('');
  await page.getByText(word('imports.missing').replace('{{fields}}', word('imports.fields.amount'))).waitFor();
  await selectOf('Importo').selectOption('amount');
  await page.getByText(word('imports.from.hand')).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
});

it('tries it: rejects with line, column, value and reason; nothing has changed', async () => {
  const { page } = running;
  await tryImport(page, 'Bottega Srl');
  const reject = page.getByRole('row', { name: /Importo/ }).filter({ hasText: 'circa cento' });
  await reject.getByText(word('imports.rejects.amount-invalid')).waitFor();
  expect(await reject.getByRole('cell').first().innerText()).toBe('5');
  await page.getByRole('row', { name: /31\/02\/2026/ }).getByText(word('imports.rejects.date-invalid')).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await page.getByRole('button', { name: word('imports.download') }).click();
  const saved = await page.getByText(word('imports.downloaded').replace('{{path}}', '').trim()).innerText();
  const path = saved.slice(word('imports.downloaded').indexOf('{{path}}'));
  expect(path.startsWith(folder)).toBe(true);
  const csv = readFileSync(path, 'utf8');
  expect(csv).toContain('circa cento');
  expect(csv).not.toContain('F/101');
});

it('imports it', async () => {
  const { page } = running;
  await importNow(page);
  expect(await checkAccessibility(page)).toEqual([]);
});

it('reads a newer file with the remembered columns: what came, what went, and that nothing is taken for paid', async () => {
  const { page } = running;
  await page.getByRole('button', { name: word('imports.another') }).click();
  await chooseImportFile(page, join(folder, 'scadenzario nuovo.csv'));
  await page.getByLabel(word('imports.creditor'), { exact: true }).fill('Bottega Srl');
  await page.keyboard.press('Tab');
  await page.getByText(word('imports.creditorSaved')).waitFor();
  await page.getByText(word('imports.from.saved')).first().waitFor();
  await tryImport(page, 'Bottega Srl');
  await importNow(page);
  await page.getByRole('button', { name: new RegExp(`^${word('imports.tab.went')}`) }).click();
  await page.getByText(word('imports.nothingPaid')).waitFor();
  await page.getByRole('row', { name: /F\/102/ }).waitFor();
  await page.getByRole('button', { name: new RegExp(`^${word('imports.tab.came')}`) }).click();
  await page.getByRole('row', { name: /F\/106/ }).waitFor();
  await page.getByRole('button', { name: word('imports.another') }).click();
  await page.getByRole('button', { name: /Bottega Srl/ }).first().waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
});
