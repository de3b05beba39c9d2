/**
 * The built app on the real Electron, driven as a user does. Ends by the handle it came with.
 */
import type { ElectronApplication, Page } from 'playwright-core';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.ts';
import { launchElectron } from './launch-electron.ts';

export interface AppOptions {
  profileDir: string;
  /** Leave out for the embedded hub. */
  hubUrl?: string;
  demo?: boolean;
  /** Where the app takes the person's home, and so the downloads, to be. */
  home?: string;
  locale?: 'it' | 'en';
  /** Another copy of the runtime than the usual one. */
  executable?: string;
  /** Another build than the usual one. */
  appDirectory?: string;
  size?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** Chromium's own. */
  switches?: readonly string[];
}

export interface AppProcess {
  app: ElectronApplication;
  page: Page;
  close(): Promise<void>;
}

export async function startApp(options: AppOptions): Promise<AppProcess> {
  const runtime = await ensureElectronRuntime(() => undefined);
  const app = await launchElectron({
    executablePath: options.executable ?? runtime.executable,
    args: [
      ...runtime.switches, ...(options.switches ?? []), `--lang=${options.locale ?? 'it'}`, options.appDirectory ?? runtime.appDirectory, '--profile', options.profileDir,
      ...(options.hubUrl === undefined ? [] : ['--hub', options.hubUrl]), ...(options.demo === true ? ['--demo'] : []),
    ],
    env: { ...process.env, ...(options.home === undefined ? {} : { HOME: options.home }), LANGUAGE: options.locale ?? 'it', TZ: 'Europe/Rome' },
    colorScheme: options.colorScheme ?? 'light',
  });
  const page = await app.firstWindow();
  await setContentSize(app, options.size ?? { width: 1366, height: 768 });
  return { app, page, close: () => app.close() };
}

/** Sizes the window's content, so that a screenshot has exactly these measures. */
export async function setContentSize(app: ElectronApplication, size: { width: number; height: number }): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    // The sound has a hidden window of its own.
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => !webContents.getURL().includes('/audio/'));
    window?.setMinimumSize(0, 0);
    window?.setContentSize(width, height);
  }, size);
}
