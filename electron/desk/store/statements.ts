/**
 * Compiled SQL, kept as long as its database is open: compiling cost a third of a save.
 *
 * Invariant: texts are constants of the code (values are always bound), so the number of
 * statements kept is the number of statements written.
 */
import type Database from 'better-sqlite3';

type Sqlite = Database.Database;

const kept = new WeakMap<Sqlite, Map<string, Database.Statement>>();

/** `db.prepare`, once per database and text. */
export function prepared<Parameters extends unknown[], Row = unknown>(db: Sqlite, text: string): Database.Statement<Parameters, Row> {
  let statements = kept.get(db);
  if (statements === undefined) {
    statements = new Map();
    kept.set(db, statements);
  }
  let statement = statements.get(text);
  if (statement === undefined) {
    statement = db.prepare(text);
    statements.set(text, statement);
  }
  return statement as unknown as Database.Statement<Parameters, Row>;
}
