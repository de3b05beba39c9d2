/** Keeps the operator's state in step with the line, the open call, the keys and the screen, for as long as somebody is signed in. */
import { useEffect } from 'react';
import { findObstacle } from '../../../shared/agent/progressive.ts';
import { screenUsed } from '../../../shared/agent/screen-break.ts';
import type { LineScreen } from '../../../shared/contract/line-channels.ts';
import { monotonicMs, systemClock } from '../../../shared/time.ts';
import { onLine } from '../../bridge/line.ts';
import { useWords } from '../../app/i18n.ts';
import { isModifier } from '../../app/keyboard.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useCall } from '../call/call-store.ts';
import { draftOfForm } from '../call/outcome-form.ts';
import { useFollowCall, useRunningCall } from '../call/running-call.ts';
import { beginAgent, leftTheCase, stepAgent, stepMode, useAgent } from './agent-store.ts';
import { seeLine } from './see-line.ts';

const TICK_MS = 250;
/** Keys and the pointer are looked at no more often for the screen's break. */
const USED_EVERY_MS = 5_000;

/** Which call is open, on every screen but the case, which follows it itself. */
export function FollowCall(): null {
  const { locale } = useWords();
  useFollowCall(locale);
  return null;
}

export function useFollowAgent(): void {
  useEffect(() => {
    beginAgent();
    const stops = [followCalls(), followKeys(), followUse(), useNavigation.subscribe(leftTheCase), followCountdown()];
    return () => { for (const stop of stops) stop(); };
  }, []);
}

function followCalls(): () => void {
  let line: LineScreen | null = null;
  const see = (): void => { stepAgent({ kind: 'seen', seen: seeLine(line, useRunningCall.getState().call) }); };
  const stopLine = onLine((message) => {
    if (message.kind !== 'line') return;
    const isElsewhere = message.screen.takenElsewhere !== null && message.screen.takenElsewhere !== line?.takenElsewhere;
    line = message.screen;
    // While another one still rings, that one can be missed.
    if (isElsewhere && line.calls.every(({ state }) => state.phase !== 'offered')) stepAgent({ kind: 'declined' });
    see();
  });
  const stopCall = useRunningCall.subscribe(see);
  see();
  return () => {
    stopLine();
    stopCall();
  };
}

/** The first keystroke in the outcome, or in a note beside it, stops the wrap-up's timer; any key at all stops a countdown. */
function followKeys(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (isModifier(event.key)) return;
    const { phase } = useAgent.getState().mode;
    if (phase === 'counting' || phase === 'opening') {
      stepMode({ kind: 'stop', why: 'key' });
      // It says no: it does not go back to the list as well.
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      return;
    }
    if (!event.ctrlKey && !event.metaKey && !event.altKey && !/^(F\d+|Tab|Escape)$/.test(event.key)) onTyped(event);
  };
  const onTyped = ({ target }: Event): void => {
    if (target instanceof Element && target.closest(typedIn) !== null) stepAgent({ kind: 'typed' });
  };
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('input', onTyped, true);
  return () => {
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('input', onTyped, true);
  };
}

const typedIn = '.panel-outcome :is(input, textarea, select), .inline-form';

function followUse(): () => void {
  let lookedMs = 0;
  const used = (): void => {
    const nowMs = systemClock.nowMs();
    if (nowMs - lookedMs < USED_EVERY_MS && nowMs >= lookedMs) return;
    lookedMs = nowMs;
    useAgent.setState(({ work }) => ({ work: screenUsed(work, nowMs) }));
  };
  const names = ['keydown', 'pointermove', 'wheel'] as const;
  for (const name of names) window.addEventListener(name, used, { capture: true, passive: true });
  // Whoever telephones looks at the screen without touching it.
  const timer = setInterval(() => {
    if (useAgent.getState().agent.call.kind === 'living') used();
  }, 60_000);
  return () => {
    clearInterval(timer);
    for (const name of names) window.removeEventListener(name, used, true);
  };
}

/** Looks at what stands in the way four times a second, and whenever the operator's state changes. */
function followCountdown(): () => void {
  const tick = (): void => {
    const { agent, mode } = useAgent.getState();
    if (mode.phase === 'counting') stepMode({ kind: 'tick', obstacle: findObstacle(agent, isFormOpen()) });
  };
  const timer = setInterval(tick, TICK_MS);
  const stop = useAgent.subscribe((now, before) => {
    if (now.agent !== before.agent) tick();
  });
  return () => {
    clearInterval(timer);
    stop();
  };
}

/** A field in hand, a form or a dialog open, or something written that is not saved. */
function isFormOpen(): boolean {
  const { form, inline } = useCall.getState();
  if (inline !== null || draftOfForm(form, '') !== null) return true;
  return document.activeElement?.matches('input, textarea, select') === true || document.querySelector('[role="dialog"], [role="menu"]') !== null;
}

/** Whether the wrap-up's timer has run out now. */
export function wrapUpIsOver(): boolean {
  const endsAtMs = useAgent.getState().agent.wrapUp?.endsAtMs ?? null;
  return endsAtMs !== null && monotonicMs() >= endsAtMs;
}
