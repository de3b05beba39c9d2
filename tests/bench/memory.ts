/**
 * `memory`: what the app holds with 100,000 cases on the desk, over the work of a shift, against a bare window of the same Electron.
 *
 * The shift is eight hours of work with hardly any of its waiting: an hour is six calls to cases found by search, coded and saved
 * (each goes to the hub and comes back as a page of the feed), six looks at the next case, three searches and two views of the list.
 * After every call nobody touches a key for somewhat longer than the app needs to notice it and to tidy up by itself: a customer is
 * listened to longer. A sample is taken after each call, before its rest, and one after the rest: a real hour rests more.
 * Held = sum of the proportional set sizes of every process of the app, run from a copy of the runtime of its own, so that it shares
 * no page with another program that runs the same files; the hub is another machine's. Nothing is collected from outside. `held`
 * judges the median after the first fifth; `slope` is the straight line through the same samples, in percent of their mean per hour,
 * against one.
 */
import { cpSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { ElectronRuntime } from '../../scripts/electron-runtime.ts';
import { dateOfInstant, systemClock } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { launchElectron } from '../support/launch-electron.ts';
import { untilSignInShows } from '../support/page-desk.ts';
import { caseTitle, saveAndNext, signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { withBuiltApp } from './app-bench.ts';
import { writeBareApp } from './bare-app.ts';
import type { BenchResult } from './bench-result.ts';
import { median } from './bench-result.ts';
import { benchPassword, foundAgency } from './hub-agency.ts';
import type { Held } from './process-memory.ts';
import { readHeldByProcess, readHeldByTree } from './process-memory.ts';
import { publishCasesTo } from './publish-cases.ts';
import { scaleCases } from './scale-cases.ts';

const CASES = 100_000;
/** Those that are worked come from an import: what the hub makes of their facts comes back. */
const IMPORTED = 200;
const SEED = 20_261_122;
const HOURS = 8;
const CALLS_PER_HOUR = 6;
const FIRST_FIFTH_HOURS = HOURS / 5;
const HELD_TARGET = 1.6;
const SLOPE_TARGET_PERCENT = 1;
const LONGEST_SYNC_MS = 600_000;
const BARE_SAMPLES = 5;
/** Somewhat more than `afterRest` waits. */
const REST_MS = 17_000;

interface Sample { hour: number; pssMiB: number }

export async function benchMemory(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('memory', say, async ({ runtime, folder }) => {
    const dataDir = join(folder, 'hub');
    const [collector] = await foundAgency({ dataDir, postgresUrl: null }, { collectors: 1, casesEach: IMPORTED });
    if (collector === undefined) throw new Error('no collector');
    const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
    await publishCasesTo(dataDir, collector.userId, scaleCases(CASES - IMPORTED, SEED, today));
    const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
    try {
      const own = copyRuntime(runtime, join(folder, 'runtime'));
      const before = await holdBare(own, join(folder, 'bare-before'), say);
      const samples = await workShift(own.executable, hub.url, join(folder, 'profile'), collector.username, say);
      const after = await holdBare(own, join(folder, 'bare-after'), say);
      return judge(samples, [...before, ...after]);
    } finally {
      await hub.stop();
    }
  });
}

function copyRuntime(runtime: ElectronRuntime, directory: string): ElectronRuntime {
  cpSync(runtime.directory, directory, { recursive: true });
  return { ...runtime, directory, executable: join(directory, relative(runtime.directory, runtime.executable)) };
}

function judge(samples: Sample[], bare: number[]): BenchResult[] {
  const late = samples.filter(({ hour }) => hour > FIRST_FIFTH_HOURS);
  const held = Math.round(median(late.map(({ pssMiB }) => pssMiB)));
  const reference = Math.round(median(bare));
  const ratio = Math.round((held / reference) * 1000) / 1000;
  const slope = Math.round(slopePercent(late) * 100) / 100;
  return [
    { metric: 'held', ours: held, reference, unit: 'MiB', ratio, target: HELD_TARGET, met: ratio <= HELD_TARGET },
    { metric: 'slope', ours: slope, reference: SLOPE_TARGET_PERCENT, unit: '%/h', ratio: slope / SLOPE_TARGET_PERCENT, target: 1, met: slope <= SLOPE_TARGET_PERCENT },
  ];
}

/** Least squares. */
function slopePercent(samples: Sample[]): number {
  const mean = (pick: (sample: Sample) => number): number => samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const [meanHour, meanHeld] = [mean(({ hour }) => hour), mean(({ pssMiB }) => pssMiB)];
  const covariance = mean(({ hour, pssMiB }) => (hour - meanHour) * (pssMiB - meanHeld));
  return (covariance / mean(({ hour }) => (hour - meanHour) ** 2) / meanHeld) * 100;
}

async function holdBare(runtime: ElectronRuntime, folder: string, say: (line: string) => void): Promise<number[]> {
  const app = await launchElectron({ executablePath: runtime.executable, args: [...runtime.switches, writeBareApp(folder)] });
  try {
    const page = await app.firstWindow();
    await page.locator('input').waitFor();
    const samples: number[] = [];
    for (let sample = 0; sample < BARE_SAMPLES; sample += 1) {
      await page.evaluate(() => new Promise((resolve) => { requestIdleCallback(resolve); }));
      samples.push(readHeldByTree(pidOf(app)).pssMiB);
    }
    const { anonymousMiB, processes } = readHeldByTree(pidOf(app));
    sayByProcess('bare window', pidOf(app), say);
    say(`bare window: ${median(samples).toFixed(0)} MiB (${anonymousMiB.toFixed(0)} anonymous) in ${String(processes)} processes`);
    return samples;
  } finally {
    await app.close();
  }
}

function sayByProcess(when: string, rootPid: number, say: (line: string) => void): void {
  const parts = readHeldByProcess(rootPid).map(({ name, pssMiB, anonymousMiB }) => `${name} ${pssMiB.toFixed(0)} (${anonymousMiB.toFixed(0)})`);
  say(`${when}, by process (anonymous): ${parts.join(', ')} MiB`);
}

function pidOf(app: AppProcess['app']): number {
  const { pid } = app.process();
  if (pid === undefined) throw new Error('the app has no pid');
  return pid;
}

function describe({ pssMiB, anonymousMiB }: Held): string {
  return `${pssMiB.toFixed(0)} MiB (${anonymousMiB.toFixed(0)} anonymous)`;
}

async function workShift(executable: string, hubUrl: string, profileDir: string, username: string, say: (line: string) => void): Promise<Sample[]> {
  const { app, page, close } = await startApp({ executable, profileDir, hubUrl });
  const samples: Sample[] = [];
  try {
    page.setDefaultTimeout(60_000);
    await untilSignInShows(page);
    sayByProcess('nobody signed in', pidOf(app), say);
    await signIn(page, { username, password: benchPassword });
    await showView(page, 'all', LONGEST_SYNC_MS);
    const all = new Intl.NumberFormat('it-IT', { useGrouping: true }).format(CASES);
    await page.getByRole('navigation').getByRole('button', { name: `${word('view.all')} ${all}` }).waitFor({ timeout: LONGEST_SYNC_MS });
    await page.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor({ timeout: LONGEST_SYNC_MS });
    sayByProcess('all cases are on the desk', pidOf(app), say);
    for (let call = 1; call <= HOURS * CALLS_PER_HOUR; call += 1) {
      await oneCall(page, call);
      if (call % 2 === 0) {
        await search(page, `C${String(call * 977).padStart(6, '0')}`);
        await closeSearch(page);
      }
      if (call % 3 === 0) await showView(page, call % 6 === 0 ? 'all' : 'worked-today');
      const worked = readHeldByTree(pidOf(app));
      await setTimeout(REST_MS);
      const rested = readHeldByTree(pidOf(app));
      samples.push(...[worked, rested].map(({ pssMiB }) => ({ hour: call / CALLS_PER_HOUR, pssMiB })));
      if (call % (CALLS_PER_HOUR / 2) === 0) say(`hour ${(call / CALLS_PER_HOUR).toFixed(1)}: ${describe(worked)} after the call, ${describe(rested)} after its rest`);
      if (call % (CALLS_PER_HOUR * 2) === 0) sayByProcess(`hour ${String(call / CALLS_PER_HOUR)}`, pidOf(app), say);
    }
    await page.getByTestId('unsent-count').filter({ hasText: '0' }).waitFor();
    sayByProcess('at the end', pidOf(app), say);
    return samples;
  } finally {
    await close();
  }
}

/** A case found by search, nobody answers or the line is busy, saved; the next one is looked at and left. */
async function oneCall(page: Page, call: number): Promise<void> {
  const code = String(call).padStart(6, '0');
  await search(page, `Officine ${code}`, code);
  await page.keyboard.press('Enter');
  // While it fades out the search keeps the keys.
  await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
  const title = await caseTitle(page);
  await page.locator('.script-body').waitFor();
  await page.keyboard.press(call % 4 === 0 ? 'F4' : 'F9');
  await saveAndNext(page, title);
  await page.locator('.script-body').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('worklist').waitFor();
}

/** Waits until the first result is the one meant: answers to half of the text come before. */
async function search(page: Page, text: string, shown = ''): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByPlaceholder(word('search.placeholder')).waitFor();
  await page.keyboard.type(text);
  await page.locator('#search-results [role="option"][aria-selected="true"]').filter({ hasText: shown }).waitFor();
}

async function closeSearch(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByPlaceholder(word('search.placeholder')).waitFor({ state: 'detached' });
}

async function showView(page: Page, view: 'all' | 'worked-today', timeoutMs = 60_000): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: new RegExp(`^${word(`view.${view}`)}`) }).click();
  await page.getByTestId('worklist').getByRole('option').first().waitFor({ timeout: timeoutMs });
}
