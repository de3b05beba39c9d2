/**
 * Putting the ended call aside because the next comes first, and going back to one that waits for its outcome.
 *
 * Invariants: what is being typed is on the disk before the call leaves the front, and before another case is opened; a call that is just
 * being hung up is put aside as soon as it has ended, and one that goes on says why it stays.
 */
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { goToCaller } from '../inbound/open-caller.ts';
import { untilHungUp } from '../telephone/hang-up.ts';
import { useLine } from '../telephone/line-store.ts';
import { frontCall } from '../telephone/line-view.ts';
import { saveDraftNow } from './draft-saver.ts';
import { leaveForCase } from './leave-for-case.ts';
import { actOnCall, useRunningCall } from './running-call.ts';
import { saveTypedNow } from './typed-saver.ts';

export function useWaitingCalls(): { putAside: () => Promise<void>; takeUp: () => Promise<void> } {
  const { t, locale, format } = useWords();
  const sayWhy = (): void => {
    const { error } = useRunningCall.getState();
    if (error !== null) useNotice.getState().warn(errorSentence(error.error, t, format));
  };
  /** Whoever is on the line already comes in front. */
  const putAside = async (): Promise<void> => {
    const { call } = useRunningCall.getState();
    if (call === null) return;
    saveTypedNow();
    await saveDraftNow();
    await untilHungUp(call.callId);
    if (!(await actOnCall('put-aside-call', { callId: call.callId, locale }))) {
      sayWhy();
      return;
    }
    useNotice.getState().say(t('call.putAsideDone'));
    const front = frontCall(useLine.getState().screen?.calls ?? []);
    if (front !== null) await goToCaller(front.callId);
  };
  /** Whichever waits longest. */
  const takeUp = async (): Promise<void> => {
    const [first] = useRunningCall.getState().waiting;
    if (first === undefined) return;
    await saveDraftNow();
    if (!(await actOnCall('take-up-call', { callId: first.callId, locale }))) {
      sayWhy();
      return;
    }
    useNotice.getState().say('');
    await leaveForCase(first.caseId);
  };
  return { putAside, takeUp };
}
