/**
 * Schedules that once ended badly, as small as they would go, each under the name of what was wrong.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareSqlite } from './hub-rig.ts';
import type { Ground } from './run-schedules.ts';
import { liveThrough, prepareGround } from './run-schedules.ts';
import type { Schedule, Step } from './schedule.ts';

const command = (desk: number, kind: Extract<Step, { do: 'command' }>['command'], place = 0): Step =>
  ({ do: 'command', desk, command: kind, place, again: false, crash: false });
const sync = (desk: number): Step => ({ do: 'sync', desk, fault: null, duplicate: false, crash: false, during: null });
const attach = (desk: number, place = 0): Step => ({ do: 'attach-file', desk, place, size: 700, crash: false });
const two = (...steps: Step[]): Schedule => ({ desks: 2, start: '2026-11-20T09:00:00Z', compressed: false, steps });

const regressions: Record<string, Schedule> = {
  'a restored hub gives a revision again to other content: the case remembered by its revision was shown as it no longer was': two(
    { do: 'reassign', customer: 0, owner: 1 }, command(0, 'promise'), command(1, 'future-fact'), { do: 'clone-disk', desk: 0 }, sync(0),
    command(2, 'promise', 1), command(0, 'future-fact'), sync(2), sync(1), { do: 'restore-hub', files: 'restored' }, command(1, 'promise'), command(2, 'promise'),
  ),
  'a file that the hub had confirmed was let go after a week though the hub had been restored meanwhile, before it was asked': two(
    attach(0), sync(0), { do: 'restore-hub', files: 'restored' }, { do: 'wait', hours: 200 },
  ),
  'the file of an erased person stayed at a hub whose database was restored without its files: the fact came after the erasure': {
    ...two(...[0, 1, 2].map((place) => attach(0, place)), sync(0), { do: 'restore-hub', files: 'kept' }, { do: 'erase', customer: 0 }, { do: 'erase', customer: 1 }),
  },
};

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround(prepareSqlite);
});
afterAll(() => ground.uproot());

it.each(Object.entries(regressions))('%s', async (_name, schedule) => {
  expect(await liveThrough(ground, schedule)).toEqual([]);
});
