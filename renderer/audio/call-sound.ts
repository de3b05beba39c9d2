/**
 * The sound of one call: a peer connection, the microphone's copy, what is heard.
 *
 * Invariants: `balanced` bundling (a relay that knows nothing of BUNDLE refuses `max-bundle`); what is played is a stream made of the
 * track itself (Chromium plays nothing after a hold from the stream that came with the track); candidates stand in the description, none
 * follow; while the call is held by us or muted nothing of the microphone goes out.
 */
import type { SoundFigures } from '../../shared/telephone/call-quality.ts';
import type { ToneMeasure } from '../../shared/telephone/measure-tones.ts';
import type { Ear } from './ear.ts';
import { listenTo } from './ear.ts';
import { gatherCandidates } from './gather-candidates.ts';
import { leaveMicrophone, takeMicrophone } from './microphone.ts';
import { onUsedDevicesChanged, usedDevices } from './devices.ts';
import type { CallRecorder } from './call-recorder.ts';
import { createCallRecorder } from './call-recorder.ts';
import { playOn } from './play-on.ts';
import { readFigures } from './read-figures.ts';
import type { JoinableSound } from './joined-sounds.ts';
import { SoundFailure } from './sound-failure.ts';

/** What every call's sound can do, whatever its far end is. */
export interface CallSound {
  setMuted(muted: boolean): void;
  sendTones(tones: string, durationMs: number): void;
  readQuality(): Promise<SoundFigures | null>;
  measure(side: 'received' | 'microphone', frequenciesHz: readonly number[]): ToneMeasure;
  levels(): { microphone: number; received: number };
  close(): void;
}

/** The sound of a call over a peer connection. */
export interface AgreedSound extends CallSound, JoinableSound {
  /** Answers the far end's offer; null: makes one. */
  describe(wanted: { held: boolean; muted: boolean; offer: string | null }): Promise<string>;
  /** The answer to what was offered last. */
  apply(sdp: string): Promise<void>;
  rollback(): Promise<void>;
  /** One at a time; a second start ends the first. */
  record(action: 'start' | 'pause' | 'resume' | 'stop', tell: (bytes: Uint8Array<ArrayBuffer>, last: boolean) => void): void;
}

export interface CallSoundListener {
  onConnection(there: boolean): void;
  onHeard(): void;
  /** What is heard, or said, comes by another track. */
  onTracks(): void;
  onClosed(): void;
}

const GAP_MS = 70;
/** What the far ends of telephony speak; the order is ours. */
const codecs = ['audio/opus', 'audio/PCMA', 'audio/PCMU', 'audio/G722', 'audio/telephone-event'];

