/**
 * The microphone, open only while a call needs it.
 *
 * Invariants: there is one capture for all calls; each call has a copy of its track, which it mutes without touching the others'; a choice
 * that changes while a capture opens is followed as soon as it is open; where nothing can be opened, what was open stays, and the next change
 * of devices tries again; when nobody uses it any more, nothing is open.
 */
import { onUsedDevicesChanged, usedDevices } from './devices.ts';
import { SoundFailure } from './sound-failure.ts';

interface Capture {
  stream: MediaStream;
  /** The choice that it was asked for with. */
  openedFor: string;
}

let capture: Promise<Capture> | null = null;
let reopening: Promise<void> = Promise.resolve();
/** What each user does with a new track when the device changes. */
const users = new Map<string, (track: MediaStreamTrack) => Promise<void>>();

/** A track for one user, who is told when it is replaced. */
export async function takeMicrophone(user: string, replace: (track: MediaStreamTrack) => Promise<void>): Promise<MediaStreamTrack> {
  users.set(user, replace);
  return copyOf(await openCapture());
}

/** The last user closes the microphone. */
export function leaveMicrophone(user: string): void {
  users.delete(user);
  if (users.size > 0 || capture === null) return;
  const closing = capture;
  capture = null;
  void closing.then(stop, () => undefined);
}

function copyOf({ stream }: Capture): MediaStreamTrack {
  const track = stream.getAudioTracks()[0];
  if (track === undefined) throw new SoundFailure('no-microphone', 'error.audioNoMicrophone');
  return track.clone();
}

function stop({ stream }: Capture): void {
  for (const track of stream.getTracks()) track.stop();
}

async function openCapture(): Promise<Capture> {
  const opening = capture ?? open();
  capture = opening;
  try {
    return await opening;
  } catch (error) {
    if (capture === opening) capture = null;
    throw error;
  }
}

async function open(): Promise<Capture> {
  const { microphoneId, processing } = usedDevices();
  const openedFor = wantedKey();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...(microphoneId === null ? {} : { deviceId: { exact: microphoneId } }),
        echoCancellation: processing, noiseSuppression: processing, autoGainControl: processing, channelCount: 1,
      },
    });
    stream.getAudioTracks()[0]?.addEventListener('ended', () => {
      void reopen();
    });
    return { stream, openedFor };
  } catch (error) {
    if (error instanceof DOMException) throw new SoundFailure('no-microphone', 'error.audioNoMicrophone', { reason: error.name });
    throw error;
  }
}

function wantedKey(): string {
  const { microphoneId, processing } = usedDevices();
  return `${microphoneId ?? ''} ${String(processing)}`;
}

/** Another device is wanted, or the one in use went away. One after the other: each finds what the one before it has opened. */
function reopen(): Promise<void> {
  reopening = reopening.then(reopenNow, reopenNow);
  return reopening;
}

async function reopenNow(): Promise<void> {
  if (users.size === 0) return;
  const old = capture === null ? null : await capture.catch(() => null);
  if (old !== null && old.openedFor === wantedKey() && old.stream.active) return;
  capture = null;
  let next: Capture;
  try {
    next = await openCapture();
  } catch (error) {
    if (!(error instanceof SoundFailure)) throw error;
    if (old !== null) keepOpen(old);
    return;
  }
  for (const replace of users.values()) await replace(copyOf(next));
  if (old !== null) stop(old);
}

function keepOpen(old: Capture): void {
  if (users.size === 0) stop(old);
  else if (old.stream.active) capture = Promise.resolve(old);
}

onUsedDevicesChanged(reopen);
