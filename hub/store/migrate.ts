/**
 * Brings a hub's database to this build's form.
 *
 * Invariant: a migration that was published never changes; a database that knows a migration this build does not
 * know comes from a newer hub and is refused untouched.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { Migrator } from 'kysely/migration';
import type { Dialect } from './hub-store.ts';
import type { HubTables } from './tables.ts';
import * as firstTables from './migrations/0001-first-tables.ts';
import * as leasesOfDesks from './migrations/0002-leases-of-desks.ts';
import * as imports from './migrations/0003-imports.ts';
import * as lead from './migrations/0004-lead.ts';
import * as conduct from './migrations/0005-conduct.ts';
import * as telephone from './migrations/0006-telephone.ts';
import * as payments from './migrations/0007-payments.ts';
import * as mail from './migrations/0008-mail.ts';
import * as inbound from './migrations/0009-inbound.ts';
import * as ibanTail from './migrations/0010-iban-tail.ts';

const migrations: Record<string, { up(db: Kysely<unknown>, dialect: Dialect): Promise<void> }> = {
  '0001-first-tables': firstTables,
  '0002-leases-of-desks': leasesOfDesks,
  '0003-imports': imports,
  '0004-lead': lead,
  '0005-conduct': conduct,
  '0006-telephone': telephone,
  '0007-payments': payments,
  '0008-mail': mail,
  '0009-inbound': inbound,
  '0010-iban-tail': ibanTail,
};

const MIGRATION_TABLE = 'kysely_migration';

/**
 * Runs what is missing, all or nothing; writes nothing when nothing is missing, so that a second process may open a
 * busy database. Throws with a sentence when the database is from a newer hub.
 */
export async function migrate(db: Kysely<HubTables>, dialect: Dialect): Promise<void> {
  const applied = await appliedMigrations(db);
  if (applied.some((name) => migrations[name] === undefined)) {
    throw new Error('This data folder was written by a newer hub. Update Premura before opening it.');
  }
  if (applied.length === Object.keys(migrations).length) return;
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
    migrationTableName: MIGRATION_TABLE,
  });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error('the migration failed', { cause: error });
}

async function appliedMigrations(db: Kysely<HubTables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === MIGRATION_TABLE)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(db);
  return rows.map((row) => row.name);
}
