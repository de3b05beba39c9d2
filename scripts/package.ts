/**
 * Packages the built app into a folder that runs by itself, without downloading anything.
 *
 * Invariant: a release is made from the official Electron and the SQLite with a cipher only; on the
 * test runtime only `--test` packages, and the result calls itself premura-test.
 *
 *   npm run package [-- --test]
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import { z } from 'zod';
import { buildApp } from './build.ts';
import { ensureElectronRuntime } from './electron-runtime.ts';
import type { ElectronRuntime } from './electron-runtime.ts';
import { projectDirectory } from './project.ts';

const stage = path.join(projectDirectory, 'out', 'package-app');
const projectModules = path.join(projectDirectory, 'node_modules');
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  main: z.string(),
});

function announce(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Only the bundles, the assets and the one native module: what is bundled is not packed twice. */
function stageApp(runtime: ElectronRuntime): void {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const part of ['out/main', 'out/preload', 'out/renderer', 'assets']) {
    cpSync(path.join(projectDirectory, part), path.join(stage, part), { recursive: true });
  }
  const modules = runtime.nodeModules === null ? ['better-sqlite3'] : ['better-sqlite3', 'bindings', 'file-uri-to-path'];
  const dependencies: Record<string, string> = {};
  for (const name of modules) {
    const source = path.join(runtime.nodeModules ?? projectModules, name);
    dependencies[name] = stageModule(source, path.join(stage, 'node_modules', name));
  }
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(path.join(projectDirectory, 'package.json'), 'utf8')));
  writeFileSync(
    path.join(stage, 'package.json'),
    JSON.stringify({ ...manifest, type: 'module', author: 'Premura contributors', dependencies }, null, 2),
  );
}

/** Copies what runs, without sources and other platforms' binaries; answers the version. */
function stageModule(source: string, destination: string): string {
  for (const part of ['package.json', 'LICENSE', 'lib', 'index.js', 'bindings.js', 'build/Release']) {
    if (existsSync(path.join(source, part))) cpSync(path.join(source, part), path.join(destination, part), { recursive: true });
  }
  const prebuild = path.join('prebuilds', `${process.platform}-${process.arch}.node`);
  if (existsSync(path.join(source, prebuild))) cpSync(path.join(source, prebuild), path.join(destination, prebuild));
  const manifestFile = path.join(destination, 'package.json');
  const manifest = z.looseObject({ version: z.string() }).parse(JSON.parse(readFileSync(manifestFile, 'utf8')));
  // The packager would look for the tools that compile the module; nothing of them is needed to run it.
  writeFileSync(manifestFile, JSON.stringify({ ...manifest, name: path.basename(source), dependencies: {} }, null, 2));
  return manifest.version;
}

const runtime = await ensureElectronRuntime(announce);
const isTest = runtime.kind === 'test';
if (isTest && !process.argv.includes('--test')) {
  announce('A release needs the official Electron, which cannot be had here. To try the packaging itself: --test');
  process.exit(1);
}
await buildApp(runtime, announce);
stageApp(runtime);
await build({
  targets: Platform.LINUX.createTarget('dir'),
  publish: 'never',
  config: {
    extends: path.join(projectDirectory, 'electron-builder.yml'),
    electronVersion: runtime.version,
    electronDist: runtime.directory,
    ...(isTest ? { productName: 'premura-test', linux: { target: 'dir', executableName: 'premura-test' } } : {}),
  },
});
rmSync(path.join(projectDirectory, 'dist', 'linux-unpacked', 'resources', 'default_app.asar'), { force: true });
