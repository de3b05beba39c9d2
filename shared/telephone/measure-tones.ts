/**
 * How loud a stretch of sound is, and how much of it is which tone (Goertzel's algorithm).
 *
 * Packets may flow with silence in them: a test call, and a test, must hear.
 */
export interface ToneMeasure {
  /** Of the full scale; -100 stands for silence. */
  energyDb: number;
  /** Which part of the energy lies at each frequency, 0 to 1. */
  shares: number[];
}

const SILENCE_DB = -100;

/** Measures samples between -1 and 1. */
export function measureTones(samples: Float32Array, sampleRateHz: number, frequenciesHz: readonly number[]): ToneMeasure {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  const power = samples.length === 0 ? 0 : energy / samples.length;
  const energyDb = power === 0 ? SILENCE_DB : Math.max(SILENCE_DB, 10 * Math.log10(power));
  return { energyDb, shares: frequenciesHz.map((frequency) => (energy === 0 ? 0 : toneEnergy(samples, sampleRateHz, frequency) / energy)) };
}

/** The energy of one tone, by a window of von Hann, whose neighbours do not spill over. */
function toneEnergy(samples: Float32Array, sampleRateHz: number, frequencyHz: number): number {
  const turn = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const coefficient = 2 * Math.cos(turn);
  let [before, beforeThat] = [0, 0];
  for (let index = 0; index < samples.length; index += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (samples.length - 1));
    const value = (samples[index] ?? 0) * window + coefficient * before - beforeThat;
    [before, beforeThat] = [value, before];
  }
  const magnitude = before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
  // A sine of amplitude a over n samples gives a·n/4 behind this window, and has an energy of a²·n/2.
  return Math.min((8 * magnitude) / samples.length, Number.MAX_VALUE);
}
