/**
 * When a call of the line ends, its outcome is in front: filled in with what the end speaks for where nothing was chosen, and never saved
 * by itself.
 */
import { useEffect, useEffectEvent } from 'react';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useCall } from './call-store.ts';
import { STILL_TALKING } from './end-before-saving.ts';
import { goToOutcome } from './go-to-outcome.ts';
import { defaultsOf } from './outcome-form.ts';

export function usePrefillOutcome(screen: CaseScreen, call: CallScreen | null): void {
  const endedId = call?.telephone?.ended == null ? null : call.callId;
  const suggestCode = call?.telephone?.ended?.suggestCode ?? null;
  const prefill = useEffectEvent(() => {
    const { form, chooseCode, error, setError } = useCall.getState();
    if (error?.code === STILL_TALKING) setError(null);
    if (form.code !== null) return;
    // What came of it is said already: nothing is proposed over it.
    if (call?.isTold === true) return;
    if (suggestCode !== null) chooseCode(suggestCode, defaultsOf(suggestCode, screen));
    else goToOutcome();
  });
  useEffect(() => {
    if (endedId !== null) prefill();
  }, [endedId]);
}
