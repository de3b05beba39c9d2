/**
 * What the operator does now, on the real app: chosen by key, followed through calls, and kept nowhere.
 *
 * Invariant: presence is nobody's record: however an operator's state changes, not one row of any store and nothing of the page's storage does.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentChoices } from '../../shared/agent/agent-state.ts';
import type { ShownAgentState } from '../../shared/agent/agent-state.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { readPageStorage, readStores } from '../support/read-stores.ts';
import { openNextCase } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

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
    await page.getByRole('radio', { name: word('agent.seconds_other').replace('{{count}}', '20') }).check();
    await expect.poll(() => changedBetween(before, readStores(profileDir))).toEqual([expect.stringMatching(/desk\.db settings$/)]);
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
  });
});

/** Tables that have other rows. */
function changedBetween(before: ReadonlyMap<string, string[]>, after: ReadonlyMap<string, string[]>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((table) => before.get(table)?.join('\n') !== after.get(table)?.join('\n'));
}
