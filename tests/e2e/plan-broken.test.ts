/**
 * A late plan is declared broken by a person, with a reason and a second confirmation, by keys alone (art. 1186 c.c.).
 *
 * Invariants: no calendar declares it; what is owed stays what it was and may be asked for whole; whoever works the case sees it and its reason,
 * and what to do next is no longer about an instalment.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import { planForm } from '../../shared/testing/outcome-forms.ts';
import { systemClockShiftMs } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { picture } from '../support/picture.ts';
import { signInByKeys } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword, signInAs } from '../support/shift.ts';

/** Three instalments and their days of grace have gone by since. */
const AGO_MS = 98 * 24 * 3_600_000;
const MOST_TABS = 60;
const REASON = 'tre rate mancate, nessuna risposta';
let folder: string;
let hub: HubProcess;
let carla: DeskProcess;
let running: AppProcess;
let row: WorklistRow;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-plan-broken-'));
  const then = { PREMURA_TEST_CLOCK_SHIFT_MS: String(systemClockShiftMs() - AGO_MS) };
  const dataDir = join(folder, 'hub');
  hub = await HubProcess.start(dataDir, { demo: true, env: then });
  const before = await DeskProcess.start({ profileDir: join(folder, 'then'), hubUrl: hub.url }, then);
  await signInAs(before, 'carla');
  const list = await before.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.rows.length > 8);
  row = list.rows.find(({ claimableCents, disputed }) => claimableCents > 30_000 && !disputed)!;
  const basis = await before.until('show-plan-basis', { caseId: row.caseId }, () => true);
  const form = planForm(basis, { amountText: '90', perMonthText: '30', dayText: '10' }, { cause: 'forgot' });
  expect(await before.command('record-outcome', { caseId: row.caseId, locale: 'it', basedOn: { caseRevision: 0, scriptVersion: null }, form })).toMatchObject({ ok: true });
  await before.until('show-sync', {}, (value) => value.unsentCount === 0 && value.network === 'online');
  await before.stop();
  await hub.stop();
  hub = await HubProcess.start(dataDir, { port: hub.port, demo: true });
  carla = await DeskProcess.start({ profileDir: join(folder, 'carla'), hubUrl: hub.url });
  await signInAs(carla, 'carla');
  running = await startApp({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signInByKeys(running.page, { username: 'laura.lead', password: demoPassword });
});

afterAll(async () => {
  await running.close();
  await carla.stop();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Tab until what has the focus says this. */
async function tabTo(name: string): Promise<void> {
  const { page } = running;
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element?.textContent) ?? '';
    });
    if (focused.startsWith(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by Tab`);
}

it('a plan missed too often is declared broken by keys: a reason and a second confirmation, or nothing happens', async () => {
  const { page } = running;
  const late = await carla.until('show-case', { caseId: row.caseId }, ({ agreements }) => agreements.plan?.mayBeBroken === true);
  expect(late.agreements.plan).toMatchObject({ state: 'late', leftCents: 9_000 });
  expect(late.reasons[0]?.key).toBe('plan-late');

  await page.getByTestId('lists').waitFor();
  await page.keyboard.press('/');
  await page.getByLabel(word('lead.findLabel'), { exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.insertText(row.customerCode);
  await page.getByTestId('found-cases').getByRole('listitem').filter({ hasText: row.customerName }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByTestId('lead-case').waitFor();
  await tabTo(word('act.breakPlan'));
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: word('act.breakPlan') });
  await form.locator('input:focus').waitFor();
  await tabTo(word('lead.reason'));
  await page.keyboard.press('Enter');
  await form.locator('[aria-invalid="true"]').waitFor();
  await page.keyboard.insertText(REASON);
  await page.keyboard.press('Enter');
  await form.getByText(word('error.act.notConfirmed')).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'plan-broken-form');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText(word('act.done.planBroken')).waitFor();
  await form.waitFor({ state: 'detached' });
  await picture(page, 'plan-broken-lead');

  const after = await carla.until('show-case', { caseId: row.caseId }, ({ agreements }) => agreements.plan?.state === 'broken');
  expect(late.openCents).toBeGreaterThan(9_000);
  expect(after).toMatchObject({ openCents: late.openCents, claimableCents: late.claimableCents, agreements: { plan: { leftCents: 9_000, mayBeBroken: false, next: null } } });
  expect(after.reasons.map(({ key }) => key)).not.toContain('plan-late');
});

it('whoever works the case reads it there with its reason, and no instalment is asked for any more', async () => {
  const { page } = running;
  await page.getByRole('button', { name: new RegExp(word('menu.open').replace('{{name}}', '.*')) }).press('Enter');
  await page.getByRole('menuitem', { name: word('menu.signOut') }).press('Enter');
  await page.getByRole('heading', { name: word('signIn.title'), exact: true }).waitFor();
  // Somebody was here before: their name stands there, and the password has the focus.
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Control+A');
  await signInByKeys(page, { username: 'carla', password: demoPassword });
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(row.customerCode);
  await page.keyboard.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: row.customerName }).waitFor();
  await page.getByTestId('agreement-acts').getByText(word('agreements.planOf.broken')).waitFor();
  await page.getByTestId('timeline').getByText(REASON).waitFor();
  for (const figure of ['next', 'planned']) expect(await page.getByText(word(`glance.${figure}`), { exact: true }).count()).toBe(0);
  await picture(page, 'plan-broken-case');
});
