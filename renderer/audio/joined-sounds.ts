/**
 * Three people in one conversation: what goes out to each far end is the microphone and the other far end, mixed here.
 *
 * Invariants: both calls must be wished for before anything is mixed; a call whose partner is gone, or that is not wished for any more, sends its
 * microphone again; a mute or a hold of one call silences the microphone of that call and nothing else; changes are made one after the other.
 */
import type { CallId } from '../../shared/id.ts';

/** What of a call is mixed. */
export interface JoinableSound {
  microphoneTrack(): MediaStreamTrack | null;
  receivedTrack(): MediaStreamTrack | null;
  /** Null: the microphone again. */
  sendInstead(track: MediaStreamTrack | null): Promise<void>;
}

export interface JoinedSounds {
  wish(callId: CallId, other: CallId | null): void;
  /** A call has other tracks than before, or is gone. */
  look(): void;
}

interface Mix {
  /** Names the tracks that it was made of. */
  key: string;
  context: AudioContext;
  sounds: JoinableSound[];
}

export function createJoinedSounds(find: (callId: CallId) => JoinableSound | undefined): JoinedSounds {
  const wishes = new Map<CallId, CallId>();
  let mix: Mix | null = null;
  let last = Promise.resolve();

  function wished(): { sound: JoinableSound; microphone: MediaStreamTrack; received: MediaStreamTrack }[] {
    for (const [one, other] of wishes) {
      if (wishes.get(other) !== one) continue;
      const whole = [one, other].flatMap((callId) => {
        const sound = find(callId);
        const [microphone, received] = [sound?.microphoneTrack() ?? null, sound?.receivedTrack() ?? null];
        return sound === undefined || microphone === null || received === null ? [] : [{ sound, microphone, received }];
      });
      return whole.length === 2 ? whole : [];
    }
    return [];
  }

  async function change(): Promise<void> {
    const pair = wished();
    const key = pair.flatMap(({ microphone, received }) => [microphone.id, received.id]).join(' ');
    if (key === (mix?.key ?? '')) return;
    const before = mix;
    mix = null;
    for (const sound of before?.sounds ?? []) await sound.sendInstead(null);
    await before?.context.close();
    if (pair.length === 0) return;
    const context = new AudioContext();
    mix = { key, context, sounds: pair.map(({ sound }) => sound) };
    const source = (track: MediaStreamTrack): AudioNode => new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
    for (const [at, { sound, microphone }] of pair.entries()) {
      const out = new MediaStreamAudioDestinationNode(context);
      source(microphone).connect(out);
      for (const other of pair.filter((_one, place) => place !== at)) source(other.received).connect(out);
      await sound.sendInstead(out.stream.getAudioTracks()[0] ?? null);
    }
  }

  function look(): void {
    // One that failed does not stop the next.
    last = last.then(change, change);
  }

  return {
    look,
    wish: (callId, other) => {
      if (other === null) wishes.delete(callId);
      else wishes.set(callId, other);
      look();
    },
  };
}
