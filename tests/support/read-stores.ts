/**
 * Everything that an app of the test build has on its disk, to be compared with itself: every row of every database, and what the page keeps.
 *
 * Invariant: a store belongs to the process that has it open, so a copy of it is read; whoever calls waits until nothing is being written.
 */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';

/** Rows by `file table`, each as text. */
export function readStores(profileDir: string): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  const files = readdirSync(profileDir, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)(desk\.db|hub\.sqlite)$/.test(file));
  const folder = mkdtempSync(join(tmpdir(), 'premura-copy-'));
  try {
    for (const [place, file] of files.entries()) {
      const copy = join(folder, `${String(place)}.db`);
      for (const ending of ['', '-wal']) if (existsSync(join(profileDir, file + ending))) copyFileSync(join(profileDir, file + ending), copy + ending);
      const db = new Database(copy);
      const tables = db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
      for (const { name } of tables) rows.set(`${file} ${name}`, db.prepare(`SELECT * FROM "${name}"`).all().map((row) => JSON.stringify(row)).toSorted());
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

/** What the page itself keeps in the browser. */
export async function readPageStorage(page: Page): Promise<string> {
  return page.evaluate(async () => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), (await indexedDB.databases()).map(({ name }) => name), await caches.keys(), document.cookie]));
}
