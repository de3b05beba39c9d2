/**
 * The little that the signalling must know of a session description (SDP, RFC 8866); everything else is the audio page's.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';

const LONGEST = 65_536;
/** Static payload types of RFC 3551 §6 that the audio page speaks, and the names of the dynamic ones. */
const knownTypes = new Set(['0', '8', '9']);
const knownNames = /^a=rtpmap:\d+ (opus\/48000|PCMA\/8000|PCMU\/8000|G722\/8000)/im;

export type SoundDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** As the far end sees it: which way its sound goes. Fails where there is no sound that we could play. */
export function readSessionDescription(text: string): Result<{ direction: SoundDirection }> {
  if (text.length > LONGEST || !/^v=0\r?\n/.test(text)) return unusable();
  const media = text.split(/\r?\n(?=m=)/);
  const audio = media.find((section) => section.startsWith('m=audio ') && !/^m=audio 0 /.test(section));
  if (audio === undefined) return unusable();
  const types = audio.split(/\r?\n/, 1)[0]?.split(' ').slice(3) ?? [];
  if (!types.some((type) => knownTypes.has(type)) && !knownNames.test(audio)) return unusable();
  return ok({ direction: directionOf(audio) ?? directionOf(media[0] ?? '') ?? 'sendrecv' });
}

/** True when the far end lets us hear nothing. `0.0.0.0` is the way of RFC 2543. */
export function isHeld(direction: SoundDirection, text: string): boolean {
  return direction === 'sendonly' || direction === 'inactive' || /^c=IN IP4 0\.0\.0\.0\s*$/m.test(text);
}

function directionOf(section: string): SoundDirection | null {
  return (/^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(section)?.[1] ?? null) as SoundDirection | null;
}

function unusable(): Result<never> {
  return fail('telephone-sound-unusable', 'error.telephoneSoundUnusable');
}
