/**
 * Opens one operator's sealed database.
 *
 * Invariants: the key is 256 random bits used raw, never a passphrase; WAL with
 * synchronous=FULL, because NORMAL loses acknowledged saves at a power cut (design §5);
 * checkpoints run when idle, never inside a save; the lock is exclusive, so a second app
 * on the same profile is told so instead of writing beside this one; damage is looked for before
 * anything is written, and the log of a damaged store is kept, which SQLite would otherwise
 * delete when it closes (what it merged into the file by then stays merged).
 * A build without a cipher exists only for the test Electron and refuses to run elsewhere.
 */
import { accessSync, closeSync, constants, copyFileSync, existsSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { findDamage, hasVanished } from './find-damage.ts';
import { migrations } from './migrations/index.ts';
import { storeFailure } from './store-failure.ts';

export type Sqlite = Database.Database;

export interface OpenOptions {
  path: string;
  /** 64 hexadecimal digits. */
  keyHex: string;
  /** Allow a SQLite without a cipher: only a test build says so. */
  testRuntime: boolean;
}

/** False in a release build and under plain Node, at build time: no path without a cipher is left in it. */
const isTestBuild = typeof __TEST_RUNTIME__ !== 'undefined' && __TEST_RUNTIME__;

/** AEGIS-256: authenticated, and a quarter of SQLCipher's cost per page here (ADR 0006). */
const CIPHER = 'aegis';

export interface OpenedStore {
  db: Sqlite;
  encrypted: boolean;
}

/** Opens, checks and migrates; foreseen failures come back as sentences for the sign-in screen. */
export function openStore(options: OpenOptions): Result<OpenedStore> {
  const { path } = options;
  giveBackLog(path);
  if (hasVanished(path)) return fail('store-damaged', 'error.storeDamaged', { reason: 'the file is gone' });
  // A desk that ends well leaves no log behind.
  const wasUnclean = existsSync(`${path}-wal`);
  let db: Sqlite | null = null;
  try {
    // SQLite itself says something vague where it may not write.
    for (const place of [dirname(path), path]) if (existsSync(place)) accessSync(place, constants.W_OK);
    const opened = openKeyed(options);
    ({ db } = opened);
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('temp_store = MEMORY');
    // Every page that is not in the cache is deciphered again.
    db.pragma('cache_size = -32000');
    const checked = refuseFuture(db);
    if (!checked.ok) {
      db.close();
      return checked;
    }
    const damage = findDamage(db, path, wasUnclean);
    if (damage !== null) {
      closeAsFound(db, path);
      return fail('store-damaged', 'error.storeDamaged', { reason: damage });
    }
    migrateStore(db, path);
    return ok(opened);
  } catch (error) {
    if (db !== null) closeAsFound(db, path);
    return storeFailure(error);
  }
}

/** Opens a file with its key and nothing else; the caller has checked what it is. */
export function openKeyed(options: OpenOptions): OpenedStore {
  const db = new Database(options.path, { timeout: 2000 });
  try {
    const encrypted = applyKey(db, options.keyHex);
    if (!encrypted && !(isTestBuild && options.testRuntime)) {
      throw new Error('this build has no cipher for its database: it must not open operator stores');
    }
    return { db, encrypted };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Closes without letting SQLite delete the log, which may be all that is left of the last commits. */
export function closeAsFound(db: Sqlite, path: string): void {
  const log = `${path}-wal`;
  const kept = `${log}.kept`;
  rmSync(kept, { force: true });
  if (existsSync(log)) linkSync(log, kept);
  db.close();
  giveBackLog(path);
}

function giveBackLog(path: string): void {
  const log = `${path}-wal`;
  const kept = `${log}.kept`;
  if (!existsSync(kept)) return;
  if (existsSync(log)) rmSync(kept);
  else renameSync(kept, log);
}

/** True when the pages are enciphered with the key. */
function applyKey(db: Sqlite, keyHex: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(keyHex)) throw new TypeError('a store key is 64 hexadecimal digits');
  db.pragma(`cipher = '${CIPHER}'`);
  db.pragma(`key = 'raw:${keyHex}'`);
  return db.pragma('cipher', { simple: true }) === CIPHER;
}

function refuseFuture(db: Sqlite): Result<null> {
  const version = Number(db.pragma('user_version', { simple: true }));
  return version > migrations.length ? fail('store-from-future', 'error.storeFromFuture', { version, known: migrations.length }) : ok(null);
}

/** Runs the missing migrations, each in a transaction, after a backup of what was there. */
function migrateStore(db: Sqlite, path: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version < migrations.length && version > 0) backUp(db, path, version);
  for (const [index, migrate] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      migrate(db);
      db.pragma(`user_version = ${String(index + 1)}`);
    }).immediate();
  }
}

const BACKUPS_KEPT = 2;

/** A durable copy of the file as it was, beside it: whole or not there. The two newest are kept. */
export function backUp(db: Sqlite, path: string, version: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const target = `${path}.before-${String(version + 1)}`;
  if (existsSync(target)) return;
  const temporary = `${target}.new`;
  try {
    copyFileSync(path, temporary);
    const handle = openSync(temporary, 'r+');
    fsyncSync(handle);
    closeSync(handle);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
  for (const old of backupsOf(path).slice(BACKUPS_KEPT)) rmSync(join(dirname(path), old));
}

/** Names of the backups, newest first. */
function backupsOf(path: string): string[] {
  const start = `${basename(path)}.before-`;
  const versionOf = (name: string): number => Number(name.slice(start.length));
  return readdirSync(dirname(path)).filter((name) => name.startsWith(start) && Number.isInteger(versionOf(name)))
    .sort((a, b) => versionOf(b) - versionOf(a));
}

/**
 * Moves what the log holds into the database file; called when nobody waits. A full disk lets it wait: what was saved
 * is safe in the log.
 */
export function checkpoint(db: Sqlite): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch (error) {
    if (storeFailure(error).error.code === 'store-damaged') throw error;
  }
}
