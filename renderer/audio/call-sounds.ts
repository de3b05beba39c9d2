/** The sounds of the calls, by call. */
import type { CallId } from '../../shared/id.ts';
import { tellMain } from '../bridge/audio.ts';
import type { CallSound } from './call-sound.ts';
import { createCallSound } from './call-sound.ts';

export const callSounds = new Map<CallId, CallSound>();

/** The sound of a call, made where there is none: a page that began anew knows of no call. */
export function callWithSound(callId: CallId): CallSound {
  const known = callSounds.get(callId);
  if (known !== undefined) return known;
  const sound = createCallSound(callId, {
    onConnection: (there) => {
      tellMain({ kind: 'connection', callId, there });
    },
    onHeard: () => {
      tellMain({ kind: 'heard', callId });
    },
    onClosed: () => {
      callSounds.delete(callId);
    },
  });
  callSounds.set(callId, sound);
  return sound;
}
