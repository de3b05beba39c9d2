import { beforeEach, describe, expect, it } from 'vitest';
import type { LineCall, LineScreen } from '../../../shared/contract/line-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { newCallState, nextCallState } from '../../../shared/telephone/call-state.ts';
import { movedDevices, takeMessage, useLine } from './line-store.ts';

const screen: LineScreen = {
  kind: 'exchange', line: { name: 'registered', problem: null, sipStatus: 200, retryInMs: null }, calls: [], audioPageAlive: true,
  devices: { microphones: [], speakers: [] }, choice: { microphoneId: null, speakerId: null, ringId: null, processing: true },
  globalKeys: { on: false, taken: [] }, uncommittedCount: 0, recording: null, takenElsewhere: null,
};
const device = (label: string): { deviceId: string; label: string } => ({ deviceId: label, label });

function inbound(callId: CallId, isConnected: boolean): LineCall {
  const offered = newCallState('inbound');
  const state = isConnected ? nextCallState(nextCallState(offered, { kind: 'accepted' }), { kind: 'connected' }) : offered;
  return { callId, caller: { number: null, name: null }, state, waiting: false, begunAtMs: 0, answeredAtMs: null };
}

beforeEach(() => {
  useLine.setState({ screen: null, retryAtMs: null, panel: 'none', error: null, dialled: null, moved: { gone: [], back: [] } });
});

describe('what main tells', () => {
  it('a pause until the next attempt runs on while the same is told again', () => {
    const waiting = { ...screen, line: { name: 'waiting', problem: 'unreachable', sipStatus: null, retryInMs: 8_000 } as const };
    takeMessage({ kind: 'line', screen: waiting });
    const { retryAtMs } = useLine.getState();
    expect(retryAtMs).not.toBeNull();
    takeMessage({ kind: 'line', screen: { ...waiting, uncommittedCount: 1 } });
    expect(useLine.getState().retryAtMs).toBe(retryAtMs);
    takeMessage({ kind: 'line', screen });
    expect(useLine.getState().retryAtMs).toBeNull();
  });

  it('a panel of a call closes with it', () => {
    takeMessage({ kind: 'line', screen: { ...screen, calls: [inbound(newId<CallId>(), true)] } });
    useLine.setState({ panel: 'digits' });
    takeMessage({ kind: 'line', screen });
    expect(useLine.getState().panel).toBe('none');
  });

  it('levels leave the line as it is', () => {
    takeMessage({ kind: 'line', screen });
    takeMessage({ kind: 'level', microphone: 0.4, received: 0 });
    expect(useLine.getState()).toMatchObject({ screen, level: { microphone: 0.4, received: 0 } });
  });
});

describe('devices', () => {
  it('that go and come back are named; the first list is no news', () => {
    const none = { microphones: [], speakers: [] };
    const two = { microphones: [device('Headset')], speakers: [device('Headset'), device('Screen')] };
    const one = { microphones: [], speakers: [device('Screen')] };
    expect(movedDevices(none, two)).toBeNull();
    expect(movedDevices(two, one)).toEqual({ gone: ['Headset'], back: [] });
    expect(movedDevices(one, two)).toEqual({ gone: [], back: ['Headset'] });
    expect(movedDevices(two, two)).toBeNull();
  });
});
