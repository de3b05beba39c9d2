/**
 * A small deterministic generator (mulberry32), so that demo data and drawn tests are the same on every machine.
 *
 * Invariant: the same seed gives the same sequence for ever; no clock, no `Math.random`.
 */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True once in `oneIn` times. */
  chance(oneIn: number): boolean;
}

/** A generator started at `seed`. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('createRandom: nothing to pick from');
      return item;
    },
    chance: (oneIn) => between(1, oneIn) === 1,
  };
}
