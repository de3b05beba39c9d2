/**
 * What a bench prints.
 *
 * Invariant: every figure stands beside a reference measured in the same run, turn by turn, so
 * that a slow or busy machine slows both; what is judged is the ratio of the medians.
 */
export interface BenchResult {
  metric: string;
  ours: number;
  reference: number;
  unit: string;
  ratio: number;
  target: number;
  met: boolean;
}

export interface Bench {
  name: string;
  results: BenchResult[];
}

/** Judges the medians of at least five runs of each side. */
export function compare(metric: string, unit: string, ours: readonly number[], reference: readonly number[], target: number): BenchResult {
  if (ours.length < 5 || ours.length !== reference.length) throw new Error(`${metric}: at least five runs of each side`);
  const [oursMedian, referenceMedian] = [median(ours), median(reference)];
  const ratio = oursMedian / referenceMedian;
  return { metric, ours: round(oursMedian), reference: round(referenceMedian), unit, ratio: round(ratio), target, met: ratio <= target };
}

/** The other way round: how many times faster than the reference, and at least so many. */
export function judgeSpeed(metric: string, unit: string, ours: readonly number[], reference: readonly number[], target: number): BenchResult {
  const { ours: oursMedian, reference: referenceMedian } = compare(metric, unit, ours, reference, target);
  const ratio = median(reference) / median(ours);
  return { metric, ours: oursMedian, reference: referenceMedian, unit, ratio: round(ratio), target, met: ratio >= target };
}

/** The same for what is done in a second: the part of the reference that was reached, and at least so much. */
export function judgeRate(metric: string, unit: string, ours: readonly number[], reference: readonly number[], target: number): BenchResult {
  const judged = compare(metric, unit, ours, reference, target);
  return { ...judged, met: judged.ratio >= target };
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that this part of all values does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new Error('a percentile of nothing');
  return value;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
