/**
 * The app built with faults put in on purpose: what a test finds in it, the test is able to find.
 *
 * Invariants: the faults exist only while that build is made, in a folder of its own; nothing of them is in the sources or in another
 * build; a fault whose place in the sources has changed is an error, never left out.
 */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'vite';
import type { InlineConfig, Plugin } from 'vite';
import { nodeEntries, nodeTarget, preloadTarget, rendererTarget } from '../../scripts/build-targets.ts';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.ts';
import { projectDirectory } from '../../scripts/project.ts';

/** In this file, from the project's folder, what stands there becomes something else. */
export interface Fault { file: string; instead: string; put: string }

/** Builds the whole app with these faults; gives the folder to start it from. */
export async function buildPlanted(faults: readonly Fault[]): Promise<string> {
  const runtime = await ensureElectronRuntime(() => undefined);
  // Beneath the project, so that what is not bundled is found as ever.
  const folder = join(projectDirectory, 'out', 'planted-app');
  const out = join(folder, 'out');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const isTest = runtime.kind === 'test';
  const done = new Set<Fault>();
  for (const target of [...nodeEntries.map((entry) => nodeTarget(entry, out, isTest)), preloadTarget(out, isTest), rendererTarget(out, isTest)]) {
    await build(withFaults(target, faults, done));
  }
  const missing = faults.filter((fault) => !done.has(fault));
  if (missing.length > 0) throw new Error(`no such place in the sources: ${missing.map(({ file, instead }) => `${file}: ${instead}`).join('; ')}`);
  symlinkSync(join(projectDirectory, 'assets'), join(folder, 'assets'));
  if (runtime.nodeModules !== null) symlinkSync(runtime.nodeModules, join(folder, 'node_modules'));
  const { name, version, main, type } = JSON.parse(readFileSync(join(projectDirectory, 'package.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, main, type }));
  return folder;
}

function withFaults(target: InlineConfig, faults: readonly Fault[], done: Set<Fault>): InlineConfig {
  const plant: Plugin = {
    name: 'plant-faults',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(projectDirectory, id.replace(/\?.*$/, ''));
      let changed = code;
      for (const fault of faults.filter((entry) => entry.file === file)) {
        if (changed.split(fault.instead).length !== 2) throw new Error(`${file} does not hold once: ${fault.instead}`);
        changed = changed.replace(fault.instead, () => fault.put);
        done.add(fault);
      }
      return changed === code ? null : changed;
    },
  };
  return { ...target, logLevel: 'error', build: { ...target.build, sourcemap: false }, plugins: [plant, ...(target.plugins ?? [])] };
}
