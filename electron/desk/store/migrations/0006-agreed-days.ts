import type { Sqlite } from '../database.ts';

/** Plans have days of grace of their own: the list keeps the last day on which what is agreed is not late, the agenda the first on which it is. Both are rebuilt. */
export function nameAgreedDays(db: Sqlite): void {
  db.exec(`
    ALTER TABLE case_list RENAME COLUMN promise_due_on TO agreed_until;
    ALTER TABLE appointments ADD COLUMN late_from TEXT;
  `);
}
