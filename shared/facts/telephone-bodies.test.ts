import { describe, expect, it } from 'vitest';
import { readBody } from './fact-bodies.ts';
import { callEndedBodySchema, callMovedBodySchema, plainCallEnd, readEndCause, readMove } from './telephone-bodies.ts';

const end = { ...plainCallEnd('busy'), by: 'them', sipStatus: 486, q850: 17, ringSeconds: 4, number: 7 };
const move = { move: 'answered', number: 3, atMs: 1_000, permitFactId: null, how: null, to: null, sipStatus: null, quality: null };

describe('how a call ended', () => {
  it('is read from the desk without a telephone, which said only why', () => {
    expect(readBody('call-ended', 1, { cause: 'not-made' })).toEqual({ type: 'call-ended', body: plainCallEnd('not-made') });
    expect(readBody('call-ended', 1, { cause: 'interrupted' })).toEqual({ type: 'call-ended', body: plainCallEnd('interrupted') });
  });

  it('keeps what this build does not know of a newer desk, and takes it for no cause of its own', () => {
    expect(readBody('call-ended', 2, { ...end, cause: 'diverted-by-robot', by: 'machine' })).toMatchObject({ type: 'call-ended', body: { cause: 'diverted-by-robot', by: 'machine' } });
    expect(readEndCause('diverted-by-robot')).toBeNull();
    expect(readEndCause('busy')).toBe('busy');
  });

  it.each([[{ ringSeconds: -1 }], [{ sipStatus: 99 }], [{ cause: 'Not A Word' }], [{ q850: 0 }], [{ number: 0 }]])('is unreadable with %o', (wrong) => {
    expect(callEndedBodySchema.safeParse({ ...end, ...wrong }).success).toBe(false);
    expect(readBody('call-ended', 2, { ...end, ...wrong }).type).toBe('unknown');
  });
});

describe('a move of a call', () => {
  it('is read, also one of a newer desk', () => {
    expect(readBody('call-moved', 1, move)).toEqual({ type: 'call-moved', body: move });
    expect(readBody('call-moved', 1, { ...move, move: 'parked' })).toMatchObject({ body: { move: 'parked' } });
    expect([readMove('parked'), readMove('held')]).toEqual([null, 'held']);
  });

  it('has its place in what was told', () => {
    expect(callMovedBodySchema.safeParse({ ...move, number: 0 }).success).toBe(false);
    expect(callMovedBodySchema.safeParse({ ...move, quality: { lossPermille: 1001, jitterMs: 1, roundTripMs: null, mosHundredths: 400 } }).success).toBe(false);
  });
});
