import { describe, expect, it } from 'vitest';
import { estimateMos, mosOfR } from './call-quality.ts';

describe('the opinion score', () => {
  it.each([
    // ITU-T G.107 annex B, table B.1.
    [90, 4.34], [80, 4.03], [70, 3.6], [60, 3.1], [50, 2.58],
  ])('of R %i is %f', (rating, mos) => {
    // The table gives two digits, and rounds 4.024 up.
    expect(Math.abs(mosOfR(rating) - mos)).toBeLessThan(0.01);
  });

  it('of a clean local call is near the best, and falls with loss, delay and jitter', () => {
    const clean = estimateMos({ lossPercent: 0, jitterMs: 0, roundTripMs: 1 });
    expect(clean).toBeCloseTo(4.38, 1);
    expect(estimateMos({ lossPercent: 5, jitterMs: 0, roundTripMs: 1 })).toBeLessThan(clean - 0.4);
    expect(estimateMos({ lossPercent: 0, jitterMs: 0, roundTripMs: 600 })).toBeLessThan(clean - 0.5);
    expect(estimateMos({ lossPercent: 0, jitterMs: 100, roundTripMs: 100 })).toBeLessThan(clean - 0.2);
    expect(estimateMos({ lossPercent: 100, jitterMs: 500, roundTripMs: 5_000 })).toBe(1);
  });
});
