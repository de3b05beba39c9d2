/**
 * One call of the practice line: what the far end does by itself, at its own times.
 *
 * Invariants: every change is told as a step, once, in order, by the same states as on an exchange; after the end the far end does nothing more.
 */
import type { PracticeBehaviour } from '../../../shared/contract/line-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import type { CallEnd } from '../../../shared/telephone/call-end.ts';
import { endOfRefusal } from '../../../shared/telephone/call-end.ts';
import type { CallState, CallStep } from '../../../shared/telephone/call-state.ts';
import { newCallState, nextCallState, plainEnd } from '../../../shared/telephone/call-state.ts';

export interface PracticeCall {
  readonly callId: CallId;
  state(): CallState;
  step(step: CallStep): void;
  end(end: CallEnd): void;
  /** Does something later, unless the call has ended by then. */
  later(afterMs: number, work: () => void): void;
}

export const RINGS_AFTER_MS = 400;
export const ANSWERS_AFTER_MS = 3_000;
export const ANSWERS_LATE_AFTER_MS = 12_000;
export const REFUSED_AFTER_MS = 900;
export const DROPS_AFTER_MS = 8_000;
const DECLINED = 603;
const BUSY_HERE = 486;
const NOT_FOUND = 404;

/** A call at its beginning. */
export function createPracticeCall(callId: CallId, direction: CallState['direction'], onStep: (call: PracticeCall, step: CallStep) => void): PracticeCall {
  let state = newCallState(direction);
  const timers = new Set<NodeJS.Timeout>();
  const call: PracticeCall = {
    callId,
    state: () => state,
    step: (step) => {
      const next = nextCallState(state, step);
      if (next === state) return;
      state = next;
      if (step.kind === 'ended') for (const timer of timers) clearTimeout(timer);
      onStep(call, step);
    },
    end: (end) => { call.step({ kind: 'ended', end }); },
    later: (afterMs, work) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, afterMs);
      timers.add(timer);
    },
  };
  return call;
}

/** Lets the far end of a call that goes out do what its number stands for. */
export function behave(call: PracticeCall, behaviour: PracticeBehaviour, ringForMs: number): void {
  const refuse = (sipStatus: number): void => { call.end(endOfRefusal({ sipStatus, q850: null })); };
  const ring = (): void => { call.later(RINGS_AFTER_MS, () => { call.step({ kind: 'rings' }); }); };
  const answer = (afterMs: number): void => {
    ring();
    call.later(afterMs, () => { call.step({ kind: 'connected' }); });
  };
  switch (behaviour) {
    case 'answers':
      answer(ANSWERS_AFTER_MS);
      return;
    case 'answers-late':
      answer(ANSWERS_LATE_AFTER_MS);
      return;
    case 'drops':
      answer(ANSWERS_AFTER_MS);
      call.later(ANSWERS_AFTER_MS + DROPS_AFTER_MS, () => { call.end(plainEnd('dropped', 'network')); });
      return;
    case 'refuses':
      ring();
      call.later(ANSWERS_AFTER_MS, () => { refuse(DECLINED); });
      return;
    case 'never-answers':
      ring();
      call.later(ringForMs, () => { call.end(plainEnd('no-answer', 'us')); });
      return;
    case 'busy':
      call.later(REFUSED_AFTER_MS, () => { refuse(BUSY_HERE); });
      return;
    case 'not-in-service':
      call.later(REFUSED_AFTER_MS, () => { refuse(NOT_FOUND); });
  }
}
