/**
 * The line as it is drawn: which call is in front, what may be done with it, in which words its state is told.
 *
 * Invariant: pure; what rings is never in front, and only a call that goes to an extension may be joined with another one: two callers
 * never hear each other by mistake.
 */
import type { LineCall, LineScreen } from '../../../shared/contract/line-channels.ts';
import type { CallTelephone, TelephoneScreen } from '../../../shared/contract/telephone-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import { shownCallState } from '../../../shared/telephone/call-state.ts';
import { isExtension } from '../../../shared/telephone/dial-target.ts';

/** `none`: nothing to show, calls are made by hand. */
export const linePhases = ['none', 'ready', 'connecting', 'waiting', 'refused', 'no-sound'] as const;
export type LinePhase = (typeof linePhases)[number];

/** How the line stands, in one word. */
export function linePhase(screen: LineScreen | null): LinePhase {
  if (screen === null || screen.kind === 'none') return 'none';
  switch (screen.line.name) {
    case 'registered':
      return screen.audioPageAlive ? 'ready' : 'no-sound';
    case 'connecting':
    case 'registering':
      return 'connecting';
    case 'waiting':
    case 'stopped':
      return 'waiting';
    case 'refused':
      return 'refused';
  }
}

/** Why nothing can be dialled now, and what to do; null: it can. */
export function whatIsInTheWay(screen: LineScreen | null): AppError | null {
  switch (linePhase(screen)) {
    case 'ready':
      return frontCall(screen?.calls ?? []) === null ? null : fail('telephone-call-in-front', 'error.telephoneCallInFront').error;
    case 'no-sound':
      return fail('telephone-no-sound', 'error.telephoneNoSound', {}, true).error;
    case 'none': case 'connecting': case 'waiting': case 'refused':
      return fail('telephone-line-lost', 'error.telephoneLineLost', {}, true).error;
  }
}

/** Calls that ring and nobody has accepted, oldest first. */
export function ringingCalls(calls: readonly LineCall[]): LineCall[] {
  return calls.filter(({ state }) => state.phase === 'offered');
}

/** The call that the operator has an ear on: one that is not held, else the one that was begun last; null: none. */
export function frontCall(calls: readonly LineCall[]): LineCall | null {
  const taken = calls.filter(({ state }) => state.phase !== 'offered' && state.phase !== 'ended');
  return taken.findLast(({ state }) => !state.heldByUs) ?? taken.at(-1) ?? null;
}

/** The call that waits on hold behind the one in front, or is in one conversation with it. */
export function callBehind(calls: readonly LineCall[]): LineCall | null {
  const front = frontCall(calls);
  return calls.find((call) => call !== front && call.state.phase === 'connected' && (call.state.heldByUs || call.state.isJoined)) ?? null;
}

/** A call of ours to an extension. */
export function isColleague({ state, caller }: LineCall): boolean {
  return state.direction === 'outbound' && caller.number !== null && isExtension(caller.number);
}

/** The colleague in front and who waits behind them, or talks along: what an attended transfer connects. */
export function consultation(calls: readonly LineCall[]): { colleague: LineCall; customer: LineCall } | null {
  const [colleague, customer] = [frontCall(calls), callBehind(calls)];
  return colleague === null || customer === null || !isColleague(colleague) || isColleague(customer) ? null : { colleague, customer };
}

/** The words of a call's state: `telephone.state.<word>`. */
export const callWords = ['dialling', 'ringing', 'offered', 'answering', 'talking', 'joined', 'held-by-us', 'held-by-them', 'transferring', 'ended'] as const;

export function callWord({ state }: Pick<LineCall, 'state'>): (typeof callWords)[number] {
  const shown = shownCallState(state);
  if (shown === 'talking' && state.isJoined) return 'joined';
  if (shown !== 'held') return shown;
  return state.heldByUs ? 'held-by-us' : 'held-by-them';
}

/** Whether nobody hears and nobody is heard while the call stands. */
export function isSoundLost({ state }: Pick<LineCall, 'state'>): boolean {
  return state.phase === 'connected' && state.sound === 'lost';
}

/** What may be done with the call in front. */
export function whatMayBeDone(call: LineCall): { hold: boolean; mute: boolean; digits: boolean; transfer: boolean } {
  const { phase, heldByUs, transfer } = call.state;
  const stands = phase === 'connected' && transfer === 'none';
  return { hold: stands && !call.state.isJoined, mute: stands, digits: stands && !heldByUs, transfer: stands && !isColleague(call) };
}

/** A call that came in, was accepted, and is no case's yet; the one that is heard first. The line says whether it was accepted: it knows first. */
export function unclaimedCall(screen: TelephoneScreen | null, calls: readonly LineCall[]): TelephoneScreen['calls'][number] | null {
  const accepted = calls.filter(({ state }) => state.direction === 'inbound' && state.phase !== 'offered' && state.phase !== 'ended');
  const front = frontCall(calls);
  const free = (screen?.calls ?? []).filter(({ callId }) => accepted.some((call) => call.callId === callId));
  return free.find(({ callId }) => callId === front?.callId) ?? free[0] ?? null;
}

/** Missed calls that came after the list was last looked at. */
export function missedSince(screen: TelephoneScreen | null, seenMs: number): TelephoneScreen['calls'] {
  return (screen?.calls ?? []).filter(({ isMissed, atMs }) => isMissed && atMs > seenMs);
}

/** Until when a call that fell may be taken up again; null: it may not. */
export function resumableUntil(telephone: CallTelephone | null, nowMs: number): number | null {
  const untilMs = telephone?.ended?.resumeUntilMs ?? null;
  return untilMs !== null && untilMs > nowMs ? untilMs : null;
}

/** The call of the case as main has it, while it lives. */
export function livingCall(calls: readonly LineCall[], callId: CallId | null): LineCall | null {
  return calls.find((call) => call.callId === callId && call.state.phase !== 'ended') ?? null;
}