/** A call's sound, without anything open yet; `user` names it to the microphone. */
export function createCallSound(user: string, listener: CallSoundListener): AgreedSound {
  const peer = new RTCPeerConnection({ bundlePolicy: 'balanced' });
  const player = new Audio();
  let microphone: MediaStreamTrack | null = null;
  let received: MediaStreamTrack | null = null;
  let instead: MediaStreamTrack | null = null;
  let [microphoneEar, receivedEar]: [Ear | null, Ear | null] = [null, null];
  let [held, muted, closed] = [false, false, false];
  let recorder: CallRecorder | null = null;

  peer.addEventListener('track', ({ track }) => {
    player.srcObject = new MediaStream([track]);
    void playWhereWanted().then(() => (closed ? undefined : player.play()));
    recorder?.hear('received', track);
    receivedEar?.close();
    received = track;
    receivedEar = listenTo(track);
    receivedEar.onFirstSound(() => {
      listener.onHeard();
    });
    listener.onTracks();
  });
  peer.addEventListener('connectionstatechange', () => {
    if (peer.connectionState === 'connected') listener.onConnection(true);
    else if (peer.connectionState === 'failed' || peer.connectionState === 'disconnected') listener.onConnection(false);
  });
  const playWhereWanted = async (): Promise<void> => {
    await playOn(player, usedDevices().speakerId);
  };
  const forgetDevices = onUsedDevicesChanged(playWhereWanted);

  function applyMute(): void {
    if (microphone !== null) microphone.enabled = !muted && !held;
  }

  async function speakThrough(track: MediaStreamTrack): Promise<void> {
    // Closed while the microphone opened: nobody else would stop it.
    if (closed) {
      track.stop();
      return;
    }
    microphone?.stop();
    microphoneEar?.close();
    microphone = track;
    microphoneEar = listenTo(track);
    recorder?.hear('microphone', track);
    applyMute();
    const sender = transceiver()?.sender;
    if (sender !== undefined) await sender.replaceTrack(instead ?? track);
    listener.onTracks();
  }

  function transceiver(): RTCRtpTransceiver | undefined {
    return peer.getTransceivers().find((one) => one.receiver.track.kind === 'audio');
  }

  /** The description is made while the microphone opens: whoever dials waits for the slower of the two, not for both. */
  async function describe(wanted: { held: boolean; muted: boolean; offer: string | null }): Promise<string> {
    [held, muted] = [wanted.held, wanted.muted];
    applyMute();
    if (wanted.offer !== null) await peer.setRemoteDescription({ type: 'offer', sdp: wanted.offer });
    const way = transceiver() ?? peer.addTransceiver('audio');
    way.direction = held ? 'sendonly' : 'sendrecv';
    preferCodecs(way);
    await Promise.all([openMicrophone(way), makeDescription()]);
    if (isClosed()) throw closedFailure();
    return peer.localDescription?.sdp ?? '';
  }

  async function openMicrophone(way: RTCRtpTransceiver): Promise<void> {
    if (microphone === null) await speakThrough(await takeMicrophone(user, speakThrough));
    else if (way.sender.track !== (instead ?? microphone)) await way.sender.replaceTrack(instead ?? microphone);
  }

  async function makeDescription(): Promise<void> {
    const answers = peer.signalingState === 'have-remote-offer';
    await peer.setLocalDescription(answers ? await peer.createAnswer() : await peer.createOffer({ iceRestart: needsNewWay() }));
    await gatherCandidates(peer);
  }

  /** The way of the sound is lost, and was there: the network changed. */
  function needsNewWay(): boolean {
    return peer.connectionState === 'disconnected' || peer.connectionState === 'failed';
  }

  function isClosed(): boolean {
    return closed;
  }

  return {
    describe,
    apply: async (sdp) => {
      await peer.setRemoteDescription({ type: 'answer', sdp });
    },
    rollback: async () => {
      if (peer.signalingState === 'have-local-offer') await peer.setLocalDescription({ type: 'rollback' });
      else if (peer.signalingState === 'have-remote-offer') await peer.setRemoteDescription({ type: 'rollback' });
    },
    record: (action, tell) => {
      switch (action) {
        case 'start': {
          const received = transceiver()?.receiver.track;
          if (received === undefined || microphone === null) throw new SoundFailure('recording-without-sound', 'error.audioFailed');
          recorder?.stop();
          recorder = createCallRecorder(tell);
          recorder.hear('received', received);
          recorder.hear('microphone', microphone);
          return;
        }
        case 'pause':
          recorder?.pause();
          return;
        case 'resume':
          recorder?.resume();
          return;
        case 'stop':
          recorder?.stop();
          recorder = null;
      }
    },
    setMuted: (wanted) => {
      muted = wanted;
      applyMute();
    },
    sendTones: (tones, durationMs) => {
      const sender = transceiver()?.sender.dtmf;
      if (sender?.canInsertDTMF !== true) throw new SoundFailure('tones-unavailable', 'error.audioTonesUnavailable');
      sender.insertDTMF(sender.toneBuffer + tones, durationMs, GAP_MS);
    },
    readQuality: async () => readFigures(await peer.getStats()),
    measure: (side, frequenciesHz) => {
      const ear = side === 'received' ? receivedEar : microphoneEar;
      return ear?.measure(frequenciesHz) ?? { energyDb: -100, shares: frequenciesHz.map(() => 0) };
    },
    microphoneTrack: () => microphone,
    receivedTrack: () => received,
    sendInstead: async (track) => {
      instead = track;
      if (!closed) await transceiver()?.sender.replaceTrack(instead ?? microphone);
    },
    levels: () => ({ microphone: microphoneEar?.level() ?? 0, received: receivedEar?.level() ?? 0 }),
    close: () => {
      closed = true;
      recorder?.stop();
      recorder = null;
      forgetDevices();
      receivedEar?.close();
      microphoneEar?.close();
      microphone?.stop();
      leaveMicrophone(user);
      player.srcObject = null;
      peer.close();
      listener.onClosed();
    },
  };
}

function preferCodecs(way: RTCRtpTransceiver): void {
  const able = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  way.setCodecPreferences(codecs.flatMap((name) => able.filter(({ mimeType }) => mimeType.toLowerCase() === name.toLowerCase())));
}

function closedFailure(): SoundFailure {
  return new SoundFailure('call-closed', 'error.audioFailed');
}
