/**
 * What is built, and from what.
 *
 * Invariant: every Node bundle carries all it needs but `electron` and `better-sqlite3` (native,
 * and another copy under the test runtime), targets the oldest Node it must run on, and takes
 * `__TEST_RUNTIME__` as a constant, so that a release build has no path without a cipher left in it, and `__TEST_CLOCK__`, so that
 * nobody sets its clock off.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';
import { projectDirectory } from './project.ts';

export interface NodeEntry {
  name: string;
  source: string;
}

export const nodeEntries: NodeEntry[] = [
  { name: 'main', source: 'electron/main/main.ts' },
  { name: 'desk', source: 'electron/desk/main.ts' },
  { name: 'hub', source: 'hub/main.ts' },
];

/** Provided by the runtime, never bundled; `pg-native` is an optional speed-up that is not installed. */
const external = ['electron', 'better-sqlite3', 'pg-native'];

function common(): InlineConfig {
  return { configFile: false, root: projectDirectory, logLevel: 'warn', clearScreen: false, mode: 'production' };
}

/**
 * The holidays of the world as JSON to be parsed: written as a JavaScript object the same table costs each process 13 MiB more, and
 * longer to start.
 */
function holidaysAsJson(): Plugin {
  const source = '/node_modules/date-holidays/src/data.js';
  return {
    name: 'holidays-as-json',
    transform(_code, id) {
      if (!id.endsWith(source)) return null;
      const table = readFileSync(id.replace(/src\/data\.js$/, 'data/holidays.json'), 'utf8');
      return { code: `export const data = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(table)))});`, map: null };
    },
  };
}

/** An ES module for Electron's main or a utility process. */
export function nodeTarget(entry: NodeEntry, outDirectory: string, testRuntime: boolean): InlineConfig {
  return {
    ...common(),
    define: { __TEST_RUNTIME__: String(testRuntime), __TEST_CLOCK__: String(testRuntime) },
    plugins: [holidaysAsJson()],
    ssr: { noExternal: true, external },
    build: {
      ssr: path.join(projectDirectory, entry.source),
      target: 'node20.18',
      outDir: path.join(outDirectory, 'main'),
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external,
        platform: 'node',
        output: { format: 'es', entryFileNames: `${entry.name}.js`, codeSplitting: false },
      },
    },
  };
}

/** The sandboxed preloads, one for each kind of page. */
export const preloadNames = ['app', 'audio'] as const;

/** A sandboxed preload: one CommonJS file. */
export function preloadTarget(outDirectory: string, testRuntime: boolean, name: (typeof preloadNames)[number] = 'app'): InlineConfig {
  return {
    ...common(),
    define: { __TEST_CLOCK__: String(testRuntime) },
    build: {
      target: 'chrome130',
      outDir: path.join(outDirectory, 'preload'),
      emptyOutDir: false,
      minify: false,
      lib: {
        entry: path.join(projectDirectory, `electron/preload/${name}.ts`),
        formats: ['cjs'],
        fileName: () => `${name}.cjs`,
      },
      rolldownOptions: { external: ['electron'] },
    },
  };
}

/** What is large, or belongs to the desk, must not come to the page by any way, not even by an import of an import. */
function staysOffThePage(packages: readonly string[]): Plugin {
  return {
    name: 'stays-off-the-page',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const strange = chunk.moduleIds.find((id) => packages.some((name) => id.includes(`/node_modules/${name}/`)));
        if (strange !== undefined) this.error(`${strange} is in the page's bundle (${chunk.fileName}): ask the desk instead`);
      }
    },
  };
}

/** The pages. The nonce is a placeholder that main replaces in each answer. */
export function rendererTarget(outDirectory: string, testRuntime: boolean): InlineConfig {
  return {
    ...common(),
    define: { __TEST_CLOCK__: String(testRuntime) },
    root: path.join(projectDirectory, 'renderer/app'),
    base: '/',
    plugins: [react(), staysOffThePage(['date-holidays', 'better-sqlite3', 'libphonenumber-js'])],
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      target: 'chrome130',
      outDir: path.join(outDirectory, 'renderer'),
      emptyOutDir: true,
      minify: true,
      sourcemap: true,
      chunkSizeWarningLimit: 2_000,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  };
}

/** The hidden page of the sound, beside the pages; built after them, for they empty their folder. */
export function audioPageTarget(outDirectory: string, testRuntime: boolean): InlineConfig {
  const { html, define, build } = rendererTarget(outDirectory, testRuntime);
  return {
    ...common(),
    define, html,
    root: path.join(projectDirectory, 'renderer/audio'),
    base: '/audio/',
    build: { ...build, outDir: path.join(outDirectory, 'renderer', 'audio') },
  };
}

/** The page that documents are printed from: a style and fonts, no script. */
export function printPageTarget(outDirectory: string, testRuntime: boolean): InlineConfig {
  const { define, build } = rendererTarget(outDirectory, testRuntime);
  return {
    ...common(),
    define,
    root: path.join(projectDirectory, 'renderer/print'),
    base: '/print/',
    build: { ...build, outDir: path.join(outDirectory, 'renderer', 'print') },
  };
}
