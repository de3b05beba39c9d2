/**
 * An outcome is saved when its call is over. One that only rings is given up by saving; one that is talked on must be hung up first, so
 * that no key of the form ever cuts a customer off.
 */
import type { CallId, CaseId } from '../../../shared/id.ts';
import { fail } from '../../../shared/result.ts';
import { hangUp, untilHungUp } from '../telephone/hang-up.ts';
import { useLine } from '../telephone/line-store.ts';
import { livingCall } from '../telephone/line-view.ts';
import { useCall } from './call-store.ts';
import { isInFront } from './is-in-front.ts';

export const STILL_TALKING = 'call-still-talking';

/** Answers whether the outcome of this case may be saved now; why not stands in its form. */
export async function endBeforeSaving(caseId: CaseId, callId: CallId | null): Promise<boolean> {
  await untilHungUp(callId);
  const living = lives(callId);
  if (living !== null && living.state.phase !== 'connected') {
    hangUp(living.callId);
    await untilHungUp(living.callId);
  }
  if (lives(callId) === null) return true;
  if (isInFront(caseId)) useCall.getState().setError(fail(STILL_TALKING, 'error.callStillTalking').error);
  return false;
}

function lives(callId: CallId | null): ReturnType<typeof livingCall> {
  return livingCall(useLine.getState().screen?.calls ?? [], callId);
}
