/**
 * `calls`: what 200 calls leave behind, in the process that signals and in the page that sounds.
 *
 * The real softphone and audio page, a real exchange and a real far end; each call is dialled, heard and hung up, as an operator with
 * short answers would. Before each sample both processes collect their garbage, twice (the second takes what the first one's finalizers
 * let go). Judged: the straight line through the memory that no file backs (`Pss_Anon`), after the first fifth, in MB a call.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright-core';
import type { Rig } from '../../scripts/telephone-rig/start-rig.ts';
import { rigDomain, startRig } from '../../scripts/telephone-rig/start-rig.ts';
import type { TelephoneApp } from '../telephone/support/telephone-app.ts';
import { startTelephoneApp } from '../telephone/support/telephone-app.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BenchResult } from './bench-result.ts';

const CALLS = 200;
const CALLS_PER_SAMPLE = 10;
const FIRST_FIFTH = CALLS / 5;
const SLOPE_TARGET_MB = 0.1;
/** What Chromium's allocator gives back, it gives back late. */
const SETTLE_MS = 1_500;
const KILOBYTES_PER_MB = 1_024;

interface Sample {
  calls: number;
  mainMb: number;
  pageMb: number;
  mainHeapMb: number;
  pageHeapMb: number;
}

export function benchCalls(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('calls', say, async ({ folder }) => {
    const rig = await startRig(`${folder}/rig`);
    try {
      const app = await startTelephoneApp(folder, ['--js-flags=--expose-gc']);
      try {
        return judge(await callAndSample(app, rig, say));
      } finally {
        await app.close();
      }
    } finally {
      await rig.stop();
    }
  });
}

async function callAndSample(app: TelephoneApp, rig: Rig, say: (line: string) => void): Promise<Sample[]> {
  await app.configure({ server: rig.wsUrl, domain: rigDomain, user: '1001', authenticationUser: null, password: 'pw1001', privateAuthority: null, tones: 'sound', ringForMs: 20_000 });
  await app.next({ kind: 'line', line: { name: 'registered' } });
  const samples: Sample[] = [];
  for (let calls = CALLS_PER_SAMPLE; calls <= CALLS; calls += CALLS_PER_SAMPLE) {
    await callInARow(app);
    const sample = { calls, ...(await measure(app)) };
    samples.push(sample);
    say(`${String(calls)} calls: main ${sample.mainMb.toFixed(1)} MB (heap ${sample.mainHeapMb.toFixed(1)}), audio page ${sample.pageMb.toFixed(1)} MB (heap ${sample.pageHeapMb.toFixed(1)})`);
  }
  return samples;
}

/** All of them in one order to main: each order keeps a script in the debugger, and would count as ours. */
async function callInARow(app: TelephoneApp): Promise<void> {
  await app.run(async ({ phone, permit, when, events }, count) => {
    for (let call = 0; call < count; call += 1) {
      const dialled = await phone.dial(permit('2001'), null);
      if (!dialled.ok) throw new Error(dialled.error.code);
      const { callId } = dialled.value;
      await when({ kind: 'call-heard', callId }, 0);
      phone.hangUp(callId);
      await when({ kind: 'call-quality', callId }, 0);
      // What the harness noted is no memory of the telephone's.
      events.length = 0;
    }
  }, CALLS_PER_SAMPLE);
}

async function measure({ electron }: TelephoneApp): Promise<Omit<Sample, 'calls'>> {
  await collect(electron);
  await delay(SETTLE_MS);
  await collect(electron);
  const { mainPid, pagePid, mainHeapBytes, pageHeapBytes } = await electron.evaluate(async ({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents;
    if (page === undefined) throw new Error('there is no audio page');
    return {
      mainPid: process.pid, pagePid: page.getOSProcessId(), mainHeapBytes: process.memoryUsage().heapUsed,
      pageHeapBytes: (await page.executeJavaScript('performance.memory.usedJSHeapSize')) as number,
    };
  });
  const megabyte = KILOBYTES_PER_MB ** 2;
  return { mainMb: anonymousMb(mainPid), pageMb: anonymousMb(pagePid), mainHeapMb: mainHeapBytes / megabyte, pageHeapMb: pageHeapBytes / megabyte };
}

async function collect(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(async ({ BrowserWindow }) => {
    const collectHere = (globalThis as { gc?: () => void }).gc;
    if (collectHere === undefined) throw new Error('main cannot collect its garbage');
    collectHere();
    await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('gc()');
  });
}

function anonymousMb(pid: number): number {
  const kilobytes = /^Pss_Anon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`the memory of ${String(pid)} cannot be read`);
  return Number(kilobytes) / KILOBYTES_PER_MB;
}

function judge(samples: readonly Sample[]): BenchResult[] {
  const late = samples.filter(({ calls }) => calls > FIRST_FIFTH);
  const line = (metric: string, pick: (sample: Sample) => number): BenchResult => {
    const slope = Math.round(slopeOf(late.map((sample) => ({ x: sample.calls, y: pick(sample) }))) * 10_000) / 10_000;
    return { metric, ours: slope, reference: SLOPE_TARGET_MB, unit: 'MB a call', ratio: Math.round((slope / SLOPE_TARGET_MB) * 1000) / 1000, target: 1, met: slope <= SLOPE_TARGET_MB };
  };
  return [
    line('main', ({ mainMb }) => mainMb), line('audio-page', ({ pageMb }) => pageMb),
    line('main-heap', ({ mainHeapMb }) => mainHeapMb), line('audio-page-heap', ({ pageHeapMb }) => pageHeapMb),
  ];
}

/** Least squares. */
function slopeOf(points: readonly { x: number; y: number }[]): number {
  const mean = (pick: (point: { x: number; y: number }) => number): number => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  return mean(({ x, y }) => (x - meanX) * (y - meanY)) / mean(({ x }) => (x - meanX) ** 2);
}
