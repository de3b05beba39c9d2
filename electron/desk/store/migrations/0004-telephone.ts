import type { Sqlite } from '../database.ts';

/**
 * telephone_calls: the calls of the softphone as far as they were committed, and what waits until somebody says whose an inbound call is
 * (JSON in `body`). Nothing here is the truth about a contact: the facts are.
 */
export function createTelephone(db: Sqlite): void {
  db.exec(`
    CREATE TABLE telephone_calls (
      call_id TEXT PRIMARY KEY,
      case_id TEXT,
      customer_id TEXT,
      begun_at INTEGER NOT NULL,
      ended_at INTEGER,
      body TEXT NOT NULL
    );
    CREATE INDEX telephone_calls_by_case ON telephone_calls (case_id);
  `);
}
