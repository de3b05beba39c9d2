import { describe, expect, it } from 'vitest';
import type { CallEndCause } from './call-end.ts';
import { callEndCauses } from './call-end.ts';
import { causeOfCancel, isMissedCall, isOthersCall, readUnansweredRing } from './unanswered-ring.ts';

describe('a CANCEL', () => {
  it('says that somebody else answered, or that nobody did', () => {
    for (const reason of ['SIP;cause=200;text="Call completed elsewhere"', 'Q.850;cause=26, SIP ; cause=200', 'sip;text="x";cause=200']) expect(readUnansweredRing(causeOfCancel(reason)), reason).toBe('taken-elsewhere');
    for (const reason of [undefined, '', 'SIP;cause=487', 'Q.850;cause=200', 'SIP;cause=2000', `${' '.repeat(500)}SIP;cause=200`]) expect(readUnansweredRing(causeOfCancel(reason)), reason).toBe('given-up');
  });
});

describe('a ring that nobody answered here', () => {
  const causesOf = (accepts: (cause: CallEndCause) => boolean): CallEndCause[] => callEndCauses.filter(accepts);

  it('is another’s where it was taken elsewhere or sent on, and only there', () => {
    expect(causesOf(isOthersCall)).toEqual(['cancelled', 'transferred']);
  });

  it('is missed where the caller gave up, or where it broke off and nobody knows', () => {
    expect(causesOf((cause) => isMissedCall({ answeredAtMs: null, end: { cause } }))).toEqual(callEndCauses.filter((cause) => !['busy', 'rejected', 'cancelled', 'transferred'].includes(cause)));
    expect(causesOf((cause) => isMissedCall({ answeredAtMs: 1, end: { cause } }))).toEqual([]);
    expect(isMissedCall({ answeredAtMs: null, end: null })).toBe(false);
  });

  it('was given up by the caller, refused here, or broke off', () => {
    expect(causesOf((cause) => readUnansweredRing(cause) === 'given-up')).toEqual(['missed']);
    expect(causesOf((cause) => readUnansweredRing(cause) === 'refused')).toEqual(['busy', 'rejected']);
    expect(causesOf((cause) => readUnansweredRing(cause) === 'broken-off')).toEqual(['no-answer', 'no-such-number', 'hung-up', 'dropped', 'line-failed', 'interrupted']);
  });
});
