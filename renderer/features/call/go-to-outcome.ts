/** To the field of the outcome's code, where it is what comes next: no code is chosen, nothing is said of the call yet, and nobody types. */
import { useCall } from './call-store.ts';
import { useRunningCall } from './running-call.ts';

export function goToOutcome(): void {
  const isTyping = document.activeElement?.matches('input, textarea, select') ?? false;
  if (isTyping || useCall.getState().form.code !== null || useRunningCall.getState().call?.isTold === true) return;
  document.getElementById('outcome-code')?.focus();
}
