/**
 * Brings a hub's database to this build's form.
 *
 * Invariant: a migration that was published never changes; a database that knows a migration this build does not
 * know comes from a newer hub and is refused untouched.
 */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { Migrator } from 'kysely/migration';
import type { Dialect } from './hub-store.ts';
import type { HubTables } from './tables.ts';
import * as firstTables from './migrations/0001-first-tables.ts';

const migrations: Record<string, { up(db: Kysely<unknown>, dialect: Dialect): Promise<void> }> = {
  '0001-first-tables': firstTables,
};

/** Runs what is missing, all or nothing. Throws with a sentence when the database is from a newer hub. */
export async function migrate(db: Kysely<HubTables>, dialect: Dialect): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(migrations).map(([name, migration]): [string, Migration] => [
            name, { up: (handle: Kysely<unknown>) => migration.up(handle, dialect) },
          ]),
        ),
    },
  });
  const applied = (await migrator.getMigrations()).length;
  if (applied !== Object.keys(migrations).length) throw new Error('the list of migrations is not what the migrator sees');
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && error.message.includes('previously executed migration')) {
    throw new Error('This data folder was written by a newer hub. Update Premura before opening it.', { cause: error });
  }
  throw error;
}
