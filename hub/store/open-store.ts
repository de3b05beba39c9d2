/**
 * Opens a hub's store: PostgreSQL where a URL says so, else SQLite in the data folder.
 *
 * Invariant: whoever was erased is erased in what is handed out, also when the database is a restored backup.
 */
import { join } from 'node:path';
import { replayErasures } from '../erasure/replay-erasures.ts';
import type { HubStore } from './hub-store.ts';
import { ensureHubId } from './hub-meta.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

export interface StoreLocation { dataDir: string; postgresUrl: string | null }

export async function openStore(location: StoreLocation): Promise<HubStore> {
  const store = location.postgresUrl === null
    ? await openSqlite(sqlitePath(location.dataDir))
    : await openPostgres({ connectionString: location.postgresUrl });
  try {
    await ensureHubId(store);
    await replayErasures(store, location.dataDir);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

export function sqlitePath(dataDir: string): string {
  return join(dataDir, 'hub.sqlite');
}
