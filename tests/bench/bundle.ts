/**
 * `bundle`: the JavaScript that a collector waits for, in kB (1,000 bytes) of gzip, against a budget of 350.
 *
 * Ours is every script that the real page had parsed when the first row of the list stood on the screen, sign-in included.
 * Invariant: it holds the entry and all that the entry imports statically, read from the built files; else the bench fails.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { projectDirectory } from '../../scripts/project.ts';
import { newId } from '../../shared/id.ts';
import { startApp } from '../support/app-process.ts';
import { askDesk, untilSignInShows } from '../support/page-desk.ts';
import { demoPassword } from '../support/shift.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BenchResult } from './bench-result.ts';

const BUDGET_KB = 350;
const assets = join(projectDirectory, 'out', 'renderer', 'assets');

export async function benchBundle(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('bundle', say, async ({ folder }) => {
    const closure = staticClosure();
    const loaded = await scriptsOfRealPage(join(folder, 'profile'));
    const missing = [...closure].filter((file) => !loaded.has(file));
    if (missing.length > 0) throw new Error(`the page never loaded ${missing.join(', ')}`);
    let bytes = 0;
    for (const file of loaded) {
      const size = gzipSync(readFileSync(join(assets, file)), { level: 9 }).length;
      say(`${file}: ${(size / 1000).toFixed(1)} kB${closure.has(file) ? '' : ' (loaded later, before the list stood)'}`);
      bytes += size;
    }
    const ours = Math.round(bytes / 100) / 10;
    const ratio = Math.round((ours / BUDGET_KB) * 1000) / 1000;
    return [{ metric: 'first-screen-script', ours, reference: BUDGET_KB, unit: 'kB gzip', ratio, target: 1, met: ratio <= 1 }];
  });
}

/** The entry that the page names and everything it imports without being asked. */
function staticClosure(): Set<string> {
  const html = readFileSync(join(assets, '..', 'index.html'), 'utf8');
  const entries = [...html.matchAll(/<(?:script|link)[^>]*(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
  if (entries.length === 0) throw new Error('the page names no script');
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    const source = ts.createSourceFile(file, readFileSync(join(assets, file), 'utf8'), ts.ScriptTarget.Latest);
    for (const statement of source.statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
      const from = statement.moduleSpecifier;
      if (from !== undefined && ts.isStringLiteral(from)) follow(basename(from.text));
    }
  };
  entries.forEach(follow);
  return found;
}

/** Whatever of ours the page's engine holds once the list can be worked: the debugger names them all, older ones too. */
async function scriptsOfRealPage(profileDir: string): Promise<Set<string>> {
  const { page, close } = await startApp({ profileDir, demo: true });
  try {
    await untilSignInShows(page);
    await askDesk(page, { kind: 'command', name: 'sign-in', input: { commandId: newId(), username: 'carla', password: demoPassword } });
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    const loaded = new Set<string>();
    const inspector = await page.context().newCDPSession(page);
    inspector.on('Debugger.scriptParsed', ({ url }) => {
      const name = /\/assets\/([^/?]+\.js)$/.exec(url)?.[1];
      if (name !== undefined) loaded.add(name);
    });
    await inspector.send('Debugger.enable');
    return loaded;
  } finally {
    await close();
  }
}
