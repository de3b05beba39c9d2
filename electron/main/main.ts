/**
 * The app's main process: lifecycle, windows, and the processes behind them.
 *
 * Invariant: it is thin. It holds no business rule and no data; it opens windows, keeps the desk
 * and the embedded hub alive, hands ports to trusted frames, and ends both in order before it quits.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, ipcMain } from 'electron';
import type { IpcMainEvent, WebFrameMain } from 'electron';
import type { DeskConfig } from '../../shared/contract/host-protocol.ts';
import { pageChannel } from './app-info.ts';
import type { AppInfo } from './app-info.ts';
import { registerAppScheme, serveAppProtocol } from './app-protocol.ts';
import { parseCommandLine } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import { createDeskSupervisor } from './desk-supervisor.ts';
import type { DeskSupervisor } from './desk-supervisor.ts';
import { createHubSupervisor } from './hub-supervisor.ts';
import type { HubSupervisor } from './hub-supervisor.ts';
import { createTrustedFrames } from './trusted-frames.ts';
import { lockDownPages, openAppWindow, setKeyboardMenu } from './windows.ts';

const bundles = import.meta.dirname;
/** Refused at once: what the desk is told to call while the embedded hub has not come up. */
const nowhere = 'http://127.0.0.1:1';

process.on('uncaughtException', (error) => {
  log(error.stack ?? String(error));
  app.exit(70);
});

const commandLine = parseCommandLine(process.argv.slice(1));
if (commandLine.ok) {
  run(commandLine.value);
} else {
  log(`The option --${String(commandLine.error.details['option'])} has no usable value.`);
  app.exit(64);
}

function run(options: CommandLine): void {
  if (options.profileDir !== null) {
    mkdirSync(options.profileDir, { recursive: true });
    app.setPath('userData', options.profileDir);
  }
  if (!app.requestSingleInstanceLock()) {
    log('This profile is open already; its window comes to the front.');
    app.exit(0);
    return;
  }
  registerAppScheme();
  void app.whenReady().then(() => {
    startApp(options);
  });
}

function startApp(options: CommandLine): void {
  const profileDir = app.getPath('userData');
  const info: AppInfo = {
    testRuntime: __TEST_RUNTIME__,
    demo: options.demo,
    version: app.getVersion(),
    platform: process.platform,
    locale: app.getLocale().toLowerCase().startsWith('it') ? 'it' : 'en',
  };
  const desk = createDeskSupervisor(path.join(bundles, 'desk.js'), log);
  serveAppProtocol(path.join(bundles, '../renderer'));
  lockDownPages();
  setKeyboardMenu();
  const window = openAppWindow({ preload: path.join(bundles, '../preload/app.cjs'), profileDir, info });
  joinWindow(window, desk);
  desk.warmUp();

  const deskConfig: Omit<DeskConfig, 'hubUrl'> = {
    profileDir: path.join(profileDir, 'desk'),
    hubKey: options.hubUrl ?? 'embedded',
    demo: options.demo,
    testRuntime: __TEST_RUNTIME__,
    siteZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: info.locale,
  };
  let hub: HubSupervisor | null = null;
  if (options.hubUrl === null) {
    hub = startEmbeddedHub(options.hubDataDir ?? path.join(profileDir, 'hub'), desk, deskConfig);
  } else {
    desk.start({ ...deskConfig, hubUrl: options.hubUrl });
  }
  endInOrder(desk, hub);
}

/** The desk starts as soon as the hub listens; where the hub fails, it starts without. */
function startEmbeddedHub(dataDir: string, desk: DeskSupervisor, deskConfig: Omit<DeskConfig, 'hubUrl'>): HubSupervisor {
  let deskStarted = false;
  const startOrTell = (hubUrl: string): void => {
    if (deskStarted) {
      desk.setHubUrl(hubUrl);
    } else {
      deskStarted = true;
      desk.start({ ...deskConfig, hubUrl });
    }
  };
  const hub = createHubSupervisor({
    bundle: path.join(bundles, 'hub.js'),
    config: { dataDir, demo: deskConfig.demo },
    onListening: startOrTell,
    onLost: () => {
      if (!deskStarted) startOrTell(nowhere);
    },
    log,
  });
  hub.start();
  return hub;
}

/** Gives the window's page a port to the desk whenever it asks, and only if it is ours. */
function joinWindow(window: BrowserWindow, desk: DeskSupervisor): void {
  const { id: windowId, webContents } = window;
  const frames = createTrustedFrames();
  frames.add(webContents.id, 'app');
  const isTrusted = (frame: WebFrameMain | null): boolean =>
    frames.isTrusted(
      { windowId: webContents.id, isMainFrame: frame !== null && frame.parent === null, url: frame?.url ?? null },
      'app',
    );
  const trustedFrame = (): WebFrameMain | null => {
    if (window.isDestroyed() || webContents.isDestroyed()) return null;
    return isTrusted(webContents.mainFrame) ? webContents.mainFrame : null;
  };
  const onPortWanted = (event: IpcMainEvent): void => {
    if (event.sender !== webContents) return;
    if (isTrusted(event.senderFrame)) {
      desk.connect({ windowId, trustedFrame });
    } else {
      log('A frame that is not trusted asked for the desk; it got nothing.');
    }
  };
  ipcMain.on(pageChannel.portWanted, onPortWanted);
  webContents.on('render-process-gone', (_event, details) => {
    log(`The page is gone (${details.reason}) and is loaded again.`);
    if (details.reason !== 'clean-exit') webContents.reload();
  });
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  window.on('closed', () => {
    ipcMain.off(pageChannel.portWanted, onPortWanted);
    frames.remove(webContents.id);
    desk.forget(windowId);
  });
}

/** Quits only when the desk has closed its store, and the hub after it. */
function endInOrder(desk: DeskSupervisor, hub: HubSupervisor | null): void {
  let ending = false;
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    void desk
      .shutdown()
      .then(() => hub?.shutdown())
      .then(() => {
        app.exit(0);
      });
  });
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
