/**
 * Into the training and back, on the real app.
 * Invariant: the training says what it is on every screen and in the title; nothing of it stands in the folders of the real work; calls are practised there and
 * nowhere else.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HubProcess, runHub } from '../support/hub-process.ts';
import type { AppProcess } from '../support/app-process.ts';
import { setContentSize, startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { followLine } from '../support/page-line.ts';
import { typeCode } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

let folder: string;
let running: AppProcess;
let liveHub: HubProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  await runHub(['users', 'add', '--data', join(folder, 'live'), '--username', 'carla', '--role', 'collector', '--password', 'fiume-lento-9', '--certificates', 'full']);
  liveHub = await HubProcess.start(join(folder, 'live'));
  running = await startApp({ profileDir: join(folder, 'profile'), hubUrl: liveHub.url });
});

afterAll(async () => {
  await running.close();
  await liveHub.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function nextWindow(action: () => Promise<void>): Promise<Page> {
  const opened = running.app.waitForEvent('window');
  await action();
  const page = await opened;
  await setContentSize(running.app, { width: 1366, height: 768 });
  return page;
}

const titles = (): Promise<string[]> => running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()));

it('opens from the sign-in, says TRAINING everywhere, works, and leads back', async () => {
  const live = await followLine(running.page);
  expect(await live.ask('ring-practice-call', {})).toMatchObject({ ok: false, error: { code: 'practice-line-only' } });
  const training = await nextWindow(() => running.page.getByRole('button', { name: word('training.enter') }).click());
  const ribbon = training.getByRole('complementary', { name: word('training.label') });
  await ribbon.getByText(word('training.word')).waitFor();
  expect(await checkAccessibility(training)).toEqual([]);
  expect((await titles()).at(-1)).toContain('ADDESTRAMENTO');
  await training.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await training.getByTestId('worklist').getByRole('option').first().waitFor();
  await ribbon.waitFor();
  await (await followLine(training)).until(({ kind }) => kind === 'practice', 'the practice line');
  await training.keyboard.press('F12');
  await training.getByTestId('case-title').waitFor();
  await ribbon.waitFor();
  expect(await checkAccessibility(training)).toEqual([]);
  await typeCode(training, 'NA');
  await training.keyboard.press('Control+S');
  await training.getByText(word('guide.endTitle')).first().waitFor();
  await training.getByTestId('unsent-count').filter({ hasText: /^0$/ }).waitFor();

  expect(existsSync(join(folder, 'profile/training/hub/hub.sqlite'))).toBe(true);
  expect(readdirSync(join(folder, 'profile/training/desk/stores'))).toHaveLength(1);
  expect(existsSync(join(folder, 'profile/desk/stores'))).toBe(false);
  expect((await runHub(['facts', '--ids', '--data', join(folder, 'live')])).trim()).toBe('');
  expect((await runHub(['facts', '--ids', '--data', join(folder, 'profile/training/hub')])).trim()).not.toBe('');

  const work = await nextWindow(() => ribbon.getByRole('button', { name: word('training.leave') }).click());
  await work.getByRole('heading', { name: word('signIn.title') }).waitFor();
  expect(await work.getByRole('complementary', { name: word('training.label') }).count()).toBe(0);
  await work.getByLabel(word('signIn.username'), { exact: true }).fill('carla');
  await work.getByLabel(word('signIn.password'), { exact: true }).fill('fiume-lento-9');
  await work.keyboard.press('Enter');
  await work.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor();
});
