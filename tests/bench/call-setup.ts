/**
 * `call-setup`: how long an operator waits for the telephone, against bare sip.js in a page of the same Electron at the same exchange.
 *
 *   click-invite    from the key on the open case to the INVITE as it passes on its way to the exchange; ours commits permit and start before
 *   ringing-shown   from the 180 on the wire to the frame that shows it
 *   answer-heard    from the 200 on the wire to the first audible sample of the far end, which sends our own voice back
 *
 * Both are called turn by turn, and the far end behaves the same. Met: at most a tenth slower than the reference, or 30 ms.
 */
import type { ElectronApplication, Page } from 'playwright-core';
import { rigDomain } from '../../scripts/telephone-rig/start-rig.ts';
import { writeTone } from '../../scripts/telephone-rig/write-tone.ts';
import { openByName, saveHere } from '../support/call-by-keyboard.ts';
import { launchElectron } from '../support/launch-electron.ts';
import type { AppStage, OpenApp } from '../telephone/support/app-stage.ts';
import { openAppStage } from '../telephone/support/app-stage.ts';
import { startSipp } from '../telephone/support/far-end.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BuiltApp } from './app-bench.ts';
import type { BarePhone } from './bare-phone/page.ts';
import { buildBarePhone } from './bare-phone/build-bare-phone.ts';
import type { BenchResult } from './bench-result.ts';
import { compare } from './bench-result.ts';
import type { SipTap } from '../telephone/support/sip-tap.ts';
import { startSipTap } from '../telephone/support/sip-tap.ts';

const RUNS = 9;
const RATIO_TARGET = 1.1;
const EXTRA_TARGET_MS = 30;
const SHOWN_WITHIN_MS = 20_000;

interface SetUp {
  'click-invite': number;
  'ringing-shown': number;
  'answer-heard': number;
}

const customers = Array.from({ length: RUNS + 1 }, (_, index) => ({ name: `Cliente Chiamato ${String(index + 1)}`, number: `0828 0020${String(10 + index)}` }));

export function benchCallSetup(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('call-setup', say, async (built) => {
    const stage = await openAppStage({ customers });
    const [ourTap, bareTap] = [await startSipTap(stage.rig.wsUrl), await startSipTap(stage.rig.wsUrl)];
    await stage.moveExchange(ourTap.url);
    const running = await stage.open();
    const bare = await openBarePhone(built, bareTap);
    try {
      return await callByTurns({ stage, running, ourTap, bare, bareTap }, say);
    } finally {
      await bare.close();
      await running.close();
      await ourTap.close();
      await bareTap.close();
      await stage.close();
    }
  });
}

interface Both {
  stage: AppStage;
  running: OpenApp;
  ourTap: SipTap;
  bare: ElectronApplication;
  bareTap: SipTap;
}

async function callByTurns({ stage, running, ourTap, bare, bareTap }: Both, say: (line: string) => void): Promise<BenchResult[]> {
  const barePage = await bare.firstWindow();
  await watch(running.page);
  await watch(barePage);
  await noteHeard(running.app);
  const [ours, reference]: [SetUp[], SetUp[]] = [[], []];
  for (const [run, { name }] of customers.entries()) {
    const bareSetUp = await callBare(stage, barePage, bareTap);
    const ourSetUp = await callOurs(stage, running, ourTap, name);
    // The first run only warms both.
    if (run === 0) continue;
    reference.push(bareSetUp);
    ours.push(ourSetUp);
    const told = (Object.keys(ourSetUp) as (keyof SetUp)[]).map((metric) => `${metric} ${ourSetUp[metric].toFixed(1)} / ${bareSetUp[metric].toFixed(1)} ms`);
    say(`${String(run)}: ours / bare: ${told.join(', ')}`);
  }
  return (['click-invite', 'ringing-shown', 'answer-heard'] as const).map((metric) => {
    const judged = compare(metric, 'ms', ours.map((one) => one[metric]), reference.map((one) => one[metric]), RATIO_TARGET);
    return { ...judged, met: judged.met || judged.ours - judged.reference <= EXTRA_TARGET_MS };
  });
}

async function callOurs(stage: AppStage, { page, app, line }: OpenApp, tap: SipTap, name: string): Promise<SetUp> {
  await openByName(page, name);
  await page.getByTestId('guard').waitFor();
  const trunk = await startSipp(stage.rig, 'answers');
  await begin(page, tap);
  await app.evaluate(() => { Object.assign(globalThis, { heardMs: null }); });
  await page.keyboard.press('F2');
  const heardMs = await app.evaluate(() => (globalThis as unknown as { whenHeard: () => Promise<number> }).whenHeard());
  const setUp = await read(page, tap, heardMs);
  await page.keyboard.press('F10');
  await trunk.done;
  await line.until(({ calls }) => calls.length === 0, 'it ended');
  await page.keyboard.press('F9');
  await saveHere(page);
  return setUp;
}

