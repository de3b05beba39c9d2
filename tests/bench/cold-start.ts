/**
 * `cold-start`: how long a person waits.
 *
 * `sign-in-usable`: from spawning the built app until its sign-in form stands on the screen,
 * against a bare window of the same Electron with a form in it. Both are started as a user
 * starts them, without a driver; the page itself says when it painted the form.
 * `first-case`: from Enter in the form until the first case of the list is on the screen, with a
 * hub, against 300 ms plus the time of the password's key derivation in the same Electron.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { buildApp } from '../../scripts/build.ts';
import type { ElectronRuntime } from '../../scripts/electron-runtime.ts';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.ts';
import { projectDirectory } from '../../scripts/project.ts';
import { startVirtualDisplay } from '../../scripts/virtual-display.ts';
import { systemClock } from '../../shared/time.ts';
import { startApp } from '../support/app-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { untilSignInShows } from '../support/page-desk.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword } from '../support/shift.ts';
import { writeBareApp } from './bare-app.ts';
import { startBareDesk } from './bare-desk-process.ts';
import type { BenchResult } from './bench-result.ts';
import { compare, percentile } from './bench-result.ts';

const RUNS = 7;
const FIRST_CASE_BUDGET_MS = 300;

export async function benchColdStart(say: (line: string) => void): Promise<BenchResult[]> {
  const runtime = await ensureElectronRuntime(say);
  await buildApp(runtime, say);
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'start-'));
  const display = await startVirtualDisplay();
  process.env['DISPLAY'] = display.name;
  const hub = await HubProcess.start(join(folder, 'hub'), { demo: true, extra: ['--quiet'] });
  try {
    return [await benchSignIn(runtime, folder, hub.url, say), await benchFirstCase(runtime, folder, hub.url, say)];
  } finally {
    await hub.stop();
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchSignIn(runtime: ElectronRuntime, folder: string, hubUrl: string, say: (line: string) => void): Promise<BenchResult> {
  const bareApp = writeBareApp(join(folder, 'bare'));
  const ours: number[] = [];
  const reference: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const app = await timeToForm(runtime, [runtime.appDirectory, '--profile', join(folder, 'profile'), '--hub', hubUrl]);
    const bare = await timeToForm(runtime, [bareApp]);
    say(`${run === 0 ? 'warm-up' : `run ${String(run)}`}: app ${app.toFixed(0)} ms, bare window ${bare.toFixed(0)} ms`);
    if (run === 0) continue;
    ours.push(app);
    reference.push(bare);
  }
  return compare('sign-in-usable', 'ms', ours, reference, 1.5);
}

/** From spawning until the page had painted its form, by the page's own clock. */
async function timeToForm(runtime: ElectronRuntime, appArguments: string[]): Promise<number> {
  const spawnedAtMs = systemClock.nowMs();
  const child = spawn(runtime.executable, [...runtime.switches, '--remote-debugging-port=0', '--lang=it', ...appArguments], {
    stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LANGUAGE: 'it' },
  });
  const gone = once(child, 'exit');
  const browser = await chromium.connectOverCDP(await readDevToolsAddress(child.stderr));
  const page = await firstPage(browser);
  await page.locator('input').first().waitFor();
  const paintedAtMs = await page.evaluate(readPaintOfForm);
  await browser.close();
  child.kill('SIGTERM');
  await gone;
  return paintedAtMs - spawnedAtMs;
}

/** When the largest paint so far happened (the form is the page's only content), in UTC milliseconds. */
function readPaintOfForm(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const last = list.getEntries().at(-1);
      if (last !== undefined) resolve(performance.timeOrigin + last.startTime);
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

async function readDevToolsAddress(stderr: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    stderr.setEncoding('utf8');
    stderr.on('data', (chunk: string) => {
      text += chunk;
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    stderr.on('end', () => reject(new Error(`Electron ended: ${text}`)));
  });
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Electron has no browser context');
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}

async function benchFirstCase(runtime: ElectronRuntime, folder: string, hubUrl: string, say: (line: string) => void): Promise<BenchResult> {
  const bare = await startBareDesk(runtime, folder);
  const ours: number[] = [];
  const reference: number[] = [];
  try {
    // The first sign-in makes the store and fetches the cases; it is not what is measured.
    for (let run = 0; run <= RUNS; run += 1) {
      const app = await timeToFirstCase(join(folder, 'collector'), hubUrl);
      const unlockMs = percentile(await bare.ask('unlock', 1), 0.5);
      say(`${run === 0 ? 'first sign-in' : `run ${String(run)}`}: Enter to first case ${app.toFixed(0)} ms, key derivation ${unlockMs.toFixed(0)} ms`);
      if (run === 0) continue;
      ours.push(app);
      reference.push(FIRST_CASE_BUDGET_MS + unlockMs);
    }
  } finally {
    await bare.stop();
  }
  return compare('first-case', 'ms', ours, reference, 1);
}

async function timeToFirstCase(profileDir: string, hubUrl: string): Promise<number> {
  const { page, close } = await startApp({ profileDir, hubUrl });
  await untilSignInShows(page);
  await page.getByLabel(word('signIn.username'), { exact: true }).fill('carla');
  await page.getByLabel(word('signIn.password'), { exact: true }).fill(demoPassword);
  // Set up before the key is pressed, in a call of its own: the two would race.
  const stopwatch = await page.evaluateHandle(() => {
    const watch = { pressedAtMs: 0, seen: Promise.resolve(0) };
    document.addEventListener('keydown', () => (watch.pressedAtMs = performance.now()), { capture: true, once: true });
    watch.seen = new Promise<number>((resolve) => {
      new MutationObserver((_changes, observer) => {
        if (document.querySelector('[data-testid="worklist"] [role="option"]') === null) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now()));
      }).observe(document, { childList: true, subtree: true });
    });
    return watch;
  });
  await page.keyboard.press('Enter');
  const { pressedAtMs, seenAtMs } = await stopwatch.evaluate(async (watch) => ({ seenAtMs: await watch.seen, pressedAtMs: watch.pressedAtMs }));
  if (pressedAtMs === 0) throw new Error('the key was not seen');
  const tookMs = seenAtMs - pressedAtMs;
  await close();
  return tookMs;
}
