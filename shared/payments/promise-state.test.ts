import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../time.ts';
import type { PromiseState } from './promise-state.ts';
import { promiseStanding } from './promise-state.ts';

const day = (text: string): PlainDate => `2026-${text}` as PlainDate;
const paid = (on: string, amountCents: number): { on: PlainDate; amountCents: number } => ({ on: day(on), amountCents });
const one = [{ dueOn: day('11-20'), amountCents: 10_000 }];
const two = [...one, { dueOn: day('12-20'), amountCents: 5_000 }];

describe('a promise', () => {
  it.each<[string, typeof one, ReturnType<typeof paid>[], string, PromiseState, number]>([
    ['waits until its day', one, [], '11-20', 'pending', 0],
    ['waits through its grace', one, [], '11-23', 'pending', 0],
    ['is broken on the day after', one, [], '11-24', 'broken', 0],
    ['is kept by payments up to the last day of grace', one, [paid('11-18', 4_000), paid('11-23', 6_000)], '11-30', 'kept', 10_000],
    ['is kept before its day', one, [paid('11-02', 10_000)], '11-10', 'kept', 10_000],
    ['is partly kept by less', one, [paid('11-18', 4_000)], '11-24', 'partly-kept', 4_000],
    ['is not kept by what came too late, which is shown', one, [paid('11-24', 10_000)], '11-30', 'partly-kept', 10_000],
    ['waits for its second day', two, [paid('11-20', 10_000)], '12-01', 'pending', 10_000],
    ['is partly kept when the second day is missed', two, [paid('11-20', 10_000)], '12-24', 'partly-kept', 10_000],
    ['takes no more than was promised', one, [paid('11-20', 99_999)], '12-01', 'kept', 10_000],
    ['knows nothing of a payment of tomorrow', one, [paid('11-21', 10_000)], '11-20', 'pending', 0],
  ])('%s', (_name, parts, payments, today, state, paidCents) => {
    const standing = promiseStanding({ parts, cancelledOn: null, payments }, 3, day(today));
    expect([standing.state, standing.paidCents]).toEqual([state, paidCents]);
    expect(standing.paidCents + standing.leftCents).toBe(parts.reduce((sum, { amountCents }) => sum + amountCents, 0));
  });

  it('says what comes next, and no more once it was taken back', () => {
    expect(promiseStanding({ parts: two, cancelledOn: null, payments: [paid('11-20', 12_000)] }, 3, day('11-25')).next).toEqual({ dueOn: day('12-20'), amountCents: 3_000 });
    expect(promiseStanding({ parts: two, cancelledOn: day('11-10'), payments: [] }, 3, day('11-25')).state).toBe('cancelled');
    expect(promiseStanding({ parts: two, cancelledOn: day('11-26'), payments: [] }, 3, day('11-25')).state).toBe('broken');
  });
});
