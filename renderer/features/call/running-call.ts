/**
 * The call that runs on this desk, and those that wait for their outcome, as the page knows them.
 *
 * Invariants: a command's answer is newer than any question asked before it, so a slow answer never brings back a gate that has moved;
 * until the desk was asked once nobody knows, and nothing private is shown; peeking ends whenever the gate, or who hears, changes.
 */
import { create } from 'zustand';
import { useEffect } from 'react';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import type { Locale } from '../../../shared/contract/contract.ts';
import { useConnection } from '../../bridge/connection.ts';
import { command, onChanged, query } from '../../bridge/desk.ts';
import type { IntentInput } from '../../bridge/desk.ts';

export type CallAction = 'start-call' | 'check-identity' | 'walk-script' | 'cancel-call' | 'answer-recording' | 'start-recording' | 'stop-recording' | 'put-aside-call' | 'take-up-call';

export type WaitingCalls = QueryOutput<'show-call'>['waiting'];

interface RunningCall {
  isKnown: boolean;
  call: CallScreen | null;
  waiting: WaitingCalls;
  busy: boolean;
  /** What a step of the call was refused for; it stands where the step was asked. */
  error: { action: CallAction; error: AppError } | null;
  /** Whose ear the private panel was opened beside (`who-hears.ts`); null: it is closed. */
  peekedBy: string | null;
}

export const useRunningCall = create<RunningCall>(() => ({ isKnown: false, call: null, waiting: [], busy: false, error: null, peekedBy: null }));

let version = 0;

/** What has not changed stays the same object, so that only what shows a step is drawn anew with it. */
function keep(answered: CallScreen | null): void {
  const before = useRunningCall.getState();
  const walk = answered?.walk ?? null;
  const call = answered === null ? null : {
    ...answered, gate: sameOr(before.call?.gate, answered.gate), telephone: sameOr(before.call?.telephone, answered.telephone), recording: sameOr(before.call?.recording, answered.recording), walk: walk === null ? null : { ...walk, objections: sameOr(before.call?.walk?.objections, walk.objections) },
  };
  if (before.isKnown && isSame(before.call, call)) return;
  useRunningCall.setState({ isKnown: true, call });
}

/** Both came from the desk as JSON does, with their keys in the contract's order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function sameOr<Value>(before: Value | undefined, now: Value): Value {
  return before !== undefined && isSame(before, now) ? before : now;
}

/** Asks the desk which call runs; an answer that a command has overtaken is dropped and asked for again. */
export async function refreshCall(locale: Locale): Promise<void> {
  const mine = version;
  const result = await query('show-call', { locale });
  if (mine !== version) return refreshCall(locale);
  if (!result.ok) return;
  keep(result.value.call);
  const { waiting } = useRunningCall.getState();
  if (!isSame(waiting, result.value.waiting)) useRunningCall.setState({ waiting: result.value.waiting });
}

/** Does one thing with the call; what the desk refuses stands as `error` until the next one. */
export async function actOnCall<Name extends CallAction>(action: Name, input: IntentInput<Name>): Promise<boolean> {
  if (useRunningCall.getState().busy) return false;
  version += 1;
  useRunningCall.setState({ busy: true, error: null });
  const result = (await command(action, input)) as Result<{ call: CallScreen | null }>;
  version += 1;
  useRunningCall.setState({ busy: false, error: result.ok ? null : { action, error: result.error } });
  if (result.ok) keep(result.value.call);
  return result.ok;
}

/** The outcome has closed the call. */
export function callClosed(): void {
  version += 1;
  keep(null);
  useRunningCall.setState({ error: null });
}

/** Follows the desk's call for as long as a case is shown. */
export function useFollowCall(locale: Locale): void {
  const generation = useConnection((store) => store.generation);
  useEffect(() => {
    void refreshCall(locale);
    return onChanged((changed) => {
      if (changed.what.some((what) => what === 'call' || what === 'session')) void refreshCall(locale);
    });
  }, [locale, generation]);
}

/** This case's call, or null. */
export function useCallOf(caseId: CaseId): CallScreen | null {
  return useRunningCall(({ call }) => (call?.caseId === caseId ? call : null));
}

/** Whether what only the right party may hear is kept off the screen: from the start of a call until the gate is confirmed. */
export function isHidden(call: Pick<CallScreen, 'gate'> | null): boolean {
  return call !== null && call.gate.state !== 'confirmed';
}
