/**
 * Keeps what is typed into the step of a call, at every pause, so that a page that was loaded again shows it.
 *
 * Invariants: what is typed into one call goes to no other; what an answer has carried is not sent after it.
 */
import { command } from '../../bridge/desk.ts';
import { useRunningCall } from './running-call.ts';

const PAUSE_MS = 400;
let timer: ReturnType<typeof setTimeout> | undefined;
let pending: Parameters<typeof command<'keep-typed'>>[1] | null = null;

/** Notes what stands in the fields of a step; before a call nothing of it is kept. */
export function noteTyped(stepId: string, values: Readonly<Record<string, string>>): void {
  const callId = useRunningCall.getState().call?.callId;
  if (callId === undefined) return;
  pending = { callId, stepId, values: { ...values } };
  clearTimeout(timer);
  timer = setTimeout(saveTypedNow, PAUSE_MS);
}

/** Sends what waits, now: when the page goes. One that could not be kept is sent again with the next key. */
export function saveTypedNow(): void {
  clearTimeout(timer);
  const mine = pending;
  pending = null;
  if (mine !== null) void command('keep-typed', mine);
}

/** The step was answered. */
export function dropTyped(): void {
  clearTimeout(timer);
  pending = null;
}
