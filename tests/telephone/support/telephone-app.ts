/**
 * The softphone and its audio page on the real Electron, driven from a test.
 *
 * Its microphone is a file that sounds a tone of 700 Hz.
 */
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { ensureElectronRuntime } from '../../../scripts/electron-runtime.ts';
import { writeTone } from '../../../scripts/telephone-rig/write-tone.ts';
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import type { TelephoneAccount } from '../../../shared/telephone/account.ts';
import type { TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import type { ToneMeasure } from '../../../shared/telephone/measure-tones.ts';
import { launchElectron } from '../../support/launch-electron.ts';
import type { Harness } from '../app/main.ts';
import { buildTelephoneApp, builtBundles } from './build-telephone-app.ts';

export const MICROPHONE_HZ = 700;

export interface TelephoneApp {
  electron: ElectronApplication;
  /** Runs in main; what goes in and out is copied. */
  run<Output, Input = undefined>(work: (harness: Harness, input: Input) => Output | Promise<Output>, input?: Input): Promise<Output>;
  configure(account: TelephoneAccount | null): Promise<void>;
  /** Dials with a fresh permit. */
  dial(number: string): Promise<Result<{ callId: CallId }>>;
  /** The next event that has all that the pattern has; each event is answered once, in order. */
  next(pattern: object): Promise<TelephoneEvent>;
  /** From here on only later events are looked at. */
  mark(): Promise<void>;
  heard(callId: CallId, frequenciesHz: readonly number[], side?: 'received' | 'microphone'): Promise<ToneMeasure>;
  close(): Promise<void>;
}

/** Starts the app with a profile in `folder`; `switches` are Chromium's own. */
export async function startTelephoneApp(folder: string, switches: readonly string[] = []): Promise<TelephoneApp> {
  const runtime = await ensureElectronRuntime(() => undefined);
  const appDirectory = await buildTelephoneApp();
  const microphone = path.join(folder, 'microphone.wav');
  writeTone(microphone, { frequencyHz: MICROPHONE_HZ, sampleRateHz: 48_000, durationMs: 10_000, amplitude: 0.4 });
  const electron = await launchElectron({
    executablePath: runtime.executable,
    args: [
      ...runtime.switches, ...switches, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}`,
      '--allow-loopback-in-peer-connection', appDirectory, '--bundles', builtBundles, '--profile', path.join(folder, 'profile'),
    ],
    env: { ...process.env, TZ: 'Europe/Rome' },
  });
  let from = 0;
  const run: TelephoneApp['run'] = async (work, input) => {
    const text = work.toString();
    return electron.evaluate(async (_modules, { text: source, input: given }) => {
      const { harness } = globalThis as unknown as { harness: Harness };
      // The function came as text, as all that is evaluated elsewhere does.
      const call = (0, eval)(`(${source})`) as (harness: Harness, input: unknown) => unknown;
      return call(harness, given) as never;
    }, { text, input });
  };
  const app: TelephoneApp = {
    electron, run,
    configure: (account) => run(({ phone }, given) => phone.configure(given), account),
    dial: (number) => run(({ phone, permit }, wanted) => phone.dial(permit(wanted), null), number),
    next: async (pattern) => {
      const { event, next } = await run(({ when }, given) => when(given.pattern, given.from), { pattern, from });
      from = next;
      return event;
    },
    mark: async () => {
      from = await run(({ events }) => events.length);
    },
    heard: async (callId, frequenciesHz, side = 'received') => {
      const result = await run(({ phone }, input) => phone.audio.request('measure-tones', input), { callId, side, frequenciesHz: [...frequenciesHz] });
      if (!result.ok) throw new Error(result.error.code);
      return result.value;
    },
    close: () => electron.close(),
  };
  // The harness began to wait for this before we do, so it is there when we are told.
  await electron.evaluate(async (main) => {
    await main.app.whenReady();
    if (!('harness' in globalThis)) throw new Error('the app has no harness');
  });
  await app.next({ kind: 'audio-page', alive: true });
  // What takes echo and noise away takes a steady tone for one of them.
  await run(({ phone }) => phone.chooseDevices({ microphoneId: null, speakerId: null, ringId: null, processing: false }));
  return app;
}
