/**
 * The app's main process: lifecycle, windows, and the processes behind them.
 *
 * Invariant: it is thin. It holds no business rule and no data; it opens windows, keeps the desk
 * and the embedded hub alive, has the telephone, hands ports to trusted frames, and ends all in order before it quits.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { registerAppScheme, serveAppProtocol } from './app-protocol.ts';
import { parseCommandLine } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import type { WorkplaceKind } from './plan-workplace.ts';
import { lockDownPages, setKeyboardMenu } from './windows.ts';
import { openWorkplace } from './workplace.ts';
import type { Workplace } from './workplace.ts';

const bundles = import.meta.dirname;

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
  // At an operator's pace a large nursery gains nothing and keeps garbage.
  app.commandLine.appendSwitch('js-flags', '--max-semi-space-size=2');
  registerAppScheme();
  void app.whenReady().then(() => {
    startApp(options);
  });
}

function startApp(commandLine: CommandLine): void {
  serveAppProtocol(path.join(bundles, '../renderer'));
  lockDownPages();
  setKeyboardMenu();
  let switching = false;
  const open = (kind: WorkplaceKind): Workplace => openWorkplace({
    kind, bundles, commandLine, log,
    onSwitch: (wanted) => { void switchTo(wanted); },
    // The hidden window of the sound keeps no app open.
    onClosed: () => {
      if (current.workplace.window.isDestroyed()) app.quit();
    },
  });
  let current: { kind: WorkplaceKind; workplace: Workplace } = { kind: 'work', workplace: open('work') };

  /** The old desk has closed its store before the new one starts; the old window stays until the new one can be seen. */
  const switchTo = async (kind: WorkplaceKind): Promise<void> => {
    if (switching || isEnding() || kind === current.kind) return;
    switching = true;
    const before = current.workplace;
    await before.shutdown();
    if (isEnding()) return;
    current = { kind, workplace: open(kind) };
    current.workplace.window.once('show', () => {
      if (!before.window.isDestroyed()) before.window.close();
    });
    switching = false;
  };

  app.on('second-instance', () => {
    const { window } = current.workplace;
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  const isEnding = endInOrder(() => current.workplace);
}

/** Quits only when the desk has closed its store, and the hub after it. */
function endInOrder(current: () => Workplace): () => boolean {
  let ending = false;
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    const workplace = current();
    if (!workplace.window.isDestroyed()) workplace.window.close();
    void workplace.shutdown().then(() => {
      app.exit(0);
    });
  });
  return () => ending;
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
