/**
 * `live`: a thousand open desks while fifty pushes a second come in, and whether all of them hear of the last one.
 *
 * Against a bare broadcast (`bare-broadcast.ts`): a `node:http` server that gets the same requests and writes the same event
 * to as many connections, but stores nothing. `live-p50`, `live-p99`: from sending a push until a subscriber has
 * the event that covers it, over all subscribers and pushes; ours holds the durable commit and the numbering. `live-cpu`:
 * processor time of the server per run, which the processes beside it on the machine disturb least.
 *
 * An event is a hint and coalesces, so `lost` counts the subscribers that did not hear of the last revision, and
 * `went-back` those that heard of an older revision after a newer one. Both must be 0.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { projectDirectory } from '../../scripts/project.ts';
import { monotonicMs } from '../../shared/time.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { BenchResult } from './bench-result.ts';
import { compare, percentile } from './bench-result.ts';
import type { Pusher } from './hub-agency.ts';
import { feedRowsOf, foundAgency, sealFacts, signIn } from './hub-agency.ts';
import type { Subscriber } from './live-subscribers.ts';
import { closeAll, newestHeard, subscribe } from './live-subscribers.ts';

const RUNS = 5;
const SUBSCRIBERS = 1000;
const EVENTS_PER_SECOND = 50;
const SECONDS = 6;
const EVENTS = EVENTS_PER_SECOND * SECONDS;
/** Whoever has not heard by then counts as lost. */
const LAST_WORD_MS = 10_000;

interface Post { path: string; token: string; body: string; feedRows: number }
interface Run { p50: number; p99: number; cpuMs: number; lost: number; wentBack: number }

export async function benchLive(say: (line: string) => void): Promise<BenchResult[]> {
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'live-'));
  const pushers = await foundAgency({ dataDir: folder, postgresUrl: null }, { collectors: 16, casesEach: 250 });
  const hub = await HubProcess.start(folder);
  const bare = await startBare();
  try {
    const ours: Run[] = [];
    const theirs: Run[] = [];
    for (let run = 0; run <= RUNS; run += 1) {
      const tokens = await Promise.all(pushers.map((pusher) => signIn(hub.url, pusher)));
      const posts = makePosts(pushers, tokens);
      const our = await runOnce(hub.port, hub.pid, '/v1/live', tokens, posts);
      const their = await runOnce(bare.port, bare.pid, '/live', tokens, posts.map((post) => ({ ...post, feedRows: 1 })));
      const tell = ({ p50, p99, cpuMs, lost, wentBack }: Run): string =>
        `p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms, ${String(cpuMs)} ms CPU, ${String(lost)} lost, ${String(wentBack)} went back`;
      say(`${run === 0 ? 'warm-up' : `run ${String(run)}`}: hub ${tell(our)}; bare ${tell(their)}`);
      if (run === 0) continue;
      ours.push(our);
      theirs.push(their);
    }
    const of = (runs: readonly Run[], pick: (run: Run) => number): number[] => runs.map(pick);
    return [
      compare('live-p50', 'ms', of(ours, (run) => run.p50), of(theirs, (run) => run.p50), 2),
      compare('live-p99', 'ms', of(ours, (run) => run.p99), of(theirs, (run) => run.p99), 2),
      compare('live-cpu', 'ms', of(ours, (run) => run.cpuMs), of(theirs, (run) => run.cpuMs), 2),
      none('live-lost', of(ours, (run) => run.lost), of(theirs, (run) => run.lost)),
      none('live-went-back', of(ours, (run) => run.wentBack), of(theirs, (run) => run.wentBack)),
    ];
  } finally {
    await hub.stop();
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Subscribers that the invariant does not hold for, over all runs. */
function none(metric: string, ours: readonly number[], reference: readonly number[]): BenchResult {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return { metric, ours: sum(ours), reference: sum(reference), unit: 'subscribers', ratio: sum(ours), target: 0, met: sum(ours) === 0 };
}

function makePosts(pushers: readonly Pusher[], tokens: readonly string[]): Post[] {
  const posts: Post[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    const pusher = pushers[event % pushers.length];
    if (pusher === undefined) throw new Error('nobody pushes');
    const facts = sealFacts(pusher, 1);
    posts.push({
      path: `/v1/devices/${pusher.deviceId}/facts`, token: tokens[event % tokens.length] ?? '', body: JSON.stringify({ facts }),
      feedRows: feedRowsOf(pusher.lastSeq),
    });
  }
  return posts;
}

async function runOnce(port: number, pid: number, livePath: string, tokens: readonly string[], posts: readonly Post[]): Promise<Run> {
  const subscribers = await subscribe(port, livePath, tokens, SUBSCRIBERS);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    let revision = Math.max(...subscribers.map(newestHeard));
    const startedCpuMs = readCpuMs(pid);
    const startedMs = monotonicMs();
    const sent: { revision: number; atMs: number }[] = [];
    for (const [index, post] of posts.entries()) {
      const earlyMs = startedMs + (index * 1000) / EVENTS_PER_SECOND - monotonicMs();
      if (earlyMs > 0) await wait(earlyMs);
      revision += post.feedRows;
      sent.push({ revision, atMs: monotonicMs() });
      await send(agent, port, post);
    }
    const last = revision;
    await untilHeard(subscribers, last);
    const cpuMs = readCpuMs(pid) - startedCpuMs;
    const delays = subscribers.flatMap((subscriber) => delaysOf(subscriber, sent));
    return {
      p50: percentile(delays, 0.5), p99: percentile(delays, 0.99), cpuMs,
      lost: subscribers.filter((subscriber) => newestHeard(subscriber) !== last).length,
      wentBack: subscribers.filter((subscriber) => subscriber.wentBack > 0).length,
    };
  } finally {
    closeAll(subscribers);
    agent.destroy();
  }
}

/** For each push, until the first event that covers it. */
function delaysOf({ heard }: Subscriber, sent: readonly { revision: number; atMs: number }[]): number[] {
  const delays: number[] = [];
  let place = 0;
  for (const push of sent) {
    while (place < heard.length && (heard[place]?.revision ?? 0) < push.revision) place += 1;
    const event = heard[place];
    if (event !== undefined) delays.push(event.atMs - push.atMs);
  }
  return delays;
}

async function untilHeard(subscribers: readonly Subscriber[], revision: number): Promise<void> {
  const deadline = AbortSignal.timeout(LAST_WORD_MS);
  for (const subscriber of subscribers) {
    while (newestHeard(subscriber) < revision && !deadline.aborted) {
      await Promise.race([once(subscriber.socket, 'data'), once(deadline, 'abort')]);
    }
  }
}

function send(agent: Agent, port: number, post: Post): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      agent, port, host: '127.0.0.1', method: 'POST', path: post.path,
      headers: { authorization: `Bearer ${post.token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(post.body) },
    }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`a push was answered ${String(response.statusCode)}`));
      });
    });
    outgoing.once('error', reject);
    outgoing.end(post.body);
  });
}

/** User and system time of a process; Linux counts in hundredths of a second. */
function readCpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function startBare(): Promise<{ port: number; pid: number; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('bare-broadcast.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line') as [string];
  const { pid } = child;
  if (pid === undefined) throw new Error('the bare server has no pid');
  return {
    port: Number(line), pid,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
