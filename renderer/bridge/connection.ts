/**
 * The page's link to the desk: its state, and the moment it comes back.
 *
 * Invariant: nobody sleeps in the hope that the desk returned; a repeat waits for the
 * `connected` notice, with a short pause only where no notice will come.
 */
import { create } from 'zustand';
import type { ConnectionState } from './preload-api.ts';

interface ConnectionStore {
  state: ConnectionState;
  /** Grows each time the desk comes back: what is shown is asked again. */
  generation: number;
}

export const useConnection = create<ConnectionStore>(() => ({ state: 'connected', generation: 0 }));

const PAUSE_MS = 150;
const PATIENCE_MS = 10_000;

/** Starts to follow the connection; call once, before the first request. */
export function followConnection(): void {
  window.premura.onConnection((state) => {
    useConnection.setState((previous) => {
      const cameBack = state === 'connected' && previous.state !== 'connected';
      return { state, generation: previous.generation + (cameBack ? 1 : 0) };
    });
  });
}

/** Settles when the desk is connected again; without a notice, after a pause that grows with `attempt`. */
export function whenReachable(attempt: number): Promise<void> {
  return new Promise((resolve) => {
    const waitMs = useConnection.getState().state === 'connected' ? PAUSE_MS * attempt : PATIENCE_MS;
    const finish = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(finish, waitMs);
    const stop = useConnection.subscribe((now, before) => {
      if (now.generation !== before.generation) finish();
    });
  });
}
