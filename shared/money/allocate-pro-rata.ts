/**
 * Divides an amount in proportion to weights, to the cent.
 *
 * Invariant: the shares add up to the amount exactly. Every share is rounded down, then the cents
 * left over go one each to the largest remainders; equal remainders go to the earlier share.
 */

/** Shares of `amountCents` in proportion to `weights` (largest-remainder rule). */
export function allocateProRata(amountCents: number, weights: readonly number[]): number[] {
  requireNatural(amountCents, 'amountCents');
  for (const weight of weights) requireNatural(weight, 'weight');
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) {
    if (amountCents === 0) return weights.map(() => 0);
    throw new RangeError('allocateProRata: an amount cannot be divided over no weight');
  }
  const exact = weights.map((weight) => BigInt(amountCents) * BigInt(weight));
  const shares = exact.map((product) => Number(product / total));
  const left = amountCents - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

function requireNatural(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`allocateProRata: ${name} must be a whole number of cents, not ${value}`);
  }
}
