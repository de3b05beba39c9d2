/**
 * A list of what came in, through the import screen, as the back office does it.
 * Invariant: what each line did is said before anything is taken and again after it; what no invoice takes is named, and loses nothing.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { chooseImportFile, importNow, importThrough, tryImport } from '../support/screen-import.ts';
import { word } from '../support/screen-words.ts';

const invoices = [
  'Cod. cliente;Ragione sociale;N. fattura;Data fattura;Scadenza;Importo', 'P1;Forno Rosso;F/1;10/06/2026;10/07/2026;120,50', 'P2;Bar Verde;F/2;10/06/2026;10/07/2026;80,00',
];
const payments = [
  'Codice cliente;N. fattura;Data pagamento;Importo pagato;Causale', 'P1;F/1;15/07/2026;100,00;Bonifico 4711', 'P2;;16/07/2026;95,00;Bonifico 4712', 'P9;F/9;16/07/2026;10,00;Bonifico 4713',
];

let folder: string;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  writeFileSync(join(folder, 'fatture.csv'), invoices.join('\r\n'));
  writeFileSync(join(folder, 'incassi.csv'), payments.join('\r\n'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true, home: folder });
  const { page } = running;
  await page.getByRole('button', { name: new RegExp(`^${word('role.admin')}`) }).first().click();
  await page.getByRole('button', { name: word('imports.nav'), exact: true }).click();
  await importThrough(page, join(folder, 'fatture.csv'), 'Pane e Bar');
  await page.getByRole('button', { name: word('imports.otherFile') }).click();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

it('is known for what it is by its columns, and says in a trial what each line will do', async () => {
  const { page } = running;
  await chooseImportFile(page, join(folder, 'incassi.csv'));
  await tryImport(page, 'Pane e Bar');
  await page.getByRole('row').filter({ hasText: word('imports.rejects.payment-left-over').replace('{{expected}}', '15,00\u00a0€') }).waitFor();
  await page.getByRole('row').filter({ hasText: 'P9' }).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
});

it('is taken, and what no invoice takes is named', async () => {
  const { page } = running;
  await importNow(page);
  await page.getByText('195,00\u00a0€').waitFor();
  await page.getByText('-180,00\u00a0€').waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
});
