/**
 * Power cuts under hubs that are being pushed to, on SQLite and on PostgreSQL.
 *
 * Invariant: what a hub answered `stored` is on the disk after every cut, whole and once; every chain verifies. The
 * controls, the same hubs answering before the disk has it, must lose.
 */
import { expect, it } from 'vitest';
import { createRandom } from '../../shared/testing/random.ts';
import { newRandomHex } from '../../shared/id.ts';
import { controlCutsToMake, cutsToMake, sayFigures, seedOr, sumFigures } from './figures.ts';
import type { CutFigures } from './figures.ts';
import type { HubSetup } from './hub-on-disk.ts';
import { HubOnDisk } from './hub-on-disk.ts';
import { settleAll } from './settle-all.ts';

/** Two disks side by side, each with a hub of its own. */
const HUBS = 2;

async function cutHubs(name: string, cuts: number, setup: Omit<HubSetup, 'random'>): Promise<{ hubs: HubOnDisk[]; figures: CutFigures }> {
  const seed = seedOr(() => Number.parseInt(newRandomHex(4), 16));
  const hubs = await settleAll(Array.from({ length: HUBS }, (_, place) => HubOnDisk.create({ ...setup, random: createRandom(seed + place) })));
  await settleAll(hubs.map(async (hub) => {
    for (let cut = 0; cut < cuts / HUBS; cut += 1) await hub.liveThroughCut();
  }));
  const figures = sumFigures(hubs.map((hub) => hub.figures));
  sayFigures(name, seed, figures);
  expect(figures.cuts).toBe(cuts);
  // The cuts fell into work, and they did cut.
  expect(figures.interrupted).toBeGreaterThan(cuts / 2);
  expect(figures.unsyncedGone).toBeGreaterThan(cuts / 2);
  return { hubs, figures };
}

it.each(['sqlite', 'postgres'] as const)('hub on %s: loses, doubles and halves nothing', async (dialect) => {
  const { hubs, figures } = await cutHubs(`hub on ${dialect}`, cutsToMake(), { dialect, careless: false });
  expect(figures.faults).toEqual([]);
  expect(figures.lost).toBe(0);
  for (const hub of hubs) {
    const { sent, ...rest } = await hub.finish();
    expect(rest).toEqual({ acknowledged: sent, lost: [], faults: [] });
  }
});

it.each([
  { dialect: 'sqlite' as const, way: 'synchronous=NORMAL' }, { dialect: 'postgres' as const, way: 'synchronous_commit=off' },
])('finds that a hub on $dialect with $way loses what it acknowledged', async ({ dialect, way }) => {
  const { figures } = await cutHubs(`control, hub on ${dialect} with ${way}`, controlCutsToMake(), { dialect, careless: true });
  expect(figures.lost).toBeGreaterThan(0);
});
