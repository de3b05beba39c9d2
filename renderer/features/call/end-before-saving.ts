/**
 * An outcome is saved when its call is over. One that only rings is given up by saving; one that is talked on must be hung up first, so
 * that no key of the form ever cuts a customer off.
 */
import type { CallId } from '../../../shared/id.ts';
import { fail } from '../../../shared/result.ts';
import { untilHungUp } from '../telephone/hang-up.ts';
import { actOnLine, useLine } from '../telephone/line-store.ts';
import { livingCall } from '../telephone/line-view.ts';
import { useCall } from './call-store.ts';

export const STILL_TALKING = 'call-still-talking';

/** Answers whether the outcome may be saved now; why not stands in the form. */
export async function endBeforeSaving(callId: CallId | null): Promise<boolean> {
  await untilHungUp(callId);
  const living = livingCall(useLine.getState().screen?.calls ?? [], callId);
  if (living === null) return true;
  if (living.state.phase === 'connected') {
    useCall.getState().setError(fail(STILL_TALKING, 'error.callStillTalking').error);
    return false;
  }
  return actOnLine('hang-up', { callId: living.callId });
}
