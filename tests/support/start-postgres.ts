/**
 * A real PostgreSQL for tests: its own cluster in a temporary folder, run by an ordinary user, on a Unix socket.
 *
 * Invariants: fsync stays on; the server never runs as root (it refuses to), so under root an ordinary user is taken
 * for it; it is stopped by the pid that was started. Where it cannot start, the test fails.
 */
import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const START_LIMIT_MS = 60_000;

export interface TestPostgres {
  /** A fresh, empty database of its own; answers its connection string. */
  createDatabase(): Promise<string>;
  /** Cuts the server down without warning, as a power cut of the process would. */
  kill(): Promise<void>;
  /** Starts it again over the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param parentFolder where its folder is made; its ordinary user must be able to enter it */
export async function startPostgres(parentFolder = tmpdir()): Promise<TestPostgres> {
  const bin = findBin();
  const user = ordinaryUser();
  const folder = mkdtempSync(join(parentFolder, 'premura-pg-'));
  chmodSync(folder, 0o700);
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid };
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'premura', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder },
  });

  let server = await launch();
  let databases = 0;
  return {
    createDatabase: async () => {
      databases += 1;
      const name = `hub_${String(databases)}`;
      await query(folder, `create database ${name}`);
      return urlOf(folder, name);
    },
    kill: async () => {
      await end(server, 'SIGQUIT');
    },
    restart: async () => {
      server = await launch();
    },
    stop: async () => {
      // SIGINT is PostgreSQL's "fast shutdown": sessions are ended, data is safe.
      await end(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };

  async function launch(): Promise<ChildProcess> {
    const settings = ['listen_addresses=', 'fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'max_connections=60'];
    const child = spawn(
      join(bin, 'postgres'), ['-D', data, '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
      { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder } },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
    const ended = once(child, 'exit').then(() => {
      throw new Error(`PostgreSQL ended at start: ${said}`);
    });
    const listening = new Promise<void>((resolve) => {
      child.stderr.on('data', () => {
        if (said.includes('ready to accept connections')) resolve();
      });
    });
    const late = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error(`PostgreSQL did not start: ${said}`)), START_LIMIT_MS).unref();
    });
    await Promise.race([listening, ended, late]);
    ended.catch(() => undefined);
    late.catch(() => undefined);
    return child;
  }
}

async function end(server: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
}

async function query(folder: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(folder, 'postgres') });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function urlOf(folder: string, database: string): string {
  return `postgresql://premura@/${database}?host=${encodeURIComponent(folder)}`;
}

/** Debian keeps the newest under its version; some machines have the programs on the PATH. */
function findBin(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const candidates = [...versions.map((version) => join(root, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  const found = candidates.find((folder) => folder !== '' && isExecutable(join(folder, 'postgres')) && isExecutable(join(folder, 'initdb')));
  if (found === undefined) throw new Error('PostgreSQL is not installed: run scripts/setup (Debian package "postgresql")');
  return found;
}

function isExecutable(path: string): boolean {
  if (!existsSync(path)) return false;
  accessSync(path, constants.X_OK);
  return true;
}

/** Under root: `postgres` where Debian made it, else `nobody`. Otherwise null: the present user is ordinary. */
function ordinaryUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const read = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: read('-u'), gid: read('-g') };
    } catch (error) {
      if (!(error instanceof Error && 'status' in error)) throw error;
    }
  }
  throw new Error('there is no ordinary user to run PostgreSQL as');
}
