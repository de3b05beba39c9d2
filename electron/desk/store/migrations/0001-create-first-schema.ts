import type { Sqlite } from '../database.ts';

/**
 * facts: what this operator did, append-only, as it was hashed; `header` is the text as sealed. A rowid table:
 * its rows are too long for an index page, and each would take an overflow page of its own in every save.
 * entities: what the hub sent, one row per aggregate.
 * command_log: the acknowledgement of each command, so that a repeat happens once.
 * case_list, case_search: projections; may be dropped and rebuilt at any time. `ready` is 1 once `available_from` has
 * passed, so that the next case is the first row of a partial index however many cases wait before it in order.
 * attachments: files that this desk attached, by the fact that carries each; `key` opens its sealed blob and is null
 * once nothing of it is held here. A row goes when the person is erased, and with its key the blob is noise.
 * erased_cases: cases of erased persons; nothing about them is ever stored again, whatever a hub sends.
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
    CREATE INDEX facts_by_case ON facts (case_id) WHERE case_id IS NOT NULL;
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
    CREATE TABLE attachments (
      fact_id TEXT PRIMARY KEY,
      attachment_id TEXT NOT NULL UNIQUE,
      case_id TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      key BLOB,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'stored', 'damaged')),
      sent_bytes INTEGER NOT NULL,
      stored_at INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX attachments_waiting ON attachments (fact_id) WHERE state = 'waiting';
    CREATE TABLE erased_cases (case_id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE case_list (
      list_id INTEGER PRIMARY KEY,
      case_id TEXT NOT NULL UNIQUE,
      creditor_id TEXT NOT NULL,
      creditor_name TEXT NOT NULL,
      customer_name TEXT NOT NULL,
      order_class INTEGER NOT NULL,
      sort_key INTEGER NOT NULL,
      available_from INTEGER,
      ready INTEGER NOT NULL,
      open_cents INTEGER NOT NULL,
      disputed_cents INTEGER NOT NULL,
      callback_at INTEGER,
      promise_due_on TEXT,
      last_outcome_at INTEGER
    );
    CREATE INDEX case_list_ready ON case_list (order_class, sort_key, customer_name, case_id) WHERE ready = 1;
    CREATE INDEX case_list_waiting ON case_list (available_from) WHERE ready = 0;
    CREATE VIRTUAL TABLE case_search USING fts5 (text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
  `);
}
