import type { Sqlite } from '../database.ts';

/**
 * settings: the operator's own, one JSON value each; salvaged with the drafts when a store is damaged.
 * case_list: made anew with what it is filtered by; a projection, so its rows come back at the sign-in that follows
 * (its version was raised). `stopped` is 1 when somebody else decides when work goes on.
 * appointments: a projection beside it: everything about a case that has a day.
 */
export function createSettingsAndAgenda(db: Sqlite): void {
  db.exec(`
    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
    DROP TABLE case_list;
    INSERT INTO case_search (case_search) VALUES ('delete-all');
    DELETE FROM meta WHERE key = 'projectionVersion';
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
      last_outcome_at INTEGER,
      claimable_cents INTEGER NOT NULL,
      currency TEXT NOT NULL,
      kind TEXT NOT NULL,
      oldest_due_on TEXT,
      courtesy_until TEXT,
      recovery_approved INTEGER NOT NULL,
      stopped INTEGER NOT NULL
    );
    CREATE INDEX case_list_ready ON case_list (order_class, sort_key, customer_name, case_id) WHERE ready = 1;
    CREATE INDEX case_list_waiting ON case_list (available_from) WHERE ready = 0;
    CREATE TABLE appointments (
      list_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      due_on TEXT NOT NULL,
      at INTEGER,
      zone TEXT,
      audience TEXT,
      amount_cents INTEGER,
      PRIMARY KEY (list_id, kind)
    ) WITHOUT ROWID;
    CREATE INDEX appointments_by_day ON appointments (due_on, at);
  `);
}
