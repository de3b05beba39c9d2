/**
 * `board`: from sending a fact until the board has painted it, while fifty facts a second come in from a thousand desks and twenty boards are open.
 *
 * Against a bare page on the same Electron that reads the same stream of the same hub and writes one text node with it. Both run at the same time
 * and see the same snapshots, so the hub's rest between two counts is in both; what differs is the desk, the bridge and what is drawn. A thousand
 * desks are a thousand chains of facts, of sixteen accounts. `dropped-frames`: frames that the board's page did not draw in the run, with the bare
 * page's beside it: printed, and judged as no more than one in ten.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { newId } from '../../shared/id.ts';
import type { DeviceId } from '../../shared/id.ts';
import { monotonicMs } from '../../shared/time.ts';
import { startApp } from '../support/app-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { launchElectron } from '../support/launch-electron.ts';
import { signIn as signInAtScreen } from '../support/screen-shift.ts';
import type { BuiltApp } from './app-bench.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BenchResult } from './bench-result.ts';
import { compare, percentile } from './bench-result.ts';
import type { Pusher } from './hub-agency.ts';
import { benchPassword, foundAgency, sealFacts, signIn } from './hub-agency.ts';

const RUNS = 5;
const BOARDS = 20;
const DESKS = 1_000;
const ACCOUNTS = 16;
const EVENTS_PER_SECOND = 50;
const EVENTS = EVENTS_PER_SECOND * 8;
const FRAME_MS = 1_000 / 60;
const MOST_DROPPED = 0.1;
const LEAD = { username: 'bench-lead', password: benchPassword };

interface Painted { count: number; atMs: number }
interface Watch { painted: Painted[]; frames: number[] }
interface Sent { contacts: number; atMs: number }

export async function benchBoard(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('board', say, async (built) => {
    const dataDir = join(built.folder, 'hub');
    const accounts = await foundAgency({ dataDir, postgresUrl: null }, { collectors: ACCOUNTS, casesEach: 625 });
    await runHub(['users', 'add', '--data', dataDir, '--role', 'lead', '--username', LEAD.username, '--password', LEAD.password]);
    const desks = Array.from({ length: DESKS }, (_, index): Pusher => {
      const account = accounts[index % ACCOUNTS];
      if (account === undefined) throw new Error('no account');
      return { ...account, deviceId: newId<DeviceId>(), lastSeq: 0, lastHash: null };
    });
    const hub = await HubProcess.start(dataDir);
    try {
      return await measure(built, hub, desks, say);
    } finally {
      await hub.stop();
    }
  });
}

async function measure(built: BuiltApp, hub: HubProcess, desks: readonly Pusher[], say: (line: string) => void): Promise<BenchResult[]> {
  const tokens = new Map<string, string>();
  for (const desk of desks.slice(0, ACCOUNTS)) tokens.set(desk.username, await signIn(hub.url, desk));
  const leadToken = await signIn(hub.url, { ...(desks[0] as Pusher), username: LEAD.username });
  const running = await startApp({ profileDir: join(built.folder, 'profile'), hubUrl: hub.url });
  const bare = await startBarePage(built, hub.url, leadToken);
  const others = Array.from({ length: BOARDS - 2 }, () => openBoard(hub.port, leadToken));
  try {
    await signInAtScreen(running.page, LEAD);
    await running.page.getByTestId('lists').waitFor();
    await running.page.keyboard.press('Alt+T');
    await running.page.getByTestId('queues').waitFor();
    await bare.page.locator('#figures').waitFor({ state: 'attached' });
    const ours: { p50: number; p99: number }[] = [];
    const theirs: { p50: number; p99: number }[] = [];
    let dropped = 0;
    let droppedBare = 0;
    let frames = 0;
    let contacts = 0;
    let next = 0;
    for (let run = 0; run <= RUNS; run += 1) {
      for (const page of [running.page, bare.page]) await page.evaluate(startWatching, page === bare.page ? '#figures' : '.hour-legend b');
      const sent: Sent[] = [];
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const startedMs = monotonicMs();
      for (let event = 0; event < EVENTS; event += 1, next += 1) {
        const desk = desks[next % DESKS] as Pusher;
        // The first facts of a chain are attempts; every one is a contact of its own.
        const facts = sealFacts(desk, 1);
        contacts += facts.filter(({ header }) => header.type === 'outcome-recorded').length;
        const earlyMs = startedMs + (event * 1_000) / EVENTS_PER_SECOND - monotonicMs();
        if (earlyMs > 0) await wait(earlyMs);
        sent.push({ contacts, atMs: Date.now() });
        await send(agent, hub.port, `/v1/devices/${desk.deviceId}/facts`, tokens.get(desk.username) ?? '', JSON.stringify({ facts }));
      }
      agent.destroy();
      for (const page of [running.page, bare.page]) await page.waitForFunction(hasPainted, contacts, { timeout: 60_000 });
      const [our, their] = [await running.page.evaluate(stopWatching), await bare.page.evaluate(stopWatching)];
      const [ourDelays, theirDelays] = [delaysOf(our, sent), delaysOf(their, sent)];
      const tell = (delays: readonly number[], watch: Watch): string => `p50 ${String(percentile(delays, 0.5))} p99 ${String(percentile(delays, 0.99))} ms, ${String(droppedOf(watch))} of ${String(watch.frames.length)} frames dropped, ${String(watch.painted.length)} paintings`;
      say(`${run === 0 ? 'warm-up' : `run ${String(run)}`}: board ${tell(ourDelays, our)}; bare ${tell(theirDelays, their)}`);
      if (run === 0) continue;
      ours.push({ p50: percentile(ourDelays, 0.5), p99: percentile(ourDelays, 0.99) });
      theirs.push({ p50: percentile(theirDelays, 0.5), p99: percentile(theirDelays, 0.99) });
      dropped += droppedOf(our);
      droppedBare += droppedOf(their);
      frames += our.frames.length + droppedOf(our);
    }
    const share = dropped / frames;
    return [
      compare('board-p50', 'ms', ours.map(({ p50 }) => p50), theirs.map(({ p50 }) => p50), 2),
      compare('board-p99', 'ms', ours.map(({ p99 }) => p99), theirs.map(({ p99 }) => p99), 2),
      { metric: 'board-dropped-frames', ours: dropped, reference: droppedBare, unit: 'frames', ratio: Math.round(share * 1_000) / 1_000, target: MOST_DROPPED, met: share <= MOST_DROPPED },
    ];
  } finally {
    for (const other of others) other();
    await bare.app.close();
    await running.close();
  }
}

interface Probe { painted: Painted[]; frames: number[]; stop: () => void }
type ProbedWindow = typeof globalThis & { probe?: Probe };

/** In the page: each figure with the moment after the frame that painted it. */
function startWatching(selector: string): void {
  const painted: { count: number; atMs: number }[] = [];
  const frames: number[] = [];
  const read = (): number => Number((document.querySelector(selector)?.textContent ?? '').replace(/\D/g, '')) || 0;
  let last = read();
  let isOn = true;
  const frame = (nowMs: number): void => {
    if (!isOn) return;
    frames.push(nowMs);
    const count = read();
    if (count !== last) {
      last = count;
      const channel = new MessageChannel();
      // Behind the frame: painted by then.
      channel.port1.onmessage = () => { painted.push({ count, atMs: Date.now() }); };
      channel.port2.postMessage(null);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  (globalThis as ProbedWindow).probe = { painted, frames, stop: () => { isOn = false; } };
}

function hasPainted(count: number): boolean {
  return ((globalThis as ProbedWindow).probe?.painted.at(-1)?.count ?? 0) >= count;
}

function stopWatching(): Watch {
  const { probe } = globalThis as ProbedWindow;
  if (probe === undefined) throw new Error('nobody watches');
  probe.stop();
  return { painted: probe.painted, frames: probe.frames };
}

function delaysOf({ painted }: Watch, sent: readonly Sent[]): number[] {
  return sent.flatMap(({ contacts, atMs }) => {
    const seen = painted.find(({ count }) => count >= contacts);
    return seen === undefined ? [] : [seen.atMs - atMs];
  });
}

function droppedOf({ frames }: Watch): number {
  return frames.slice(1).reduce((sum, atMs, index) => sum + Math.max(0, Math.round((atMs - (frames[index] ?? atMs)) / FRAME_MS) - 1), 0);
}

/** A watcher that reads and does nothing; answers how to close it. */
function openBoard(port: number, token: string): () => void {
  const outgoing = request({ port, host: '127.0.0.1', path: '/v1/board/live', headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' } }, (response) => response.resume());
  outgoing.on('error', () => undefined);
  outgoing.end();
  return () => { outgoing.destroy(); };
}

/** A window with one text node and a stream. */
async function startBarePage({ runtime, folder }: BuiltApp, hubUrl: string, token: string): Promise<{ app: ElectronApplication; page: Page }> {
  const directory = join(folder, `bare-${createHash('sha256').update(hubUrl).digest('hex').slice(0, 8)}`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'bare-board', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(join(directory, 'main.cjs'), `const { app, BrowserWindow } = require('electron');
app.setPath('userData', require('node:path').join(__dirname, 'profile'));
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true, contextIsolation: true, webSecurity: false, backgroundThrottling: false } });
  window.loadFile(require('node:path').join(__dirname, 'index.html'));
});
app.on('window-all-closed', () => app.quit());
`);
  writeFileSync(join(directory, 'index.html'), `<!doctype html><meta charset="utf-8"><title>bare</title><p id="figures">0</p><script>
const figures = document.getElementById('figures').firstChild;
fetch(${JSON.stringify(`${hubUrl}/v1/board/live`)}, { headers: { authorization: 'Bearer ${token}' } }).then(async (answer) => {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const events = rest.split('\\n\\n');
    rest = events.pop();
    for (const event of events) {
      if (!event.startsWith('event: board')) continue;
      const board = JSON.parse(event.slice(event.indexOf('data: ') + 6));
      figures.data = String(board.hours.reduce((sum, hour) => sum + hour.contacts, 0));
    }
  }
});
</script>`);
  const app = await launchElectron({ executablePath: runtime.executable, args: [...runtime.switches, directory], env: { ...process.env } as Record<string, string> });
  return { app, page: await app.firstWindow() };
}

function send(agent: Agent, port: number, path: string, token: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      agent, port, host: '127.0.0.1', method: 'POST', path,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`a push was answered ${String(response.statusCode)}`));
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
