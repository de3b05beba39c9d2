/**
 * The hub on PostgreSQL: several hub processes may share one database.
 *
 * Invariants: `write` is one transaction and is run again after a deadlock, a serialization failure or a clash of two who store the same;
 * the feed is numbered after commit by whoever holds the advisory lock, so pushes never queue behind a counter; NOTIFY wakes the
 * other processes. A crash between commit and numbering is healed by the next run of anybody: at start, every
 * second, and before each feed read.
 */
import type { PoolConfig } from 'pg';
import pg from 'pg';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { HubStore } from '../hub-store.ts';
import { migrate } from '../migrate.ts';
import { RevisionListeners } from '../revision-listeners.ts';
import { newestRevision, sequenceFeed } from '../sequence-feed.ts';
import type { HubTables, Tx } from '../tables.ts';
import { preparing } from './preparing-pool.ts';
import { RevisionChannel } from './revision-channel.ts';

const HEAL_INTERVAL_MS = 1000;
const MAX_TRIES = 8;
/** deadlock_detected, serialization_failure, unique_violation (looked for before another stored it: the next run finds it) */
const RETRYABLE = new Set(['40P01', '40001', '23505']);
/** disk_full, deadlock_detected, lock_not_available, query_canceled */
const SCRUB_LATER = new Set(['53100', '40P01', '55P03', '57014']);
/** Names the sequencer among the advisory locks of this database. */
const SEQUENCER_LOCK = 7_271_905_001;

const tablesOfPersons = ['fact_content', 'entities', 'attachments', 'invoices', 'assignments', 'case_overview', 'cases', 'customers', 'mail_outbox', 'case_reaches'] as const;

export interface PostgresOptions {
  connectionString: string;
  /** Tests switch it off to see a log that nobody has numbered. */
  sequenceAfterWrite?: boolean;
  onError?: (error: unknown) => void;
}

/** Opens (and migrates) the database. */
export async function openPostgres(options: PostgresOptions): Promise<HubStore> {
  const onError = options.onError ?? sayFailure;
  const automatic = options.sequenceAfterWrite ?? true;
  const config: PoolConfig = {
    connectionString: options.connectionString, max: 16, pipeline: true,
    types: integerTypes(),
  };
  const pool = new pg.Pool(config);
  // A connection that dies, idle or in use, is replaced by the pool; the query that needed it fails by itself.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  const db = new Kysely<HubTables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
  const listeners = new RevisionListeners();
  try {
    await migrate(db, 'postgres');
  } catch (error) {
    await db.destroy();
    throw error;
  }

  const runSequencer = async (): Promise<number> => {
    const quiet = await db.selectFrom('feed_log').select('id').where('revision', 'is', null).limit(1).executeTakeFirst();
    const revision = quiet === undefined ? await newestRevision(db) : await numberUnderLock(db);
    listeners.announce(revision);
    return revision;
  };
  const sequence = coalesce(runSequencer);

  const whisperers = new Set<(text: string) => void>();
  const hear = (text: string): void => {
    for (const listener of whisperers) listener(text);
  };
  const channel = new RevisionChannel(config, (revision) => listeners.announce(revision), hear, onError);
  await channel.open();
  const heal = setInterval(() => {
    if (automatic) sequence().catch(onError);
  }, HEAL_INTERVAL_MS);
  heal.unref();
  if (automatic) await sequence();

  return {
    dialect: 'postgres',
    read: (work) => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    lookup: (work) => work(db),
    write: async (work) => {
      const value = await writeWithRetry(db, work);
      if (automatic) sequence().catch(onError);
      return value;
    },
    sequence,
    onRevision: (listener) => listeners.add(listener),
    whisper: async (text) => {
      await sql`select pg_notify(${RevisionChannel.whisperName}, ${text})`.execute(db);
    },
    onWhisper: (listener) => {
      whisperers.add(listener);
      return () => whisperers.delete(listener);
    },
    scrub: () => scrubTables(db),
    close: async () => {
      clearInterval(heal);
      await channel.close();
      await sequence.settled();
      await db.destroy();
    },
  };
}

/** Writes each table anew: a plain VACUUM only marks the old rows as free. */
async function scrubTables(db: Kysely<HubTables>): Promise<boolean> {
  try {
    for (const table of tablesOfPersons) await sql`vacuum (full, analyze) ${sql.table(table)}`.execute(db);
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code !== undefined && SCRUB_LATER.has(error.code)) return false;
    throw error;
  }
}

async function numberUnderLock(db: Kysely<HubTables>): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(SEQUENCER_LOCK)})`.execute(tx);
    const revision = await sequenceFeed(tx);
    await sql`select pg_notify(${RevisionChannel.channelName}, ${String(revision)})`.execute(tx);
    return revision;
  });
}

async function writeWithRetry<T>(db: Kysely<HubTables>, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= MAX_TRIES || !isRetryable(error)) throw error;
    }
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && RETRYABLE.has(error.code);
}

/**
 * One run at a time, and one more for those who asked meanwhile: whoever asks gets a run that began after the asking.
 */
function coalesce(run: () => Promise<number>): { (): Promise<number>; settled(): Promise<void> } {
  let current: Promise<number> | null = null;
  let next: Promise<number> | null = null;
  const start = (): Promise<number> => {
    const started = run().finally(() => {
      current = null;
    });
    current = started;
    return started;
  };
  const ask = (): Promise<number> => {
    if (current === null) return start();
    next ??= current.then(ignore, ignore).then(() => {
      next = null;
      return current ?? start();
    });
    return next;
  };
  ask.settled = async (): Promise<void> => {
    while (current !== null || next !== null) await Promise.allSettled([current, next]);
  };
  return ask;
}

/** The failure of a run is told to those who asked for that run. */
function ignore(): void {
  return;
}

/** `bigint` as a number, which the driver would hand out as text. */
function integerTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, readInteger);
  return types;
}

function readInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer of the database is too large');
  return value;
}

/** A database that is away for a while is said and waited for; requests fail with 500 until it is back. */
function sayFailure(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const type = error instanceof Error ? error.name : typeof error;
  process.stderr.write(`${JSON.stringify({ level: 50, msg: 'the database failed outside a request', type, code })}\n`);
}
