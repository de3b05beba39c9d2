/**
 * The app's windows.
 *
 * Invariant: a page is sandboxed and isolated, stays at our origin, opens no window, embeds
 * nothing, and gets no permission; the title says when a build is not a release.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, Menu, screen, session } from 'electron';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { appInfoArgument } from './app-info.ts';
import type { AppInfo } from './app-info.ts';
import { appOrigin } from './app-origin.ts';
import { isAppUrl } from './trusted-frames.ts';

const minimum = { width: 1280, height: 720 };
const initial = { width: 1440, height: 900 };

const savedBoundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});
type SavedBounds = z.infer<typeof savedBoundsSchema>;

export interface AppWindowOptions {
  preload: string;
  profileDir: string;
  info: AppInfo;
}

/** Must run once, after `ready`: closes every way out of our pages. */
export function lockDownPages(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

/** A menu that is never shown: it only gives the usual keys for editing and zoom. */
export function setKeyboardMenu(): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'zoomIn' },
          { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
          { role: 'zoomOut' },
          { role: 'resetZoom' },
          { role: 'togglefullscreen' },
        ],
      },
      { label: 'App', submenu: [{ role: 'quit' }] },
    ]),
  );
}

/** Opens the app's window and shows it when its first picture is ready. */
export function openAppWindow(options: AppWindowOptions): BrowserWindow {
  const boundsFile = path.join(options.profileDir, 'window.json');
  const saved = readBounds(boundsFile);
  const window = new BrowserWindow({
    ...(saved === null ? initialBounds() : { x: saved.x, y: saved.y, width: saved.width, height: saved.height }),
    minWidth: minimum.width,
    minHeight: minimum.height,
    show: false,
    title: titleOf(options.info),
    backgroundColor: '#808080',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: false,
      additionalArguments: [appInfoArgument + JSON.stringify(options.info)],
    },
  });
  window.setMenuBarVisibility(false);
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  window.once('ready-to-show', () => {
    if (saved?.maximized === true) window.maximize();
    window.show();
  });
  window.on('close', () => {
    writeBounds(boundsFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/** Both words, whatever the language of the page. */
function titleOf({ testRuntime, training }: AppInfo): string {
  const name = testRuntime ? 'premura-test' : 'Premura';
  return training ? `${name} · ADDESTRAMENTO / TRAINING` : name;
}

function initialBounds(): { width: number; height: number } {
  const area = screen.getPrimaryDisplay().workAreaSize;
  return { width: Math.min(initial.width, area.width), height: Math.min(initial.height, area.height) };
}

/** The last bounds, unless there are none, they make no sense, or their screen is gone. */
function readBounds(file: string): SavedBounds | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const parsed = savedBoundsSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const area = screen.getDisplayMatching(parsed.data).workArea;
  return overlaps(parsed.data, area) ? parsed.data : null;
}

function writeBounds(file: string, bounds: SavedBounds): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(bounds));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function overlaps(one: Rectangle, other: Rectangle): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
