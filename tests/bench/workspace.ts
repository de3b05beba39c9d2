/**
 * `workspace`: from Enter on a row of the list until the workspace of a long case is painted (invoices, the newest of 500 entries,
 * script, outcome), against an empty route of the same app: Enter on a view of the list that holds nothing, until its one
 * sentence is painted. Both ask the desk once before they can paint.
 *
 * Painted = the second animation frame after the last part came into the page. Turn by turn; what is judged is the medians.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { systemClock } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import { startApp } from '../support/app-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { untilSignInShows } from '../support/page-desk.ts';
import { signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BenchResult } from './bench-result.ts';
import { compare, percentile } from './bench-result.ts';
import { longCase, longCaseEntries, longCaseName } from './long-case.ts';
import { benchUser, publishCases } from './publish-cases.ts';
import { scaleCases } from './scale-cases.ts';

const RUNS = 15;
const WARM_UP_RUNS = 3;
const OTHER_CASES = 5;
const SEED = 20_261_122;

/** All of it must be there: the timeline that knows its length, what to say, and the outcome. */
const workspaceParts = [`[data-testid="timeline"] li[aria-setsize="${String(longCaseEntries)}"]`, '#case-invoices li', '.script-body', '#outcome-code'];
const emptyParts = ['.worklist-main .state-view .state-title'];

export async function benchWorkspace(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('workspace', say, async ({ folder }) => {
    const nowMs = systemClock.nowMs();
    const dataDir = join(folder, 'hub');
    await publishCases(dataDir, [longCase(nowMs), ...scaleCases(OTHER_CASES, SEED, dateOfInstant(nowMs, 'Europe/Rome'))]);
    const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
    const { page, close } = await startApp({ profileDir: join(folder, 'profile'), hubUrl: hub.url });
    try {
      await untilSignInShows(page);
      await signIn(page, benchUser);
      return [await compareRoutes(page, say)];
    } finally {
      await close();
      await hub.stop();
    }
  });
}

async function compareRoutes(page: Page, say: (line: string) => void): Promise<BenchResult> {
  const ours: number[] = [];
  const reference: number[] = [];
  for (let run = 1 - WARM_UP_RUNS; run <= RUNS; run += 1) {
    const empty = await timeEmptyRoute(page);
    const workspace = await timeWorkspace(page);
    say(`${run < 1 ? 'warm-up' : `run ${String(run)}`}: workspace ${workspace.toFixed(1)} ms, empty route ${empty.toFixed(1)} ms`);
    if (run < 1) continue;
    ours.push(workspace);
    reference.push(empty);
  }
  say(`workspace p95 ${percentile(ours, 0.95).toFixed(1)} ms, empty route p95 ${percentile(reference, 0.95).toFixed(1)} ms`);
  return compare('workspace', 'ms', ours, reference, 3);
}

async function timeWorkspace(page: Page): Promise<number> {
  await page.getByRole('button', { name: new RegExp(`^${word('view.all')}`) }).click();
  const row = page.getByTestId('worklist').getByRole('option').filter({ hasText: longCaseName });
  await row.click();
  await page.getByTestId('worklist').focus();
  const tookMs = await timeEnter(page, workspaceParts);
  await page.keyboard.press('Escape');
  await page.getByTestId('worklist').waitFor();
  return tookMs;
}

async function timeEmptyRoute(page: Page): Promise<number> {
  await page.getByRole('button', { name: new RegExp(`^${word('view.all')}`) }).click();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  await page.getByRole('button', { name: new RegExp(`^${word('view.callbacks')}`) }).focus();
  return timeEnter(page, emptyParts);
}

/** Everything at rest, then the key; by the page's own clock. */
async function timeEnter(page: Page, parts: string[]): Promise<number> {
  // Set up before the key is pressed, in a call of its own: the two would race.
  const stopwatch = await page.evaluateHandle(async (selectors) => {
    await new Promise((resolve) => { requestIdleCallback(resolve); });
    const watch = { pressedAtMs: 0, painted: Promise.resolve(0) };
    const isThere = (): boolean => selectors.every((selector) => document.querySelector(selector) !== null);
    if (isThere()) throw new Error('it stands on the screen already');
    document.addEventListener('keydown', (event) => { watch.pressedAtMs = event.timeStamp; }, { capture: true, once: true });
    watch.painted = new Promise<number>((resolve) => {
      new MutationObserver((_changes, observer) => {
        if (!isThere()) return;
        observer.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => { resolve(performance.now()); }));
      }).observe(document, { childList: true, subtree: true, attributes: true });
    });
    return watch;
  }, parts);
  await page.keyboard.press('Enter');
  const { pressedAtMs, paintedAtMs } = await stopwatch.evaluate(async (watch) => ({ paintedAtMs: await watch.painted, pressedAtMs: watch.pressedAtMs }));
  if (pressedAtMs === 0) throw new Error('the key was not seen');
  await stopwatch.dispose();
  return paintedAtMs - pressedAtMs;
}
