/**
 * A call that waits for its outcome, at the screen and by keys: put aside for the next and gone back to; then a lead, with an agreement, lets the
 * operator out of a wrap-up that is over its time. Two real apps, the practice line; the page's clock is moved, nobody waits for it.
 *
 * Invariant: what was typed is there again, and the hub has one outcome of one contact; the operator reads who did it and why, and is not put on the line.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { WRAP_UP_MS } from '../../shared/agent/agent-state.ts';
import type { CallId } from '../../shared/id.ts';
import { practiceBehaviour } from '../../shared/telephone/practice-numbers.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { factsOfCall, runningCall, types, untilSent } from '../support/call-by-keyboard.ts';
import { findCase } from '../support/call-on-line.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { embeddedHubUrl } from '../support/embedded-hub.ts';
import { runHub } from '../support/hub-process.ts';
import { picture } from '../support/picture.ts';
import { pressAtOnce } from '../support/press-at-once.ts';
import { signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword } from '../support/shift.ts';

const NOTE = 'ha il telefono spento';
const REASON = 'tre chiamate in coda';
let folder: string;
let operator: AppProcess;
let lead: AppProcess | null = null;
let page: Page;
let first: CallId;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-waiting-'));
  operator = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  ({ page } = operator);
  page.setDefaultTimeout(30_000);
  await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  await page.clock.install({ time: await page.evaluate(() => Date.now()) });
});

afterAll(async () => {
  await lead?.close();
  await operator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openFresh(behaves: Parameters<typeof isFresh>[1]): Promise<void> {
  const { customer } = await findCase(page, (shown) => isFresh(shown, behaves));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(customer.code);
  await page.clock.runFor(200);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: customer.name }).waitFor();
  await page.getByTestId('guard').waitFor();
}

function isFresh({ numbers, blocked }: Awaited<ReturnType<typeof findCase>>, behaves: ReturnType<typeof practiceBehaviour>): boolean {
  return blocked === null && numbers[0]?.usable === true && numbers[0].last === null && practiceBehaviour(numbers[0].e164 ?? '') === behaves;
}

/** Rung until the number says that it cannot be reached. */
async function ringInVain(): Promise<CallId> {
  await openFresh('never-answers');
  await page.keyboard.press('F2');
  await page.locator('[data-testid="line-controls"][data-state="ringing"]').waitFor();
  await page.keyboard.press('F10');
  await page.getByTestId('ended-call').waitFor();
  return (await runningCall(page)).callId;
}

const strip = (): ReturnType<Page['getByTestId']> => page.getByTestId('waiting-calls');
const note = (): ReturnType<Page['locator']> => page.locator('[data-field="note"] textarea').first();

it('the ended call is put aside by key, with what was typed; its case is not rung meanwhile, and says why', async () => {
  first = await ringInVain();
  await note().focus();
  await page.keyboard.type(NOTE);
  await picture(page, 'wrap-up-put-aside');
  await page.keyboard.press('Control+P');
  await strip().filter({ hasText: word('call.waiting_one').replace('{{count}}', '1') }).waitFor();
  await page.getByTestId('guard').filter({ hasText: word('policy.call-waits') }).waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'call-waiting');
});

it('another call comes first; after it one key goes back, and the outcome is that of the first contact', async () => {
  await openFresh('answers');
  await page.keyboard.press('Alt+M');
  await page.locator('[data-testid="agent-state"][data-state="in-call"]').waitFor();
  await strip().filter({ hasText: word('call.waitingBusy') }).waitFor();
  await page.keyboard.press('Control+U');
  expect((await runningCall(page)).callId).not.toBe(first);
  await page.keyboard.press('F9');
  await page.keyboard.press('Control+S');
  await strip().getByRole('button').waitFor();
  await page.keyboard.press('Control+U');
  await page.getByTestId('ended-call').waitFor();
  await strip().waitFor({ state: 'detached' });
  expect((await runningCall(page)).callId).toBe(first);
  expect(await note().inputValue()).toBe(NOTE);
  await page.keyboard.press('F9');
  await page.keyboard.press('Control+S');
  await page.getByTestId('ended-call').waitFor({ state: 'detached' });
  await untilSent(page);
  const told = types(await factsOfCall(join(folder, 'profile/hub'), first));
  expect([told.filter((type) => type === 'contact-permitted').length, told.filter((type) => type === 'outcome-recorded').length]).toEqual([1, 1]);
});

