/**
 * `script`: a step of the script in a running call, as the page sees it: from the key until the next step stands in the page, laid out. Between
 * the two lie the desk's transaction (the step is on the disk before it is shown) and the way there and back.
 *
 * Against it, turn by turn in the same app: an empty command that commits the same durable way (the draft of no words of another case), and, told as well, an empty
 * round trip that runs and commits nothing (a name that the contract does not know). `step-p99` is judged against 5 ms, not a reference.
 * The two parts apart: `step-command` is the desk's command alone, as the page asks for it, against the empty one that commits; `step-in-page` is
 * what the page itself works (the key until the intent is sent, the answer until the step is laid out) at p99, against the same 5 ms. Its watch keeps the
 * page turning, so that the last turn before the answer is known; what it takes itself is in the figure.
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
const callSchema = z.object({
  callId: z.string(), caseId: z.string(),
  walk: z.object({ step: z.object({ stepId: z.string(), answers: z.array(z.object({ answerId: z.string(), ends: z.boolean() })) }) }),
});
type Call = z.infer<typeof callSchema>;
const answeredSchema = z.object({ call: callSchema });
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
  const call = await runningCall(page);
  const other = rows.find(({ caseId }) => caseId !== call.caseId);
  if (other === undefined) throw new Error('there is only one case');
  return other.caseId;
}

async function runningCall(page: Page): Promise<Call> {
  return answeredSchema.parse(await askDesk(page, { kind: 'query', name: 'show-call', input: { locale: 'it' } })).call;
}

async function measure(page: Page, otherCase: string, say: (line: string) => void): Promise<BenchResult[]> {
  const [all, inPage]: [number[], number[]] = [[], []];
  const [steps, durable, empty, commands]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let run = 0; run <= RUNS; run += 1) {
    const times: Record<'step' | 'durable' | 'empty' | 'command' | 'inPage', number[]> = { step: [], durable: [], empty: [], command: [], inPage: [] };
    for (let turn = 0; turn < STEPS_PER_RUN; turn += 1) {
      const key = keys[turn % keys.length] ?? '';
      times.empty.push((await timeRequest(page, { kind: 'query', name: 'nothing', input: {} })).tookMs);
      times.durable.push((await timeRequest(page, { kind: 'command', name: 'save-draft', input: { commandId: newId(), caseId: otherCase, draft: emptyDraft } })).tookMs);
      times.step.push((await timeStep(page, key, false)).tookMs);
    }
    for (let turn = 0; turn < STEPS_PER_RUN; turn += 1) times.inPage.push((await timeStep(page, keys[turn % keys.length] ?? '', true)).inPageMs);
    let call = await runningCall(page);
    for (let turn = 0; turn < STEPS_PER_RUN; turn += 1) {
      const { tookMs, answer } = await timeRequest(page, { kind: 'command', name: 'walk-script', input: stepOf(call, turn) });
      times.command.push(tookMs);
      ({ call } = answeredSchema.parse(answer));
    }
    const [step, commit, trip, command] = [times.step, times.durable, times.empty, times.command].map((values) => percentile(values, 0.5));
    say(`${run === 0 ? 'warm-up' : `run ${String(run)}`}: step ${ms(step)}, p99 ${ms(percentile(times.step, 0.99))}; in the page ${ms(percentile(times.inPage, 0.5))}, p99 ${ms(percentile(times.inPage, 0.99))}; `
      + `its command ${ms(command)}; empty commit ${ms(commit)}; empty round trip ${ms(trip)}`);
    if (run === 0) continue;
    all.push(...times.step);
    inPage.push(...times.inPage);
    steps.push(step ?? 0);
    durable.push(commit ?? 0);
    empty.push(trip ?? 0);
    commands.push(command ?? 0);
  }
  return [
    compare('step', 'ms', steps, durable, 2),
    compare('step-command', 'ms', commands, durable, 2),
    compare('step-against-round-trip', 'ms', steps, empty, 2),
    judgeP99('step-p99', all),
    judgeP99('step-in-page', inPage),
  ];
}

/** The same two steps as by key: by the first answer that leads on, and back. */
function stepOf({ callId, walk: { step } }: Call, turn: number): unknown {
  const action = turn % 2 === 1 ? { kind: 'back' } : { kind: 'answer', stepId: step.stepId, answerId: step.answers.find(({ ends }) => !ends)?.answerId, values: {} };
  return { commandId: newId(), callId, locale: 'it', action };
}

function judgeP99(metric: string, values: readonly number[]): BenchResult {
  const p99 = percentile(values, 0.99);
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return { metric, unit: 'ms', ours: rounded(p99), reference: LIMIT_MS, ratio: rounded(p99 / LIMIT_MS), target: 1, met: p99 <= LIMIT_MS };
}

function ms(value: number | undefined): string {
  return `${(value ?? 0).toFixed(2)} ms`;
}

/** The same rest before each turn of every side: a desk that rests has cold caches. `turning`: the page is kept turning, to know when it waits. */
async function timeStep(page: Page, key: string, turning: boolean): Promise<{ tookMs: number; inPageMs: number }> {
  const stopwatch = await page.evaluateHandle(async ({ pauseMs, isTurning }) => {
    await new Promise((resolve) => { setTimeout(resolve, pauseMs); });
    const standing = (): string => document.querySelector('.steps [aria-current="step"]')?.textContent ?? '';
    const watch = { pressedAtMs: 0, freeAtMs: 0, lastTurnMs: 0, changed: Promise.resolve({ tookMs: 0, inPageMs: 0 }) };
    let before = '';
    let isDone = false;
    const turns = new MessageChannel();
    turns.port1.onmessage = () => {
      watch.lastTurnMs = performance.now();
      if (watch.pressedAtMs !== 0 && watch.freeAtMs === 0) watch.freeAtMs = watch.lastTurnMs;
      if (!isDone) turns.port2.postMessage(null);
    };
    const start = (event: KeyboardEvent): void => {
      // The modifier of a key comes milliseconds before the key.
      if (event.key === 'Alt') return;
      document.removeEventListener('keydown', start, { capture: true });
      before = standing();
      watch.pressedAtMs = performance.now();
    };
    document.addEventListener('keydown', start, { capture: true });
    watch.changed = new Promise((resolve) => {
      new MutationObserver((_changes, observer) => {
        if (watch.pressedAtMs === 0 || standing() === before) return;
        observer.disconnect();
        // Laid out, and so ready to be painted.
        document.querySelector('.script-body')?.getBoundingClientRect();
        const endMs = performance.now();
        isDone = true;
        resolve({ tookMs: endMs - watch.pressedAtMs, inPageMs: watch.freeAtMs - watch.pressedAtMs + endMs - watch.lastTurnMs });
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    if (isTurning) turns.port2.postMessage(null);
    return watch;
  }, { pauseMs: PAUSE_MS, isTurning: turning });
  await page.keyboard.press(key);
  const times = await stopwatch.evaluate((watch) => watch.changed);
  await stopwatch.dispose();
  return times;
}

async function timeRequest(page: Page, request: RequestEnvelope): Promise<{ tookMs: number; answer: unknown }> {
  const { tookMs, answer } = await page.evaluate(async ({ sent, pauseMs }) => {
    await new Promise((resolve) => { setTimeout(resolve, pauseMs); });
    const startedMs = performance.now();
    const got = await window.premura.request(sent);
    return { tookMs: performance.now() - startedMs, answer: got };
  }, { sent: request, pauseMs: PAUSE_MS });
  return { tookMs, answer: request.kind === 'command' ? z.object({ ok: z.literal(true), value: z.unknown() }).parse(answer).value : null };
}
