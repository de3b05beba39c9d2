import type { Sqlite } from '../database.ts';

/**
 * Who is calling (ADR 0026): the directory of keyed hashes, ids as their 16 bytes, and the cases that were fetched for whoever called.
 * `fill`: the run that brought the row; a run that begins anew drops what earlier ones brought when it has ended.
 */
export function createInbound(db: Sqlite): void {
  db.exec(`
    CREATE TABLE directory (
      hash BLOB NOT NULL, case_id BLOB NOT NULL, creditor_id BLOB NOT NULL, fill INTEGER NOT NULL,
      PRIMARY KEY (hash, case_id)
    ) WITHOUT ROWID;
    CREATE INDEX directory_case ON directory (case_id);
    CREATE TABLE served_cases (
      case_id TEXT PRIMARY KEY, revision INTEGER NOT NULL, etag TEXT NOT NULL, body TEXT NOT NULL, colleague TEXT, served_at INTEGER NOT NULL
    );
  `);
}
