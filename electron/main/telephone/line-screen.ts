/**
 * What the page is shown of the line, as a fold over what the telephone tells.
 *
 * Invariants: pure; a call is on the screen from its beginning to its end, in the order in which they began.
 */
import type { LineCall, LineScreen } from '../../../shared/contract/line-channels.ts';
import type { TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import { readUnansweredRing } from '../../../shared/telephone/unanswered-ring.ts';
import type { TelephoneSettings } from './telephone-settings.ts';

/** Nobody is on the line yet. */
export function newLineScreen({ choice, globalKeys }: TelephoneSettings): LineScreen {
  return {
    kind: 'none', line: { name: 'stopped', problem: null, sipStatus: null, retryInMs: null }, calls: [], takenElsewhere: null, audioPageAlive: false,
    devices: { microphones: [], speakers: [] }, choice, globalKeys: { on: globalKeys, taken: [] }, uncommittedCount: 0, recording: null,
  };
}

/** The screen after an event; the same object where nothing of it is shown. */
export function nextLineScreen(screen: LineScreen, event: TelephoneEvent, kind: LineScreen['kind']): LineScreen {
  switch (event.kind) {
    case 'line':
      return { ...screen, line: event.line, kind: event.line.name === 'stopped' ? 'none' : kind };
    case 'call-begun': {
      const { callId, caller, state, waiting, atMs } = event;
      return { ...screen, calls: [...screen.calls, { callId, caller, state, waiting, begunAtMs: atMs, answeredAtMs: null }] };
    }
    case 'call-stepped':
      return {
        ...screen, calls: screen.calls.flatMap((call) => (call.callId === event.callId ? stepped(call, event) : [call])),
        takenElsewhere: isTakenElsewhere(event) ? event.callId : screen.takenElsewhere,
      };
    case 'audio-page':
      return { ...screen, audioPageAlive: event.alive };
    case 'call-heard':
    case 'call-quality':
      return screen;
  }
}

function stepped(call: LineCall, { step, state, atMs }: Extract<TelephoneEvent, { kind: 'call-stepped' }>): LineCall[] {
  if (step.kind === 'ended') return [];
  return [{ ...call, state, answeredAtMs: step.kind === 'connected' ? call.answeredAtMs ?? atMs : call.answeredAtMs }];
}

function isTakenElsewhere({ step, state }: Extract<TelephoneEvent, { kind: 'call-stepped' }>): boolean {
  return step.kind === 'ended' && state.direction === 'inbound' && readUnansweredRing(step.end.cause) === 'taken-elsewhere';
}
