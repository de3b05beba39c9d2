/**
 * A hub's data folder with operators and cases in it, made before any hub runs on it: these
 * tests are not about imports.
 */
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import { systemClock } from '../../shared/time.ts';
import { plantCase } from '../integration/hub-receivables.ts';

export const PASSWORD = 'a-long-password';
export const CASES_EACH = 4;

/** Adds the collectors `op-1` … `op-N`, each with cases, and the administrator `admin`. */
export async function plantHub(dataDir: string, operatorCount: number): Promise<string[]> {
  const store = await openStore({ dataDir, postgresUrl: null });
  try {
    const names = Array.from({ length: operatorCount }, (_, index) => `op-${String(index + 1)}`);
    const admin = await addUser(store, systemClock, { username: 'admin', displayName: 'Admin', role: 'admin', password: PASSWORD });
    if (!admin.ok) throw new Error(admin.refusal.code);
    for (const username of names) {
      const added = await addUser(store, systemClock, { username, displayName: username, role: 'collector', password: PASSWORD });
      if (!added.ok) throw new Error(added.refusal.code);
      for (let place = 0; place < CASES_EACH; place += 1) {
        await plantCase(store, added.value.userId, { name: `Customer ${String(place)}`, residualCents: 1_000_000 });
      }
    }
    return names;
  } finally {
    await store.close();
  }
}
