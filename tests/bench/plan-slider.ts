/**
 * `plan-slider`: a plan for a case of 40 invoices while its slider is moved: from the key until the new figures are painted, in frames against the two that
 * were asked for, and in milliseconds against a bare slider of the same page that writes its own value into a line.
 *
 * Painted: the first frame that shows the amount of the slider, with which the options of the plan come in the same commit of the page, is handed over. Frames are
 * those of 60 in a second that went by since the key, dropped ones too. Turn by turn. Invariant: before anything is timed, options stand there, and they follow the slider.
 */
import { join } from 'node:path';
import type { JSHandle, Page } from 'playwright-core';
import { dateOfInstant, systemClock } from '../../shared/time.ts';
import { startApp } from '../support/app-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { untilSignInShows } from '../support/page-desk.ts';
import { signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BenchResult } from './bench-result.ts';
import { percentile } from './bench-result.ts';
import { longCase, longCaseName } from './long-case.ts';
import { benchUser, publishCases } from './publish-cases.ts';
import { scaleCases } from './scale-cases.ts';

const MOVES = 120;
const WARM_UP_MOVES = 20;
const OTHER_CASES = 5;
const SEED = 20_261_122;
const MOST_FRAMES = 2;
const FRAMES_PER_SECOND = 60;
/** Of the bare slider's time. */
const TARGET = 3;

export async function benchPlanSlider(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('plan-slider', say, async ({ folder }) => {
    const nowMs = systemClock.nowMs();
    const dataDir = join(folder, 'hub');
    await publishCases(dataDir, [longCase(nowMs), ...scaleCases(OTHER_CASES, SEED, dateOfInstant(nowMs, 'Europe/Rome'))]);
    const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
    const { page, close } = await startApp({ profileDir: join(folder, 'profile'), hubUrl: hub.url });
    try {
      await untilSignInShows(page);
      await signIn(page, benchUser);
      await openPlan(page);
      return await compareSliders(page, say);
    } finally {
      await close();
      await hub.stop();
    }
  });
}

async function openPlan(page: Page): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${word('view.all')}`) }).click();
  await page.getByTestId('worklist').getByRole('option').filter({ hasText: longCaseName }).click();
  await page.getByTestId('worklist').focus();
  await page.keyboard.press('Enter');
  await page.locator('#outcome-code').waitFor();
  await page.keyboard.press('e');
  await page.keyboard.type('PLN');
  await page.keyboard.press('Enter');
  await page.locator('[data-field="perMonthText"] input:not([type="range"])').fill('1000');
  await page.locator('[data-field="dayText"] input').fill('10');
  const options = page.locator('.plan-options');
  await options.waitFor();
  const before = await options.innerText();
  await page.locator('[data-field="perMonthText"] input:not([type="range"])').fill('1500');
  await page.waitForFunction((text) => document.querySelector<HTMLElement>('.plan-options')?.innerText !== text, before);
  // Beside it, in the same page, the least that a slider can do.
  await page.evaluate(() => {
    const [slider, line] = [document.createElement('input'), document.createElement('output')];
    Object.assign(slider, { id: 'bare-slider', type: 'range', min: '0', max: '1000', step: '1', value: '0' });
    slider.setAttribute('aria-label', 'bare');
    line.id = 'bare-line';
    slider.addEventListener('input', () => { line.textContent = slider.value; });
    document.querySelector('.plan-fields')?.append(slider, line);
  });
}

async function compareSliders(page: Page, say: (line: string) => void): Promise<BenchResult[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let move = 1 - WARM_UP_MOVES; move <= MOVES; move += 1) {
    const one = await timeMove(page, '.plan-slider input[type="range"]', '[data-field="perMonthText"] input:not([type="range"])');
    const other = await timeMove(page, '#bare-slider', '#bare-line');
    if (move < 1) continue;
    ours.push(one);
    bare.push(other);
  }
  const part = (moves: readonly number[], of: number): number => Math.round(percentile(moves, of) * 1000) / 1000;
  say(`plan: p50 ${String(part(ours, 0.5))} ms, p95 ${String(part(ours, 0.95))} ms, most ${String(part(ours, 1))} ms; bare: p50 ${String(part(bare, 0.5))} ms, p95 ${String(part(bare, 0.95))} ms`);
  const [oursMs, bareMs] = [part(ours, 0.95), part(bare, 0.95)];
  const p95Frames = Math.ceil((oursMs * FRAMES_PER_SECOND) / 1000);
  const ratio = Math.round((oursMs / bareMs) * 1000) / 1000;
  return [
    { metric: 'slider-frames-p95', unit: 'frames', ours: p95Frames, reference: MOST_FRAMES, ratio: p95Frames / MOST_FRAMES, target: 1, met: p95Frames <= MOST_FRAMES },
    { metric: 'slider-painted-p95', unit: 'ms', ours: oursMs, reference: bareMs, ratio, target: TARGET, met: ratio <= TARGET },
  ];
}

/** Everything at rest, then one step of the slider; by the page's own clock. */
async function timeMove(page: Page, slider: string, figure: string): Promise<number> {
  await page.locator(slider).focus();
  // Set up before the key is pressed, in a call of its own: the two would race.
  const watch: JSHandle<{ painted: Promise<number> }> = await page.evaluateHandle(async (selector) => {
    await new Promise((resolve) => { requestIdleCallback(resolve); });
    const read = (): string => {
      const shown = document.querySelector(selector);
      return shown instanceof HTMLInputElement ? shown.value : shown?.textContent ?? '';
    };
    const before = read();
    let pressedAtMs: number | null = null;
    document.addEventListener('keydown', (event) => { pressedAtMs = event.timeStamp; }, { capture: true, once: true });
    const painted = new Promise<number>((resolve) => {
      const look = (): void => {
        if (read() === before) { requestAnimationFrame(look); return; }
        // After this frame's own work: what it shows is handed over to be painted.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { resolve(performance.now() - (pressedAtMs ?? 0)); };
        channel.port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });
    return { painted };
  }, figure);
  await page.keyboard.press('ArrowRight');
  const tookMs = await watch.evaluate((handle) => handle.painted);
  await watch.dispose();
  return tookMs;
}
