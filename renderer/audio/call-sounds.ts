/** The sounds of the calls, by call. */
import type { AttachmentId, CallId } from '../../shared/id.ts';
import { tellMain } from '../bridge/audio.ts';
import type { AgreedSound, CallSound, CallSoundListener } from './call-sound.ts';
import { createCallSound } from './call-sound.ts';
import type { PracticeSound } from './practice-sound.ts';
import { createPracticeSound } from './practice-sound.ts';
import { createJoinedSounds } from './joined-sounds.ts';
import { SoundFailure } from './sound-failure.ts';

const agreed = new Map<CallId, AgreedSound>();
const joined = createJoinedSounds((callId) => agreed.get(callId));
const practised = new Map<CallId, PracticeSound>();

/** Every call that sounds. */
export function allSounds(): CallSound[] {
  return [...agreed.values(), ...practised.values()];
}

/** The sound of a call, if it has one. */
export function findSound(callId: CallId): CallSound | undefined {
  return agreed.get(callId) ?? practised.get(callId);
}

/** The sound of a call, made where there is none: a page that began anew knows of no call. */
export function callWithSound(callId: CallId): AgreedSound {
  return agreed.get(callId) ?? keep(agreed, callId, createCallSound(callId, listenerOf(agreed, callId)));
}

/** The same for a call of the practice line. */
export function practiceCallWithSound(callId: CallId): PracticeSound {
  return practised.get(callId) ?? keep(practised, callId, createPracticeSound(callId, listenerOf(practised, callId)));
}

/** Only of a call that was agreed with a far end: what is practised has no recorder. */
export function recordSound(callId: CallId, recordingId: AttachmentId, action: 'start' | 'pause' | 'resume' | 'stop'): void {
  const sound = agreed.get(callId);
  if (sound === undefined) throw new SoundFailure('recording-without-sound', 'error.audioFailed');
  sound.record(action, (bytes, last) => {
    tellMain({ kind: 'recorded', recordingId, bytes, last });
  });
}

/** Both must be said to sound together; null: alone. */
export function joinSounds(callId: CallId, other: CallId | null): void {
  joined.wish(callId, other);
}

/** Only where an offer of ours may be out. */
export async function rollbackSound(callId: CallId): Promise<void> {
  await agreed.get(callId)?.rollback();
}

function keep<Sound>(sounds: Map<CallId, Sound>, callId: CallId, sound: Sound): Sound {
  sounds.set(callId, sound);
  return sound;
}

function listenerOf(sounds: Map<CallId, unknown>, callId: CallId): CallSoundListener {
  return {
    onConnection: (there) => {
      tellMain({ kind: 'connection', callId, there });
    },
    onHeard: () => {
      tellMain({ kind: 'heard', callId });
    },
    onTracks: () => {
      joined.look();
    },
    onClosed: () => {
      sounds.delete(callId);
      joined.wish(callId, null);
    },
  };
}
