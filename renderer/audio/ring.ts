/**
 * What rings: made of tones, no file. In Italy a telephone rings one second in five, and the caller hears 425 Hz in the same beat.
 */
import type { AudioInput } from '../../shared/contract/audio-channels.ts';
import { usedDevices } from './devices.ts';
import { playOn } from './play-on.ts';

const TRIAL_MS = 2_000;

interface Ringing {
  frequenciesHz: readonly number[];
  onMs: number;
  everyMs: number;
  gain: number;
}

const kinds: Record<Exclude<AudioInput<'ring'>['kind'], 'none'>, Ringing> = {
  incoming: { frequenciesHz: [480, 620], onMs: 1_000, everyMs: 5_000, gain: 0.2 },
  /** A second call: short and low, in the ear of somebody who talks. */
  waiting: { frequenciesHz: [425], onMs: 200, everyMs: 5_000, gain: 0.05 },
  ringback: { frequenciesHz: [425], onMs: 1_000, everyMs: 5_000, gain: 0.08 },
};

/** Counts what was asked to ring: what was asked later has replaced it, also while it opened. */
let turn = 0;
let ringing: (Opened & { timer: number }) | null = null;

interface Opened { context: AudioContext; player: HTMLAudioElement }

/** Rings so from now on; `none` is silence. @returns its turn */
export async function ring(kind: AudioInput<'ring'>['kind']): Promise<number> {
  turn += 1;
  const mine = turn;
  await silence();
  if (kind === 'none' || mine !== turn) return mine;
  const { frequenciesHz, onMs, everyMs, gain } = kinds[kind];
  const context = new AudioContext();
  const { ringId, speakerId } = usedDevices();
  const out = new MediaStreamAudioDestinationNode(context);
  const player = new Audio();
  player.srcObject = out.stream;
  await playOn(player, kind === 'incoming' ? ringId : speakerId);
  await player.play();
  if (mine !== turn) {
    await close({ context, player });
    return mine;
  }
  const beat = (): void => {
    const volume = new GainNode(context, { gain });
    volume.connect(out);
    for (const frequency of frequenciesHz) {
      const tone = new OscillatorNode(context, { frequency });
      tone.connect(volume);
      tone.start();
      tone.stop(context.currentTime + onMs / 1000);
    }
  };
  beat();
  ringing = { context, player, timer: window.setInterval(beat, everyMs) };
  return mine;
}

/** Rings for two seconds, unless something rings for real. */
export async function tryRing(): Promise<void> {
  if (ringing !== null) return;
  const mine = await ring('incoming');
  await new Promise((resolve) => { window.setTimeout(resolve, TRIAL_MS); });
  if (mine === turn) await ring('none');
}

async function silence(): Promise<void> {
  if (ringing === null) return;
  const { timer, ...opened } = ringing;
  ringing = null;
  window.clearInterval(timer);
  await close(opened);
}

async function close({ context, player }: Opened): Promise<void> {
  // One that goes on playing an empty stream is never collected, and its stream with it.
  player.pause();
  player.srcObject = null;
  await context.close();
}
