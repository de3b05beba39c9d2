import { describe, expect, it } from 'vitest';
import { WINDOW_ROWS, windowFor } from './list-window.ts';

describe('windowFor', () => {
  it('stays while what is in sight is held', () => {
    expect(windowFor(0, 0, WINDOW_ROWS - 1)).toBe(0);
    expect(windowFor(50, 60, 90)).toBe(50);
  });

  it('holds what is in sight wherever the list is scrolled, and moves seldom', () => {
    let first = 0;
    let moves = 0;
    for (let from = 0; from < 2_000; from += 1) {
      const next = windowFor(first, from, from + 30);
      expect(next).toBeLessThanOrEqual(from);
      expect(next + WINDOW_ROWS).toBeGreaterThan(from + 30);
      if (next !== first) moves += 1;
      first = next;
    }
    expect(moves).toBeLessThan(2_000 / 20);
    expect(windowFor(first, 0, 20)).toBe(0);
    const end = windowFor(0, 99_970, 99_999);
    expect(end).toBeLessThanOrEqual(99_970);
    expect(end + WINDOW_ROWS).toBeGreaterThan(99_999);
  });
});
