import { describe, expect, it } from 'vitest';
import type { LineScreen } from '../../../shared/contract/line-channels.ts';
import { lineScreenSchema } from '../../../shared/contract/line-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { CallState, CallStep } from '../../../shared/telephone/call-state.ts';
import { newCallState, nextCallState, plainEnd } from '../../../shared/telephone/call-state.ts';
import type { LineState, TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import { newLineScreen, nextLineScreen } from './line-screen.ts';

const empty = newLineScreen({ choice: { microphoneId: null, speakerId: null, ringId: null, processing: true }, globalKeys: false });
let number = 0;
const at = (): { number: number; atMs: number } => {
  number += 1;
  return { number, atMs: 1_000 * number };
};
const line = (name: LineState['name']): TelephoneEvent => ({ ...at(), kind: 'line', line: { name, problem: null, sipStatus: null, retryInMs: null } });

/** A call as the telephone tells it. */
function tellCall(screen: LineScreen, callId: CallId, direction: CallState['direction'], steps: CallStep[]): LineScreen {
  let state = newCallState(direction);
  let shown = nextLineScreen(screen, { ...at(), kind: 'call-begun', callId, caller: { number: null, name: null }, state, waiting: screen.calls.length > 0 }, 'exchange');
  for (const step of steps) {
    state = nextCallState(state, step);
    shown = nextLineScreen(shown, { ...at(), kind: 'call-stepped', callId, step, state }, 'exchange');
  }
  return shown;
}

describe('what is shown of the line', () => {
  it('says what kind of line it is only while there is one', () => {
    const on = nextLineScreen(empty, line('registering'), 'practice');
    expect(on.kind).toBe('practice');
    expect(nextLineScreen(on, line('refused'), 'practice').kind).toBe('practice');
    expect(nextLineScreen(on, line('stopped'), 'practice').kind).toBe('none');
  });

  it('names the call that another place of its group took, and none that was missed or given up by us', () => {
    const [taken, missed, ours] = [newId<CallId>(), newId<CallId>(), newId<CallId>()];
    const end = (cause: 'cancelled' | 'missed'): CallStep => ({ kind: 'ended', end: plainEnd(cause, 'them') });
    const shown = tellCall(tellCall(empty, missed, 'inbound', [end('missed')]), ours, 'outbound', [end('cancelled')]);
    expect(shown.takenElsewhere).toBeNull();
    expect(tellCall(shown, taken, 'inbound', [end('cancelled')])).toMatchObject({ takenElsewhere: taken, calls: [] });
  });

  it('has each call from its beginning to its end, in their order, with the moment of the answer', () => {
    const [one, two] = [newId<CallId>(), newId<CallId>()];
    const first = tellCall(empty, one, 'outbound', [{ kind: 'rings' }, { kind: 'connected' }, { kind: 'held', by: 'us', held: true }]);
    const answeredAtMs = first.calls[0]?.answeredAtMs;
    expect(answeredAtMs).toBeGreaterThan(first.calls[0]?.begunAtMs ?? Infinity);
    const both = tellCall(first, two, 'inbound', []);
    expect(both.calls.map(({ callId, waiting }) => ({ callId, waiting }))).toEqual([{ callId: one, waiting: false }, { callId: two, waiting: true }]);
    expect(both.calls[0]).toMatchObject({ answeredAtMs, state: { heldByUs: true } });
    expect(lineScreenSchema.parse(both)).toEqual(both);
    const end: CallStep = { kind: 'ended', end: plainEnd('hung-up', 'them') };
    const state = nextCallState(newCallState('outbound'), end);
    expect(nextLineScreen(both, { ...at(), kind: 'call-stepped', callId: one, step: end, state }, 'exchange').calls.map(({ callId }) => callId)).toEqual([two]);
  });
});
