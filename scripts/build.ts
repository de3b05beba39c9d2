/**
 * Builds `out/`, when its sources changed.
 *
 * Invariant: a build appears whole or not at all: it is made beside and renamed into place,
 * and its stamp, which names the sources and the runtime it was made for, is written last.
 *
 *   node scripts/build.ts [--force]
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ensureElectronRuntime, testAppDirectory } from './electron-runtime.ts';
import type { ElectronRuntime } from './electron-runtime.ts';
import { withLockFile } from './lock-file.ts';
import { isEntry, projectDirectory } from './project.ts';

const outDirectory = path.join(projectDirectory, 'out');
const stampFile = path.join(outDirectory, '.build-stamp');
const sourceRoots = ['assets', 'electron', 'hub', 'renderer', 'shared'];
const sourceFiles = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.ts', 'scripts/build-targets.ts'];
/** The parts of a build; what else lies in `out/` (tour, pictures) is left alone. */
const parts = ['main', 'preload', 'renderer'];

/** Builds the app for this runtime unless the last build has the same sources; true when it built. */
export async function buildApp(runtime: ElectronRuntime, announce: (line: string) => void, force = false): Promise<boolean> {
  return withLockFile(path.join(projectDirectory, '.cache', 'build.lock'), async () => {
    const stamp = buildStamp(runtime);
    if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
    announce('Building ...');
    const work = path.join(outDirectory, '.new');
    rmSync(work, { recursive: true, force: true });
    rmSync(stampFile, { force: true });
    await buildInto(work, runtime.kind === 'test');
    for (const part of parts) {
      rmSync(path.join(outDirectory, part), { recursive: true, force: true });
      renameSync(path.join(work, part), path.join(outDirectory, part));
    }
    rmSync(work, { recursive: true });
    rmSync(testAppDirectory, { recursive: true, force: true });
    if (runtime.nodeModules !== null) stageTestApp(runtime.nodeModules);
    writeFileSync(stampFile, stamp);
    return true;
  });
}

/** Vite is loaded only when there is something to build: a second start pays nothing for it. */
async function buildInto(work: string, testRuntime: boolean): Promise<void> {
  const { build } = await import('vite');
  const { audioPageTarget, nodeEntries, nodeTarget, preloadNames, preloadTarget, printPageTarget, rendererTarget } = await import('./build-targets.ts');
  for (const entry of nodeEntries) await build(nodeTarget(entry, work, testRuntime));
  for (const name of preloadNames) await build(preloadTarget(work, testRuntime, name));
  await build(rendererTarget(work, testRuntime));
  await build(audioPageTarget(work, testRuntime));
  await build(printPageTarget(work, testRuntime));
}

/**
 * The test runtime needs its own better-sqlite3, while Node 24 runs the same bundles with the
 * project's: so the bundles are copied beside that module instead of it being put beside them.
 */
function stageTestApp(nodeModules: string): void {
  mkdirSync(testAppDirectory, { recursive: true });
  for (const part of parts) {
    cpSync(path.join(outDirectory, part), path.join(testAppDirectory, 'out', part), { recursive: true });
  }
  cpSync(path.join(projectDirectory, 'assets'), path.join(testAppDirectory, 'assets'), { recursive: true });
  cpSync(nodeModules, path.join(testAppDirectory, 'node_modules'), { recursive: true });
  const manifest = z
    .object({ name: z.string(), version: z.string(), main: z.string() })
    .parse(JSON.parse(readFileSync(path.join(projectDirectory, 'package.json'), 'utf8')));
  writeFileSync(path.join(testAppDirectory, 'package.json'), JSON.stringify({ ...manifest, type: 'module' }, null, 2));
}

function buildStamp(runtime: ElectronRuntime): string {
  const hash = createHash('sha256').update(`${runtime.kind} ${runtime.version} ${runtime.nodeModules ?? ''}\n`);
  for (const file of [...sourceFiles, ...sourceRoots.flatMap(listSources)].sort()) {
    hash.update(`${file}\n`).update(readFileSync(path.join(projectDirectory, file)));
  }
  return hash.digest('hex');
}

function listSources(root: string): string[] {
  const folder = path.join(projectDirectory, root);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(projectDirectory, path.join(entry.parentPath, entry.name)));
}

if (isEntry(import.meta.filename)) {
  const announce = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  await buildApp(await ensureElectronRuntime(announce), announce, process.argv.includes('--force'));
}
