/** What a row of power cuts came to. */

export interface CutFigures {
  cuts: number;
  acknowledged: number;
  /** Acknowledged and not on the disk. */
  lost: number;
  cutsWithLoss: number;
  /** Cuts that fell while something was on its way without an answer. */
  interrupted: number;
  /** Cuts after which a word that nobody had synced was gone: the cut did cut. */
  unsyncedGone: number;
  /** Everything that was wrong, in sentences, losses included. */
  faults: string[];
}

export const noFigures: CutFigures = { cuts: 0, acknowledged: 0, lost: 0, cutsWithLoss: 0, interrupted: 0, unsyncedGone: 0, faults: [] };

export function addCut(
  figures: CutFigures, cut: { acknowledged: number; lost: number; interrupted: boolean; unsyncedGone: boolean; faults: readonly string[] },
): CutFigures {
  return sumFigures([figures, {
    cuts: 1, acknowledged: cut.acknowledged, lost: cut.lost, cutsWithLoss: cut.lost > 0 ? 1 : 0, interrupted: cut.interrupted ? 1 : 0,
    unsyncedGone: cut.unsyncedGone ? 1 : 0, faults: cut.faults.map((fault) => `cut ${String(figures.cuts + 1)}: ${fault}`),
  }]);
}

export function sumFigures(all: readonly CutFigures[]): CutFigures {
  return all.reduce((sum, next) => ({
    cuts: sum.cuts + next.cuts, acknowledged: sum.acknowledged + next.acknowledged, lost: sum.lost + next.lost,
    cutsWithLoss: sum.cutsWithLoss + next.cutsWithLoss, interrupted: sum.interrupted + next.interrupted,
    unsyncedGone: sum.unsyncedGone + next.unsyncedGone, faults: [...sum.faults, ...next.faults],
  }), noFigures);
}

/** One line for whoever reads the run, and one for each fault: a cut that happens once in thousands is not seen again at will. */
export function sayFigures(name: string, seed: number, { faults, ...figures }: CutFigures): void {
  console.log([`${name}: seed ${String(seed)} ${JSON.stringify({ ...figures, faults: faults.length })}`, ...faults].join('\n  '));
}

/** 50 cuts of each store, 200 in a long run (`--long`); another number only to try the rig itself. */
export function cutsToMake(): number {
  const given = process.env['PREMURA_POWER_CUTS'];
  if (given !== undefined) return Number.parseInt(given, 10);
  return process.env['PREMURA_TEST_LONG'] === '1' ? 200 : 50;
}

/** The controls lose in nearly every cut, so a few are enough to see that the rig would see it. */
export function controlCutsToMake(): number {
  return cutsToMake() >= 200 ? 50 : 10;
}

/** The seed of this run: given, to see a run again as far as processes let themselves be repeated, or new. */
export function seedOr(fresh: () => number): number {
  const given = process.env['PREMURA_TEST_SEED'];
  return given === undefined ? fresh() : Number.parseInt(given, 10) >>> 0;
}
