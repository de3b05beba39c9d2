/**
 * After a call on the practice line: what its end speaks for stands in the outcome, and what the wrap-up's timer does with it. The page's clock
 * is moved, nobody waits for it.
 *
 * Invariant: by itself only "no answer" and "busy" are saved, once, at the end of a time that nobody touched or extended; every other outcome
 * waits for the operator, however long.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { WRAP_UP_MS } from '../../shared/agent/agent-state.ts';
import type { PracticeBehaviour } from '../../shared/contract/line-channels.ts';
import type { CallId } from '../../shared/id.ts';
import type { OutcomeCode } from '../../shared/case/outcome-codes.ts';
import { practiceBehaviour } from '../../shared/telephone/practice-numbers.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { bodyOf, factsOfCall, runningCall, types, untilSent } from '../support/call-by-keyboard.ts';
import { findCase } from '../support/call-on-line.ts';
import { word } from '../support/screen-words.ts';

let folder: string;
let running: AppProcess;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-wrap-up-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  ({ page } = running);
  page.setDefaultTimeout(20_000);
  await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  await page.clock.install({ time: await page.evaluate(() => Date.now()) });
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Rings a case that nobody has called, whose number behaves so on the practice line. */
async function ring(behaves: PracticeBehaviour): Promise<CallId> {
  const { customer } = await findCase(page, ({ numbers, blocked }) => blocked === null && numbers[0]?.usable === true && numbers[0].last === null && practiceBehaviour(numbers[0].e164 ?? '') === behaves);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(customer.code);
  // The search waits for a pause in what is typed.
  await page.clock.runFor(200);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: customer.name }).waitFor();
  await page.getByTestId('guard').waitFor();
  await page.keyboard.press('F2');
  await page.getByTestId('line-controls').waitFor();
  return (await runningCall(page)).callId;
}

const endedBy = (cause: string): Promise<void> => page.locator(`[data-testid="ended-call"][data-cause="${cause}"]`).waitFor();
/** The desk still waits for its outcome: asked after whatever a timer of the page may have sent it. */
async function waits(callId: CallId): Promise<void> {
  expect((await runningCall(page)).callId).toBe(callId);
}
const over = (): Promise<void> => page.getByTestId('ended-call').waitFor({ state: 'detached' });
const strip = (): ReturnType<Page['getByTestId']> => page.getByTestId('wrap-up');

async function proposes(code: OutcomeCode): Promise<void> {
  await page.locator('.code[aria-pressed="true"]').filter({ hasText: word(`outcome.${code}`) }).waitFor();
}

/** What the hub has of the call: one outcome, with this code. */
async function saved(callId: CallId): Promise<unknown> {
  await untilSent(page);
  const facts = await factsOfCall(join(folder, 'profile/hub'), callId);
  expect(types(facts).filter((type) => type === 'outcome-recorded')).toHaveLength(1);
  return bodyOf(facts, 'outcome-recorded')?.['code'];
}

async function saveByHand(): Promise<void> {
  await page.keyboard.press('Control+s');
  await over();
}

describe('what a call’s end speaks for', () => {
  it.each([
    { behaves: 'not-in-service', cause: 'no-such-number', code: 'DC' },
    { behaves: 'refuses', cause: 'rejected', code: 'HU' },
  ] as const)('stands in the outcome where the number is one that $behaves, and waits for the operator', async ({ behaves, cause, code }) => {
    const callId = await ring(behaves);
    await endedBy(cause);
    await proposes(code);
    await page.clock.runFor(2 * WRAP_UP_MS);
    await strip().getByText(word('agent.wrapUpOver')).waitFor();
    await waits(callId);
    await saveByHand();
    expect(await saved(callId)).toBe(code);
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });
});

describe('the wrap-up’s timer', () => {
  it('saves that it was busy at its end, not before, once, and leads on to nothing', async () => {
    const callId = await ring('busy');
    await endedBy('busy');
    await proposes('LB');
    await strip().getByText(word('agent.willCode').replace('{{outcome}}', word('outcome.LB'))).waitFor();
    const title = await page.getByTestId('case-title').innerText();
    // Time goes on meanwhile, as fast as this machine is slow: ten seconds are left for that.
    await page.clock.runFor(WRAP_UP_MS - 10_000);
    await strip().getByRole('timer').filter({ hasText: /^0:(?:0\d|10)$/ }).waitFor();
    await waits(callId);
    await page.clock.runFor(12_000);
    await over();
    await page.locator('[data-testid="agent-state"][data-state="ready"]').waitFor();
    expect(await page.getByTestId('case-title').innerText()).toBe(title);
    await page.clock.runFor(2 * WRAP_UP_MS);
    expect(await saved(callId)).toBe('LB');
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });

  it('saves that nobody answered, a whole wrap-up later where it was extended', async () => {
    const callId = await ring('never-answers');
    await page.locator('[data-testid="line-controls"][data-state="ringing"]').waitFor();
    await page.keyboard.press('F10');
    await endedBy('cancelled');
    await proposes('NA');
    await page.clock.runFor(30_000);
    await page.keyboard.press('Control+E');
    await strip().getByRole('timer').filter({ hasText: /^1:0\d$|^0:5\d$/ }).waitFor();
    await page.clock.runFor(WRAP_UP_MS);
    await waits(callId);
    await page.clock.runFor(20_000);
    await over();
    expect(await saved(callId)).toBe('NA');
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });

  it('stops at the first keystroke, and then saves nothing', async () => {
    const callId = await ring('busy');
    await endedBy('busy');
    await proposes('LB');
    await page.clock.runFor(30_000);
    await page.locator('[data-field="note"] textarea').first().focus();
    await page.keyboard.type('r');
    await strip().getByText(word('agent.wrapUpStopped')).waitFor();
    await page.clock.runFor(10 * WRAP_UP_MS);
    await waits(callId);
    await saveByHand();
    expect(await saved(callId)).toBe('LB');
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });

  it('never saves a conversation', async () => {
    const callId = await ring('answers');
    await page.locator('[data-testid="line-controls"][data-state="talking"]').waitFor();
    await page.keyboard.press('F10');
    await endedBy('hung-up');
    await page.clock.runFor(10 * WRAP_UP_MS);
    await strip().getByText(word('agent.wrapUpOver')).waitFor();
    await waits(callId);
  });
});
