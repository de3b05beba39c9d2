import type { Sqlite } from '../database.ts';

/**
 * open_call: the call that runs on this desk; at most one row. Gate and walk are JSON, the script as it was when the call began, so
 * that the call finishes on it.
 * case_list: made anew with the person (contacts are counted across cases) and with the key of the hours that bind; a projection, so its
 * rows come back at the sign-in that follows (its version was raised).
 * hours_keys: creditor, kind, zones and place of customers, few for many rows: opening hours are looked at per key.
 */
export function createCallsAndConduct(db: Sqlite): void {
  db.exec(`
    CREATE TABLE open_call (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      call_id TEXT NOT NULL,
      case_id TEXT NOT NULL,
      customer_id TEXT NOT NULL,
      direction TEXT NOT NULL CHECK (direction IN ('outbound', 'inbound')),
      point_id TEXT,
      party_id TEXT,
      started_at INTEGER NOT NULL,
      based_on TEXT NOT NULL,
      policy_version TEXT,
      gate TEXT NOT NULL,
      script TEXT,
      walk TEXT
    );
    DROP TABLE case_list;
    DELETE FROM appointments;
    INSERT INTO case_search (case_search) VALUES ('delete-all');
    DELETE FROM meta WHERE key = 'projectionVersion';
    CREATE TABLE hours_keys (hours_id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
    CREATE TABLE case_list (
      list_id INTEGER PRIMARY KEY,
      case_id TEXT NOT NULL UNIQUE,
      customer_id TEXT NOT NULL,
      hours_id INTEGER NOT NULL,
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
    CREATE INDEX case_list_by_customer ON case_list (customer_id);
  `);
}
