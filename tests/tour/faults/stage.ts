/**
 * Where faults are played: one real hub, real apps, a picture of each fault.
 *
 * Invariant: everything that was started ends with the stage, whatever went wrong; a fault whose words do not appear leaves a picture of
 * what did.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { AppOptions, AppProcess } from '../../support/app-process.ts';
import { startApp } from '../../support/app-process.ts';
import { HubProcess } from '../../support/hub-process.ts';
import { TinyDisk } from '../../support/tiny-disk.ts';

export const LONGEST_WAIT_MS = 30_000;
export const carla = { username: 'carla', password: 'premura-demo' } as const;

export interface FaultPicture { name: string; passed: boolean; sentence: string; picture: string }

export class Stage {
  readonly pictures: FaultPicture[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'premura-faults-'));
  readonly #out: string;
  readonly #endings: (() => Promise<void> | void)[] = [];
  #hub: HubProcess | null = null;
  #port = 0;
  #app: AppProcess | null = null;

  constructor(out: string) {
    this.#out = out;
  }

  get dataDir(): string {
    return join(this.folder, 'hub');
  }

  get hubUrl(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  get page(): Page {
    if (this.#app === null) throw new Error('no app is open');
    return this.#app.page;
  }

  get app(): AppProcess {
    if (this.#app === null) throw new Error('no app is open');
    return this.#app;
  }

  async startHub(): Promise<void> {
    this.#hub ??= await HubProcess.start(this.dataDir, this.#port === 0 ? { demo: true } : { port: this.#port });
    this.#port = this.#hub.port;
  }

  async killHub(): Promise<void> {
    await this.#hub?.kill();
    this.#hub = null;
  }

  /** A folder whose `desk` is a disk of its own, small enough to fill. */
  profileOnTinyDisk(megabytes: number): { profileDir: string; disk: TinyDisk } {
    const disk = TinyDisk.mount(megabytes);
    this.#endings.push(() => { disk.unmount(); });
    const profileDir = join(this.folder, 'tiny');
    mkdirSync(profileDir);
    symlinkSync(disk.path, join(profileDir, 'desk'));
    return { profileDir, disk };
  }

  async open(profileDir: string, options: Partial<AppOptions> = {}): Promise<Page> {
    await this.close();
    this.#app = await startApp({ profileDir, hubUrl: this.hubUrl, ...options });
    this.#app.page.setDefaultTimeout(LONGEST_WAIT_MS);
    return this.#app.page;
  }

  async close(): Promise<void> {
    await this.#app?.close();
    this.#app = null;
  }

  onEnd(ending: () => Promise<void> | void): void {
    this.#endings.push(ending);
  }

  /** Waits until `place` says `sentence`, then takes the picture. */
  async show(name: string, place: Locator, sentence: string): Promise<void> {
    const picture = join(this.#out, `${name}.png`);
    let passed = true;
    try {
      await place.filter({ hasText: sentence }).first().waitFor();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      passed = false;
      sentence = `${sentence} (did not appear: ${error.message.split('\n')[0] ?? ''})`;
    }
    // A menu that is still fading in is not what a person reads.
    await this.page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)).then(() => null));
    await this.page.screenshot({ path: picture });
    this.pictures.push({ name, passed, sentence, picture });
    process.stderr.write(`${passed ? '✓' : '✗'} ${name}: ${sentence}\n`);
  }

  /** The same screen in English, by the button of the sign-in screen. */
  async showEnglish(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'English' }).click();
    await this.page.getByRole('button', { name: 'Italiano' }).waitFor();
    await this.page.screenshot({ path: join(this.#out, `${name}-en.png`) });
    await this.page.getByRole('button', { name: 'Italiano' }).click();
    await this.page.getByRole('button', { name: 'English' }).waitFor();
  }

  async end(): Promise<void> {
    await this.close();
    await this.#hub?.stop();
    for (const ending of this.#endings.toReversed()) await ending();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The one store in a profile. */
export function storeIn(profileDir: string): string {
  const found = readdirSync(join(profileDir, 'desk'), { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('desk.db'));
  if (found === undefined) throw new Error('nobody has a store in this profile');
  return join(profileDir, 'desk', found);
}
