import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallState, CallStep } from './call-state.ts';
import { callStateSchema, newCallState, nextCallState, plainEnd, shownCallState } from './call-state.ts';

const walk = (direction: CallState['direction'], ...steps: CallStep[]): CallState => steps.reduce(nextCallState, newCallState(direction));
const ended: CallStep = { kind: 'ended', end: plainEnd('hung-up', 'them') };

describe('the state of a call', () => {
  it('goes from dialling over ringing to talking, and to its end', () => {
    expect(shownCallState(newCallState('outbound'))).toBe('dialling');
    expect(shownCallState(walk('outbound', { kind: 'rings' }))).toBe('ringing');
    expect(shownCallState(walk('outbound', { kind: 'rings' }, { kind: 'connected' }))).toBe('talking');
    expect(shownCallState(walk('outbound', { kind: 'connected' }, ended))).toBe('ended');
  });

  it('connects an inbound call only after it was accepted', () => {
    expect(shownCallState(walk('inbound', { kind: 'connected' }))).toBe('offered');
    expect(shownCallState(walk('inbound', { kind: 'accepted' }, { kind: 'connected' }))).toBe('talking');
  });

  it('is held as long as either side holds', () => {
    const both = walk('outbound', { kind: 'connected' }, { kind: 'held', by: 'us', held: true }, { kind: 'held', by: 'them', held: true });
    const one = nextCallState(both, { kind: 'held', by: 'us', held: false });
    expect(shownCallState(one)).toBe('held');
    expect(shownCallState(nextCallState(one, { kind: 'held', by: 'them', held: false }))).toBe('talking');
  });

  it('comes back from a transfer that failed to what it was', () => {
    const held = walk('outbound', { kind: 'connected' }, { kind: 'held', by: 'us', held: true });
    const during = nextCallState(held, { kind: 'transfer-begun', how: 'attended' });
    expect(shownCallState(during)).toBe('transferring');
    expect(nextCallState(during, { kind: 'transfer-failed', sipStatus: 486 })).toEqual(held);
  });

  it('is a fine state after any steps in any order, and nothing leads out of the end', () => {
    const anyStep = fc.oneof(
      fc.constantFrom<CallStep>(
        { kind: 'rings' }, { kind: 'accepted' }, { kind: 'connected' }, { kind: 'muted', muted: true }, { kind: 'muted', muted: false },
        { kind: 'transfer-begun', how: 'blind' }, { kind: 'transfer-failed', sipStatus: null }, { kind: 'sound', there: true }, { kind: 'sound', there: false },
        { kind: 'joined', joined: true }, { kind: 'joined', joined: false }, ended,
      ),
      fc.record({ kind: fc.constant('held' as const), by: fc.constantFrom('us' as const, 'them' as const), held: fc.boolean() }),
    );
    fc.assert(fc.property(fc.constantFrom('outbound' as const, 'inbound' as const), fc.array(anyStep, { maxLength: 30 }), (direction, steps) => {
      let state = newCallState(direction);
      for (const step of steps) {
        const next = nextCallState(state, step);
        callStateSchema.parse(next);
        expect(next.phase === 'ended').toBe(next.end !== null);
        if (state.phase === 'ended') expect(next).toBe(state);
        if (next.isJoined || next.heldByUs || next.heldByThem || next.transfer !== 'none') expect(['connected', 'ended']).toContain(next.phase);
        state = next;
      }
    }));
  });
});
