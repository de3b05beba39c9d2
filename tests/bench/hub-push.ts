/**
 * `hub-push`: facts per second that a real hub acknowledges over loopback HTTP, with 1 and 16 clients, single facts
 * and batches of 50, on SQLite and on PostgreSQL.
 *
 * The reference writes the same rows by bare SQL in one transaction per push, without HTTP, parsing, hashing and
 * folding: pgbench on PostgreSQL (`hub-push-pgbench.ts`); on SQLite, which pgbench cannot drive, a bare writer with the
 * same driver (`hub-push-bare-sqlite.ts`). Both are made durable as the hub is. The reference neither looks up a
 * session nor numbers the feed; both are part of what the hub is measured by.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from '../../scripts/project.ts';
import { HubProcess } from '../support/hub-process.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { BenchResult } from './bench-result.ts';
import { judgeRate } from './bench-result.ts';
import type { Pusher } from './hub-agency.ts';
import { foundAgency, sealFacts, signIn } from './hub-agency.ts';
import { openBareSqlite } from './hub-push-bare-sqlite.ts';
import { openPgbench } from './hub-push-pgbench.ts';
import type { PushReference } from './hub-push-reference.ts';
import { buildPush, sendAll } from './hub-push-wire.ts';

const RUNS = 5;
const COLLECTORS = 16;
const CASES_EACH = 250;

/** `pushes` of each client; a client alone is another collector each time, so no case grows beyond what cases do. */
interface Load { name: string; clients: 1 | 16; factsPerPush: 1 | 50; pushes: number; target: number }

const loads: readonly Load[] = [
  { name: '1-single', clients: 1, factsPerPush: 1, pushes: 400, target: 0.6 },
  { name: '1-batch', clients: 1, factsPerPush: 50, pushes: 30, target: 0.6 },
  { name: '16-single', clients: 16, factsPerPush: 1, pushes: 100, target: 0.4 },
  { name: '16-batch', clients: 16, factsPerPush: 50, pushes: 4, target: 0.4 },
];
/** Facts per second in batches against one by one, same clients. */
const BATCH_GAIN = 5;

type Say = (line: string) => void;

export async function benchHubPush(say: Say): Promise<BenchResult[]> {
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'hub-push-'));
  try {
    return [...(await benchSqlite(folder, say)), ...(await benchPostgres(folder, say))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchSqlite(folder: string, say: Say): Promise<BenchResult[]> {
  const dataDir = join(folder, 'sqlite');
  const pushers = await foundAgency({ dataDir, postgresUrl: null }, { collectors: COLLECTORS, casesEach: CASES_EACH });
  const reference = openBareSqlite(dataDir, folder, pushers);
  const hub = await HubProcess.start(dataDir);
  try {
    return await benchStore('sqlite', hub, pushers, reference, say);
  } finally {
    await hub.stop();
    await reference.close();
  }
}

async function benchPostgres(folder: string, say: Say): Promise<BenchResult[]> {
  const postgres = await startPostgres();
  try {
    const dataDir = join(folder, 'postgres');
    const postgresUrl = await postgres.createDatabase();
    const pushers = await foundAgency({ dataDir, postgresUrl }, { collectors: COLLECTORS, casesEach: CASES_EACH });
    const reference = await openPgbench(postgresUrl, folder, pushers);
    const hub = await HubProcess.start(dataDir, { extra: ['--postgres', postgresUrl] });
    try {
      return await benchStore('postgres', hub, pushers, reference, say);
    } finally {
      await hub.stop();
      await reference.close();
    }
  } finally {
    await postgres.stop();
  }
}

async function benchStore(store: string, hub: HubProcess, pushers: readonly Pusher[], reference: PushReference, say: Say): Promise<BenchResult[]> {
  const ours = new Map<string, number[]>();
  const theirs = new Map<string, number[]>();
  for (let run = 0; run <= RUNS; run += 1) {
    for (const [place, load] of loads.entries()) {
      const alone = pushers.slice((run * loads.length + place) % pushers.length).slice(0, 1);
      const chosen = load.clients === 1 ? alone : pushers;
      const hubRate = await pushOnce(hub, chosen, load);
      await reference.prepare();
      const referenceRate = await reference.run(chosen, load.factsPerPush, load.pushes);
      say(`${store} ${load.name} ${run === 0 ? 'warm-up' : `run ${String(run)}`}: ${hubRate.toFixed(0)} facts/s, reference ${referenceRate.toFixed(0)}`);
      if (run === 0) continue;
      ours.set(load.name, [...(ours.get(load.name) ?? []), hubRate]);
      theirs.set(load.name, [...(theirs.get(load.name) ?? []), referenceRate]);
    }
  }
  const of = (rates: Map<string, number[]>, name: string): number[] => rates.get(name) ?? [];
  return [
    ...loads.map(({ name, target }) => judgeRate(`${store}-${name}`, 'facts/s', of(ours, name), of(theirs, name), target)),
    ...['1', '16'].map((clients) =>
      judgeRate(`${store}-${clients}-batch-to-single`, 'facts/s', of(ours, `${clients}-batch`), of(ours, `${clients}-single`), BATCH_GAIN)),
  ];
}

async function pushOnce(hub: HubProcess, pushers: readonly Pusher[], load: Load): Promise<number> {
  const clients = [];
  for (const pusher of pushers) {
    const token = await signIn(hub.url, pusher);
    const facts = sealFacts(pusher, load.pushes * load.factsPerPush);
    const requests: Buffer[] = [];
    for (let start = 0; start < facts.length; start += load.factsPerPush) {
      requests.push(buildPush(hub.port, token, pusher.deviceId, facts.slice(start, start + load.factsPerPush)));
    }
    clients.push({ requests });
  }
  const tookMs = await sendAll(hub.port, clients);
  return (pushers.length * load.pushes * load.factsPerPush) / (tookMs / 1000);
}
