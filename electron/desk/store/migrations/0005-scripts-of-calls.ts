import type { Sqlite } from '../database.ts';

/**
 * call_scripts: the script of a call as it was when the call began, apart from where the call stands in it: the one is long and never
 * changes, the other is written at every step. `walk` and `dropped_at` are of a call that dropped: where it stood, for the call that takes
 * it up again.
 */
export function createScriptsOfCalls(db: Sqlite): void {
  db.exec(`
    CREATE TABLE call_scripts (
      call_id TEXT PRIMARY KEY,
      case_id TEXT NOT NULL,
      script TEXT NOT NULL,
      walk TEXT,
      dropped_at INTEGER
    );
    INSERT INTO call_scripts (call_id, case_id, script) SELECT call_id, case_id, script FROM open_call WHERE script IS NOT NULL;
    ALTER TABLE open_call DROP COLUMN script;
  `);
}
