import { describe, expect, it } from 'vitest';
import { endOfRefusal, readQ850 } from './call-end.ts';
import { suggestOutcome } from './suggest-outcome.ts';
import { plainEnd } from './call-state.ts';

describe('the end of a call', () => {
  it.each([
    [486, null, 'busy', 'them', 'LB'],
    [600, null, 'busy', 'them', 'LB'],
    [404, null, 'no-such-number', 'network', 'DC'],
    [410, null, 'no-such-number', 'network', 'DC'],
    [604, null, 'no-such-number', 'network', 'DC'],
    [480, null, 'no-answer', 'network', 'NA'],
    [408, null, 'no-answer', 'network', 'NA'],
    [603, null, 'rejected', 'them', 'HU'],
    [503, null, 'line-failed', 'network', null],
    [488, null, 'line-failed', 'network', null],
    [403, null, 'line-failed', 'network', null],
    // Trunks say 480 and 503 for everything, and the truth in Q.850.
    [480, 17, 'busy', 'them', 'LB'],
    [503, 1, 'no-such-number', 'network', 'DC'],
    [480, 16, 'no-answer', 'network', 'NA'],
  ])('reads %i with cause %s as %s by %s: %s', (sipStatus, q850, cause, by, code) => {
    const end = endOfRefusal({ sipStatus, q850 });
    expect(end).toEqual({ cause, by, sipStatus, q850 });
    expect(suggestOutcome({ direction: 'outbound', end, talkedMs: null, rang: true })).toBe(code);
  });

  it.each([
    ['Q.850;cause=17;text="User busy"', 17],
    ['SIP;cause=486, Q.850 ;text="x"; cause = 1', 1],
    ['SIP;cause=486;text="Q.850"', null],
    ['Q.850;cause=999', null],
    ['Q.850;cause=0', null],
    [undefined, null],
  ])('reads the Reason %s as %s', (reason, cause) => {
    expect(readQ850(reason)).toBe(cause);
  });

  it('speaks for a dropped line only when somebody had answered, and for a call hung up at once', () => {
    const of = (cause: 'dropped' | 'hung-up' | 'cancelled', by: 'us' | 'them' | 'network', talkedMs: number | null, rang = true): string | null =>
      suggestOutcome({ direction: 'outbound', end: plainEnd(cause, by), talkedMs, rang });
    expect(of('dropped', 'network', 40_000)).toBe('DRP');
    expect(of('dropped', 'network', null)).toBeNull();
    expect(of('hung-up', 'them', 2_000)).toBe('HU');
    expect(of('hung-up', 'them', 60_000)).toBeNull();
    expect(of('hung-up', 'us', 2_000)).toBeNull();
    expect(of('cancelled', 'us', null)).toBe('NA');
    expect(of('cancelled', 'us', null, false)).toBeNull();
    expect(suggestOutcome({ direction: 'inbound', end: plainEnd('missed', 'them'), talkedMs: null, rang: true })).toBeNull();
  });
});
