import { describe, expect, it } from 'vitest';
import { measureTones } from './measure-tones.ts';

const rate = 8000;
const sine = (frequency: number, amplitude: number): Float32Array => Float32Array.from({ length: 4000 }, (_, index) => amplitude * Math.sin((2 * Math.PI * frequency * index) / rate));

describe('tones', () => {
  it('are told from each other, with their energy', () => {
    const { energyDb, shares } = measureTones(sine(1000, 0.5), rate, [1000, 700]);
    expect(energyDb).toBeCloseTo(-9.03, 1);
    expect(shares[0]).toBeGreaterThan(0.98);
    expect(shares[1]).toBeLessThan(0.001);
  });

  it('are told apart when they sound together', () => {
    const [one, other] = [sine(1000, 0.5), sine(700, 0.5)];
    const { shares } = measureTones(one.map((value, index) => value + (other[index] ?? 0)), rate, [1000, 700, 440]);
    expect(shares[0]).toBeCloseTo(0.5, 1);
    expect(shares[1]).toBeCloseTo(0.5, 1);
    expect(shares[2]).toBeLessThan(0.01);
  });

  it('are not heard in silence', () => {
    expect(measureTones(new Float32Array(4000), rate, [1000])).toEqual({ energyDb: -100, shares: [0] });
    expect(measureTones(new Float32Array(0), rate, [1000])).toEqual({ energyDb: -100, shares: [0] });
  });
});
