import { describe, expect, it } from 'vitest';
import { moveSelection } from './move-selection.ts';

describe('moveSelection', () => {
  it('moves by one and by a page and stops at the ends', () => {
    expect(moveSelection(0, 20, 'down')).toBe(1);
    expect(moveSelection(0, 20, 'up')).toBe(0);
    expect(moveSelection(19, 20, 'down')).toBe(19);
    expect(moveSelection(3, 20, 'page-up')).toBe(0);
    expect(moveSelection(3, 20, 'page-down')).toBe(11);
    expect(moveSelection(3, 20, 'last')).toBe(19);
    expect(moveSelection(3, 20, 'first')).toBe(0);
  });

  it('selects nothing in an empty list', () => {
    expect(moveSelection(0, 0, 'down')).toBe(-1);
  });
});
