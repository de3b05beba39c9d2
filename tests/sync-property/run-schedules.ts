/**
 * Runs drawn schedules until one ends badly, then shrinks it.
 *
 * Invariant: the seed is printed before anything runs; a failure carries the shrunk schedule and what is wrong with it.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { newRandomHex } from '../../shared/id.ts';
import { monotonicMs } from '../../shared/time.ts';
import { drainAndCheck } from './check-world.ts';
import { prepareDesk } from './desk-rig.ts';
import type { HubSoil } from './hub-rig.ts';
import type { Schedule } from './schedule.ts';
import { scheduleArbitrary } from './schedule.ts';
import type { Seams } from './seams.ts';
import { soundSeams } from './seams.ts';
import type { Tally } from './world.ts';
import { World } from './world.ts';

export const isLong = process.env['PREMURA_TEST_LONG'] === '1';

/** Memory where there is a disk of it: durability is other suites' matter, speed is this one's. */
export function fastFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'premura-property-'));
}

export interface Ground { soil: HubSoil; folder: string; deskTemplate: string; uproot(): void }

/** What all schedules of a file share: a planted hub and an empty desk to copy. */
export async function prepareGround(prepare: (folder: string) => Promise<HubSoil>): Promise<Ground> {
  const folder = fastFolder();
  return { folder, soil: await prepare(join(folder, 'hub')), deskTemplate: prepareDesk(folder), uproot: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Shrinking may go on for long; what it has found by then is reported. */
const LONGEST_MS = 20 * 60_000;

let worlds = 0;

/** Lives through one schedule; answers what is wrong at its end. */
export async function liveThrough(ground: Ground, schedule: Schedule, seams: Seams = soundSeams, tally: Tally = {}): Promise<string[]> {
  worlds += 1;
  const { soil, deskTemplate } = ground;
  const world = await World.begin({ soil, deskTemplate, seams, folder: join(ground.folder, `world-${String(worlds)}`) }, schedule);
  try {
    for (const step of schedule.steps) await world.perform(step);
    return await drainAndCheck(world);
  } finally {
    await world.end();
    for (const [what, count] of Object.entries(world.tally) as [keyof Tally, number][]) tally[what] = (tally[what] ?? 0) + count;
  }
}

/** Runs `count` schedules; throws with the shrunk one that fails. Answers how often each kind of step happened. */
export async function runSchedules(name: string, ground: Ground, count: number): Promise<Tally> {
  const seed = seedOf();
  const tally: Tally = {};
  const startedMs = monotonicMs();
  process.stdout.write(`property ${name}: ${String(count)} schedules, seed ${String(seed)} (PREMURA_TEST_SEED=${String(seed)} repeats them)\n`);
  await fc.assert(fc.asyncProperty(scheduleArbitrary, (schedule) => endsWell(ground, schedule, soundSeams, tally)), { numRuns: count, seed, interruptAfterTimeLimit: LONGEST_MS, markInterruptAsFailure: true });
  const seconds = (monotonicMs() - startedMs) / 1000;
  process.stdout.write(`property ${name}: ${String(count)} schedules in ${seconds.toFixed(1)} s; ${JSON.stringify(tally)}\n`);
  return tally;
}

async function endsWell(ground: Ground, schedule: Schedule, seams: Seams, tally: Tally): Promise<void> {
  const problems = await liveThrough(ground, schedule, seams, tally);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** The schedule that catches a broken rig, and by what; null when none of `count` does. */
export async function findCounterexample(ground: Ground, seams: Seams, count: number): Promise<{ runs: number; problem: string } | null> {
  const details = await fc.check(
    fc.asyncProperty(scheduleArbitrary, (schedule) => endsWell(ground, schedule, seams, {})), { numRuns: count, seed: seedOf(), endOnFailure: true },
  );
  if (!details.failed) return null;
  const [problem = ''] = (details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)).split('\n');
  return { runs: details.numRuns, problem };
}

function seedOf(): number {
  const given = process.env['PREMURA_TEST_SEED'];
  return given === undefined || given === '' ? Number.parseInt(newRandomHex(4), 16) | 0 : Number(given);
}

/**
 * A suite whose schedules do nothing proves nothing: each kind of event is there in a fair share of them. What comes in one of twenty is judged by
 * many only: of a hundred it is missing by chance now and then.
 */
export function expectEverythingHappened(tally: Tally, count: number): void {
  const expected = count < ENOUGH_FOR_SELDOM ? oftenEvents : [...oftenEvents, ...seldomEvents];
  const rare = expected.filter((what) => (tally[what] ?? 0) < count / 50);
  if (rare.length > 0) throw new Error(`too rare to mean anything: ${rare.join(', ')} in ${JSON.stringify(tally)}`);
}

const ENOUGH_FOR_SELDOM = 500;
const oftenEvents = [
  'command', 'sync', 'sync-together', 'ghost-push', 'crash', 'restart', 'back-up-desk', 'clone-disk', 'diverge', 'back-up-hub',
  'restore-hub', 'restart-hub', 'reassign', 'take-back', 'attach-file', 'erase', 'skew-clock', 'wait', 'fault', 'fork', 'on the way', 'acknowledged',
] as const satisfies readonly (keyof Tally)[];
const seldomEvents = ['restore-desk', 'physically lost'] as const satisfies readonly (keyof Tally)[];
