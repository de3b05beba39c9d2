/** A planted fault, loaded before the hub: a push is answered, and committed only a moment later. */
import Database from 'better-sqlite3';

const COMMIT_AFTER_MS = 5_000;
const late = new Map<Database.Database, NodeJS.Timeout>();
const factsBefore = new Map<Database.Database, number>();
const exec = Database.prototype.exec;

function countFacts(database: Database.Database): number {
  return database.prepare<[], { count: number }>('SELECT count(*) AS count FROM facts').get()?.count ?? 0;
}

function commitNow(database: Database.Database): void {
  clearTimeout(late.get(database));
  if (late.delete(database)) exec.call(database, 'COMMIT');
}

Object.defineProperty(Database.prototype, 'exec', {
  value(this: Database.Database, text: string) {
    if (text === 'BEGIN IMMEDIATE') {
      commitNow(this);
      factsBefore.set(this, countFacts(this));
    }
    if (text !== 'COMMIT' || countFacts(this) === factsBefore.get(this)) return exec.call(this, text);
    late.set(this, setTimeout(() => commitNow(this), COMMIT_AFTER_MS));
    return this;
  },
});
