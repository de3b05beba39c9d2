/** A day's work without the network leaves in several batches and comes back in several pages; every line fails once. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareSqlite } from './hub-rig.ts';
import type { Ground } from './run-schedules.ts';
import { liveThrough, prepareGround } from './run-schedules.ts';
import type { LineFault, Step } from './schedule.ts';

/** Two and a half batches of a push; with their flags more than a page of the lead's feed. */
const OUTCOMES = 520;

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround(prepareSqlite);
});
afterAll(() => ground.uproot());

it.each(['drop-request', 'drop-answer'] as const)('with the second and the third batch hit by %s, a clone at work and a hub that is restored', async (what) => {
  const day = Array.from({ length: OUTCOMES }, (_, place): Step => ({ do: 'command', desk: 0, command: 'no-answer', place, again: false, crash: false }));
  const sync = (desk: number, fault: LineFault | null): Step => ({ do: 'sync', desk, fault, duplicate: false, crash: fault !== null, during: null });
  const problems = await liveThrough(ground, {
    desks: 3, start: '2026-11-20T09:00:00Z', compressed: true,
    steps: [
      ...day, { do: 'clone-disk', desk: 0 }, { do: 'command', desk: 3, command: 'note', place: 0, again: false, crash: false },
      { do: 'command', desk: 0, command: 'note', place: 1, again: false, crash: false },
      sync(0, { what, at: 2 }), sync(0, { what, at: 2 }), sync(3, null), sync(0, null), sync(2, null), { do: 'restore-hub', files: 'restored' }, sync(3, { what, at: 3 }),
    ],
  });
  expect(problems).toEqual([]);
});
