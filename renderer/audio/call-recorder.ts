/**
 * Records a call: both directions mixed into one stream, told in pieces of three seconds.
 *
 * Invariants: nothing is recorded while it is paused; pieces are told in their order, then that there is no more; a piece that was told is not
 * kept here; what the microphone is muted for is not heard by it either.
 */
import { SoundFailure } from './sound-failure.ts';

const PIECE_MS = 3_000;
/** Speech of two people; an hour is 11 MB. */
const BITS_PER_SECOND = 24_000;
const MEDIA_TYPE = 'audio/webm;codecs=opus';

export interface CallRecorder {
  /** The track that is heard or spoken through now; null: none. */
  hear(side: 'microphone' | 'received', track: MediaStreamTrack | null): void;
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Begins at once. */
export function createCallRecorder(tell: (bytes: Uint8Array<ArrayBuffer>, last: boolean) => void): CallRecorder {
  if (!MediaRecorder.isTypeSupported(MEDIA_TYPE)) throw new SoundFailure('recording-unsupported', 'error.audioFailed');
  const context = new AudioContext();
  const mix = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' });
  const sources = new Map<'microphone' | 'received', MediaStreamAudioSourceNode>();
  const recorder = new MediaRecorder(mix.stream, { mimeType: MEDIA_TYPE, audioBitsPerSecond: BITS_PER_SECOND });
  /** Reading a piece takes a moment: they wait for each other. */
  let told: Promise<void> = Promise.resolve();

  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return;
    told = told.then(async () => { tell(new Uint8Array(await data.arrayBuffer()), false); });
  });
  recorder.addEventListener('stop', () => {
    told = told.then(() => {
      tell(new Uint8Array(), true);
      for (const source of sources.values()) source.disconnect();
    });
    void told.then(() => context.close());
  });
  recorder.start(PIECE_MS);

  return {
    hear: (side, track) => {
      sources.get(side)?.disconnect();
      sources.delete(side);
      if (track === null || context.state === 'closed') return;
      const source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
      source.connect(mix);
      sources.set(side, source);
    },
    pause: () => {
      if (recorder.state === 'recording') recorder.pause();
    },
    resume: () => {
      if (recorder.state === 'paused') recorder.resume();
    },
    stop: () => {
      if (recorder.state !== 'inactive') recorder.stop();
    },
  };
}
