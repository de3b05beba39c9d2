/** A sine tone as a WAV file: 16 bits, mono. */
import { writeFileSync } from 'node:fs';

export interface Tone {
  frequencyHz: number;
  sampleRateHz: number;
  durationMs: number;
  /** Of the full scale, 0 to 1. */
  amplitude: number;
}

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** Writes the tone; whole periods, so that a player that begins again makes no click. */
export function writeTone(file: string, { frequencyHz, sampleRateHz, durationMs, amplitude }: Tone): void {
  const count = Math.round((sampleRateHz * durationMs) / 1000);
  const bytes = Buffer.alloc(HEADER_BYTES + count * BYTES_PER_SAMPLE);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRateHz, 24);
  bytes.writeUInt32LE(sampleRateHz * BYTES_PER_SAMPLE, 28);
  bytes.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  bytes.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(count * BYTES_PER_SAMPLE, 40);
  for (let index = 0; index < count; index += 1) {
    const value = Math.sin((2 * Math.PI * frequencyHz * index) / sampleRateHz) * amplitude * 32_767;
    bytes.writeInt16LE(Math.round(value), HEADER_BYTES + index * BYTES_PER_SAMPLE);
  }
  writeFileSync(file, bytes);
}