async function callBare(stage: AppStage, page: Page, tap: SipTap): Promise<SetUp> {
  const trunk = await startSipp(stage.rig, 'answers');
  await page.evaluate(() => { (window as unknown as { phone: BarePhone }).phone.number = '0612345678'; });
  await begin(page, tap);
  await page.keyboard.press('F2');
  const heard = await page.waitForFunction(() => (window as unknown as { phone: BarePhone }).phone.heardMs, null, { timeout: SHOWN_WITHIN_MS });
  const heardMs = await heard.jsonValue();
  if (heardMs === null) throw new Error('nothing heard');
  const setUp = await read(page, tap, heardMs);
  await page.keyboard.press('F10');
  await page.waitForFunction(() => (window as unknown as { phone: BarePhone }).phone.isOver);
  await trunk.done;
  return setUp;
}

interface PageMarks { keyMs: number | null; shownMs: number | null }

/** Notes in the page when the key came and when a frame showed that it rings. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const marks: PageMarks = { keyMs: null, shownMs: null };
    const nowMs = (): number => performance.timeOrigin + performance.now();
    Object.assign(window, { marks });
    window.addEventListener('keydown', ({ key }) => {
      if (key === 'F2') marks.keyMs ??= nowMs();
    }, true);
    let isSeen = false;
    new MutationObserver(() => {
      const rings = document.querySelector('.line-controls[data-state="ringing"], #state[data-state="ringing"]') !== null;
      if (rings && !isSeen) requestAnimationFrame(() => { marks.shownMs ??= nowMs(); });
      isSeen = rings;
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
  });
}

async function begin(page: Page, tap: SipTap): Promise<void> {
  tap.begin();
  await page.evaluate(() => { Object.assign((window as unknown as { marks: PageMarks }).marks, { keyMs: null, shownMs: null }); });
}

async function read(page: Page, tap: SipTap, heardMs: number): Promise<SetUp> {
  const { keyMs, shownMs } = await page.evaluate(() => (window as unknown as { marks: PageMarks }).marks);
  const { inviteMs, ringingMs, answerMs } = tap.seen();
  if (keyMs === null || shownMs === null || inviteMs === null || ringingMs === null || answerMs === null) {
    throw new Error(`something of a call was not seen: ${JSON.stringify({ keyMs, shownMs, ...tap.seen() })}`);
  }
  return { 'click-invite': inviteMs - keyMs, 'ringing-shown': shownMs - ringingMs, 'answer-heard': heardMs - answerMs };
}

/** What the audio page says of the first sound, as it arrives in main. */
async function noteHeard(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ ipcMain }) => {
    const heard = { heardMs: null as number | null, tell: null as ((ms: number) => void) | null };
    ipcMain.on('premura:audio-message', (_event, message: { kind?: string }) => {
      if (message.kind !== 'heard') return;
      const atMs = performance.timeOrigin + performance.now();
      Object.assign(globalThis, { heardMs: atMs });
      heard.tell?.(atMs);
    });
    Object.assign(globalThis, {
      whenHeard: () => new Promise<number>((resolve) => {
        const { heardMs } = globalThis as unknown as { heardMs: number | null };
        if (heardMs === null) heard.tell = resolve;
        else resolve(heardMs);
      }),
    });
  });
}

async function openBarePhone({ runtime, folder }: BuiltApp, tap: SipTap): Promise<ElectronApplication> {
  const microphone = `${folder}/bare-microphone.wav`;
  writeTone(microphone, { frequencyHz: 700, sampleRateHz: 48_000, durationMs: 10_000, amplitude: 0.4 });
  const app = await launchElectron({
    executablePath: runtime.executable,
    args: [
      ...runtime.switches, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}`,
      '--allow-loopback-in-peer-connection', await buildBarePhone(`${folder}/bare-phone`),
    ],
  });
  const page = await app.firstWindow();
  await page.waitForFunction(() => 'phone' in window);
  await page.evaluate(([server, domain]) => (window as unknown as { phone: BarePhone }).phone.register(server, domain, '1002', 'pw1002'), [tap.url, rigDomain] as const);
  return app;
}
