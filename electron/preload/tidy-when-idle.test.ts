import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tidyWhenIdle } from './tidy-when-idle.ts';

describe('tidying up', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('waits for 15 s without a key or a click, and happens once per rest', () => {
    const page = new EventTarget();
    const tidyUp = vi.fn();
    tidyWhenIdle(page, tidyUp);
    vi.advanceTimersByTime(60_000);
    expect(tidyUp).toHaveBeenCalledTimes(0);
    page.dispatchEvent(new Event('keydown'));
    vi.advanceTimersByTime(14_999);
    page.dispatchEvent(new Event('pointerdown'));
    vi.advanceTimersByTime(14_999);
    expect(tidyUp).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1);
    expect(tidyUp).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(3_600_000);
    expect(tidyUp).toHaveBeenCalledTimes(1);
    page.dispatchEvent(new Event('wheel'));
    vi.advanceTimersByTime(15_000);
    expect(tidyUp).toHaveBeenCalledTimes(2);
  });
});
