/**
 * Trying the microphone without a call: what it hears is played on the speaker.
 *
 * Invariant: what the microphone heard is in memory until it was played, and nowhere else.
 */
import { usedDevices } from './devices.ts';
import { leaveMicrophone, takeMicrophone } from './microphone.ts';
import { playOn } from './play-on.ts';
import { SoundFailure } from './sound-failure.ts';

const RECORD_MS = 3_000;
const USER = 'trial';

/** Records for three seconds, then plays it; one at a time. */
export async function tryMicrophone(): Promise<void> {
  let recorded: Blob;
  try {
    // Another device meanwhile: the trial goes on with what it began with.
    const track = await takeMicrophone(USER, async (other) => { other.stop(); });
    recorded = await record(track).finally(() => { track.stop(); });
  } finally {
    leaveMicrophone(USER);
  }
  await play(await recorded.arrayBuffer());
}

async function record(track: MediaStreamTrack): Promise<Blob> {
  const recorder = new MediaRecorder(new MediaStream([track]));
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise<void>((resolve, reject) => {
    recorder.addEventListener('stop', () => { resolve(); });
    recorder.addEventListener('error', () => { reject(new SoundFailure('audio-failed', 'error.audioFailed')); });
  });
  recorder.start();
  const end = window.setTimeout(() => { recorder.stop(); }, RECORD_MS);
  await stopped;
  window.clearTimeout(end);
  return new Blob(parts);
}

async function play(bytes: ArrayBuffer): Promise<void> {
  const context = new AudioContext();
  const source = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(bytes) });
  const out = new MediaStreamAudioDestinationNode(context);
  source.connect(out);
  const player = new Audio();
  player.srcObject = out.stream;
  await playOn(player, usedDevices().speakerId);
  await player.play();
  const ended = new Promise((resolve) => { source.addEventListener('ended', resolve); });
  source.start();
  await ended;
  player.srcObject = null;
  await context.close();
}
