import { describe, expect, it } from 'vitest';
import { causeCodes, outcomeCodes } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';
import type { ActionSituation } from './suggest-next-action.ts';
import { isOpenToAdvice, PLAN_FROM_CENTS, suggestNextAction } from './suggest-next-action.ts';

const plain: ActionSituation = { cause: null, tone: 'reminder', claimableCents: 20_000, disputedCents: 0, promise: null };
const codeFor = (parts: Partial<ActionSituation>): string | null => suggestNextAction({ ...plain, ...parts })?.code ?? null;

describe('suggestNextAction', () => {
  it('answers each cause with what removes it', () => {
    const proposed = Object.fromEntries(causeCodes.map((cause) => [cause, codeFor({ cause })]));
    expect(proposed).toEqual({
      'invoice-not-received': 'RES', 'billing-error': 'DSP', 'not-conforming': 'DSP', administrative: 'RES', 'temporary-liquidity': 'PTP',
      'permanent-difficulty': 'PLN', opportunistic: 'PTP', forgot: 'PTP', 'already-paid': 'PAID', 'dispute-pending': 'DSP', other: null,
    });
    expect(suggestNextAction(plain)).toBeNull();
  });

  it('offers instalments from the amount on where one day would be too much', () => {
    expect(suggestNextAction({ ...plain, cause: 'temporary-liquidity', claimableCents: PLAN_FROM_CENTS - 1 })).toEqual({ code: 'PTP', reason: 'one-date' });
    expect(suggestNextAction({ ...plain, cause: 'temporary-liquidity', claimableCents: PLAN_FROM_CENTS })).toEqual({ code: 'PLN', reason: 'plan' });
  });

  it('speaks of less than the debt in recovery only', () => {
    for (const tone of ['courtesy', 'reminder'] as const) expect(codeFor({ cause: 'permanent-difficulty', tone })).toBe('PLN');
    expect(codeFor({ cause: 'permanent-difficulty', tone: 'recovery' })).toBe('SET');
  });

  it('says why a promise is asked for again', () => {
    expect(suggestNextAction({ ...plain, cause: 'forgot', promise: { state: 'broken' } })?.reason).toBe('promise-again');
    expect(suggestNextAction({ ...plain, cause: 'forgot', promise: { state: 'pending' } })?.reason).toBe('promise');
    expect(suggestNextAction({ ...plain, cause: 'forgot', tone: 'courtesy' })?.reason).toBe('promise-courtesy');
  });

  it('asks for nothing where nothing may be asked for', () => {
    for (const cause of causeCodes) {
      const action = suggestNextAction({ ...plain, cause, claimableCents: 0 });
      expect(action === null || !['PTP', 'PLN', 'SET', 'DSP'].includes(action.code) || cause === 'dispute-pending', cause).toBe(true);
    }
  });

  it('does not record a dispute twice', () => {
    expect(suggestNextAction({ ...plain, cause: 'dispute-pending', disputedCents: 500 })).toEqual({ code: 'RPC', reason: 'dispute-recorded' });
    expect(suggestNextAction({ ...plain, cause: 'billing-error', disputedCents: 500 })).toEqual({ code: 'DSP', reason: 'dispute' });
  });
});

describe('isOpenToAdvice', () => {
  it('stays silent beside an agreement, an attempt and a stop', () => {
    expect(isOpenToAdvice(null)).toBe(true);
    const open = outcomeCodes.filter(isOpenToAdvice);
    expect(open).toContain('RPC');
    for (const code of open) expect(outcomeRules[code].class).toBe('right-party');
  });
});
