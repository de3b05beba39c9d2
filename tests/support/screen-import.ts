/** A file through the import screen, as a person does it: choose, creditor, trial, import. */
import type { Page } from 'playwright-core';
import { word } from './screen-words.ts';

/** Chooses the file and waits for its columns. */
export async function chooseImportFile(page: Page, path: string): Promise<void> {
  await page.getByLabel(word('imports.file'), { exact: true }).setInputFiles(path);
  await page.getByRole('heading', { name: word('imports.columns') }).waitFor();
}

/** Names the creditor and runs the trial. */
export async function tryImport(page: Page, creditor: string): Promise<void> {
  await page.getByLabel(word('imports.creditor'), { exact: true }).fill(creditor);
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: word('imports.try') }).click();
  await page.getByText(word('imports.trialNote')).waitFor();
}

/** After a trial: imports, and waits until it is done. */
export async function importNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${word('imports.importNow_other').split(' ')[0] ?? ''} [\\d.]+ `) }).click();
  await page.getByRole('heading', { name: new RegExp(word('imports.doneTitle').replace('{{name}}', '.*')) }).waitFor();
}

export async function importThrough(page: Page, path: string, creditor: string): Promise<void> {
  await chooseImportFile(page, path);
  await tryImport(page, creditor);
  await importNow(page);
}
