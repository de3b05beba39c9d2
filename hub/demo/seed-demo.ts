/** Placeholder replaced when the demo data lands. */
import type { Clock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';

export async function seedDemo(_store: HubStore, _clock: Clock): Promise<void> {
  throw new Error('no demo data yet');
}
