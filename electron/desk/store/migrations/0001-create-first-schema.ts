import type { Sqlite } from '../database.ts';

/**
 * facts: what this operator did, append-only, as it was hashed; `header` is the text as sealed. A rowid table:
 * its rows are too long for an index page, and each would take an overflow page of its own in every save.
 * entities: what the hub sent, one row per aggregate.
 * command_log: the acknowledgement of each command, so that a repeat happens once.
 * case_search: a projection; may be dropped and rebuilt at any time.
 * The outbox is not a table: it is the facts of the present device beyond `ackedSeq`.
 */
export function createFirstSchema(db: Sqlite): void {
  db.exec(`
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE facts (
      device_id TEXT NOT NULL,
      seq INTEGER NOT NULL CHECK (seq > 0),
      id TEXT NOT NULL,
      type TEXT NOT NULL,
      version INTEGER NOT NULL,
      case_id TEXT,
      customer_id TEXT,
      call_id TEXT,
      at INTEGER NOT NULL,
      hash TEXT NOT NULL,
      header TEXT NOT NULL,
      salt TEXT,
      body TEXT,
      PRIMARY KEY (device_id, seq)
    );
    CREATE UNIQUE INDEX facts_by_id ON facts (id, device_id);
    CREATE INDEX facts_by_case ON facts (case_id) WHERE case_id IS NOT NULL;
    CREATE INDEX facts_by_time ON facts (at);
    CREATE TABLE entities (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      revision INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (kind, id)
    ) WITHOUT ROWID;
    CREATE TABLE command_log (
      command_id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      reply TEXT NOT NULL,
      at INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE drafts (case_id TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE VIRTUAL TABLE case_search USING fts5 (case_id UNINDEXED, text, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
  `);
}
