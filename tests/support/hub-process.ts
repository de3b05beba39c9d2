/**
 * A real hub in a process of its own: `hub/cli.ts serve`. Ends by the pid it was started with.
 *
 * Invariant: a hub that was ended finds its port free when it comes back: each process that starts hubs owns a stretch of ports.
 */
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ownPortStretch, portsToDraw } from './port-stretch.ts';

const hubCli = fileURLToPath(new URL('../../hub/cli.ts', import.meta.url));

const stretch = await ownPortStretch(process.pid);

interface HubOptions {
  /** The one it had; else one is found. */
  port?: number;
  demo?: boolean;
  extra?: string[];
  env?: NodeJS.ProcessEnv;
}

export class HubProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;
  readonly port: number;
  readonly dataDir: string;

  private constructor(child: ChildProcess, gone: Promise<unknown>, port: number, dataDir: string) {
    this.#child = child;
    this.#gone = gone;
    this.port = port;
    this.dataDir = dataDir;
  }

  static async start(dataDir: string, options: HubOptions = {}): Promise<HubProcess> {
    if (options.port !== undefined) return HubProcess.#startOn(options.port, dataDir, options);
    for (let tries = 1; ; tries += 1) {
      try {
        return await HubProcess.#startOn(stretch.draw(), dataDir, options);
      } catch (error) {
        if (tries === portsToDraw || !(error instanceof Error && error.message.includes('EADDRINUSE'))) throw error;
      }
    }
  }

  static async #startOn(wanted: number, dataDir: string, options: HubOptions): Promise<HubProcess> {
    const args = [hubCli, 'serve', '--data', dataDir, '--port', String(wanted), ...(options.demo === true ? ['--demo'] : []), ...(options.extra ?? [])];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } });
    const gone = once(child, 'exit');
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
    const ready = new Promise<number>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (!line.startsWith('{"type":"ready"')) return;
        resolve((JSON.parse(line) as { port: number }).port);
      });
    });
    const port = await Promise.race([ready, gone.then(() => { throw new Error(`the hub ended at start: ${stderr}`); })]);
    return new HubProcess(child, gone, port, dataDir);
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('the hub has no pid');
    return pid;
  }

  /** Resolves when it has ended, whoever ended it. */
  get gone(): Promise<unknown> {
    return this.#gone;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#gone;
  }
}

/** Runs a hub command to its end and gives what it printed. */
export async function runHub(args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [hubCli, ...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
