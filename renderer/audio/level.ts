/** How loud the microphone and the far end are, told ten times a second while somebody looks. */
import { tellMain } from '../bridge/audio.ts';
import { callSounds } from './call-sounds.ts';

const EVERY_MS = 100;
let timer: number | null = null;

/** Tells levels from now on, or stops. */
export function watchLevel(on: boolean): void {
  if (timer !== null) window.clearInterval(timer);
  timer = on ? window.setInterval(tell, EVERY_MS) : null;
}

function tell(): void {
  const levels = [...callSounds.values()].map((sound) => sound.levels());
  const loudest = (side: 'microphone' | 'received'): number => Math.max(0, ...levels.map((level) => level[side]));
  tellMain({ kind: 'level', microphone: loudest('microphone'), received: loudest('received') });
}
