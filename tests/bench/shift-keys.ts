/**
 * `shift-keys`: what a collector's hands do for each outcome code, from the open case until it is saved and the next one stands
 * there; and a no-answer from the list, against three strokes.
 *
 * The page itself counts: keys pressed (a modifier is not one) and moves of the pointer. All goes by keyboard; what must be
 * typed is the shortest that the desk takes, and what stands in a field already is left alone. Invariant: the status line must
 * say that this very outcome was saved, or the bench fails.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { fieldsOfCode } from '../../shared/case/outcome-fields.ts';
import type { FormFieldName } from '../../shared/case/outcome-fields.ts';
import type { OutcomeCode } from '../../shared/case/outcome-codes.ts';
import { outcomeCodes } from '../../shared/case/outcome-codes.ts';
import { startApp } from '../support/app-process.ts';
import { untilSignInShows } from '../support/page-desk.ts';
import { caseTitle, signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword } from '../support/shift.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BenchResult } from './bench-result.ts';

/** Reported, not judged: how short it can be depends on what the outcome has to say. */
export interface HandCount {
  metric: string;
  keystrokes: number;
  pointerMoves: number;
  /** Keys among them that are content: the code, an amount, a date, a name, a choice. */
  typed: number;
}

const TARGET_FROM_LIST = 3;

/** Letters for a choice (↓ = the arrow), text for a line: the least that each code needs beyond what its form starts with. */
const answers: Record<OutcomeCode, Partial<Record<FormFieldName, string>>> = {
  PTP: { dateText: '+3', method: 'b' },
  PLN: { perMonthText: '50', dayText: '9', planKind: '↓', planReadBack: ' ' },
  PAID: {},
  DSP: { disputeReason: 'p', disputeInvoiceId: '↓' },
  RES: { resendBy: 'e', addressText: 'a@b.it' },
  REF: { cause: 'd' },
  RPC: {},
  CBK: { dateText: 'lun 10' },
  TPC: {}, LM: {}, AM: {}, HU: {}, NA: {}, LB: {}, WN: {}, DC: {}, DEC: {}, INS: {}, IDR: {}, MIN: {}, DRP: {},
  DNC: { refusedScope: '↓' },
  LAW: { nameText: 'Avv. Bo' },
  SET: { amountText: '1', dateText: '+7' },
  PPY: { amountText: '1' },
  TRN: { nameText: 'Bo' },
  CMP: { note: 'reclamo', owner: '↓' },
  PRV: { requestKind: 'a' },
  LNG: { nameText: 'en' },
};

export async function benchShiftKeys(say: (line: string) => void): Promise<(BenchResult | HandCount)[]> {
  return withBuiltApp('shift-keys', say, async ({ folder }) => {
    const { page, close } = await startApp({ profileDir: join(folder, 'profile'), demo: true });
    try {
      await untilSignInShows(page);
      await signIn(page, { username: 'carla', password: demoPassword });
      await page.getByTestId('worklist').getByRole('option').first().waitFor();
      await countHands(page);
      const fromList = await fromTheList(page);
      say(`a no-answer from the list: ${String(fromList)} keys`);
      const counts: HandCount[] = [];
      for (const code of outcomeCodes) {
        const count = await oneOutcome(page, code);
        say(`${code.padEnd(5)} ${String(count.keystrokes).padStart(3)} keys (${String(count.typed)} typed), ${String(count.pointerMoves)} pointer moves`);
        counts.push(count);
      }
      const ratio = fromList / TARGET_FROM_LIST;
      return [{ metric: 'no-answer-from-list', ours: fromList, reference: TARGET_FROM_LIST, unit: 'keys', ratio, target: 1, met: ratio <= 1 }, ...counts];
    } finally {
      await close();
    }
  });
}

/** From the list with the focus where it is: next case, coded, saved and on. */
async function fromTheList(page: Page): Promise<number> {
  await resetHands(page);
  await page.keyboard.press('F12');
  const title = await caseTitle(page);
  await page.keyboard.press('F9');
  await saveAndWait(page, title, 'NA');
  return (await readHands(page)).keystrokes;
}

async function oneOutcome(page: Page, code: OutcomeCode): Promise<HandCount> {
  if (await page.getByTestId('worklist').isVisible()) await page.keyboard.press('F12');
  const title = await caseTitle(page);
  await page.locator('#outcome-code').waitFor();
  await resetHands(page);
  const typed = code === 'NA' || code === 'LB' ? await chooseByKey(page, code) : await chooseByCode(page, code) + (await fillFields(page, code));
  await saveAndWait(page, title, code);
  return { metric: code, ...(await readHands(page)), typed };
}

async function chooseByKey(page: Page, code: 'NA' | 'LB'): Promise<number> {
  await page.keyboard.press(code === 'NA' ? 'F9' : 'F4');
  return 0;
}

async function chooseByCode(page: Page, code: OutcomeCode): Promise<number> {
  await page.keyboard.press('e');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.locator('.code[aria-pressed="true"]').filter({ hasText: code }).waitFor();
  return code.length;
}

/** The focus stands in the first field; Enter goes on from a line, Tab from a choice; nobody walks further than needed. */
async function fillFields(page: Page, code: OutcomeCode): Promise<number> {
  const wanted = answers[code];
  const fields = fieldsOfCode(code);
  const last = fields.findLastIndex((field) => wanted[field] !== undefined);
  let typed = 0;
  for (const field of fields.slice(0, last + 1)) {
    const control = page.locator(`[data-field="${field}"]`).locator('input, select, textarea:not([aria-hidden])').first();
    await control.and(page.locator(':focus')).waitFor();
    const text = wanted[field];
    if (text === '↓') await page.keyboard.press('ArrowDown');
    else if (text !== undefined) await page.keyboard.type(text);
    typed += text?.length ?? 0;
    const isLine = (await control.evaluate((element) => element.tagName)) === 'INPUT';
    if (field !== fields[last]) await page.keyboard.press(isLine ? 'Enter' : 'Tab');
  }
  return typed;
}

async function saveAndWait(page: Page, title: string, code: OutcomeCode): Promise<void> {
  await page.keyboard.press('F12');
  const saved = word('status.saved').replace('{{name}}', title).replace('{{what}}', word(`outcome.${code}`));
  const refused = page.getByRole('alert').first();
  await page.locator('.status').filter({ hasText: saved }).or(refused).first().waitFor();
  if (await refused.isVisible()) throw new Error(`${code} was refused: ${await refused.innerText()}`);
  await page.waitForFunction((before) => document.querySelector('[data-testid="case-title"]')?.textContent !== before, title);
}

interface Hands { keystrokes: number; pointerMoves: number }

async function countHands(page: Page): Promise<void> {
  await page.evaluate(() => {
    const hands = { keystrokes: 0, pointerMoves: 0 };
    Object.assign(window, { hands });
    window.addEventListener('keydown', (event) => {
      if (!['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) hands.keystrokes += 1;
    }, { capture: true });
    for (const moved of ['pointermove', 'pointerdown']) window.addEventListener(moved, () => { hands.pointerMoves += 1; }, { capture: true });
  });
}

async function resetHands(page: Page): Promise<void> {
  await page.evaluate(() => { Object.assign((window as unknown as { hands: object }).hands, { keystrokes: 0, pointerMoves: 0 }); });
}

async function readHands(page: Page): Promise<Hands> {
  return page.evaluate(() => ({ ...(window as unknown as { hands: Hands }).hands }));
}
