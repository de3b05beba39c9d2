/**
 * What an operator is doing now, for the operator's own screen.
 *
 *   ready ⇄ break · meal · training · meeting · admin        chosen, at once where nothing is on the line
 *     │ a call rings                 │ a call begins
 *     ▼                              ▼
 *   ringing ──answered──────────▶ in-call ⇄ held ──ends──▶ wrap-up (45 s, longer on request) ──outcome saved, or told and closed──▶ next, or as before
 *     └──nobody answered──▶ missed ──choose──▶ …
 *   offline: the line is lost, while nothing of the above is on it
 *
 * Invariants: what is chosen while a call or its outcome is in hand waits as `next` and is entered after it, never before; a wrap-up ends
 * with its outcome, or with the closing of a call whose outcome was saved while it went on (`told-in-call.ts`), and in no other way; its timer is stopped for good by the first keystroke and by another call, and never ends a wrap-up.
 * Pure and made anew from what is seen: presence is nobody's record, so it is never a fact, a log line or a row of any store (who else is told of it, and when: ADR 0028).
 */
import type { CallId } from '../id.ts';

export const breakReasons = ['break', 'meal', 'training', 'meeting', 'admin'] as const;
export const agentChoices = ['ready', ...breakReasons] as const;
export type AgentChoice = (typeof agentChoices)[number];

export const shownAgentStates = [...agentChoices, 'ringing', 'in-call', 'held', 'wrap-up', 'missed', 'offline'] as const;
export type ShownAgentState = (typeof shownAgentStates)[number];

export const WRAP_UP_MS = 45_000;

/** What is in front on the line; a call that waits behind another is not. */
export type SeenCall =
  | { kind: 'none' }
  | { kind: 'offered' }
  | { kind: 'living'; held: boolean }
  /** It ended on the line and its outcome is not saved. */
  | { kind: 'to-code'; callId: CallId };

export interface Seen {
  /** `none`: calls are made by hand. */
  line: 'none' | 'up' | 'down';
  call: SeenCall;
}

export interface Agent extends Seen {
  choice: AgentChoice;
  next: AgentChoice | null;
  /** `endsAtMs` null: the timer was stopped. `dueAtMs`: the set time with its extensions, whether or not the timer runs. */
  wrapUp: { callId: CallId; endsAtMs: number | null; dueAtMs: number } | null;
  isMissed: boolean;
  /** What rings was refused by the operator, or taken at another place: then nobody missed it. */
  isDeclined: boolean;
  /** Since when the shown state stands. */
  sinceMs: number;
}

export type AgentStep =
  | { kind: 'seen'; seen: Seen }
  | { kind: 'choose'; choice: AgentChoice }
  | { kind: 'declined' }
  | { kind: 'typed' }
  | { kind: 'extend' };

/** Somebody who has just signed in is ready: what was chosen yesterday is not known. */
export function newAgent(nowMs: number): Agent {
  return { line: 'none', call: { kind: 'none' }, choice: 'ready', next: null, wrapUp: null, isMissed: false, isDeclined: false, sinceMs: nowMs };
}

/** The state after a step; the same object where nothing changed. `nowMs` is any clock that does not go back. */
export function nextAgent(agent: Agent, step: AgentStep, nowMs: number): Agent {
  const stepped = take(agent, step, nowMs);
  return shownAgentState(stepped) === shownAgentState(agent) ? stepped : { ...stepped, sinceMs: nowMs };
}

function take(agent: Agent, step: AgentStep, nowMs: number): Agent {
  switch (step.kind) {
    case 'seen':
      return see(agent, step.seen, nowMs);
    case 'choose':
      return isBusy(agent) ? { ...agent, next: step.choice } : { ...agent, choice: step.choice, next: null, isMissed: false };
    case 'declined':
      return agent.call.kind === 'offered' ? { ...agent, isDeclined: true } : agent;
    case 'typed':
      return agent.wrapUp?.endsAtMs == null ? agent : { ...agent, wrapUp: { ...agent.wrapUp, endsAtMs: null } };
    case 'extend':
      return extend(agent, nowMs);
  }
}

function extend(agent: Agent, nowMs: number): Agent {
  if (agent.wrapUp?.endsAtMs == null) return agent;
  const endsAtMs = Math.max(agent.wrapUp.endsAtMs, nowMs) + WRAP_UP_MS;
  return { ...agent, wrapUp: { ...agent.wrapUp, endsAtMs, dueAtMs: endsAtMs } };
}

function see(agent: Agent, { line, call }: Seen, nowMs: number): Agent {
  if (agent.line === line && isSameCall(agent.call, call)) return agent;
  const wasMissed = agent.call.kind === 'offered' && call.kind !== 'offered' && call.kind !== 'living' && !agent.isDeclined;
  const seen: Agent = {
    ...agent, line, call,
    isMissed: call.kind === 'living' ? false : agent.isMissed || wasMissed,
    isDeclined: call.kind === 'offered' && agent.isDeclined,
  };
  switch (call.kind) {
    case 'to-code':
      return agent.wrapUp?.callId === call.callId ? seen : { ...seen, wrapUp: { callId: call.callId, endsAtMs: nowMs + WRAP_UP_MS, dueAtMs: nowMs + WRAP_UP_MS } };
    case 'living':
    case 'offered':
      return agent.wrapUp === null ? seen : { ...seen, wrapUp: { ...agent.wrapUp, endsAtMs: null } };
    case 'none':
      return { ...seen, wrapUp: null, choice: agent.next ?? agent.choice, next: null };
  }
}

function isSameCall(one: SeenCall, other: SeenCall): boolean {
  if (one.kind === 'living' && other.kind === 'living') return one.held === other.held;
  if (one.kind === 'to-code' && other.kind === 'to-code') return one.callId === other.callId;
  return one.kind === other.kind;
}

/** A call, or the outcome of one, is in hand: what is chosen now is entered after it. */
export function isBusy({ call, wrapUp }: Pick<Agent, 'call' | 'wrapUp'>): boolean {
  return call.kind !== 'none' || wrapUp !== null;
}

/** The one word of the chip. */
export function shownAgentState({ call, wrapUp, line, isMissed, choice }: Agent): ShownAgentState {
  if (call.kind === 'living') return call.held ? 'held' : 'in-call';
  if (call.kind === 'offered') return 'ringing';
  if (wrapUp !== null) return 'wrap-up';
  if (line === 'down') return 'offline';
  if (isMissed) return 'missed';
  return choice;
}

/** Beyond the set time and its extensions, whether or not the timer was stopped: this is what a lead is told of it. */
export function wrapUpIsOverdue(agent: Agent, nowMs: number): boolean {
  return shownAgentState(agent) === 'wrap-up' && agent.wrapUp !== null && nowMs >= agent.wrapUp.dueAtMs;
}

/** What is left of the wrap-up, never below 0; null: there is none, or its timer was stopped. */
export function wrapUpLeftMs({ wrapUp }: Pick<Agent, 'wrapUp'>, nowMs: number): number | null {
  return wrapUp?.endsAtMs == null ? null : Math.max(0, wrapUp.endsAtMs - nowMs);
}
