/**
 * How loud the microphone and the far end are, told ten times a second while somebody looks.
 *
 * Invariant: without a call the microphone is open for as long as somebody looks, and no longer.
 */
import { tellMain } from '../bridge/audio.ts';
import { allSounds } from './call-sounds.ts';
import type { Ear } from './ear.ts';
import { listenTo } from './ear.ts';
import { leaveMicrophone, takeMicrophone } from './microphone.ts';
import { SoundFailure } from './sound-failure.ts';

const EVERY_MS = 100;
const USER = 'level';
let timer: number | null = null;
let own: { ear: Ear; track: MediaStreamTrack } | null = null;

/** Tells levels from now on, or stops. */
export async function watchLevel(on: boolean): Promise<void> {
  if (timer !== null) window.clearInterval(timer);
  timer = null;
  forget();
  if (!on) {
    leaveMicrophone(USER);
    return;
  }
  try {
    await hear(await takeMicrophone(USER, hear));
  } catch (error) {
    // In a call the far end is there to be looked at all the same.
    if (!(error instanceof SoundFailure) || allSounds().length === 0) throw error;
  }
  timer = window.setInterval(tell, EVERY_MS);
}

function hear(track: MediaStreamTrack): Promise<void> {
  forget();
  own = { ear: listenTo(track), track };
  return Promise.resolve();
}

function forget(): void {
  own?.ear.close();
  own?.track.stop();
  own = null;
}

function tell(): void {
  const levels = allSounds().map((sound) => sound.levels());
  const loudest = (side: 'microphone' | 'received'): number => Math.max(0, ...levels.map((level) => level[side]));
  // In a call it is the call's: muted is silent.
  const microphone = levels.length === 0 ? own?.ear.level() ?? 0 : loudest('microphone');
  tellMain({ kind: 'level', microphone, received: loudest('received') });
}