it('on the line a call stays, and says why; hung up and put aside in one breath it waits as soon as the line has let go', async () => {
  await openFresh('never-answers');
  await page.keyboard.press('F2');
  await page.locator('[data-testid="line-controls"][data-state="ringing"]').waitFor();
  const { callId } = await runningCall(page);
  await page.keyboard.press('Control+P');
  await page.getByText(word('error.callStillOnLine')).waitFor();
  await picture(page, 'put-aside-refused');
  await pressAtOnce(page, { key: 'F10', code: 'F10' }, { key: 'p', code: 'KeyP', ctrlKey: true });
  await strip().filter({ hasText: word('call.waiting_one').replace('{{count}}', '1') }).waitFor();
  await page.keyboard.press('Control+U');
  await page.getByTestId('ended-call').waitFor();
  expect((await runningCall(page)).callId).toBe(callId);
  await page.keyboard.press('F9');
  await page.keyboard.press('Control+S');
  await page.getByTestId('ended-call').waitFor({ state: 'detached' });
});

it('a call that only rings is given up by saving its outcome', async () => {
  await openFresh('never-answers');
  await page.keyboard.press('F2');
  await page.locator('[data-testid="line-controls"][data-state="ringing"]').waitFor();
  const { callId } = await runningCall(page);
  await page.keyboard.press('F9');
  await page.keyboard.press('Control+S');
  await page.getByTestId('line-controls').waitFor({ state: 'detached' });
  await untilSent(page);
  const facts = await factsOfCall(join(folder, 'profile/hub'), callId);
  expect(facts.flatMap(({ header, body }) => (header.type === 'call-ended' ? [body['cause'], body['by']] : header.type === 'outcome-recorded' ? [header.type] : []))).toEqual(['cancelled', 'us', 'outcome-recorded']);
});

it('a lead lets the operator out of a wrap-up over its time, by keys and with a reason, which the operator reads', async () => {
  const second = await ringInVain();
  await note().focus();
  await page.keyboard.type('s');
  const hubUrl = await embeddedHubUrl(operator);
  lead = await startApp({ profileDir: join(folder, 'lead'), hubUrl });
  const board = lead.page;
  await signIn(board, { username: 'laura.lead', password: demoPassword });
  await board.getByTestId('lists').waitFor();
  await board.keyboard.press('Alt+T');
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  // From here on no key is pressed at the operator's: whoever types is left alone.
  await runHub(['workers-agreement', 'record', '--kind', 'works-agreement', '--scopes', 'named-states', '--signed-on', addDays(today, -10), '--from', addDays(today, -5), '--signatories', 'RSU', '--document', 'prot. 12', '--data', join(folder, 'profile/hub')]);
  await page.getByTestId('followed').waitFor();
  await page.clock.runFor(2 * WRAP_UP_MS);
  const row = board.getByTestId('people').getByRole('button').filter({ hasText: word('floor.over') });
  await row.waitFor();
  expect(await checkAccessibility(board)).toEqual([]);
  await row.focus();
  await board.keyboard.press('Enter');
  await board.getByRole('menuitem', { name: word('floor.release.menu') }).and(board.locator(':focus')).waitFor();
  await picture(board, 'release-menu');
  await board.keyboard.press('Enter');
  await board.getByRole('dialog').getByRole('textbox').and(board.locator(':focus')).waitFor();
  await board.keyboard.type(REASON);
  expect(await checkAccessibility(board)).toEqual([]);
  await picture(board, 'release-form');
  await board.keyboard.press('Enter');
  await board.getByRole('dialog').waitFor({ state: 'detached' });

  await page.getByTestId('released').filter({ hasText: REASON }).waitFor();
  await strip().waitFor();
  await page.locator('[data-testid="agent-state"][data-state="admin"]').waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await picture(page, 'released-operator');
  await board.getByTestId('people').locator('.agent-admin').waitFor();
  await page.getByTestId('released').getByRole('button').press('Enter');
  await page.getByTestId('released').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+U');
  await page.getByTestId('ended-call').waitFor();
  expect((await runningCall(page)).callId).toBe(second);
});
