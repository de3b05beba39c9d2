import { afterAll, beforeAll, it } from 'vitest';
import { prepareSqlite } from './hub-rig.ts';
import type { Ground } from './run-schedules.ts';
import { expectEverythingHappened, isLong, prepareGround, runSchedules } from './run-schedules.ts';

/** The other half is in the file beside this one: two cores. */
const COUNT = isLong ? 4_750 : 950;

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround(prepareSqlite);
});
afterAll(() => ground.uproot());

it(`ends well after each of ${String(COUNT)} schedules on SQLite`, async () => {
  expectEverythingHappened(await runSchedules('on SQLite', ground, COUNT), COUNT);
});
