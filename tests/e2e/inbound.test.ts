/**
 * A customer calls back on the practice line, from a number that two customers share: who it is, is chosen; nothing is told until identity is
 * confirmed; the promise is recorded.
 *
 * Invariant: until then no amount, invoice or reason of either stands on the screen.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseScreen } from '../../shared/contract/screens.ts';
import type { CommandId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { practiceBehaviour } from '../../shared/telephone/practice-numbers.ts';
import { plainForm } from '../../shared/testing/outcome-forms.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { callOnLine, findCase, showCase } from '../support/call-on-line.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { askDesk } from '../support/page-desk.ts';
import type { PageLine } from '../support/page-line.ts';
import { callOn, followLine } from '../support/page-line.ts';
import { pressAnswer, untilGate } from '../support/screen-call.ts';
import { word } from '../support/screen-words.ts';
import { chooseFirstReason, fillFocused, tabTo, typeCodeByKeys } from '../support/type-outcome.ts';

const pictures = process.env['PREMURA_PICTURES'];
let folder: string;
let running: AppProcess;
let page: Page;
let line: PageLine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-inbound-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  ({ page } = running);
  page.setDefaultTimeout(20_000);
  line = await followLine(page);
  await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const order = (name: 'save-contact-point' | 'record-outcome', { caseId, revision }: CaseScreen, input: Record<string, unknown>): Promise<unknown> =>
  askDesk(page, { kind: 'command', name, input: { commandId: newId<CommandId>(), caseId, basedOn: { caseRevision: revision, scriptVersion: null }, ...input } });
const picture = async (name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
};
const amountOf = ({ openCents }: CaseScreen): string => new Intl.NumberFormat('it-IT', { minimumFractionDigits: 2, useGrouping: true }).format(openCents / 100);

it('is chosen between two of one number, identified, and promises', async () => {
  const one = await findCase(page, ({ numbers, blocked, openCents }) => blocked === null && openCents > 0 && numbers[0]?.usable === true && practiceBehaviour(numbers[0].e164 ?? '') === 'answers');
  const other = await findCase(page, ({ caseId, creditorName, blocked, openCents, customer }) => caseId !== one.caseId && creditorName === one.creditorName && customer.name !== one.customer.name && blocked === null && openCents > 0);
  const number = one.numbers[0]?.e164 ?? '';
  await order('save-contact-point', other, { form: { pointId: null, kind: 'phone', partyId: null, text: number, source: 'given-by-person', workplace: false, usable: true } });

  // Whoever was dialled last calls back.
  const dialled = await callOnLine(page, one);
  if (!dialled.ok) throw new Error(dialled.error.code);
  const { callId } = dialled.value;
  await line.until((screen) => callOn(screen, callId)?.state.phase === 'connected', 'it is answered');
  await line.order('hang-up', { callId });
  await line.until(({ calls, uncommittedCount }) => calls.length === 0 && uncommittedCount === 0, 'it is over');
  await order('record-outcome', await showCase(page, one.caseId), { locale: 'it', form: plainForm('HU', { channel: 'phone-outbound', numberId: one.numbers[0]?.numberId ?? null, identityMethod: null }) });

  await line.order('ring-practice-call', {});
  const card = page.getByTestId('ring-card');
  await card.locator('[data-testid="caller"][data-kind="several"]').waitFor();
  await picture('inbound-ring');
  for (const secret of [amountOf(one), amountOf(other), one.invoices[0]?.number ?? '-', other.invoices[0]?.number ?? '-']) expect(await card.innerText()).not.toContain(secret);
  await page.keyboard.press('F5');
  const choices = page.getByTestId('caller-match');
  await choices.filter({ hasText: one.customer.name }).waitFor();
  await choices.filter({ hasText: other.customer.name }).waitFor();
  expect(await choices.count()).toBe(2);
  await picture('inbound-choice');
  expect(await checkAccessibility(page)).toEqual([]);
  const shown = await page.locator('main').innerText();
  for (const secret of [amountOf(one), amountOf(other), one.invoices[0]?.number ?? '-', other.invoices[0]?.number ?? '-']) expect(shown).not.toContain(secret);

  await choices.filter({ hasText: other.customer.name }).press('Enter');
  await page.getByTestId('case-title').filter({ hasText: other.customer.name }).waitFor();
  await page.getByTestId('gate-state').filter({ hasText: word('gate.other.tag') }).waitFor();
  await page.keyboard.press('Alt+I');
  await untilGate(page, 'unconfirmed');
  expect(await page.locator('main').innerText()).not.toContain(amountOf(other));
  await picture('inbound-gate');
  await pressAnswer(page, /^È la persona/);
  await pressAnswer(page, new RegExp(word('identityMethod.customer-code')));
  await untilGate(page, 'confirmed');
  await page.getByText(amountOf(other)).first().waitFor();
  await page.keyboard.press('F10');
  await line.until(({ calls, uncommittedCount }) => calls.length === 0 && uncommittedCount === 0, 'they hung up');
  // The gate has said who they are: the form asks for it no more.
  await typeCodeByKeys(page, 'PTP', 'Alt+E');
  for (const [field, text] of [['dateText', '+3'], ['method', 'bank-transfer']] as const) {
    await tabTo(page, field);
    await fillFocused(page, text);
  }
  await chooseFirstReason(page);
  await page.keyboard.press('Control+s');
  await page.getByTestId('ended-call').waitFor({ state: 'detached' });
  const after = await showCase(page, other.caseId);
  expect(after.history.find((entry) => entry.kind === 'outcome')).toMatchObject({ kind: 'outcome' });
  expect(JSON.stringify(after.history)).toContain('phone-inbound');
  expect((await showCase(page, one.caseId)).history.some((entry) => JSON.stringify(entry).includes('"PTP"'))).toBe(false);
});
