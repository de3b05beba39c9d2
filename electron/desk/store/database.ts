/**
 * Opens one operator's sealed database.
 *
 * Invariants: the key is 256 random bits used raw, never a passphrase; WAL with
 * synchronous=FULL, because NORMAL loses acknowledged saves at a power cut (design §5);
 * checkpoints run when idle, never inside a save; the lock is exclusive, so a second app
 * on the same profile is told so instead of writing beside this one.
 * A build without a cipher exists only for the test Electron and refuses to run elsewhere.
 */
import { copyFileSync, existsSync, fsyncSync, openSync, closeSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { migrations } from './migrations/index.ts';

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
  let db: Sqlite | null = null;
  try {
    db = new Database(options.path, { timeout: 2000 });
    const encrypted = applyKey(db, options.keyHex);
    if (!encrypted && !(isTestBuild && options.testRuntime)) {
      db.close();
      throw new Error('this build has no cipher for its database: it must not open operator stores');
    }
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('temp_store = MEMORY');
    // Every page that is not in the cache is deciphered again.
    db.pragma('cache_size = -32000');
    const migrated = migrateStore(db, options.path);
    if (!migrated.ok) {
      db.close();
      return migrated;
    }
    return ok({ db, encrypted });
  } catch (error) {
    db?.close();
    return storeFailure(error);
  }
}

/** True when the pages are enciphered with the key. */
function applyKey(db: Sqlite, keyHex: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(keyHex)) throw new TypeError('a store key is 64 hexadecimal digits');
  db.pragma(`cipher = '${CIPHER}'`);
  db.pragma(`key = 'raw:${keyHex}'`);
  return db.pragma('cipher', { simple: true }) === CIPHER;
}

/** Runs the missing migrations, each in a transaction, after a backup of what was there. */
function migrateStore(db: Sqlite, path: string): Result<null> {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    return fail('store-from-future', 'error.storeFromFuture', { version, known: migrations.length });
  }
  if (version < migrations.length && version > 0) backUp(db, path, version);
  for (const [index, migrate] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      migrate(db);
      db.pragma(`user_version = ${String(index + 1)}`);
    }).immediate();
  }
  return ok(null);
}

/** A durable copy of the file as it was, beside it. */
function backUp(db: Sqlite, path: string, version: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const target = `${path}.before-${String(version + 1)}`;
  if (existsSync(target)) return;
  copyFileSync(path, target);
  const handle = openSync(target, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** Moves what the log holds into the database file; called when nobody waits. */
export function checkpoint(db: Sqlite): void {
  db.pragma('wal_checkpoint(PASSIVE)');
}

/** Turns SQLite's own failures into what the operator can act on; anything else is a bug and is thrown. */
export function storeFailure(error: unknown): { ok: false; error: ReturnType<typeof fail>['error'] } {
  if (!(error instanceof Database.SqliteError)) throw error;
  const code = error.code;
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') return fail('disk-full', 'error.diskFull', { sqlite: code }, true);
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN') return fail('disk-read-only', 'error.diskReadOnly', { sqlite: code }, true);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return fail('store-locked', 'error.storeLocked', { sqlite: code }, true);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return fail('store-damaged', 'error.storeDamaged', { sqlite: code });
  throw error;
}
