/**
 * Progressive mode: the next case dials by itself after a countdown that one can see and stop.
 *
 *   off ⇄ waiting ──go──▶ opening ──the case is on the screen──▶ counting ──its end──▶ dialling ──▶ waiting
 *            ▲                └────────────── stop (why) ───────────┴── refused ─────────┘
 *            └── why it stopped stands there until the operator goes on
 *
 * Invariants: a countdown begins only with `go`, which is the operator's word: ready, or an outcome that the operator saved; never the end
 * of a wrap-up, nor an outcome that its timer coded. It dials only from `counting`, only the case it counts for, only at its end and only
 * while nothing stands in the way; what stopped it stays said, and nothing but `go` begins it again. Off until somebody switches it on.
 */
import type { CaseId } from '../id.ts';
import type { Agent } from './agent-state.ts';
import { shownAgentState } from './agent-state.ts';

export const progressiveSeconds = [5, 10, 15, 20, 30] as const;
export type ProgressiveSeconds = (typeof progressiveSeconds)[number];

/** Why it does not go on; told as `agent.paused.<why>`. */
export const pauseReasons = ['key', 'form', 'break', 'call', 'line', 'left', 'refused', 'no-case'] as const;
export type PauseReason = (typeof pauseReasons)[number];

export type Progressive =
  | { phase: 'off' }
  | { phase: 'waiting'; why: PauseReason | null }
  | { phase: 'opening'; caseId: CaseId }
  | { phase: 'counting'; caseId: CaseId; endsAtMs: number }
  | { phase: 'dialling'; caseId: CaseId };

export type ProgressiveStep =
  | { kind: 'switch'; on: boolean }
  | { kind: 'go'; caseId: CaseId | null }
  | { kind: 'shown'; caseId: CaseId; seconds: number }
  | { kind: 'stop'; why: PauseReason }
  | { kind: 'tick'; obstacle: PauseReason | null }
  | { kind: 'dialled'; ok: boolean };

export const progressiveOff: Progressive = { phase: 'off' };

/** The state after a step; the same object where the step has no place in it. */
export function nextProgressive(mode: Progressive, step: ProgressiveStep, nowMs: number): Progressive {
  switch (step.kind) {
    case 'switch':
      if (!step.on) return progressiveOff;
      return mode.phase === 'off' ? { phase: 'waiting', why: null } : mode;
    case 'go':
      // A dial that is on its way is answered first.
      if (mode.phase === 'off' || mode.phase === 'dialling') return mode;
      return step.caseId === null ? { phase: 'waiting', why: 'no-case' } : { phase: 'opening', caseId: step.caseId };
    case 'shown':
      if (mode.phase !== 'opening') return mode;
      return mode.caseId === step.caseId ? { phase: 'counting', caseId: step.caseId, endsAtMs: nowMs + step.seconds * 1_000 } : { phase: 'waiting', why: 'left' };
    case 'stop':
      return mode.phase === 'opening' || mode.phase === 'counting' ? { phase: 'waiting', why: step.why } : mode;
    case 'tick':
      if (mode.phase !== 'counting') return mode;
      if (step.obstacle !== null) return { phase: 'waiting', why: step.obstacle };
      return nowMs < mode.endsAtMs ? mode : { phase: 'dialling', caseId: mode.caseId };
    case 'dialled':
      return mode.phase === 'dialling' ? { phase: 'waiting', why: step.ok ? null : 'refused' } : mode;
  }
}

/** What of the operator's state keeps it from dialling; null = nothing. */
export function findObstacle(agent: Agent, isFormOpen: boolean): PauseReason | null {
  if (agent.line !== 'up') return 'line';
  switch (shownAgentState(agent)) {
    case 'ringing': case 'in-call': case 'held': case 'wrap-up': return 'call';
    case 'break': case 'meal': case 'training': case 'meeting': case 'admin': case 'missed': return 'break';
    case 'offline': return 'line';
    case 'ready': return isFormOpen ? 'form' : null;
  }
}

/** Whole seconds still to be shown; null where nothing counts. */
export function secondsLeft(mode: Progressive, nowMs: number): number | null {
  return mode.phase === 'counting' ? Math.max(0, Math.ceil((mode.endsAtMs - nowMs) / 1_000)) : null;
}
