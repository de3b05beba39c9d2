/** The timer of the lead's side of a hub: who is connected, callbacks that outlive their shift, overviews that are behind. */
import type { Clock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';
import { handOverCallbacks } from './hand-over-callbacks.ts';
import type { Presence } from './presence.ts';
import { refreshOverviews } from './refresh-overviews.ts';

const LOOK_EVERY_MS = 15_000;
/** A turn stays short: desks push meanwhile. */
const OVERVIEWS_PER_TURN = 2_000;

/** Answers how to stop; one look at a time. */
export function keepCallbacks(store: HubStore, clock: Clock, presence: Presence, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  const stopHearing = store.onWhisper((text) => presence.hear(text));
  const look = async (): Promise<void> => {
    await presence.tell(store);
    await handOverCallbacks(store, clock, presence);
    await refreshOverviews(store, clock, OVERVIEWS_PER_TURN);
  };
  const timer = setInterval(() => {
    running ??= look().catch(onError).finally(() => {
      running = null;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stopHearing();
    await running;
  };
}
