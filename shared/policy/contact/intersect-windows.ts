import type { HoursWindow } from './policy-pack.ts';

/** What two lists of hours have in common. */
export function intersectWindows(some: readonly HoursWindow[], others: readonly HoursWindow[]): HoursWindow[] {
  return some.flatMap((one) => others.flatMap((other) => {
    const from = one.from > other.from ? one.from : other.from;
    const to = one.to < other.to ? one.to : other.to;
    return from < to ? [{ from, to }] : [];
  }));
}
