/** What becomes of agreements, at the real app: an operator says how far a dispute is; a lead answers a settlement from the audits, records a payment, closes a dispute and reverses the payment. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import { planForm } from '../../shared/testing/outcome-forms.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword, plainForm, signInAs } from '../support/shift.ts';

const pictures = process.env['PREMURA_PICTURES'];
const basedOn = { caseRevision: 0, scriptVersion: null };
let folder: string;
let hub: HubProcess;
let carla: DeskProcess;
let running: AppProcess;
let row: WorklistRow;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-acts-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  carla = await DeskProcess.start({ profileDir: join(folder, 'carla'), hubUrl: hub.url });
  await signInAs(carla, 'carla');
  const list = await carla.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.rows.length > 8);
  row = list.rows.find(({ invoiceCount, claimableCents, disputed }) => invoiceCount > 1 && claimableCents > 30_000 && !disputed)!;
  const { caseId } = row;
  const screen = await carla.until('show-case', { caseId }, () => true);
  const invoice = screen.invoices.find(({ claimableCents }) => claimableCents > 2_000)!;
  const say = async (form: ReturnType<typeof plainForm>): Promise<void> => {
    expect(await carla.command('record-outcome', { caseId, locale: 'it', basedOn, form })).toMatchObject({ ok: true });
  };
  await say(plainForm('DSP', { disputeReason: 'price', disputeInvoiceId: invoice.invoiceId, amountText: '15', cause: 'billing-error' }));
  const basis = await carla.until('show-plan-basis', { caseId }, () => true);
  const plan = planForm(basis, { amountText: '90', perMonthText: '30', dayText: '10' }, { cause: 'forgot' });
  await say({ ...plan, plan: plan.plan === null ? null : { ...plan.plan, stage: 'proposed', readBack: false } });
  await say(plainForm('SET', { amountText: '100', dateText: '+10', cause: 'permanent-difficulty' }));
  await carla.until('show-sync', {}, (value) => value.unsentCount === 0 && value.network === 'online');
  running = await startApp({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signIn(running.page, { username: 'laura.lead', password: demoPassword });
});

afterAll(async () => {
  await running.close();
  await carla.stop();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function look(name: string): Promise<void> {
  const { page } = running;
  expect([name, await checkAccessibility(page)]).toEqual([name, []]);
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Carla signs in and finds the case by its customer's code. */
async function openCase(page: Page): Promise<void> {
  await signIn(page, { username: 'carla', password: demoPassword });
  await page.getByTestId('worklist').waitFor();
  await page.keyboard.press('Control+K');
  const field = page.getByRole('combobox');
  await field.fill(row.customerCode);
  await page.getByRole('option').first().waitFor();
  await field.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: row.customerName }).waitFor();
}

it('an operator says how far a dispute is, where it stands', async () => {
  const app = await startApp({ profileDir: join(folder, 'carla-app'), hubUrl: hub.url });
  const { page } = app;
  try {
    await openCase(page);
    const acts = page.getByTestId('agreement-acts');
    await acts.getByRole('button', { name: new RegExp(`^${word('act.move')}`) }).click();
    const form = page.getByRole('form', { name: word('act.moveTitle') });
    await form.getByRole('button', { name: word('act.save') }).click();
    await form.getByText(word('error.act.disputeUnmoved')).waitFor();
    await form.getByLabel(word('outcomeForm.proof')).selectOption({ label: word('proof.requested') });
    await form.getByLabel(word('outcomeForm.owner')).selectOption({ label: word('owner.creditor') });
    await form.getByLabel(word('act.payBy')).fill('+7');
    await form.getByLabel(word('act.payBy')).press('Control+Enter');
    await page.getByText(word('act.done.moved')).waitFor();
    await acts.filter({ hasText: word('proof.requested') }).filter({ hasText: word('owner.creditor') }).waitFor();
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'agreements-one-block.png') });
    await carla.until('show-case', { caseId: row.caseId }, ({ disputes }) => disputes.some(({ proof, owner }) => proof === 'requested' && owner === 'creditor'));
  } finally {
    await app.close();
  }
});

