import { describe, expect, it } from 'vitest';
import type { LineCall, LineScreen } from '../../../shared/contract/line-channels.ts';
import type { CallTelephone } from '../../../shared/contract/telephone-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { CallState } from '../../../shared/telephone/call-state.ts';
import { newCallState } from '../../../shared/telephone/call-state.ts';
import { seeLine } from './see-line.ts';

const callId = newId<CallId>();
const onLine = (state: Partial<CallState>, direction: CallState['direction'] = 'outbound'): LineCall => ({
  callId: newId<CallId>(), caller: { number: null, name: null }, state: { ...newCallState(direction), ...state }, waiting: false, begunAtMs: 1, answeredAtMs: null,
});
const line = (calls: LineCall[] = [], name: LineScreen['line']['name'] = 'registered', kind: LineScreen['kind'] = 'exchange'): LineScreen => ({
  kind, line: { name, problem: null, sipStatus: null, retryInMs: null }, calls, audioPageAlive: true,
  devices: { microphones: [], speakers: [] }, choice: { microphoneId: null, speakerId: null, ringId: null } as unknown as LineScreen['choice'],
  globalKeys: { on: false, taken: [] }, uncommittedCount: 0, recording: null, takenElsewhere: null,
});
const telephone = (parts: Partial<CallTelephone> = {}): CallTelephone => ({ shown: 'talking', heldByUs: false, heldByThem: false, sound: 'there', answeredAtMs: 1, ended: null, ...parts });
const ended: CallTelephone['ended'] = { cause: 'hung-up', by: 'them', talkSeconds: 3, isDropped: false, suggestCode: null, resumeUntilMs: null };

describe('seeLine', () => {
  it.each([
    ['none', null], ['none', line([], 'stopped', 'none')], ['up', line()], ['up', line([], 'registered', 'practice')],
    ['down', line([], 'connecting')], ['down', line([], 'waiting')], ['down', line([], 'refused')], ['down', line([], 'registering')],
  ] as const)('the line is %s', (state, screen) => {
    expect(seeLine(screen, null)).toEqual({ line: state, call: { kind: 'none' } });
  });

  it.each([
    ['offered', [onLine({ phase: 'offered' }, 'inbound')]],
    ['living', [onLine({})]],
    ['living', [onLine({ phase: 'ringing' })]],
    ['living', [onLine({ phase: 'answering' }, 'inbound')]],
    ['living', [onLine({ phase: 'offered' }, 'inbound'), onLine({ phase: 'connected' })]],
    ['none', [onLine({ phase: 'ended' })]],
  ] as const)('%s', (kind, calls) => {
    expect(seeLine(line([...calls]), null).call.kind).toBe(kind);
  });

  it('is held where no call is free', () => {
    const free = onLine({ phase: 'connected' });
    const held = onLine({ phase: 'connected', heldByUs: true });
    expect(seeLine(line([held]), null).call).toEqual({ kind: 'living', held: true });
    expect(seeLine(line([held, free]), null).call).toEqual({ kind: 'living', held: false });
    expect(seeLine(line([onLine({ phase: 'connected', heldByThem: true })]), null).call).toEqual({ kind: 'living', held: true });
  });

  it('waits for the outcome of a call that ended, and takes one dialled by hand, or not yet told to be over, for a living one', () => {
    expect(seeLine(line(), { callId, telephone: telephone({ shown: 'ended', ended }) }).call).toEqual({ kind: 'to-code', callId });
    expect(seeLine(line(), { callId, telephone: telephone() }).call).toEqual({ kind: 'living', held: false });
    expect(seeLine(null, { callId, telephone: null }).call).toEqual({ kind: 'living', held: false });
    expect(seeLine(line([onLine({ phase: 'offered' }, 'inbound')]), { callId, telephone: telephone({ ended }) }).call).toEqual({ kind: 'offered' });
  });
});
