/**
 * One simulated shift, from the first sign-in to the audit.
 *
 * Invariants: an id is written to the log only after the desk's own acknowledgement arrived;
 * the audit begins when every desk says that nothing is unsent; faults follow the seed.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../shared/testing/random.ts';
import { monotonicMs } from '../../shared/time.ts';
import type { Audit } from './audit.ts';
import { auditHub } from './audit.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import type { Hired } from './hire-operators.ts';
import { hireOperators } from './hire-operators.ts';
import { HubAccount } from './hub-account.ts';
import type { HubUnderTest } from './hub-under-test.ts';
import { startOwnHub, useRunningHub } from './hub-under-test.ts';
import { Operator } from './operator.ts';
import type { SimulationOptions } from './options.ts';
import type { PlannedStep } from './plan.ts';
import { planShift } from './plan.ts';
import { Milestones } from './milestones.ts';

/** Each sign-in takes 128 MiB for its key derivation. */
const ARRIVING_TOGETHER = 4;

const CONTROL_KILLS_EACH = 5;

const brokenDesk = fileURLToPath(new URL('./broken-desk.ts', import.meta.url));

export interface SimulationResult {
  operators: number;
  acknowledged: number;
  atHub: number;
  lost: number;
  duplicated: number;
  chainOk: boolean;
  injected: { kills: number; cuts: number; lostAnswers: number };
  p50ms: number;
  p99ms: number;
  seconds: number;
}

export async function runSimulation(options: SimulationOptions, say: (line: string) => void): Promise<SimulationResult> {
  const startedMs = monotonicMs();
  const folder = mkdtempSync(join(tmpdir(), 'premura-simulation-'));
  const hub = options.hubUrl === null ? await startOwnHub(join(folder, 'hub')) : useRunningHub(options.hubUrl, options.admin);
  const breakOff = (): never => {
    hub.abandon();
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  process.once('SIGINT', breakOff).once('SIGTERM', breakOff);
  try {
    const admin = await HubAccount.signIn(hub.url, hub.admin.username, hub.admin.password);
    const before = new Set(await admin.listFactIds());
    const hired = await hireOperators(hub.url, admin, options.operatorCount);
    say(`${String(hired.length)} operators hired at ${hub.url}`);
    const shift = await workShift(options, hub, hired, folder, say);
    const acknowledged = shift.operators.flatMap((operator) => operator.acknowledged);
    const audit = await auditHub({
      admin, people: hired.map((person) => person.account), acknowledged: new Set(acknowledged.map((fact) => fact.factId)), before,
    });
    report(audit, say);
    const latencies = acknowledged.map((fact) => fact.latencyMs).sort((a, b) => a - b);
    return {
      operators: hired.length,
      acknowledged: acknowledged.length,
      atHub: audit.atHub,
      lost: audit.lost.length,
      duplicated: audit.duplicated.length,
      chainOk: audit.chainOk,
      injected: { kills: hub.kills + sum(shift.operators.map((operator) => operator.kills)), ...shift.injected },
      p50ms: percentile(latencies, 0.5),
      p99ms: percentile(latencies, 0.99),
      seconds: round((monotonicMs() - startedMs) / 1000),
    };
  } finally {
    process.off('SIGINT', breakOff).off('SIGTERM', breakOff);
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Shift {
  operators: Operator[];
  injected: { cuts: number; lostAnswers: number };
}

async function workShift(options: SimulationOptions, hub: HubUnderTest, hired: Hired[], folder: string, say: (line: string) => void): Promise<Shift> {
  const log = options.ackLog === null ? null : openSync(options.ackLog, 'w');
  const milestones = new Milestones();
  const proxies: FaultyProxy[] = [];
  const operators: Operator[] = [];
  try {
    const arrive = async ({ username, password }: Hired, place: number): Promise<Operator> => {
      const proxy = options.network ? await FaultyProxy.start(hub.url, options.seed * 1000 + place) : null;
      if (proxy !== null) proxies.push(proxy);
      return Operator.signOn({
        username, password, profileDir: join(folder, username), hubUrl: proxy?.url ?? hub.url,
        ...(options.broken ? { entry: brokenDesk } : {}),
        onAcknowledged: ({ factId }) => {
          if (log !== null) writeSync(log, `${factId}\n`);
          milestones.advance();
        },
      }, 1);
    };
    for (let start = 0; start < hired.length; start += ARRIVING_TOGETHER) {
      const group = hired.slice(start, start + ARRIVING_TOGETHER);
      operators.push(...(await Promise.all(group.map((person, index) => arrive(person, start + index)))));
    }
    say('all signed in; the shift begins');
    for (const proxy of proxies) proxy.enabled = true;
    const killing = options.kill ? killHub(options, hub, milestones, say) : Promise.resolve();
    await Promise.all(operators.map(async (operator, place) => {
      for (const step of planOf(options, place)) await operator.perform(step);
    }));
    milestones.finish();
    await killing;
    say('all acknowledged; waiting until the hub has everything');
    await Promise.all(operators.map((operator) => operator.drain()));
    for (const proxy of proxies) proxy.enabled = false;
    await Promise.all(operators.map((operator) => operator.drain()));
    return {
      operators,
      injected: { cuts: sum(proxies.map((proxy) => proxy.injected.cuts)), lostAnswers: sum(proxies.map((proxy) => proxy.injected.lostAnswers)) },
    };
  } finally {
    milestones.finish();
    await Promise.all(operators.map((operator) => operator.stop()));
    await Promise.all(proxies.map((proxy) => proxy.close()));
    if (log !== null) closeSync(log);
  }
}

function planOf(options: SimulationOptions, place: number): PlannedStep[] {
  const { operatorCount, factCount, seed } = options;
  const share = (total: number): number => Math.floor(total / operatorCount) + (place < total % operatorCount ? 1 : 0);
  // A kill finds nothing to lose right after a commit, or before the first fact: the control must not hang on one or two of them.
  const fewest = options.broken ? CONTROL_KILLS_EACH * operatorCount : 2;
  const kills = options.kill ? Math.max(Math.min(60, Math.round(factCount / 40)), fewest) : 0;
  return planShift(seed * 1000 + place, `s${String(seed)}-o${String(place + 1)}`, share(factCount), share(kills));
}

/** Kills the hub at moments spread over the shift. */
async function killHub(options: SimulationOptions, hub: HubUnderTest, milestones: Milestones, say: (line: string) => void): Promise<void> {
  if (hub.killAndRestart === null) return;
  const random = createRandom(options.seed);
  const kills = Math.min(10, Math.max(1, Math.round(options.factCount / 200)));
  for (let kill = 0; kill < kills; kill += 1) {
    const from = Math.floor((options.factCount * kill) / kills);
    if (!(await milestones.reach(random.between(from, from + Math.floor(options.factCount / kills / 2))))) return;
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 30)));
    await hub.killAndRestart();
    say(`hub killed and back (${String(kill + 1)} of ${String(kills)})`);
  }
}

function report(audit: Audit, say: (line: string) => void): void {
  for (const factId of audit.lost.slice(0, 20)) say(`LOST ${factId}`);
  for (const what of audit.duplicated.slice(0, 20)) say(`DOUBLED ${what}`);
  if (!audit.chainOk) say('A chain at the hub does not verify.');
}

function percentile(sorted: readonly number[], part: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
