import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Offer } from './notice-store.ts';
import { useNotice } from './notice-store.ts';

const offer = (label: string): Offer => ({ label, shortLabel: label, keys: 'Ctrl Z', shortcut: 'Ctrl+Z', run: () => undefined });

beforeEach(() => {
  vi.useFakeTimers();
  useNotice.getState().say('');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an offer', () => {
  it('outlives the next text and ends with its time', () => {
    useNotice.getState().offer(offer('a'), 60_000);
    useNotice.getState().say('Nota salvata.');
    vi.advanceTimersByTime(59_999);
    expect(useNotice.getState().offered?.label).toBe('a');
    vi.advanceTimersByTime(1);
    expect(useNotice.getState().offered).toBeNull();
  });

  it('gives way to the next, which has its whole time', () => {
    useNotice.getState().offer(offer('a'), 60_000);
    vi.advanceTimersByTime(50_000);
    useNotice.getState().offer(offer('b'), 60_000);
    vi.advanceTimersByTime(50_000);
    expect(useNotice.getState().offered?.label).toBe('b');
  });

  it('ends with the session', () => {
    useNotice.getState().offer(offer('a'), 60_000);
    useNotice.getState().say('');
    expect(useNotice.getState().offered).toBeNull();
  });
});
