/**
 * kill -9 of the desk, 200 times (1,000 with `--long`), at random points of real work against a real hub.
 *
 * Invariant: what was acknowledged is on the disk after every kill and at the hub in the end,
 * each once; nothing is ever half-applied; memory shows what a rebuild from the disk shows.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newRandomHex } from '../../shared/id.ts';
import { auditHub } from '../simulate/audit.ts';
import { HubAccount } from '../simulate/hub-account.ts';
import { Operator } from '../simulate/operator.ts';
import { planShift } from '../simulate/plan.ts';
import { HubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { checkKilledStore, readStoreKey } from './check-killed-store.ts';
import { isLong } from './long-run.ts';
import { CASES_EACH, PASSWORD, plantHub } from './planted-hub.ts';

const OPERATORS = 4;
const KILLS_EACH = isLong ? 250 : 50;
const FACTS_EACH = 3 * KILLS_EACH;

it(`loses, doubles and halves nothing in ${String(OPERATORS * KILLS_EACH)} kills of the desk`, async () => {
  const seed = Number.parseInt(newRandomHex(4), 16);
  console.log(`seed ${String(seed)}`);
  const folder = temporaryFolder();
  const names = await plantHub(join(folder, 'hub'), OPERATORS);
  const hub = await HubProcess.start(join(folder, 'hub'), { extra: ['--quiet'] });
  const wrong: string[] = [];
  const keys = new Map<string, { folder: string; keyHex: string }>();

  const check = (operator: Operator): void => {
    const key = keys.get(operator.setup.username);
    if (key === undefined) throw new Error('killed before the key was read');
    for (const fault of checkKilledStore(key, operator.acknowledged)) wrong.push(`${operator.setup.username}, kill ${String(operator.kills)}: ${fault}`);
  };
  const operators = await Promise.all(names.map(async (username) => {
    const profileDir = join(folder, username);
    const operator = await Operator.signOn({ username, password: PASSWORD, profileDir, hubUrl: hub.url, onKilled: check }, CASES_EACH);
    keys.set(username, await readStoreKey(profileDir, PASSWORD));
    return operator;
  }));

  await Promise.all(operators.map(async (operator, place) => {
    for (const step of planShift(seed + place, operator.setup.username, FACTS_EACH, KILLS_EACH)) await operator.perform(step);
    await operator.drain();
  }));
  expect(wrong).toEqual([]);
  expect(operators.map((operator) => operator.kills)).toEqual(names.map(() => KILLS_EACH));
  console.log(`of ${String(KILLS_EACH)} kills each fell into work: ${operators.map((operator) => operator.interrupted).join(', ')}`);
  // The kills did fall into work: a rig that only kills idle desks proves nothing.
  for (const operator of operators) expect(operator.interrupted).toBeGreaterThan(KILLS_EACH / 5);
  expect(operators.map((operator) => operator.acknowledged.length)).toEqual(names.map(() => FACTS_EACH));

  const admin = await HubAccount.signIn(hub.url, 'admin', PASSWORD);
  const people = await Promise.all(names.map((username) => HubAccount.signIn(hub.url, username, PASSWORD)));
  const acknowledged = new Set(operators.flatMap((operator) => operator.acknowledged.map((fact) => fact.factId)));
  expect(await auditHub({ admin, people, acknowledged, before: new Set() })).toEqual({
    atHub: OPERATORS * FACTS_EACH, lost: [], duplicated: [], chainOk: true,
  });

  // What memory showed, once nothing moves any more, is what a fresh desk builds from the disk.
  await hub.stop();
  for (const operator of operators) {
    await operator.desk.until('show-sync', {}, (sync) => sync.network === 'offline');
    const live = await operator.readScreens();
    await operator.kill();
    await operator.restart();
    expect(await operator.readScreens()).toEqual(live);
  }
  await Promise.all(operators.map((operator) => operator.stop()));
});
