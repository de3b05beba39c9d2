/**
 * Listens to a track: its loudness, its tones, and when the first sound comes.
 *
 * Invariant: the audio context lives as long as there is an ear. Chromium lets go of what a stream's node took only when its context is
 * closed (0.15 MB and more an ear, whatever is disconnected), and a page that sounds for a shift would keep that of every call.
 */
import { measureTones } from '../../shared/telephone/measure-tones.ts';
import type { ToneMeasure } from '../../shared/telephone/measure-tones.ts';

/** The most that one node keeps: two thirds of a second at 48 kHz. */
const LONG_WINDOW = 32_768;
const SHORT_WINDOW = 1_024;
const LOOK_EVERY_MS = 20;
/** Louder than what an idle line hisses. */
const HEARD_RMS = 0.003;

let shared: { context: AudioContext; ears: number } | null = null;

export interface Ear {
  /** Root of the mean square of the last 20 ms. */
  level(): number;
  measure(frequenciesHz: readonly number[]): ToneMeasure;
  /** Once, when the first sound is there. */
  onFirstSound(tell: () => void): void;
  close(): void;
}

function takeContext(): AudioContext {
  shared ??= { context: new AudioContext(), ears: 0 };
  shared.ears += 1;
  return shared.context;
}

function leaveContext(): void {
  if (shared === null) return;
  shared.ears -= 1;
  if (shared.ears > 0) return;
  void shared.context.close();
  shared = null;
}

/** An ear at a track; several share one audio context. */
export function listenTo(track: MediaStreamTrack): Ear {
  const context = takeContext();
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
  const analyser = new AnalyserNode(context, { fftSize: LONG_WINDOW });
  source.connect(analyser);
  let timer: number | null = null;
  let isClosed = false;
  const read = (length: number): Float32Array => {
    const samples = new Float32Array(LONG_WINDOW);
    analyser.getFloatTimeDomainData(samples);
    return samples.subarray(LONG_WINDOW - length);
  };
  const level = (): number => {
    const samples = read(SHORT_WINDOW);
    return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
  };
  return {
    level,
    measure: (frequenciesHz) => measureTones(read(LONG_WINDOW), context.sampleRate, frequenciesHz),
    onFirstSound: (tell) => {
      timer = window.setInterval(() => {
        if (level() < HEARD_RMS || timer === null) return;
        window.clearInterval(timer);
        timer = null;
        tell();
      }, LOOK_EVERY_MS);
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      if (timer !== null) window.clearInterval(timer);
      timer = null;
      source.disconnect();
      leaveContext();
    },
  };
}
