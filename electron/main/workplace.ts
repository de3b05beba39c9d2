/**
 * One window with the processes behind it: for real work, or for training.
 *
 * Invariant: training has a hub of its own with invented data, a port of its own and a folder of its own for hub and stores
 * (`<profile>/training`); it is never told the address of another hub, whatever the app was started with, and exactly one workplace runs
 * at a time.
 */
import path from 'node:path';
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent, WebFrameMain } from 'electron';
import { app, ipcMain, powerMonitor } from 'electron';
import { z } from 'zod';
import type { DeskConfig } from '../../shared/contract/host-protocol.ts';
import { fail } from '../../shared/result.ts';
import { pageChannel } from './app-info.ts';
import { systemClockShiftMs } from '../../shared/time.ts';
import type { AppInfo } from './app-info.ts';
import type { CommandLine } from './command-line.ts';
import { showNotices } from './desktop-notices.ts';
import { createDeskSupervisor } from './desk-supervisor.ts';
import type { DeskSupervisor } from './desk-supervisor.ts';
import { createHubSupervisor } from './hub-supervisor.ts';
import type { HubSupervisor } from './hub-supervisor.ts';
import { hasPracticeLine, planWorkplace } from './plan-workplace.ts';
import type { WorkplaceKind } from './plan-workplace.ts';
import { createPdfMaker } from './printing/make-pdf.ts';
import type { Telephone } from './telephone/open-telephone.ts';
import { openTelephone } from './telephone/open-telephone.ts';
import { createTrustedFrames } from './trusted-frames.ts';
import { openAppWindow } from './windows.ts';

/** Refused at once: what the desk is told to call while the embedded hub has not come up. */
const nowhere = 'http://127.0.0.1:1';

const lineRequestSchema = z.object({ name: z.string(), input: z.unknown() });

export interface WorkplaceOptions {
  kind: WorkplaceKind;
  /** Folder of the built bundles of main. */
  bundles: string;
  commandLine: CommandLine;
  log: (line: string) => void;
  /** Somebody at the sign-in asked for the other workplace. */
  onSwitch: (kind: WorkplaceKind) => void;
  /** The window was closed. */
  onClosed: () => void;
}

export interface Workplace {
  window: BrowserWindow;
  /** Ends the calls, the desk, which closes its store, and the hub after it. */
  shutdown(): Promise<void>;
}

/** Opens the window at once; the desk answers as soon as its hub listens. */
export function openWorkplace(options: WorkplaceOptions): Workplace {
  const { bundles, commandLine, log, kind } = options;
  const profileDir = app.getPath('userData');
  const plan = planWorkplace(kind, commandLine, profileDir);
  const info: AppInfo = {
    testRuntime: __TEST_RUNTIME__,
    demo: plan.demo,
    training: kind === 'training',
    version: app.getVersion(),
    platform: process.platform,
    locale: app.getLocale().toLowerCase().startsWith('it') ? 'it' : 'en',
    clockShiftMs: systemClockShiftMs(),
  };
  const printer = createPdfMaker(path.join(bundles, '../renderer'));
  const desk = createDeskSupervisor(path.join(bundles, 'desk.js'), log, {
    onPrint: (page) => printer.make(page),
    onTelephone: (message) => { telephone.fromDesk(message); },
    onLost: () => { telephone.deskLost(); },
  });
  const window = openAppWindow({ preload: path.join(bundles, '../preload/app.cjs'), profileDir, info });
  const trustedFrame = joinWindow(window, desk, options);
  const telephone = openTelephone({
    bundles, profileDir, plan, log,
    tellDesk: (message) => { desk.tellTelephone(message); },
    tellPage: (message) => trustedFrame()?.send(pageChannel.lineMessage, message),
  });
  joinTelephone(window, trustedFrame, telephone, log);
  showNotices(window, trustedFrame, log);
  desk.warmUp();
  const deskConfig: BaseConfig = {
    profileDir: plan.deskDir,
    hubKey: plan.hubKey,
    demo: plan.demo,
    testRuntime: __TEST_RUNTIME__,
    siteZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: info.locale,
    downloadsDir: app.getPath('downloads'),
  };
  let hub: HubSupervisor | null = null;
  if (plan.hub.where === 'embedded') hub = startEmbeddedHub(path.join(bundles, 'hub.js'), plan.hub.dataDir, desk, deskConfig, hasPracticeLine(plan), log);
  else desk.start({ ...deskConfig, hubUrl: plan.hub.url, practiceLine: false });
  return {
    window,
    shutdown: async () => {
      await telephone.leave();
      await desk.shutdown();
      telephone.close();
      await hub?.shutdown();
    },
  };
}

