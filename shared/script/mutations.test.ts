/**
 * How much of what can go wrong in a script the checker finds: 200 seeded changes to the scripts that come along, each of which breaks
 * a call (`simulate-script.ts` says so, not the checker), and at least 99 of 100 are found.
 */
import { describe, expect, it } from 'vitest';
import { checkScript } from './check-script.ts';
import { mutateScript } from '../testing/mutate-script.ts';
import { negotiationPack } from './sample-pack.ts';
import type { ScriptPack } from './script-pack.ts';
import type { SimulatedCall } from '../testing/simulate-script.ts';
import { simulateScript, simulatedCalls } from '../testing/simulate-script.ts';
import { standardPacks } from './standard-packs.ts';

const minuteMs = 60_000;

interface Tally { broken: number; misses: string[]; tried: number; names: Set<string> }

/** Spoils the packs in turn until so many calls broke; harmless changes do not count. */
function measure(packs: readonly ScriptPack[], wanted: number, firstSeed: number): Tally {
  const sound = packs.map((pack) => {
    const calls = fewestCalls(pack);
    return { pack, calls, opening: [...simulateScript(pack, calls).opening].sort().join() };
  });
  const tally: Tally = { broken: 0, misses: [], tried: 0, names: new Set() };
  for (let seed = firstSeed; tally.broken < wanted; seed += 1) {
    const { pack, calls, opening } = sound[seed % sound.length] ?? raise();
    const mutation = mutateScript(pack, seed);
    if (mutation === null) continue;
    tally.tried += 1;
    const why = whatBreaks(mutation.pack, calls, mutation.planted, opening);
    if (why === null) continue;
    tally.broken += 1;
    tally.names.add(mutation.name);
    if (checkScript(mutation.pack).length === 0) tally.misses.push(`seed ${String(seed)}, ${pack.id}, ${mutation.name}: ${why}`);
  }
  return tally;
}

/** As few calls as come to every step of the sound pack. */
function fewestCalls(pack: ScriptPack): SimulatedCall[] {
  const all = simulatedCalls(pack).reverse();
  const counts = all.map((_call, index) => index + 1);
  return all.slice(0, counts.find((count) => simulateScript(pack, all.slice(0, count)).problems.length === 0));
}

function whatBreaks(pack: ScriptPack, calls: readonly SimulatedCall[], planted: string | null, opening: string): string | null {
  const { problems: [problem], opening: opens } = simulateScript(pack, calls, planted);
  if (problem !== undefined) return problem;
  return [...opens].sort().join() === opening ? null : 'the gate opens by another answer';
}

function raise(): never {
  throw new Error('no pack');
}

describe('spoilt scripts', () => {
  it.each([...standardPacks, negotiationPack()].map((pack) => [pack.id, pack] as const))('%s as it comes breaks no call and raises no alarm', (_id, pack) => {
    expect(simulateScript(pack, simulatedCalls(pack)).problems).toEqual([]);
    expect(checkScript(pack)).toEqual([]);
  }, minuteMs);

  it('are found: at least 99 of 100, of 200 that break a call', () => {
    const { broken, misses, tried, names } = measure(standardPacks, 200, 1);
    console.info(`${String(broken)} of ${String(tried)} changes from seed 1 broke a call, ${String(broken - misses.length)} found, in ${String(names.size)} ways`, misses);
    expect(names.size).toBeGreaterThan(20);
    expect(misses.length).toBeLessThanOrEqual(broken / 100);
  }, 8 * minuteMs);

  it('are found in a script with one of everything', () => {
    const { misses, names } = measure([negotiationPack()], 80, 10_000);
    expect([...names]).toEqual(expect.arrayContaining(['go around a disclosure', 'let a disclosure pass unread']));
    expect(misses).toEqual([]);
  }, 4 * minuteMs);
});
