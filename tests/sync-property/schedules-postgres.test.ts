import { afterAll, beforeAll, it } from 'vitest';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { preparePostgres } from './hub-rig.ts';
import type { Ground } from './run-schedules.ts';
import { expectEverythingHappened, isLong, prepareGround, runSchedules } from './run-schedules.ts';

/** A share: each schedule costs several times what it does on SQLite. */
const COUNT = isLong ? 500 : 100;

let server: TestPostgres;
let ground: Ground;
beforeAll(async () => {
  server = await startPostgres();
  ground = await prepareGround(() => preparePostgres(server));
});
afterAll(async () => {
  ground.uproot();
  await server.stop();
});

it(`ends well after each of ${String(COUNT)} schedules on PostgreSQL`, async () => {
  expectEverythingHappened(await runSchedules('on PostgreSQL', ground, COUNT), COUNT);
});
