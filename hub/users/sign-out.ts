/** Ends one session at once. */
import type { HubStore } from '../store/hub-store.ts';

export async function signOut(store: HubStore, sessionId: string): Promise<void> {
  await store.write(async (tx) => {
    await tx.deleteFrom('sessions').where('session_id', '=', sessionId).execute();
  });
}
