/**
 * Electron under Playwright, started once more where its runtime crashed before it said a word.
 *
 * Invariant: one second start in that one case (the test runtime, Electron 33, has died of SIGSEGV in its own start-up), said aloud on stderr.
 * An exit code, a lost display, a signal that somebody sent, a second crash, and all that comes later fail as they are.
 */
import type { ElectronApplication } from 'playwright-core';
import { _electron } from 'playwright-core';
import { hearApp } from './keep-evidence.ts';

type LaunchOptions = NonNullable<Parameters<typeof _electron.launch>[0]>;

const NEVER_SPOKE = 'Process failed to launch!';
const CRASH = /signal=(SIGSEGV|SIGBUS|SIGILL|SIGABRT|SIGTRAP)>/;

export async function launchElectron(options: LaunchOptions): Promise<ElectronApplication> {
  try {
    return await launchOnce(options);
  } catch (error) {
    const signal = error instanceof Error && error.message.includes(NEVER_SPOKE) ? CRASH.exec(error.message)?.[1] : undefined;
    if (signal === undefined) throw error;
    process.stderr.write(`Electron crashed at its start (${signal}) before it said a word; it is started once more.\n`);
    return launchOnce(options);
  }
}

/** Playwright rejects several promises when a launch fails and listens to one: the others are heard here, or they end the test run. */
async function launchOnce(options: LaunchOptions): Promise<ElectronApplication> {
  const usual = process.listeners('unhandledRejection');
  const hear: NodeJS.UnhandledRejectionListener = (reason, promise) => {
    if (reason instanceof Error && reason.message === NEVER_SPOKE) return;
    for (const listener of usual) listener(reason, promise);
    if (usual.length === 0) throw reason instanceof Error ? reason : new Error(String(reason));
  };
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', hear);
  try {
    const app = await _electron.launch(options);
    hearApp(app);
    return app;
  } finally {
    await new Promise((resolve) => { setImmediate(resolve); });
    process.removeListener('unhandledRejection', hear);
    for (const listener of usual) process.on('unhandledRejection', listener);
  }
}
