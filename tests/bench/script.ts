/**
 * `script`: a step of the script in a running call, as the page sees it: from the key until the next step stands in the page, laid out. Between
 * the two lie the desk's transaction (the step is on the disk before it is shown) and the way there and back.
 *
 * Against it, turn by turn in the same app: an empty command that commits the same durable way (the draft of no words of another case), and, told as well, an empty
 * round trip that runs and commits nothing (a name that the contract does not know). `step-p99` is judged against 5 ms, not a reference.
 * What a screen adds is left out: at 60 Hz the next picture comes up to 17 ms later, whoever draws.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { RequestEnvelope } from '../../renderer/bridge/preload-api.ts';
import { newId } from '../../shared/id.ts';
import { startApp } from '../support/app-process.ts';
import { askDesk, untilSignInShows } from '../support/page-desk.ts';
import { pressAnswer, startCall, untilGate } from '../support/screen-call.ts';
import { openNextCase, signIn, usualMethod } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { demoPassword } from '../support/shift.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BenchResult } from './bench-result.ts';
import { compare, percentile } from './bench-result.ts';
import { PAUSE_MS } from './pause.ts';

const RUNS = 7;
const STEPS_PER_RUN = 60;
const LIMIT_MS = 5;
/** Into the next step by its first answer, and back out of it. */
const keys = ['1', 'Alt+ArrowLeft'];

const worklistSchema = z.object({ rows: z.array(z.object({ caseId: z.string() })) });
const callSchema = z.object({ call: z.object({ caseId: z.string() }) });
const emptyDraft = {
  code: null, amountText: '', dateText: '', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', note: '', scriptStepId: '',
};

export async function benchScript(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('script', say, async ({ folder }) => {
    const { page, close } = await startApp({ profileDir: join(folder, 'profile'), demo: true });
    try {
      await untilSignInShows(page);
      await signIn(page, { username: 'carla', password: demoPassword });
      await page.getByTestId('worklist').getByRole('option').first().waitFor();
      await openNextCase(page);
      await startCall(page);
      await pressAnswer(page, /^Sì/);
      await pressAnswer(page, new RegExp(word(`identityMethod.${usualMethod}`)));
      await untilGate(page, 'confirmed');
      return await measure(page, await anotherCase(page), say);
    } finally {
      await close();
    }
  });
}

/** A case that is not in front: the app keeps no draft of its own there meanwhile. */
async function anotherCase(page: Page): Promise<string> {
  const { rows } = worklistSchema.parse(await askDesk(page, { kind: 'query', name: 'list-worklist', input: { view: 'all', creditorId: null } }));
  const { call } = callSchema.parse(await askDesk(page, { kind: 'query', name: 'show-call', input: { locale: 'it' } }));
  const other = rows.find(({ caseId }) => caseId !== call.caseId);
  if (other === undefined) throw new Error('there is only one case');
  return other.caseId;
}

async function measure(page: Page, otherCase: string, say: (line: string) => void): Promise<BenchResult[]> {
  const all: number[] = [];
  const [steps, durable, empty]: number[][] = [[], [], []];
  for (let run = 0; run <= RUNS; run += 1) {
    const times: Record<'step' | 'durable' | 'empty', number[]> = { step: [], durable: [], empty: [] };
    for (let turn = 0; turn < STEPS_PER_RUN; turn += 1) {
      times.empty.push(await timeRequest(page, { kind: 'query', name: 'nothing', input: {} }));
      times.durable.push(await timeRequest(page, { kind: 'command', name: 'save-draft', input: { commandId: newId(), caseId: otherCase, draft: emptyDraft } }));
      times.step.push(await timeStep(page, keys[turn % keys.length] ?? ''));
    }
    const [step, commit, trip] = [times.step, times.durable, times.empty].map((values) => percentile(values, 0.5));
    say(`${run === 0 ? 'warm-up' : `run ${String(run)}`}: step ${ms(step)}, p99 ${ms(percentile(times.step, 0.99))}; empty commit ${ms(commit)}; empty round trip ${ms(trip)}`);
    if (run === 0) continue;
    all.push(...times.step);
    steps?.push(step ?? 0);
    durable?.push(commit ?? 0);
    empty?.push(trip ?? 0);
  }
  const p99 = percentile(all, 0.99);
  const rounded = Math.round(p99 * 1000) / 1000;
  return [
    compare('step', 'ms', steps ?? [], durable ?? [], 2),
    compare('step-against-round-trip', 'ms', steps ?? [], empty ?? [], 2),
    { metric: 'step-p99', unit: 'ms', ours: rounded, reference: LIMIT_MS, ratio: Math.round((p99 / LIMIT_MS) * 1000) / 1000, target: 1, met: p99 <= LIMIT_MS },
  ];
}

function ms(value: number | undefined): string {
  return `${(value ?? 0).toFixed(2)} ms`;
}

/** The same rest before each turn of every side: a desk that rests has cold caches. */
async function timeStep(page: Page, key: string): Promise<number> {
  const stopwatch = await page.evaluateHandle(async (pauseMs) => {
    await new Promise((resolve) => { setTimeout(resolve, pauseMs); });
    const standing = (): string => document.querySelector('.steps [aria-current="step"]')?.textContent ?? '';
    const before = standing();
    const watch = { pressedAtMs: 0, changed: Promise.resolve(0) };
    document.addEventListener('keydown', () => { watch.pressedAtMs = performance.now(); }, { capture: true, once: true });
    watch.changed = new Promise<number>((resolve) => {
      new MutationObserver((_changes, observer) => {
        if (standing() === before) return;
        observer.disconnect();
        // Laid out, and so ready to be painted.
        document.querySelector('.script-body')?.getBoundingClientRect();
        resolve(performance.now());
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    return watch;
  }, PAUSE_MS);
  await page.keyboard.press(key);
  const tookMs = await stopwatch.evaluate(async (watch) => (await watch.changed) - watch.pressedAtMs);
  await stopwatch.dispose();
  return tookMs;
}

async function timeRequest(page: Page, request: RequestEnvelope): Promise<number> {
  const { tookMs, answer } = await page.evaluate(async ({ sent, pauseMs }) => {
    await new Promise((resolve) => { setTimeout(resolve, pauseMs); });
    const startedMs = performance.now();
    const got = await window.premura.request(sent);
    return { tookMs: performance.now() - startedMs, answer: got };
  }, { sent: request, pauseMs: PAUSE_MS });
  if (request.kind === 'command') z.object({ ok: z.literal(true) }).parse(answer);
  return tookMs;
}