type BaseConfig = Omit<DeskConfig, 'hubUrl' | 'practiceLine'>;

/** The desk starts as soon as the hub listens; where the hub fails, it starts without. */
function startEmbeddedHub(
  bundle: string, dataDir: string, desk: DeskSupervisor, deskConfig: BaseConfig, mayPractise: boolean, log: (line: string) => void,
): HubSupervisor {
  let deskStarted = false;
  const startOrTell = (hubUrl: string, isDemo: boolean): void => {
    if (deskStarted) {
      desk.setHubUrl(hubUrl);
    } else {
      deskStarted = true;
      desk.start({ ...deskConfig, hubUrl, practiceLine: mayPractise && isDemo });
    }
  };
  const hub = createHubSupervisor({
    bundle,
    config: { dataDir, demo: deskConfig.demo },
    onListening: startOrTell,
    onLost: () => {
      if (!deskStarted) startOrTell(nowhere, false);
    },
    log,
  });
  hub.start();
  return hub;
}

/** The main frame of a page of ours, or null while there is none. */
type TrustedFrame = () => WebFrameMain | null;

/** Gives the window's page a port to the desk whenever it asks, and only if it is ours. */
function joinWindow(window: BrowserWindow, desk: DeskSupervisor, { log, onSwitch, onClosed }: WorkplaceOptions): TrustedFrame {
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
  const onTrainingWanted = (event: IpcMainEvent, wanted: unknown): void => {
    if (event.sender !== webContents || !isTrusted(event.senderFrame) || typeof wanted !== 'boolean') return;
    onSwitch(wanted ? 'training' : 'work');
  };
  ipcMain.on(pageChannel.portWanted, onPortWanted);
  ipcMain.on(pageChannel.trainingWanted, onTrainingWanted);
  webContents.on('render-process-gone', (_event, details) => {
    log(`The page is gone (${details.reason}) and is loaded again.`);
    if (details.reason !== 'clean-exit') webContents.reload();
  });
  window.on('closed', () => {
    ipcMain.off(pageChannel.portWanted, onPortWanted);
    ipcMain.off(pageChannel.trainingWanted, onTrainingWanted);
    frames.remove(webContents.id);
    desk.forget(windowId);
    onClosed();
  });
  return trustedFrame;
}

/** Lets the window's page ask the telephone, and tells it of the line, only if it is ours. */
function joinTelephone({ webContents }: BrowserWindow, trustedFrame: TrustedFrame, telephone: Telephone, log: (line: string) => void): void {
  const isTrusted = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean => senderFrame !== null && senderFrame === trustedFrame();
  webContents.ipc.on(pageChannel.lineWanted, (event) => {
    if (isTrusted(event)) telephone.pageBegan();
  });
  webContents.ipc.handle(pageChannel.lineRequest, (event, request: unknown) => {
    const parsed = lineRequestSchema.safeParse(request);
    if (parsed.success && isTrusted(event)) return telephone.answer(parsed.data.name, parsed.data.input);
    log('A frame that is not trusted asked for the telephone; it got nothing.');
    return fail('unexpected', 'error.unexpected');
  });
  const wake = (): void => { telephone.retry(); };
  powerMonitor.on('resume', wake);
  webContents.once('destroyed', () => powerMonitor.off('resume', wake));
}
