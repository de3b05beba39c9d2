import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afterRest } from './after-rest.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it('tidies up after 15 s without work, once per rest, and not before anybody worked', () => {
  const tidyUp = vi.fn();
  const work = afterRest(tidyUp);
  vi.advanceTimersByTime(60_000);
  expect(tidyUp).toHaveBeenCalledTimes(0);
  work();
  vi.advanceTimersByTime(14_999);
  work();
  vi.advanceTimersByTime(14_999);
  expect(tidyUp).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(1);
  expect(tidyUp).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(3_600_000);
  expect(tidyUp).toHaveBeenCalledTimes(1);
  work();
  vi.advanceTimersByTime(15_000);
  expect(tidyUp).toHaveBeenCalledTimes(2);
});
