/**
 * What the operator does now, on the real app: chosen by key, followed through calls, and kept nowhere.
 *
 * Invariant: presence is nobody's record: however an operator's state changes, not one row of any store and nothing of the page's storage does.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentChoices } from '../../shared/agent/agent-state.ts';
import type { ShownAgentState } from '../../shared/agent/agent-state.ts';
import type { PauseReason } from '../../shared/agent/progressive.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { openByName } from '../support/call-by-keyboard.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { readPageStorage, readStores } from '../support/read-stores.ts';
import { caseTitle, openNextCase } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { whileDeskStands } from '../support/while-desk-stands.ts';

let folder: string;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-agent-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  await running.page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`, 'i') }).first().click();
  await running.page.getByTestId('worklist').getByRole('option').first().waitFor();
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const untilState = (state: ShownAgentState): Promise<void> => running.page.locator(`[data-testid="agent-state"][data-state="${state}"]`).waitFor();

async function choose(state: (typeof agentChoices)[number]): Promise<void> {
  const { page } = running;
  await page.keyboard.press('Control+B');
  await page.getByRole('menuitemradio', { name: word(`agent.state.${state}`), exact: true }).press('Enter');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

describe('the operator’s state', () => {
  it('is chosen by key, in a menu that everybody can use', async () => {
    const { page } = running;
    await untilState('ready');
    await page.keyboard.press('Control+B');
    await page.getByRole('menuitemradio', { name: word('agent.state.ready'), exact: true, checked: true }).and(page.locator(':focus')).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await untilState('meal');
    await choose('ready');
    await untilState('ready');
  });

  it('follows a call, and what was chosen in it is entered after its outcome', async () => {
    const { page } = running;
    await openNextCase(page);
    await page.getByTestId('guard').waitFor();
    await page.keyboard.press('Alt+M');
    await untilState('in-call');
    await choose('meeting');
    await untilState('in-call');
    await page.getByTestId('agent-state').filter({ hasText: word('agent.next').replace('{{state}}', word('agent.state.meeting')) }).waitFor();
    await page.keyboard.press('F9');
    await page.keyboard.press('Control+S');
    await untilState('meeting');
    await choose('ready');
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });

  it('is written nowhere', async () => {
    const { page } = running;
    const profileDir = join(folder, 'profile');
    await page.waitForFunction(() => document.querySelector('[data-testid="unsent-count"]')?.textContent === '0');
    const before = readStores(profileDir);
    const storage = await readPageStorage(page);
    for (const choice of [...agentChoices, 'ready' as const]) {
      await choose(choice);
      await untilState(choice);
    }
    expect(before.size).toBeGreaterThan(20);
    expect(changedBetween(before, readStores(profileDir))).toEqual([]);
    expect(await readPageStorage(page)).toBe(storage);
    // The same look finds what is kept: a setting.
    await page.keyboard.press('Control+,');
    await page.getByRole('radio', { name: word('agent.seconds_other').replace('{{count}}', '5'), exact: true }).check();
    await expect.poll(() => changedBetween(before, readStores(profileDir))).toEqual([expect.stringMatching(/desk\.db settings$/)]);
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });
});

describe('progressive mode', () => {
  it('shows the next case, counts, and is stopped by a key', async () => {
    const { page } = running;
    await page.keyboard.press('Control+B');
    await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${word('agent.progressive')}`), checked: false }).press('Enter');
    await openNextCase(page);
    await page.getByTestId('countdown').waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await pausedFor('key');
    await untilState('ready');
    // Esc says no to the countdown, and leaves the case only once there is none.
    await page.keyboard.press('Control+G');
    await page.getByTestId('countdown').waitFor();
    await page.keyboard.press('Escape');
    await pausedFor('key');
  });

  it('is stopped by a field in hand', async () => {
    const { page } = running;
    await page.keyboard.press('Control+G');
    await page.getByTestId('countdown').waitFor();
    await page.locator('[data-field="note"] textarea').first().click();
    await pausedFor('form');
    await page.getByTestId('case-title').click();
  });

  it('dials at its end, on the desk’s permit; hung up, the wrap-up waits for its outcome and stands still once somebody writes', async () => {
    const { page } = running;
    await page.keyboard.press('Control+G');
    await page.getByTestId('countdown').waitFor();
    await untilState('in-call');
    await page.locator('[data-testid="line-controls"][data-state="talking"]').waitFor();
    await page.keyboard.press('F10');
    await untilState('wrap-up');
    const strip = page.getByTestId('wrap-up');
    await strip.getByRole('button', { name: word('agent.extend') }).waitFor();
    await choose('training');
    await page.keyboard.press('Control+E');
    await strip.getByRole('timer').filter({ hasText: /^1:/ }).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await page.locator('[data-field="note"] textarea').first().click();
    await page.keyboard.type('ri');
    await strip.getByText(word('agent.wrapUpStopped')).waitFor();
    expect(await page.getByTestId('countdown').count()).toBe(0);
  });

  it('goes on with the next case once the outcome is saved, and waits where a break was chosen meanwhile', async () => {
    const { page } = running;
    const title = await caseTitle(page);
    await page.keyboard.press('F9');
    await page.keyboard.press('F12');
    await page.getByTestId('case-title').filter({ hasNotText: title }).waitFor();
    await untilState('training');
    await pausedFor('break');
    await page.keyboard.press('Control+G');
    await page.getByTestId('countdown').waitFor();
    await page.keyboard.press('Control+B');
    await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${word('agent.progressive')}`), checked: true }).press('Enter');
    await page.getByTestId('progressive-paused').waitFor({ state: 'detached' });
  });
});

describe('a number typed by hand', () => {
  it('is dialled where it is a colleague’s, and is no case’s call', async () => {
    const { page } = running;
    await dial('204');
    await untilState('in-call');
    await page.locator('[data-testid="line-controls"]').filter({ hasText: '204' }).waitFor();
    await page.keyboard.press('F10');
    await untilState('ready');
    expect(await page.getByTestId('wrap-up').count()).toBe(0);
  });

  it('is attached to the case in front where it is anybody else’s, and rung from there', async () => {
    const { page } = running;
    await dial('0971 000 772');
    await page.getByRole('textbox', { name: word('pointKind.phone'), exact: true }).and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: word('agent.saveAndCall') }).click();
    await untilState('in-call');
    await page.locator('[data-testid="line-controls"][data-state="talking"]').waitFor();
    await page.locator('.gate, .panel').filter({ hasText: '0971 000 772' }).first().waitFor();
    await page.keyboard.press('F10');
    await untilState('wrap-up');
    await page.keyboard.press('F9');
    await page.keyboard.press('Control+S');
    await untilState('ready');
  });

  it('is not rung once its form was left, and the form that was opened meanwhile stays', async () => {
    const { app, page } = running;
    await typeNumber('0971 000 773');
    await whileDeskStands(app, async () => {
      await page.getByRole('button', { name: word('agent.saveAndCall') }).click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await noteField().and(page.locator(':focus')).waitFor();
      await page.keyboard.insertText('richiama la figlia');
    });
    await page.getByText(word('people.pointSaved').replace('{{what}}', '0971 000 773')).waitFor();
    expect(await noteField().inputValue()).toBe('richiama la figlia');
    await saveNote();
    await expectNoCall('0971 000 773');
  });

  it('is said at the foot of the screen when it was refused after its form was left', async () => {
    const { app, page } = running;
    await typeNumber('0971 000 773');
    await whileDeskStands(app, async () => {
      await page.getByRole('button', { name: word('agent.saveAndCall') }).click();
      await page.keyboard.press('Escape');
      await page.locator('form.inline-form').waitFor({ state: 'detached' });
    });
    await page.getByText(word('error.numberKnown')).waitFor();
    await expectNoCall('0971 000 773');
  });

  it('is not rung when its case, left before the number was saved, is opened again', async () => {
    const { app, page } = running;
    const title = await caseTitle(page);
    await typeNumber('0971 000 774');
    await whileDeskStands(app, async () => {
      await page.getByRole('button', { name: word('agent.saveAndCall') }).click();
      await page.getByRole('button', { name: new RegExp(`^${word('bar.toList')}`) }).click();
      await page.getByTestId('case-title').waitFor({ state: 'detached' });
    });
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await openByName(page, title);
    await page.keyboard.press('n');
    await noteField().and(page.locator(':focus')).waitFor();
    await page.keyboard.insertText('riaperta');
    await saveNote();
    await expectNoCall('0971 000 774');
  });

  it('is refused where no case is open', async () => {
    const { page } = running;
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
    await dial('0971 000 772');
    await page.getByText(word('error.numberWithoutCase')).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

async function pausedFor(why: PauseReason): Promise<void> {
  await running.page.getByTestId('progressive-paused').filter({ hasText: word(`agent.paused.${why}`) }).waitFor();
}

const noteField = (): Locator => running.page.getByRole('form', { name: word('history.addNote') }).getByRole('textbox');

async function saveNote(): Promise<void> {
  const { page } = running;
  await page.keyboard.press('Control+Enter');
  await page.getByText(word('status.noteSaved'), { exact: true }).waitFor();
}

/** The number is on the screen, and whatever it would have begun was asked before the note that was saved last. */
async function expectNoCall(number: string): Promise<void> {
  const { page } = running;
  await page.locator('.panel').filter({ hasText: number }).first().waitFor();
  expect(await page.locator('[data-testid="line-controls"]').count()).toBe(0);
  await untilState('ready');
}

/** Into the form of the case in front. */
async function typeNumber(number: string): Promise<void> {
  await dial(number);
  await running.page.getByRole('textbox', { name: word('pointKind.phone'), exact: true }).and(running.page.locator(':focus')).waitFor();
}

async function dial(number: string): Promise<void> {
  const { page } = running;
  await page.keyboard.press('Control+D');
  await page.getByRole('textbox', { name: word('agent.pad.number'), exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.insertText(number);
  await page.keyboard.press('Enter');
}

/** Tables that have other rows. */
function changedBetween(before: ReadonlyMap<string, string[]>, after: ReadonlyMap<string, string[]>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((table) => before.get(table)?.join('\n') !== after.get(table)?.join('\n'));
}
