/**
 * The operator's state, progressive mode and the screen's break, as this page knows them.
 *
 * Invariant: it lives in the page's memory and nowhere else: no fact, no log, no store and no storage of the browser takes it; while an agreement covers it, leads are told (`use-follow-floor.ts`). A page
 * that was loaded again sees what is on the line and takes the operator for ready, and progressive mode for off.
 */
import { create } from 'zustand';
import type { Agent, AgentStep } from '../../../shared/agent/agent-state.ts';
import { newAgent, nextAgent } from '../../../shared/agent/agent-state.ts';
import type { Progressive, ProgressiveStep } from '../../../shared/agent/progressive.ts';
import { nextProgressive, progressiveOff } from '../../../shared/agent/progressive.ts';
import type { ScreenWork } from '../../../shared/agent/screen-break.ts';
import { newScreenWork } from '../../../shared/agent/screen-break.ts';
import type { CaseId, NumberId } from '../../../shared/id.ts';
import { monotonicMs, systemClock } from '../../../shared/time.ts';
import { useNavigation } from '../../app/navigation-store.ts';

interface AgentStore {
  agent: Agent;
  mode: Progressive;
  work: ScreenWork;
  menuOpen: boolean;
  padOpen: boolean;
  /** A number that was just attached to a case and is to be rung. */
  toDial: { caseId: CaseId; pointId: NumberId } | null;
}

const fresh = (): AgentStore => ({
  agent: newAgent(monotonicMs()), mode: progressiveOff, work: newScreenWork(systemClock.nowMs()), menuOpen: false, padOpen: false, toDial: null,
});

export const useAgent = create<AgentStore>(fresh);

/** Somebody else signed in: nothing of the one before is left. */
export function beginAgent(): void {
  useAgent.setState(fresh());
}

export function stepAgent(step: AgentStep): void {
  const { agent } = useAgent.getState();
  const next = nextAgent(agent, step, monotonicMs());
  if (next !== agent) useAgent.setState({ agent: next });
}

export function stepMode(step: ProgressiveStep): void {
  const { mode } = useAgent.getState();
  const next = nextProgressive(mode, step, monotonicMs());
  if (next !== mode) useAgent.setState({ mode: next });
}

/** The operator said to go on, and this case was opened for it; null: there is none. Does nothing while the mode is off. */
export function goOnWith(caseId: CaseId | null): void {
  stepMode({ kind: 'go', caseId });
  leftTheCase();
}

/** Whoever leaves a case stops what counts for it. */
export function leftTheCase(): void {
  const { mode } = useAgent.getState();
  const { place } = useNavigation.getState();
  if ((mode.phase === 'opening' || mode.phase === 'counting') && !(place.name === 'case' && place.caseId === mode.caseId)) stepMode({ kind: 'stop', why: 'left' });
}

/** Whether the next case is one to be rung at once. */
export function agentModeIsOn(): boolean {
  return useAgent.getState().mode.phase !== 'off';
}
