/**
 * Calls by keyboard on the real app: what may be said stands, and what may not is not on the page.
 *
 * Invariants: between the start of a call and its confirmed gate neither creditor, nor amount, nor invoice is in the document, among the
 * accessible names, in the title, on the clipboard or in the page's log, outside the panel that was peeked into; the same look finds them as
 * soon as the gate is confirmed, so it is able to find them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { pressAnswer, saveAndGo, startCall, untilGate } from '../support/screen-call.ts';
import { openNextCase, signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

const carla = { username: 'carla', password: 'premura-demo' };
const sentinels = { creditor: 'Sentinella Idrica', invoice: 'SENT-', euros: '7.777,', words: 'settemilasettecentosettantasette' };
const kinds = ['Persona fisica', 'Società', 'Condominio'];
const PERSONAS = 12;
const LONGEST_WAIT_MS = 60_000;

let folder: string;
let hub: HubProcess;
let running: AppProcess;
const logged: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-conduct-'));
  const dataDir = join(folder, 'hub');
  await runHub(['users', 'add', '--data', dataDir, '--username', carla.username, '--name', 'Carla Serra', '--role', 'collector', '--password', carla.password, '--certificates', 'full']);
  writeFileSync(join(folder, 'file.csv'), renderFile());
  await runHub(['import', join(folder, 'file.csv'), '--data', dataDir, '--creditor', sentinels.creditor, '--currency', 'EUR', '--json']);
  hub = await HubProcess.start(dataDir);
  running = await startApp({ profileDir: join(folder, 'profile'), hubUrl: hub.url });
  running.page.setDefaultTimeout(LONGEST_WAIT_MS);
  running.page.on('console', (message) => logged.push(message.text()));
  await signIn(running.page, carla);
  await running.page.getByTestId('worklist').getByRole('option').first().waitFor();
});

afterAll(async () => {
  await running.close();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Persons, companies and condominiums; not yet due, just due, long due. */
function renderFile(): string {
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  const typed = (days: number): string => addDays(today, days).split('-').reverse().join('/');
  const rows = Array.from({ length: PERSONAS }, (_, at) => {
    const due = [6, -15, -150][at % 3] ?? 6;
    const code = String(at + 1).padStart(4, '0');
    return `K${code};Cliente ${'ABCDEFGHILMN'[at] ?? ''}lfonsi;${kinds[Math.floor(at / 3) % kinds.length] ?? ''};${sentinels.invoice}${code};${typed(due - 30)};${typed(due)};7777,${String(10 + at)};0828 00${code}`;
  });
  return ['Codice cliente;Intestatario;Tipo cliente;N. bolletta;Data emissione;Scadenza;Importo;Telefono', ...rows, ''].join('\r\n');
}

/** Sentinels that can be seen, read aloud or taken away from here, outside the panel that was peeked into. */
async function findSentinels(page: Page): Promise<string[]> {
  const html = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    copy.querySelector('[data-testid="peek"]')?.remove();
    const typed = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')].map(({ value, placeholder }) => `${value} ${placeholder}`);
    return [copy.outerHTML, ...typed].join('\n');
  });
  const peeked = await page.getByTestId('peek').count();
  const names = peeked === 0 ? await page.locator('body').ariaSnapshot() : '';
  const title = await page.title();
  const copied = await running.app.evaluate(({ clipboard }) => clipboard.readText());
  const frames = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()));
  const seen = [html, names, title, copied, ...frames, ...logged].join('\n');
  return Object.values(sentinels).filter((sentinel) => seen.includes(sentinel));
}

describe('the identity gate', () => {
  it('keeps creditor, amount and invoice away until it is confirmed, for twelve people on the line', async () => {
    const { page } = running;
    let title = await openNextCase(page);
    for (let person = 0; person < PERSONAS; person += 1) {
      await startCall(page);
      expect(await findSentinels(page), `${title} at the opening`).toEqual([]);
      await pressAnswer(page, /^Sì/);
      const confirmed = page.getByRole('group', { name: word('script.answers') }).getByRole('button', { name: new RegExp(word('identityMethod.customer-code')) });
      await confirmed.waitFor();
      expect(await findSentinels(page), `${title} at the identity`).toEqual([]);
      if (person === 0) {
        expect(await checkAccessibility(page)).toEqual([]);
        await page.keyboard.press('F3');
        await page.getByTestId('peek').getByText(sentinels.invoice).first().waitFor();
        expect(await findSentinels(page), 'beside the peek').toEqual([]);
        await page.keyboard.press('F3');
        await page.getByTestId('peek').waitFor({ state: 'detached' });
      }
      await page.keyboard.press(await confirmed.locator('.key').innerText());
      await untilGate(page, 'confirmed');
      // The control: where the gate hides nothing, the same look finds what must be hidden.
      expect(await findSentinels(page), `${title} after the gate`).toEqual(expect.arrayContaining([sentinels.creditor, sentinels.invoice, sentinels.euros]));
      await page.keyboard.press('e');
      await page.keyboard.type('RPC');
      await page.keyboard.press('Enter');
      title = await saveAndGo(page, title);
    }
  });
});
