/**
 * The telephone of a workplace: the phone, its sound, what the desk is told of it and what the page is shown.
 *
 * Invariants: the audio page is opened when somebody has a line or tries the sound, never before, and is there until the workplace closes;
 * the page is told `line` whole, once for all that happened in a turn; at the end the calls end first, and the desk has a moment
 * to commit that before it is closed.
 */
import path from 'node:path';
import { globalShortcut } from 'electron';
import type { LineMessage, LineScreen } from '../../../shared/contract/line-channels.ts';
import type { DeskToMainTelephone, MainToDeskTelephone } from '../../../shared/contract/telephone-host-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { systemClock } from '../../../shared/time.ts';
import { hasPracticeLine } from '../plan-workplace.ts';
import type { WorkplacePlan } from '../plan-workplace.ts';
import { createPracticePhone } from '../practice/practice-phone.ts';
import { openAudioWindow } from '../softphone/audio-window.ts';
import type { AudioWindow } from '../softphone/audio-window.ts';
import { createSoftphone } from '../softphone/softphone.ts';
import type { SoftphoneOptions } from '../softphone/softphone.ts';
import { createTelephoneLink } from '../telephone-link.ts';
import { answerLineRequests } from './answer-line-requests.ts';
import { createGlobalKeys } from './global-keys.ts';
import { newLineScreen, nextLineScreen } from './line-screen.ts';
import type { InstalledPhone } from './phone.ts';
import { createRecordings } from './recordings.ts';
import { telephoneSettingsFile } from './telephone-settings.ts';

const LEAVE_WITHIN_MS = 2_000;
const COMMIT_WITHIN_MS = 1_500;

export interface TelephoneOptions {
  /** Folder of the built bundles of main. */
  bundles: string;
  profileDir: string;
  plan: WorkplacePlan;
  tellDesk: (message: MainToDeskTelephone) => void;
  tellPage: (message: LineMessage) => void;
  log: (line: string) => void;
}

export interface Telephone {
  fromDesk(message: DeskToMainTelephone): void;
  deskLost(): void;
  /** A request of the page, unread. */
  answer(name: unknown, input: unknown): Promise<Result<unknown>>;
  /** A page begins: it is told how the line stands, and watches nothing yet. */
  pageBegan(): void;
  /** After a sleep. */
  retry(): void;
  /** Ends the calls and waits, not for long, until the desk has them. */
  leave(): Promise<void>;
  close(): void;
}

/** Nothing is connected before the desk names an account. */
export function openTelephone({ bundles, profileDir, plan, tellDesk, tellPage, log }: TelephoneOptions): Telephone {
  const sinceMs = systemClock.nowMs();
  const file = telephoneSettingsFile(profileDir, log);
  let settings = file.read();
  let screen = newLineScreen(settings);
  let audio: AudioWindow | null = null;
  let isTelling = false;
  let isWatched = false;
  let isClosed = false;
  let nothingWaits: (() => void) | null = null;

  const installed = installPhone(plan, {
    clock: systemClock,
    sendToAudioPage: (message) => audio?.send(message),
    onEvent: (event) => {
      link.onEvent(event);
      show(nextLineScreen(screen, event, installed.kind));
      if (event.kind === 'audio-page' && event.alive) audioPageBegan();
      if (event.kind === 'audio-page' && !event.alive) recordings.audioPageLost();
    },
    onSound: (news) => {
      if (news.kind === 'devices') show({ ...screen, devices: news.devices });
      else if (news.kind === 'recorded') recordings.heard(news);
      else tellPage(news);
    },
    log,
  });
  const { phone } = installed;
  const recordings = createRecordings({
    audio: phone.audio, clock: systemClock, isPractice: installed.kind === 'practice', send: tellDesk, log,
    show: (recording) => { show({ ...screen, recording }); },
  });
  const link = createTelephoneLink(phone, sinceMs, tellDesk, log, recordings);
  const keys = createGlobalKeys(globalShortcut, phone, log);
  show({ ...screen, globalKeys: { on: settings.globalKeys, taken: keys.set(settings.globalKeys) } });

  function show(next: LineScreen): void {
    screen = { ...next, uncommittedCount: link.uncommittedCount() };
    if (isTelling) return;
    isTelling = true;
    setImmediate(() => {
      isTelling = false;
      tellPage({ kind: 'line', screen });
    });
  }

  function openAudio(): void {
    if (audio !== null || isClosed) return;
    audio = openAudioWindow({
      bundles: path.join(bundles, '..'),
      onMessage: (raw) => { phone.audio.receive(raw); },
      onLost: () => { phone.audioPageLost(); },
      log,
    });
    void phone.chooseDevices(settings.choice);
  }

  function audioPageBegan(): void {
    if (isWatched) void phone.audio.request('watch-level', { on: true });
    void phone.audio.request('list-devices', {}).then((listed) => {
      if (listed.ok) show({ ...screen, devices: listed.value });
    });
  }

  function remember(change: Partial<typeof settings>): void {
    settings = { ...settings, ...change };
    try {
      file.write(settings);
    } catch (error) {
      // It holds until the app ends; a full disk must not take the headset away.
      log(`telephone: the settings were not written: ${String(error)}`);
    }
  }

  const answer = answerLineRequests({
    installed, openAudio, recordings,
    watch: (on) => { isWatched = on; },
    chooseDevices: async (choice) => {
      remember({ choice });
      show({ ...screen, choice });
      await phone.chooseDevices(choice);
      return ok({});
    },
    setGlobalKeys: (on) => {
      remember({ globalKeys: on });
      show({ ...screen, globalKeys: { on, taken: keys.set(on) } });
      return ok({});
    },
  });

  return {
    answer,
    fromDesk: (message) => {
      if (message.type === 'telephone-account' && message.account !== null) openAudio();
      if (message.type === 'telephone-record' || message.type === 'telephone-recorded-committed') recordings.fromDesk(message);
      else link.fromDesk(message);
      show(screen);
      if (link.uncommittedCount() === 0) nothingWaits?.();
    },
    deskLost: () => { link.deskLost(); },
    pageBegan: () => {
      if (isWatched) void phone.audio.request('watch-level', { on: false });
      isWatched = false;
      show(screen);
    },
    retry: () => { phone.retry(); },
    leave: async () => {
      keys.set(false);
      await within(LEAVE_WITHIN_MS, phone.shutdown());
      // What is not committed by then is lost: the desk finds its call interrupted when it begins again.
      if (link.uncommittedCount() > 0) await within(COMMIT_WITHIN_MS, new Promise<void>((resolve) => { nothingWaits = resolve; }));
      await within(COMMIT_WITHIN_MS, recordings.settled());
      if (link.uncommittedCount() > 0) log(`telephone: ${String(link.uncommittedCount())} events were not committed in time`);
    },
    close: () => {
      isClosed = true;
      audio?.close();
    },
  };
}

/** A workplace has the one or the other, as its plan says. */
function installPhone(plan: WorkplacePlan, options: SoftphoneOptions): InstalledPhone {
  if (hasPracticeLine(plan)) return createPracticePhone(plan, options);
  return { kind: 'exchange', phone: createSoftphone(options), ringUs: null };
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise<void>((resolve) => { timer = setTimeout(resolve, limitMs); })]);
  clearTimeout(timer);
}
