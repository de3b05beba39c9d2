/**
 * What explains a failed test of the windows: a picture of each that is open, and the last that the app said: main, desk and hub on their
 * stdout and stderr, the pages on their consoles.
 *
 * Invariants: kept while the windows still stand, in a folder of its own under `out/test/failed/`, and told where the failure is told; whatever
 * cannot be had any more is said and hides no failure. One test file runs in a process at a time, so what was launched here is that file's.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { projectDirectory } from '../../scripts/project.ts';
import { systemClock } from '../../shared/time.ts';

const MOST_LINES = 400;
const TOLD_LINES = 40;
const PICTURE_TIMEOUT_MS = 5_000;

interface Launched {
  app: ElectronApplication;
  lines: string[];
}

const launched: Launched[] = [];

/** From now on what this app says is heard; called by whoever launches one. */
export function hearApp(app: ElectronApplication): void {
  const lines: string[] = [];
  launched.push({ app, lines });
  const note = (from: string, text: string): void => {
    for (const line of text.split('\n')) if (line.trim() !== '') lines.push(`${new Date(systemClock.nowMs()).toISOString()} ${from}: ${line}`);
    if (lines.length > MOST_LINES) lines.splice(0, lines.length - MOST_LINES);
  };
  const { stdout, stderr } = app.process();
  for (const [from, stream] of [['stdout', stdout], ['stderr', stderr]] as const) stream?.on('data', (chunk: Buffer) => { note(from, chunk.toString('utf8')); });
  app.process().once('exit', (code, signal) => { note('process', `ended with ${String(code ?? signal)}`); });
  const hearPage = (page: Page): void => {
    page.on('console', (message) => { note(`page ${message.type()}`, message.text()); });
    page.on('pageerror', (error) => { note('page threw', error.stack ?? error.message); });
    page.on('crash', () => { note('page', 'crashed'); });
  };
  for (const page of app.windows()) hearPage(page);
  app.on('window', hearPage);
}

/** @param file of the test, @param name of the test or of what failed around it */
export async function keepEvidence(file: string, name: string): Promise<void> {
  if (launched.length === 0) return;
  const stem = name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  const folder = path.join(projectDirectory, 'out', 'test', 'failed', path.basename(file, '.test.ts'), `${String(systemClock.nowMs())}-${stem}`);
  mkdirSync(folder, { recursive: true });
  const told: string[] = [];
  for (const [place, { app, lines }] of launched.entries()) {
    const id = `app-${String(place + 1)}`;
    const pictures = await Promise.all(app.windows().map((page, at) => keepPicture(page, path.join(folder, `${id}-window-${String(at + 1)}`))));
    writeFileSync(path.join(folder, `${id}.log`), `${[...lines, ...pictures].join('\n')}\n`);
    told.push(`── ${id}, the last of ${String(lines.length)} lines`, ...lines.slice(-TOLD_LINES), ...pictures);
  }
  process.stderr.write(`Kept of the failed test “${name}”: ${path.relative(projectDirectory, folder)}\n${told.join('\n')}\n`);
}

async function keepPicture(page: Page, stem: string): Promise<string> {
  try {
    await page.screenshot({ path: `${stem}.png`, timeout: PICTURE_TIMEOUT_MS });
    return `${path.basename(stem)}.png: ${page.url()}`;
  } catch (error) {
    return `${path.basename(stem)}: no picture, ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
  }
}
