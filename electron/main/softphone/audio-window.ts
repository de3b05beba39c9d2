/**
 * The hidden window of the sound.
 *
 * Invariants: it is the only page that may use a microphone, in a session of its own; it is never throttled; a page that died is replaced
 * at once, and after that ever later; messages of any other page are not heard.
 */
import path from 'node:path';
import { BrowserWindow, ipcMain, session } from 'electron';
import type { IpcMainEvent, Session } from 'electron';
import { audioChannel } from '../../../shared/contract/audio-channels.ts';
import { monotonicMs } from '../../../shared/time.ts';
import { appOrigin, scheme } from '../app-origin.ts';
import { serveAppProtocol } from '../app-protocol.ts';
import { isAppUrl } from '../trusted-frames.ts';

/** Kept on the disk: Chromium salts the ids of devices per session, and a chosen device is remembered. */
const PARTITION = 'persist:premura-audio';
const audioUrl = `${appOrigin}/audio/index.html`;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 10_000;
const STEADY_AFTER_MS = 30_000;
const allowed = new Set(['media', 'speaker-selection']);

export interface AudioWindowOptions {
  /** Folder of the built bundles: `preload/` and `renderer/` lie in it. */
  bundles: string;
  onMessage: (raw: unknown) => void;
  onLost: () => void;
  log: (line: string) => void;
}

export interface AudioWindow {
  /** To the page that is there; lost when there is none. */
  send(message: unknown): void;
  close(): void;
}

/** Opens the page; must run after `ready`. */
export function openAudioWindow({ bundles, onMessage, onLost, log }: AudioWindowOptions): AudioWindow {
  const own = session.fromPartition(PARTITION);
  allowMicrophone(own);
  // The session outlives its window.
  if (!own.protocol.isProtocolHandled(scheme)) serveAppProtocol(path.join(bundles, 'renderer'), own.protocol);
  const window = new BrowserWindow({
    show: false,
    width: 200,
    height: 100,
    skipTaskbar: true,
    webPreferences: {
      preload: path.join(bundles, 'preload', 'audio.cjs'),
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  let deaths = 0;
  let openedAtMs = 0;
  let timer: NodeJS.Timeout | null = null;

  function open(): void {
    openedAtMs = monotonicMs();
    window.loadURL(audioUrl).catch((error: unknown) => { log(`audio page: ${String(error)}`); });
  }

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (monotonicMs() - openedAtMs >= STEADY_AFTER_MS) deaths = 0;
    const pauseMs = deaths === 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** deaths, LONGEST_PAUSE_MS);
    deaths += 1;
    log(`audio page: gone (${reason}), opening again in ${String(pauseMs)} ms`);
    onLost();
    timer = setTimeout(open, pauseMs);
  });

  const receive = (event: IpcMainEvent, message: unknown): void => {
    const isOurs = event.sender === window.webContents && event.senderFrame === window.webContents.mainFrame && isAppUrl(event.senderFrame.url);
    if (isOurs) onMessage(message);
    else log('audio page: a message came from elsewhere');
  };
  ipcMain.on(audioChannel.toMain, receive);
  open();

  return {
    send: (message) => {
      if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(audioChannel.toPage, message);
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      ipcMain.off(audioChannel.toMain, receive);
      if (!window.isDestroyed()) window.destroy();
    },
  };
}

/** Only our audio page, and only sound. */
function allowMicrophone(own: Session): void {
  own.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const wantsVideo = 'mediaTypes' in details && details.mediaTypes?.includes('video') === true;
    answer(allowed.has(permission) && !wantsVideo && details.requestingUrl === audioUrl);
  });
  own.setPermissionCheckHandler((_contents, permission, origin, details) =>
    allowed.has(permission) && details.mediaType !== 'video' && isAppUrl(details.requestingUrl ?? origin));
  own.setDevicePermissionHandler(() => false);
}
