/**
 * Looks for words that must not get out before somebody confirmed who is on the line: everywhere they could be seen, heard, copied or kept.
 *
 * Invariants: each place is looked at by itself and named, so a test tells where it leaked; what was peeked into is left out of the page and of
 * the accessible names, and out of nothing else. Notifications and logs are heard from the start on, so what came and went is found too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CDPSession, ElectronApplication, Page } from 'playwright-core';
import { z } from 'zod';
import type { AppProcess } from './app-process.ts';

export const places = ['said', 'page', 'typed', 'name', 'title', 'notification', 'clipboard', 'storage', 'log', 'file'] as const;
export type Place = (typeof places)[number];
export interface Leak { place: Place; word: string }

const nodesSchema = z.object({
  nodes: z.array(z.looseObject({ nodeId: z.string(), childIds: z.array(z.string()).optional(), backendDOMNodeId: z.number().optional() })),
});

/** The page's own notifications; asked for or not, they are written down. */
function writeDownNotifications(): void {
  const kept: string[] = [];
  Object.assign(globalThis, { notificationsSeen: kept });
  globalThis.Notification = class extends Notification {
    constructor(title: string, options?: NotificationOptions) {
      kept.push(JSON.stringify([title, options]));
      super(title, options);
    }
  };
  ServiceWorkerRegistration.prototype.showNotification = (title, options) => {
    kept.push(JSON.stringify([title, options]));
    return Promise.resolve();
  };
}

export class GateLookout {
  readonly #running: AppProcess;
  readonly #profileDir: string;
  readonly #log: string[] = [];
  readonly #devTools: CDPSession;
  /** Notifications of pages that are gone. */
  readonly #shown: string[] = [];

  private constructor(running: AppProcess, profileDir: string, devTools: CDPSession) {
    this.#running = running;
    this.#profileDir = profileDir;
    this.#devTools = devTools;
  }

  static async start(running: AppProcess, profileDir: string): Promise<GateLookout> {
    const { app, page } = running;
    const devTools = await page.context().newCDPSession(page);
    const lookout = new GateLookout(running, profileDir, devTools);
    const keep = (text: unknown): void => { lookout.#log.push(String(text)); };
    page.on('console', (message) => { keep(message.text()); });
    app.on('console', (message) => { keep(message.text()); });
    const { stdout, stderr } = app.process();
    stdout?.on('data', keep);
    stderr?.on('data', keep);
    await page.addInitScript(writeDownNotifications);
    await page.evaluate(writeDownNotifications);
    await app.evaluate(({ Notification }) => {
      const kept: string[] = [];
      Object.assign(globalThis, { notificationsSeen: kept });
      Notification.prototype.show = function show(this: Electron.Notification): void {
        kept.push([this.title, this.subtitle, this.body].join(' '));
      };
    });
    return lookout;
  }

  /** Where each of these words is now. */
  async look(words: readonly string[]): Promise<Leak[]> {
    const { app, page } = this.#running;
    const seen: Record<Exclude<Place, 'file'>, string> = {
      ...await readPage(page),
      name: await this.#readNames(),
      title: [await page.title(), ...await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()))].join('\n'),
      notification: await this.#readNotifications(app, page),
      clipboard: await app.evaluate(({ clipboard }) => clipboard.readText()),
      log: this.#log.join('\n'),
    };
    return places.flatMap((place) => (place === 'file' ? [] : leaksIn(place, seen[place], words)));
  }

  /** What lies readable on the disk; the store is sealed where the runtime has a cipher, and has a test of its own for that. */
  lookAtFiles(words: readonly string[]): Leak[] {
    return readdirSync(this.#profileDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^desk\.db(?:-wal|-shm)?$/.test(basename(entry.name)))
      .flatMap((entry) => {
        const bytes = readWhatIsThere(join(entry.parentPath, entry.name));
        return words.filter((word) => (['utf8', 'utf16le'] as const).some((encoding) => bytes.includes(Buffer.from(word, encoding))))
          .map((word): Leak => ({ place: 'file', word }));
      });
  }

  /** A page that is loaded anew forgets what it has shown. */
  async beforeReload(): Promise<void> {
    this.#shown.push(await this.#readNotifications(this.#running.app, this.#running.page));
  }

  /** The accessibility tree as Chromium gives it to a screen reader, without the part that was peeked into. */
  async #readNames(): Promise<string> {
    const { nodes } = nodesSchema.parse(await this.#devTools.send('Accessibility.getFullAXTree'));
    const { root } = await this.#devTools.send('DOM.getDocument', { depth: 0 });
    const { nodeId } = await this.#devTools.send('DOM.querySelector', { nodeId: root.nodeId, selector: '[data-testid="peek"]' });
    const peeked = nodeId === 0 ? null : (await this.#devTools.send('DOM.describeNode', { nodeId })).node.backendNodeId;
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const left = new Set<string>();
    const leave = (id: string): void => {
      left.add(id);
      for (const child of byId.get(id)?.childIds ?? []) leave(child);
    };
    for (const node of nodes) if (node.backendDOMNodeId === peeked) leave(node.nodeId);
    if (peeked !== null && left.size === 0) throw new Error('what was peeked into is not in the accessibility tree');
    return nodes.filter((node) => !left.has(node.nodeId)).map((node) => JSON.stringify(node, withoutNumbers)).join('\n');
  }

  async #readNotifications(app: ElectronApplication, page: Page): Promise<string> {
    const read = (): string[] => (globalThis as { notificationsSeen?: string[] }).notificationsSeen ?? ['nobody listened to notifications'];
    const seen = [...await page.evaluate(read), ...await app.evaluate(read)];
    if (seen.includes('nobody listened to notifications')) throw new Error('nobody listened to notifications');
    return [...this.#shown, ...seen].join('\n');
  }
}

/** Chromium numbers its nodes as they come: sooner or later one has the number that is looked for, and nobody hears it. */
function withoutNumbers(key: string, value: unknown): unknown {
  return key === 'backendDOMNodeId' ? undefined : value;
}

async function readPage(page: Page): Promise<Record<'said' | 'page' | 'typed' | 'storage', string>> {
  return page.evaluate(async () => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    copy.querySelector('[data-testid="peek"]')?.remove();
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')].filter((field) => field.closest('[data-testid="peek"]') === null);
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const entriesOf = (storage: Storage): string => JSON.stringify(Object.entries(storage));
    return {
      said: [...document.querySelectorAll('.script-body')].map((element) => element.textContent).join('\n'),
      page: copy.outerHTML,
      typed: fields.map(({ value, placeholder }) => `${value} ${placeholder}`).join('\n'),
      storage: [entriesOf(localStorage), entriesOf(sessionStorage), document.cookie, location.href, JSON.stringify(history.state), ...databases].join('\n'),
    };
  });
}

function leaksIn(place: Place, text: string, words: readonly string[]): Leak[] {
  const plain = plainSpaces(text);
  return words.filter((word) => plain.includes(plainSpaces(word))).map((word) => ({ place, word }));
}

function plainSpaces(text: string): string {
  return text.replaceAll(/&nbsp;|[\u00a0\u202f]/g, ' ');
}

/** The places of some leaks, each once. */
export function placesOf(leaks: readonly Leak[]): Place[] {
  return places.filter((place) => leaks.some((leak) => leak.place === place));
}

/** The app makes and takes away marks while one looks: what is gone holds nothing. */
function readWhatIsThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
