/**
 * The hub on SQLite: one writer connection with group commit, a few reader connections.
 *
 * Invariants: WAL with synchronous=FULL, so a commit that was answered survives a power cut; every reader works in
 * a read transaction of its own. Only this folder knows the driver, which must also run as version 11.5.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely';
import type { HubStore } from '../hub-store.ts';
import { migrate } from '../migrate.ts';
import { RevisionListeners } from '../revision-listeners.ts';
import { newestRevision, sequenceFeed } from '../sequence-feed.ts';
import type { HubTables } from '../tables.ts';
import { GroupCommit } from './group-commit.ts';
import { ReaderPool } from './reader-pool.ts';

const WATCH_INTERVAL_MS = 1000;
/** 16 MB: a page that many pushes change is written to the file once for all of them. */
const CHECKPOINT_PAGES = 4000;
/** For each connection: the usual 2 MB are less than the upper levels of the indexes. */
const CACHE_KIB = 16_384;

/** Opens (and makes, and migrates) the database at `path`. */
export async function openSqlite(path: string): Promise<HubStore> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const { database, db } = connect(path, false);
  try {
    await migrate(db, 'sqlite');
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const listeners = new RevisionListeners();
  const writer = new GroupCommit(database, db, (revision) => listeners.announce(revision));
  const readers = new ReaderPool(() => connect(path, true).db);
  const sequence = async (): Promise<number> => {
    const revision = await readers.read(async (tx) => {
      const waiting = await tx.selectFrom('feed_log').select('id').where('revision', 'is', null).limit(1).executeTakeFirst();
      return waiting === undefined ? newestRevision(tx) : null;
    });
    return revision ?? writer.write(sequenceFeed);
  };
  listeners.announce(await sequence());

  let seenVersion = readDataVersion(database);
  const watch = setInterval(() => {
    // Another process (an import beside a running server) commits without a word: `data_version` tells.
    const version = readDataVersion(database);
    if (version === seenVersion) return;
    seenVersion = version;
    readers.read(newestRevision).then((revision) => listeners.announce(revision), rethrow);
  }, WATCH_INTERVAL_MS);
  watch.unref();

  return {
    dialect: 'sqlite',
    read: (work) => readers.read(work),
    lookup: (work) => readers.lookup(work),
    write: (work) => writer.write(work),
    sequence,
    onRevision: (listener) => listeners.add(listener),
    // One process serves a file: there is nobody else to tell.
    whisper: () => Promise.resolve(),
    onWhisper: () => () => undefined,
    scrub: () => writer.runAlone(() => scrubFile(database)),
    close: async () => {
      clearInterval(watch);
      await writer.close();
      await readers.close();
      await db.destroy();
    },
  };
}

function connect(path: string, readonly: boolean): { database: Database.Database; db: Kysely<HubTables> } {
  const database = new Database(path, { readonly, timeout: 15_000 });
  if (!readonly) {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // What a statement may have to take back waits in memory: beyond 64 kB it went to a file, in clear, with every push.
    database.pragma('temp_store = MEMORY');
    database.pragma(`wal_autocheckpoint = ${String(CHECKPOINT_PAGES)}`);
  }
  database.pragma(`cache_size = -${String(CACHE_KIB)}`);
  database.pragma('foreign_keys = ON');
  return { database, db: new Kysely<HubTables>({ dialect: new TransactionalDialect({ database: withStatementCache(database) }) }) };
}

/**
 * SQLite takes a table back with its transaction as it does a row. Kysely takes it for unable to, and a hub that fell
 * in the middle of a migration could never be opened again.
 */
class TransactionalDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely prepares each statement anew; the texts are few, so they are kept. */
function withStatementCache(database: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => {
      database.close();
    },
    prepare: (text) => {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const statement = database.prepare(text) as unknown as SqliteStatement;
      if (statements.size >= 500) statements.clear();
      statements.set(text, statement);
      return statement;
    },
  };
}

/** Writes the file anew, for free pages and the slack of split ones keep what was deleted; then cuts the log. */
function scrubFile(database: Database.Database): boolean {
  try {
    database.exec('VACUUM');
    const [answer] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return answer?.busy === 0;
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(?:BUSY|FULL|IOERR)/.test(error.code)) return false;
    throw error;
  }
}

function readDataVersion(database: Database.Database): number {
  return Number(database.pragma('data_version', { simple: true }));
}

function rethrow(error: unknown): never {
  throw error;
}
