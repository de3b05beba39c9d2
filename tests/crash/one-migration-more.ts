/**
 * A migration that comes after today's newest, for the crash tests: it grows a table, fills what it grew and makes an
 * index, as real ones do. Import it where a store is to be opened by a later version.
 */
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { migrations } from '../../electron/desk/store/migrations/index.ts';

(migrations as ((db: Sqlite) => void)[]).push((db) => {
  db.exec('ALTER TABLE facts ADD COLUMN header_length INTEGER');
  db.exec('UPDATE facts SET header_length = length(header)');
  db.exec('CREATE INDEX facts_by_length ON facts (header_length)');
});
