/** The microphone's life among devices that come and go. The browser's devices are stand-ins: no machine here can have its headset pulled. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AudioChoice } from '../../shared/contract/audio-channels.ts';

const open = new Set<Track>();

class Track extends EventTarget {
  readonly device: string;
  constructor(device: string) {
    super();
    this.device = device;
    open.add(this);
  }
  clone(): Track {
    return new Track(this.device);
  }
  stop(): void {
    open.delete(this);
  }
}

class Stream {
  readonly track: Track;
  constructor(device: string) {
    this.track = new Track(device);
  }
  getTracks(): Track[] {
    return [this.track];
  }
  getAudioTracks(): Track[] {
    return [this.track];
  }
  get active(): boolean {
    return open.has(this.track);
  }
}

let present: string[];
let busy: string[];
/** What is asked of the system waits for this. */
let opening: Promise<void>;
const system = Object.assign(new EventTarget(), {
  enumerateDevices: async () => present.map((device) => ({ kind: 'audioinput', deviceId: device, label: device })),
  getUserMedia: async ({ audio: { deviceId } }: { audio: { deviceId?: { exact: string } } }) => {
    await opening;
    const device = deviceId?.exact ?? present[0];
    if (device === undefined || !present.includes(device)) throw new DOMException('none', 'NotFoundError');
    if (busy.includes(device)) throw new DOMException('busy', 'NotReadableError');
    return new Stream(device);
  },
});

/** Fresh modules: they hold what is open. */
async function load() {
  vi.resetModules();
  const [devices, microphone, trial] = await Promise.all([import('./devices.ts'), import('./microphone.ts'), import('./try-microphone.ts')]);
  devices.onDevicesChanged(() => undefined);
  return { devices, microphone, trial };
}

type Microphone = Awaited<ReturnType<typeof load>>['microphone'];

const choice = (microphoneId: string | null): AudioChoice => ({ microphoneId, speakerId: null, ringId: null, processing: true });

/** A call that speaks through one track. */
async function speak(microphone: Microphone): Promise<{ device: () => string | null; end: () => void }> {
  let mine: MediaStreamTrack | null = null;
  const through = async (track: MediaStreamTrack): Promise<void> => {
    mine?.stop();
    mine = track;
  };
  await through(await microphone.takeMicrophone('call', through));
  const now = (): Track => mine as unknown as Track;
  return {
    device: () => (open.has(now()) ? now().device : null),
    end: () => {
      now().stop();
      microphone.leaveMicrophone('call');
    },
  };
}

function pull(device: string): void {
  present = present.filter((one) => one !== device);
  const gone = [...open].filter((track) => track.device === device);
  for (const track of gone) open.delete(track);
  for (const track of gone) track.dispatchEvent(new Event('ended'));
}

function plug(...devices: string[]): void {
  present = [...present, ...devices];
  system.dispatchEvent(new Event('devicechange'));
}

beforeEach(() => {
  [present, busy, opening] = [['headset'], [], Promise.resolve()];
  open.clear();
  vi.stubGlobal('navigator', { mediaDevices: system });
});

afterEach(() => { vi.unstubAllGlobals(); });

it('comes back into a call when its headset was pulled and is plugged in again', async () => {
  const { devices, microphone } = await load();
  await devices.listDevices();
  const call = await speak(microphone);
  pull('headset');
  await expect.poll(call.device).toBeNull();
  // The system tells of the end before it tells of its devices.
  await devices.chooseDevices(choice(null));
  expect(call.device()).toBeNull();
  plug('headset');
  await expect.poll(call.device).toBe('headset');
  call.end();
  await expect.poll(() => open.size).toBe(0);
});

it('follows a choice that changes while it opens', async () => {
  const { devices, microphone } = await load();
  plug('usb');
  await devices.chooseDevices(choice('headset'));
  let opened: () => void = () => undefined;
  opening = new Promise((resolve) => { opened = resolve; });
  const speaking = speak(microphone);
  const chosen = devices.chooseDevices(choice('usb'));
  opened();
  const call = await speaking;
  await chosen;
  await expect.poll(call.device).toBe('usb');
  call.end();
  await expect.poll(() => open.size).toBe(0);
});

it('stays what it was where another one cannot be opened, and is closed after the call', async () => {
  const { devices, microphone } = await load();
  plug('usb');
  busy = ['usb'];
  const call = await speak(microphone);
  await devices.chooseDevices(choice('usb'));
  expect(call.device()).toBe('headset');
  call.end();
  await expect.poll(() => open.size).toBe(0);
});

it('is not kept open by a trial that found none', async () => {
  const { microphone, trial } = await load();
  pull('headset');
  await expect(trial.tryMicrophone()).rejects.toMatchObject({ code: 'no-microphone' });
  plug('headset');
  const call = await speak(microphone);
  call.end();
  await expect.poll(() => open.size).toBe(0);
});
