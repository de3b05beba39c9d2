/**
 * What each operator will do, fixed by the seed before anything runs.
 *
 * Invariants: the same seed gives the same plan; every planned fact carries a marker that no
 * other fact has, so that a doubled one is seen in the case whatever its id.
 */
import type { Random } from '../../shared/testing/random.ts';
import { createRandom } from '../../shared/testing/random.ts';

export const outcomePlans = ['NA', 'RPC', 'LM', 'PTP', 'DSP', 'CBK'] as const;
export type OutcomePlan = (typeof outcomePlans)[number];

export type PlannedFact =
  | { kind: 'outcome'; code: OutcomePlan; place: number; marker: string; draft: boolean }
  | { kind: 'note'; place: number; marker: string }
  /** Of the newest acknowledged outcome; a note where there is none yet. */
  | { kind: 'correction'; place: number; marker: string };

/** Commands sent together; the desk is killed `killAfterMs` after they left. */
export interface PlannedStep {
  facts: PlannedFact[];
  killAfterMs: number | null;
}

const LONGEST_BURST = 5;
/** Long enough that the kill falls before, inside and after a burst. */
const LATEST_KILL_MS = 12;

/** Plans `factCount` facts in bursts, with about `killCount` kills of the desk among them. */
export function planShift(seed: number, name: string, factCount: number, killCount: number): PlannedStep[] {
  const random = createRandom(seed);
  const steps: PlannedStep[] = [];
  let made = 0;
  while (made < factCount) {
    const size = Math.min(factCount - made, random.chance(4) ? random.between(2, LONGEST_BURST) : 1);
    const facts = Array.from({ length: size }, (_, index) => planFact(random, `${name}-${String(made + index + 1)}`));
    made += size;
    steps.push({ facts, killAfterMs: null });
  }
  const kills = Math.min(killCount, steps.length);
  const untouched = steps.slice();
  for (let kill = 0; kill < kills; kill += 1) {
    const [step] = untouched.splice(random.between(0, untouched.length - 1), 1);
    if (step !== undefined) step.killAfterMs = random.between(0, LATEST_KILL_MS);
  }
  return steps;
}

function planFact(random: Random, marker: string): PlannedFact {
  const place = random.between(0, 999);
  const kind = random.between(1, 10);
  if (kind === 1) return { kind: 'note', place, marker };
  if (kind === 2) return { kind: 'correction', place, marker };
  return { kind: 'outcome', code: random.pick(outcomePlans), place, marker, draft: random.chance(3) };
}
