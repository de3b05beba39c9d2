/**
 * kill -9 of the hub, 100 times (500 with `--long`), while pushes are on their way to it.
 *
 * Invariant: a push either is at the hub whole or comes again; whatever the desks acknowledged
 * to their operators arrives, each fact once, and every chain verifies.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRandom } from '../../shared/testing/random.ts';
import { newRandomHex } from '../../shared/id.ts';
import { auditHub } from '../simulate/audit.ts';
import { FaultyProxy } from '../simulate/faulty-proxy.ts';
import { HubAccount } from '../simulate/hub-account.ts';
import { Operator } from '../simulate/operator.ts';
import { planShift } from '../simulate/plan.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { isLong } from './long-run.ts';
import { CASES_EACH, PASSWORD, plantHub } from './planted-hub.ts';

const OPERATORS = 2;
const KILLS = isLong ? 500 : 100;
const FACTS_PER_KILL = 6;
/** From the push leaving for the hub: before it is read, while it is stored, after the answer. */
const LATEST_KILL_MS = 10;

it(`loses and doubles nothing in ${String(KILLS)} kills of the hub during pushes`, async () => {
  const seed = Number.parseInt(newRandomHex(4), 16);
  console.log(`seed ${String(seed)}`);
  const random = createRandom(seed);
  const folder = temporaryFolder();
  const dataDir = join(folder, 'hub');
  const names = await plantHub(dataDir, OPERATORS);
  let hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
  // It breaks nothing here: it only says when a push leaves.
  const watcher = await FaultyProxy.start(hub.url, seed);
  const operators = await Promise.all(names.map((username) =>
    Operator.signOn({ username, password: PASSWORD, profileDir: join(folder, username), hubUrl: watcher.url }, CASES_EACH)));

  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const pushed = watcher.nextPush();
    const work = Promise.all(operators.map(async (operator, place) => {
      for (const step of planShift(seed + kill * OPERATORS + place, `${operator.setup.username}-${String(kill)}`, FACTS_PER_KILL, 0)) await operator.perform(step);
    }));
    await pushed;
    await new Promise((resolve) => setTimeout(resolve, random.between(0, LATEST_KILL_MS)));
    await hub.kill();
    await work;
    if (await hasUnsent(operators)) interrupted += 1;
    hub = await HubProcess.start(dataDir, { port: hub.port, extra: ['--quiet'] });
    await Promise.all(operators.map((operator) => operator.drain()));
  }

  console.log(`${String(interrupted)} of ${String(KILLS)} kills fell into a push`);
  // The kills did fall into pushes: a rig that only kills idle hubs proves nothing.
  expect(interrupted).toBeGreaterThan(KILLS / 10);
  const admin = await HubAccount.signIn(hub.url, 'admin', PASSWORD);
  const people = await Promise.all(names.map((username) => HubAccount.signIn(hub.url, username, PASSWORD)));
  const acknowledged = new Set(operators.flatMap((operator) => operator.acknowledged.map((fact) => fact.factId)));
  expect(await auditHub({ admin, people, acknowledged, before: new Set() })).toEqual({
    atHub: OPERATORS * KILLS * FACTS_PER_KILL, lost: [], duplicated: [], chainOk: true,
  });
  // Nothing forked: the hub never forgot what it had confirmed, so every desk is still its first device.
  await Promise.all(operators.map((operator) => operator.stop()));
  await watcher.close();
  await hub.stop();
  expect(JSON.parse(await runHub(['verify', '--json', '--data', dataDir]))).toMatchObject({ ok: true, devices: OPERATORS });
});

async function hasUnsent(operators: readonly Operator[]): Promise<boolean> {
  for (const operator of operators) {
    const sync = await operator.desk.query('show-sync', {});
    if (sync.ok && sync.value.unsentCount > 0) return true;
  }
  return false;
}
