/**
 * The sound of a practice call: a voice from a file as the far end, and the microphone, which nobody hears.
 *
 * Invariants: on hold nothing is heard, and the voice goes on where it was; a machine without a microphone can practise too.
 */
import voiceUrl from '../../assets/practice/far-end.ogg?url';
import type { CallSound, CallSoundListener } from './call-sound.ts';
import { onUsedDevicesChanged, usedDevices } from './devices.ts';
import type { Ear } from './ear.ts';
import { listenTo } from './ear.ts';
import { leaveMicrophone, takeMicrophone } from './microphone.ts';
import { playOn } from './play-on.ts';
import { SoundFailure } from './sound-failure.ts';

export interface PracticeSound extends CallSound {
  /** The far end is heard, or on hold. */
  play(heard: boolean, muted: boolean): Promise<void>;
}

const SILENT_DB = -100;

/** A practice call's sound, without anything open yet; `user` names it to the microphone. */
export function createPracticeSound(user: string, listener: CallSoundListener): PracticeSound {
  const player = new Audio();
  let context: AudioContext | null = null;
  let microphone: MediaStreamTrack | null = null;
  let [microphoneEar, receivedEar]: [Ear | null, Ear | null] = [null, null];
  let [heard, muted, closed] = [false, false, false];

  const playWhereWanted = async (): Promise<void> => {
    await playOn(player, usedDevices().speakerId);
  };
  const forgetDevices = onUsedDevicesChanged(playWhereWanted);

  function applyMute(): void {
    if (microphone !== null) microphone.enabled = !muted;
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
    applyMute();
  }

  async function openMicrophone(): Promise<void> {
    try {
      await speakThrough(await takeMicrophone(user, speakThrough));
    } catch (error) {
      if (!(error instanceof SoundFailure)) throw error;
    }
  }

  async function openVoice(into: AudioContext): Promise<void> {
    const voice = await into.decodeAudioData(await (await fetch(voiceUrl)).arrayBuffer());
    if (closed) return;
    const out = new MediaStreamAudioDestinationNode(into);
    const source = new AudioBufferSourceNode(into, { buffer: voice, loop: true });
    source.connect(out);
    const [track] = out.stream.getAudioTracks();
    if (track === undefined) throw new Error('a destination without a track');
    receivedEar = listenTo(track);
    receivedEar.onFirstSound(() => {
      listener.onHeard();
    });
    player.srcObject = new MediaStream([track]);
    await playWhereWanted();
    await player.play();
    source.start();
    listener.onConnection(true);
  }

  return {
    play: async (wantsHeard, wantsMuted) => {
      [heard, muted] = [wantsHeard, wantsMuted];
      applyMute();
      if (context === null) {
        context = new AudioContext();
        await openMicrophone();
        await openVoice(context);
      }
      if (closed) return;
      await (heard ? context.resume() : context.suspend());
    },
    setMuted: (wanted) => {
      muted = wanted;
      applyMute();
    },
    sendTones: () => undefined,
    readQuality: () => Promise.resolve(null),
    measure: (side, frequenciesHz) => {
      const ear = side === 'received' ? receivedEar : microphoneEar;
      return (heard ? ear : null)?.measure(frequenciesHz) ?? { energyDb: SILENT_DB, shares: frequenciesHz.map(() => 0) };
    },
    levels: () => ({ microphone: muted ? 0 : microphoneEar?.level() ?? 0, received: heard ? receivedEar?.level() ?? 0 : 0 }),
    close: () => {
      closed = true;
      forgetDevices();
      receivedEar?.close();
      microphoneEar?.close();
      microphone?.stop();
      leaveMicrophone(user);
      player.srcObject = null;
      void context?.close();
      listener.onClosed();
    },
  };
}
