/** Opens a hub's store: PostgreSQL where a URL says so, else SQLite in the data folder. */
import { join } from 'node:path';
import type { HubStore } from './hub-store.ts';
import { ensureHubId } from './hub-meta.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

export interface StoreLocation { dataDir: string; postgresUrl: string | null }

export async function openStore(location: StoreLocation): Promise<HubStore> {
  const store = location.postgresUrl === null
    ? await openSqlite(sqlitePath(location.dataDir))
    : await openPostgres({ connectionString: location.postgresUrl });
  await ensureHubId(store);
  return store;
}

export function sqlitePath(dataDir: string): string {
  return join(dataDir, 'hub.sqlite');
}
