import type { Sqlite } from '../database.ts';

/**
 * open_calls: in the place of `open_call`, which held one. `put_aside_at` null: the call in front, at most one; otherwise a call whose line has
 * ended and that waits for its outcome since then. One call of a case at a time.
 */
export function keepWaitingCalls(db: Sqlite): void {
  db.exec(`
    CREATE TABLE open_calls (
      call_id TEXT PRIMARY KEY,
      case_id TEXT NOT NULL UNIQUE,
      customer_id TEXT NOT NULL,
      direction TEXT NOT NULL CHECK (direction IN ('outbound', 'inbound')),
      point_id TEXT,
      party_id TEXT,
      started_at INTEGER NOT NULL,
      based_on TEXT NOT NULL,
      policy_version TEXT,
      gate TEXT NOT NULL,
      walk TEXT,
      put_aside_at INTEGER
    );
    CREATE UNIQUE INDEX open_calls_front ON open_calls (put_aside_at IS NULL) WHERE put_aside_at IS NULL;
    INSERT INTO open_calls (call_id, case_id, customer_id, direction, point_id, party_id, started_at, based_on, policy_version, gate, walk)
      SELECT call_id, case_id, customer_id, direction, point_id, party_id, started_at, based_on, policy_version, gate, walk FROM open_call;
    DROP TABLE open_call;
  `);
}
