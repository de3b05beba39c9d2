/** Rings that come over each other. The browser's players are stand-ins: what counts is which of them still sounds. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let playing: Set<object>;
/** Each player that begins waits for its turn here. */
let begin: (() => void)[];

class Player {
  srcObject: object | null = null;
  async setSinkId(): Promise<void> {
    await new Promise<void>((resolve) => { begin.push(resolve); });
  }
  async play(): Promise<void> {
    playing.add(this);
  }
  pause(): void {
    playing.delete(this);
  }
}

class Node {
  connect(): void {
    // Nothing sounds here.
  }
  start(): void {
    // Nothing sounds here.
  }
  stop(): void {
    // Nothing sounds here.
  }
}

beforeEach(() => {
  [playing, begin] = [new Set(), []];
  vi.resetModules();
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('navigator', { mediaDevices: Object.assign(new EventTarget(), { enumerateDevices: async () => [] }) });
  vi.stubGlobal('Audio', Player);
  vi.stubGlobal('AudioContext', class { currentTime = 0; close = async (): Promise<void> => undefined; });
  vi.stubGlobal('MediaStreamAudioDestinationNode', class { stream = {}; });
  vi.stubGlobal('GainNode', Node);
  vi.stubGlobal('OscillatorNode', Node);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each([['the trial opens first', [0, 1]], ['the call opens first', [1, 0]]] as const)('a call that comes while a trial opens rings alone, is not ended by the trial, and is silent when it is taken: %s', async (_which, order) => {
  const { ring, tryRing } = await import('./ring.ts');
  const trial = tryRing();
  await vi.waitFor(() => { expect(begin).toHaveLength(1); });
  const call = ring('incoming');
  await vi.waitFor(() => { expect(begin).toHaveLength(2); });
  for (const place of order) begin[place]?.();
  await call;
  await vi.advanceTimersByTimeAsync(3_000);
  await trial;
  expect(playing.size).toBe(1);
  await ring('none');
  expect(playing.size).toBe(0);
});
