/**
 * Hanging up a call, and whatever was asked right after it.
 *
 * Invariant: between the key and the line's word the call is neither talked on nor over: what depends on it waits for that word, and not
 * longer than anybody waits (the answer to the key may come before it).
 */
import type { CallId } from '../../../shared/id.ts';
import { actOnLine, useLine } from './line-store.ts';
import { livingCall } from './line-view.ts';

const LONGEST_WAIT_MS = 2_000;

let hangingUp: { callId: CallId; done: Promise<void> } | null = null;

export function hangUp(callId: CallId): void {
  const done = endCall(callId).finally(() => {
    if (hangingUp?.done === done) hangingUp = null;
  });
  hangingUp = { callId, done };
}

/** Resolves at once where this call is not being hung up. */
export async function untilHungUp(callId: CallId | null): Promise<void> {
  if (hangingUp?.callId === callId) await hangingUp.done;
}

async function endCall(callId: CallId): Promise<void> {
  const isOver = (): boolean => livingCall(useLine.getState().screen?.calls ?? [], callId) === null;
  if (!(await actOnLine('hang-up', { callId })) || isOver()) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, LONGEST_WAIT_MS);
    const stop = useLine.subscribe(() => { if (isOver()) end(); });
  });
}