it('a settlement stands first among what waits, and a key answers it', async () => {
  const { page } = running;
  await page.getByTestId('lists').waitFor();
  await page.keyboard.press('4');
  const first = page.getByTestId('audits').locator('.inbox-row').first();
  await first.filter({ hasText: row.customerName }).waitFor();
  await first.locator('.inbox-what').focus();
  await page.keyboard.press('a');
  const form = page.getByRole('form', { name: word('act.answer') });
  await form.getByLabel(word('act.amount')).fill('120');
  await look('settlement');
  await form.getByLabel(word('act.amount')).press('Enter');
  await page.getByText(word('act.done.settlementApproved')).waitFor();
  await carla.until('show-case', { caseId: row.caseId }, ({ stops }) => stops.length === 0);
});

it('in the case: a payment goes to its invoices, the dispute is closed, and the payment reversed', async () => {
  const { page } = running;
  await page.getByTestId('audits').locator('.inbox-what').filter({ hasText: row.customerName }).first().click();
  await page.getByTestId('lead-case').waitFor();
  const before = (await carla.until('show-case', { caseId: row.caseId }, () => true)).openCents;

  await page.getByRole('button', { name: word('act.record') }).click();
  const payment = page.getByRole('form', { name: word('act.record') });
  await payment.getByLabel(word('act.amount')).fill('0');
  await payment.getByLabel(word('act.evidence')).fill('estratto conto, riga 12');
  await payment.getByLabel(word('act.evidence')).press('Enter');
  await payment.getByText(word('error.act.amountZero')).waitFor();
  await payment.getByLabel(word('act.amount')).fill('25,50');
  await look('payment');
  await payment.getByLabel(word('act.evidence')).press('Enter');
  await carla.until('show-case', { caseId: row.caseId }, ({ openCents }) => openCents === before - 2_550);

  const dispute = page.getByTestId('lead-agreements').getByRole('button', { name: new RegExp(word('act.close')) });
  await dispute.click();
  const close = page.getByRole('form', { name: word('act.close') });
  await close.getByLabel(word('lead.reason')).fill('il committente ha dato ragione al cliente');
  await look('close-dispute');
  await close.getByLabel(word('lead.reason')).press('Enter');
  await carla.until('show-case', { caseId: row.caseId }, ({ openCents, disputes }) => openCents === before - 2_550 - 1_500 && disputes.length === 0);

  await page.locator('.lead-payments summary').click();
  await page.getByTestId('lead-payments').getByRole('button').first().click();
  const reverse = page.locator('form.decision');
  await reverse.getByLabel(word('lead.reason')).fill('addebito insoluto');
  await look('reverse');
  await reverse.getByLabel(word('lead.reason')).press('Enter');
  await carla.until('show-case', { caseId: row.caseId }, ({ openCents }) => openCents === before - 1_500);
});

it('an operator takes the yes to the proposed plan once it was read back, and cancels it by agreement', async () => {
  const app = await startApp({ profileDir: join(folder, 'carla-app'), hubUrl: hub.url });
  const { page } = app;
  try {
    await openCase(page);
    const acts = page.getByTestId('agreement-acts');
    await acts.getByRole('button', { name: new RegExp(word('act.accept')) }).click();
    const form = page.getByRole('form', { name: word('act.acceptTitle') });
    await form.getByRole('button', { name: word('act.accept') }).click();
    await form.getByText(word('error.act.notReadBack')).waitFor();
    await form.getByLabel(word('act.readBack')).check();
    expect(await checkAccessibility(page)).toEqual([]);
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'accept-plan.png') });
    await form.getByRole('button', { name: word('act.accept') }).click();
    await page.getByText(word('act.done.accepted')).waitFor();

    await acts.getByRole('button', { name: new RegExp(`^${word('act.cancel')}`) }).click();
    const cancel = page.getByRole('form', { name: word('act.cancelTitle') });
    await cancel.getByLabel(word('lead.reason')).fill('paga tutto venerdì');
    await cancel.getByLabel(word('lead.reason')).press('Control+Enter');
    await page.getByText(word('act.done.cancelled')).waitFor();
    await acts.waitFor({ state: 'detached' });
    await carla.until('show-open-agreements', { caseId: row.caseId }, ({ plan }) => plan === null);
  } finally {
    await app.close();
  }
});
