/**
 * The smallest Electron app around the real softphone and the real audio page: what the telephone suite drives.
 *
 *   electron APP --bundles FOLDER --profile FOLDER
 */
import path from 'node:path';
import { app, BrowserWindow } from 'electron';
import { registerAppScheme } from '../../../electron/main/app-protocol.ts';
import { openAudioWindow } from '../../../electron/main/softphone/audio-window.ts';
import { createSoftphone } from '../../../electron/main/softphone/softphone.ts';
import type { Softphone } from '../../../electron/main/softphone/softphone.ts';
import { newId } from '../../../shared/id.ts';
import type { CallId } from '../../../shared/id.ts';
import { systemClock } from '../../../shared/time.ts';
import type { TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';

export interface Harness {
  phone: Softphone;
  events: TelephoneEvent[];
  log: string[];
  /** The first event from `from` on that has all that the pattern has, and the place behind it. */
  when(pattern: object, from: number): Promise<{ event: TelephoneEvent; next: number }>;
  permit(number: string): object;
  /** Behind the answer to whoever asks for it. */
  killAudioPage(): void;
  /** From now on nothing that the page says arrives, until it is let through. */
  holdAudioPage(held: boolean): void;
  uncaught: string[];
}

const PATIENCE_MS = 30_000;

const option = (name: string): string => {
  const value = process.argv[process.argv.indexOf(`--${name}`) + 1];
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
};

app.setPath('userData', option('profile'));
registerAppScheme();
// Not awaited at the top: Electron is not ready before the main module has been loaded.
void app.whenReady().then(() => {
  const events: TelephoneEvent[] = [];
  const log: string[] = [];
  const uncaught: string[] = [];
  const waiting = new Set<() => void>();
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(kind, (error: unknown) => { uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error)); });
  }

  const has = (value: unknown, pattern: unknown): boolean =>
    typeof pattern === 'object' && pattern !== null
      ? typeof value === 'object' && value !== null && Object.entries(pattern).every(([key, part]) => has((value as Record<string, unknown>)[key], part))
      : value === pattern;

  const note = (line: string): void => {
    log.push(line);
    process.stderr.write(`${line}\n`);
  };
  const phone = createSoftphone({
    clock: systemClock,
    sendToAudioPage: (message) => { window.send(message); },
    onEvent: (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
    log: note,
  });
  let heldBack: unknown[] | null = null;
  const window = openAudioWindow({
    bundles: path.resolve(option('bundles')),
    onMessage: (raw) => {
      if (heldBack === null) phone.audio.receive(raw);
      else heldBack.push(raw);
    },
    onLost: () => { phone.audioPageLost(); },
    log: note,
  });

  const harness: Harness = {
    phone, events, log, uncaught,
    when: (pattern, from) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`not seen: ${JSON.stringify(pattern)}; seen: ${JSON.stringify(events.slice(from).map((event) => ({ ...event, state: undefined })))}`));
        }, PATIENCE_MS);
        const look = (): void => {
          const index = events.findIndex((event, place) => place >= from && has(event, pattern));
          const event = events[index];
          if (event === undefined) return;
          clearTimeout(patience);
          waiting.delete(look);
          resolve({ event, next: index + 1 });
        };
        waiting.add(look);
        look();
      }),
    killAudioPage: () => {
      setImmediate(() => { BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(); });
    },
    holdAudioPage: (held) => {
      const said = heldBack ?? [];
      heldBack = held ? said : null;
      if (!held) for (const raw of said) phone.audio.receive(raw);
    },
    permit: (number) => ({ callId: newId<CallId>(), number, expiresAtMs: systemClock.nowMs() + 10_000 }),
  };
  Object.assign(globalThis, { harness });
});
