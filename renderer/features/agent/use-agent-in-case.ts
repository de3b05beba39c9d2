/**
 * What the operator's state does in the case in front: dials it when its countdown ended, rings a number that was just attached, and codes
 * a call that nobody answered when its wrap-up's time is over.
 *
 * Invariants: whatever is dialled goes through `dial`, the case's own way to the desk's permit; the timer codes "no answer" and "busy" only,
 * and only where the line said so and nobody has touched the form; what the timer coded never leads on to a next call; a number that waits
 * to be rung is forgotten with the case that is left.
 */
import { useEffect, useEffectEvent } from 'react';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { useSettings } from '../../app/settings-store.ts';
import { useCall } from '../call/call-store.ts';
import { defaultsOf, draftOfForm } from '../call/outcome-form.ts';
import { useRunningCall } from '../call/running-call.ts';
import { stepAgent, stepMode, useAgent } from './agent-store.ts';
import { wrapUpIsOver } from './use-follow-agent.ts';

interface Props {
  screen: CaseScreen;
  /** Of this case. */
  call: CallScreen | null;
  /** Rings the chosen number. */
  dial: () => Promise<unknown>;
  save: () => Promise<unknown>;
}

const LOOK_EVERY_MS = 500;
const codedByTimer: readonly OutcomeCode[] = ['NA', 'LB'];

export function useAgentInCase({ screen, call, dial, save }: Props): void {
  const { caseId, numbers } = screen;
  const phase = useAgent(({ mode }) => ('caseId' in mode && mode.caseId === caseId ? mode.phase : 'off'));
  const seconds = useSettings((store) => store.settings.progressiveSeconds);
  const dialNext = useEffectEvent(async () => {
    await dial();
    stepMode({ kind: 'dialled', ok: useRunningCall.getState().call?.caseId === caseId });
  });
  useEffect(() => {
    if (phase === 'opening') stepMode({ kind: 'shown', caseId, seconds });
    if (phase === 'dialling') void dialNext();
  }, [phase, caseId, seconds]);

  const toDial = useAgent((store) => (store.toDial?.caseId === caseId ? store.toDial.pointId : null));
  const isKnown = toDial !== null && numbers.some(({ numberId }) => numberId === toDial);
  const dialAttached = useEffectEvent(() => {
    if (toDial === null) return;
    useAgent.setState({ toDial: null });
    useCall.getState().chooseNumber(toDial, numbers);
    void dial();
  });
  useEffect(() => {
    if (isKnown) dialAttached();
  }, [isKnown]);
  useEffect(() => () => { useAgent.setState({ toDial: null }); }, []);

  const wrapsUp = useAgent(({ agent }) => call !== null && agent.wrapUp?.callId === call.callId && agent.wrapUp.endsAtMs !== null);
  const code = codeOfTimer(call);
  const codeIt = useEffectEvent(() => {
    const { form, saving, chooseCode } = useCall.getState();
    if (code === null || saving || !wrapUpIsOver() || !(form.code === null || form.code === code) || hasMore(form)) return;
    if (form.code === null) chooseCode(code, defaultsOf(code, screen));
    // Once: what cannot be saved is the operator's.
    stepAgent({ kind: 'typed' });
    void save();
  });
  useEffect(() => {
    if (!wrapsUp || code === null) return undefined;
    const timer = setInterval(codeIt, LOOK_EVERY_MS);
    return () => { clearInterval(timer); };
  }, [wrapsUp, code]);
}

/** What the timer saves when it ends; null: it saves nothing, and the outcome is waited for. */
export function codeOfTimer(call: Pick<CallScreen, 'telephone'> | null): OutcomeCode | null {
  const suggested = call?.telephone?.ended?.suggestCode ?? null;
  return suggested !== null && codedByTimer.includes(suggested) ? suggested : null;
}

/** Something beside the code stands in the form. */
function hasMore(form: Parameters<typeof draftOfForm>[0]): boolean {
  return draftOfForm({ ...form, code: null }, '') !== null;
}
