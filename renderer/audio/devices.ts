/**
 * Which devices there are, and which are to be used.
 *
 * Invariant: a chosen device that is not there is replaced by the system's own choice, and used again as soon as it is back: the choice
 * itself is not forgotten.
 */
import type { AudioChoice, AudioDevices } from '../../shared/contract/audio-channels.ts';

let choice: AudioChoice = { microphoneId: null, speakerId: null, ringId: null, processing: true };
let devices: AudioDevices = { microphones: [], speakers: [] };
const listeners = new Set<() => Promise<void>>();

/** What is chosen and there; null = the system's own choice. */
export function usedDevices(): AudioChoice {
  const there = (id: string | null, among: readonly { deviceId: string }[]): string | null => (among.some(({ deviceId }) => deviceId === id) ? id : null);
  return {
    ...choice,
    microphoneId: there(choice.microphoneId, devices.microphones),
    speakerId: there(choice.speakerId, devices.speakers),
    ringId: there(choice.ringId, devices.speakers),
  };
}

/** Runs whenever other devices are to be used than before, or may be. */
export function onUsedDevicesChanged(listener: () => Promise<void>): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** What the system has now. */
export async function listDevices(): Promise<AudioDevices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): AudioDevices['microphones'] =>
    all.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ deviceId, label }));
  devices = { microphones: of('audioinput'), speakers: of('audiooutput') };
  return devices;
}

/** Changes the choice; calls under way follow. */
export async function chooseDevices(wanted: AudioChoice): Promise<void> {
  choice = wanted;
  await listDevices();
  for (const listener of listeners) await listener();
}

/** Follows what is plugged in and out. */
export function onDevicesChanged(tell: (devices: AudioDevices) => void): void {
  navigator.mediaDevices.addEventListener('devicechange', () => {
    void listDevices().then(async (now) => {
      tell(now);
      for (const listener of listeners) await listener();
    });
  });
}
