/** Everything that an app of the test build has on its disk, to be compared with itself: every row of every database, and what the page keeps. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';

/** Rows by `file table`, each as text. The stores may be open: they are read as they stand. */
export function readStores(profileDir: string): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  const files = readdirSync(profileDir, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)(desk\.db|hub\.sqlite)$/.test(file));
  for (const file of files) {
    const db = new Database(join(profileDir, file), { readonly: true });
    try {
      const tables = db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
      for (const { name } of tables) rows.set(`${file} ${name}`, db.prepare(`SELECT * FROM "${name}"`).all().map((row) => JSON.stringify(row)).toSorted());
    } finally {
      db.close();
    }
  }
  return rows;
}

/** What the page itself keeps in the browser. */
export async function readPageStorage(page: Page): Promise<string> {
  return page.evaluate(async () => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), (await indexedDB.databases()).map(({ name }) => name), await caches.keys().catch(() => []), document.cookie]));
}
