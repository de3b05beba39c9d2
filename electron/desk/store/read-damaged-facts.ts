/**
 * Reads the facts of a damaged store page by page, whatever has become of the rest of the file.
 *
 *   damaged file ─┐                      ┌─ page 1 and the schema are new: one table for each page
 *   its log ──────┴─▶ pages ─▶ carrier ──┤
 *                                        └─ SQLite deciphers, authenticates and parses each page as that table's root
 *
 * Invariants: SQLite alone reads pages, so cipher and row format are known in one place; the damaged files are only
 * read; every version of a page that the log holds is read too, because a newer one may be the damaged one; a row counts
 * only when its hashes verify (`factVerifies`), so a wrong byte never becomes a fact.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { factHeaderSchema } from '../../../shared/facts/fact-header.ts';
import type { FactHeader } from '../../../shared/facts/fact-header.ts';
import type { OpenOptions, Sqlite } from './database.ts';
import { openKeyed } from './database.ts';
import { factVerifies } from './find-damage.ts';
import { storeFailure } from './store-failure.ts';
import { PAGE_BYTES, readLogPages } from './write-ahead-log.ts';

/** A fact that verifies; salt and body are null once erased. */
export interface ReadFact {
  header: FactHeader;
  content: { salt: string; body: string } | null;
}

/** Versions of one page that are read, newest first. */
const MOST_VERSIONS = 64;
const PAGES_AT_ONCE = 1_000;

/** Every fact that can still be read in the files of a store, each once; an erased version wins over an older one. */
export function readDamagedFacts(options: OpenOptions): ReadFact[] {
  const found = new Map<string, ReadFact>();
  const { count, versions } = pagesOf(options.path);
  const carrier = { ...options, path: `${options.path}.reading` };
  removeCarrier(carrier.path);
  try {
    buildCarrier(carrier, count);
    copyPages(options.path, carrier.path, count);
    let toRead = Array.from({ length: Math.max(0, count - 1) }, (_, index) => index + 2);
    for (let age = 0; age < MOST_VERSIONS && toRead.length > 0; age += 1) {
      const replaced = [...versions].flatMap(([pageNumber, known]) => {
        const bytes = known[age];
        return bytes === undefined ? [] : [{ pageNumber, bytes }];
      });
      writePages(carrier.path, replaced);
      if (age > 0) toRead = replaced.map((page) => page.pageNumber);
      for (const fact of readCarrier(carrier, toRead)) keep(found, fact);
    }
  } finally {
    removeCarrier(carrier.path);
  }
  return [...found.values()];
}

function keep(found: Map<string, ReadFact>, fact: ReadFact): void {
  const key = `${fact.header.deviceId} ${String(fact.header.seq)}`;
  if (!found.has(key) || fact.content === null) found.set(key, fact);
}

/** How many pages there are, and for those in the log every version, newest first, the file's own last. */
function pagesOf(path: string): { count: number; versions: Map<number, Buffer[]> } {
  const log = existsSync(`${path}-wal`) ? readLogPages(readFileSync(`${path}-wal`)) : [];
  const inFile = existsSync(path) ? Math.floor(statSync(path).size / PAGE_BYTES) : 0;
  // A damaged page number may be any number; a true one lies within what file and log can hold.
  const plausible = log.filter((page) => page.pageNumber > 1 && page.pageNumber <= inFile + log.length + 1);
  const versions = new Map<number, Buffer[]>();
  for (const { pageNumber, bytes } of plausible.toReversed()) versions.set(pageNumber, [...(versions.get(pageNumber) ?? []), bytes]);
  for (const [pageNumber, known] of versions) if (pageNumber <= inFile) known.push(readPages(path, pageNumber, 1));
  return { count: plausible.reduce((most, page) => Math.max(most, page.pageNumber), inFile), versions };
}

/** A store of `pageCount` pages at least, with the table `page_N` rooted at page N. */
function buildCarrier(options: OpenOptions, pageCount: number): void {
  const { db } = openKeyed(options);
  try {
    db.unsafeMode(true);
    db.pragma('journal_mode = OFF');
    db.exec('CREATE TABLE filler (x)');
    db.prepare('INSERT INTO filler VALUES (zeroblob(?))').run(pageCount * PAGE_BYTES);
    db.pragma('writable_schema = ON');
    const insert = db.prepare(`INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, ?, ?)`);
    db.transaction(() => {
      for (let page = 2; page <= pageCount; page += 1) {
        const name = `page_${String(page)}`;
        insert.run(name, name, page, `CREATE TABLE ${name} (device_id, seq, id, type, version, case_id, customer_id, call_id, at, hash, header, salt, body)`);
      }
    }).immediate();
  } finally {
    db.close();
  }
}

const rowSchema = z.object({ header: z.string(), salt: z.string().nullable(), body: z.string().nullable() });

function readCarrier(options: OpenOptions, pageNumbers: readonly number[]): ReadFact[] {
  const { db } = openKeyed(options);
  try {
    return pageNumbers.flatMap((pageNumber) => readRows(db, pageNumber)).flatMap((raw) => {
      const row = rowSchema.safeParse(raw);
      if (!row.success || !factVerifies(row.data)) return [];
      const { header, salt, body } = row.data;
      return [{ header: factHeaderSchema.parse(JSON.parse(header)), content: salt === null || body === null ? null : { salt, body } }];
    });
  } finally {
    db.close();
  }
}

/** What a page gives until it fails: most pages are of other tables, or of none. */
function readRows(db: Sqlite, pageNumber: number): unknown[] {
  const rows: unknown[] = [];
  try {
    for (const row of db.prepare(`SELECT header, salt, body FROM page_${String(pageNumber)}`).iterate()) rows.push(row);
  } catch (error) {
    if (storeFailure(error).error.code !== 'store-damaged') throw error;
  }
  return rows;
}

function copyPages(from: string, to: string, pageCount: number): void {
  const inFile = existsSync(from) ? Math.min(pageCount, Math.floor(statSync(from).size / PAGE_BYTES)) : 0;
  for (let first = 2; first <= inFile; first += PAGES_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(PAGES_AT_ONCE, inFile - first + 1) }, (_, index) => first + index);
    const bytes = readPages(from, first, numbers.length);
    writePages(to, numbers.map((pageNumber, index) => ({ pageNumber, bytes: bytes.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES) })));
  }
}

function writePages(to: string, pages: readonly { pageNumber: number; bytes: Buffer }[]): void {
  const target = openSync(to, 'r+');
  try {
    for (const { pageNumber, bytes } of pages) writeSync(target, bytes, 0, PAGE_BYTES, (pageNumber - 1) * PAGE_BYTES);
  } finally {
    closeSync(target);
  }
}

function readPages(path: string, first: number, count: number): Buffer {
  const bytes = Buffer.alloc(count * PAGE_BYTES);
  const source = openSync(path, 'r');
  try {
    readSync(source, bytes, 0, bytes.length, (first - 1) * PAGE_BYTES);
  } finally {
    closeSync(source);
  }
  return bytes;
}

function removeCarrier(carrier: string): void {
  for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${carrier}${ending}`, { force: true });
}
