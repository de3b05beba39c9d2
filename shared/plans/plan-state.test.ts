import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../time.ts';
import type { PlainDate } from '../time.ts';
import type { PlanHistory } from './plan-state.ts';
import { planStanding } from './plan-state.ts';

const day = (text: string): PlainDate => text as PlainDate;
const limits = { graceDays: 5, consecutiveMissed: 2, totalMissed: 3 };
const instalments = Array.from({ length: 6 }, (_none, index) => ({ dueOn: addMonths(day('2027-01-10'), index), amountCents: 10_000 }));
const plan = (parts: Partial<PlanHistory> = {}): PlanHistory => ({ instalments, acceptedOn: day('2026-11-20'), cancelledOn: null, brokenOn: null, payments: [], ...parts });
const paid = (on: string, amountCents = 10_000): { on: PlainDate; amountCents: number } => ({ on: day(on), amountCents });
const standing = (history: PlanHistory, today: string): ReturnType<typeof planStanding> => planStanding(history, limits, day(today));

describe('a plan', () => {
  it('is proposed, accepted, active, late after its grace, and active again once paid up', () => {
    expect(standing(plan({ acceptedOn: null }), '2026-12-01').state).toBe('proposed');
    expect(standing(plan(), '2026-12-01').state).toBe('accepted');
    expect(standing(plan(), '2027-01-10').state).toBe('active');
    expect(standing(plan(), '2027-01-15').state).toBe('active');
    expect(standing(plan(), '2027-01-16').state).toBe('late');
    expect(standing(plan({ payments: [paid('2027-01-20')] }), '2027-01-21').state).toBe('active');
    expect(standing(plan({ payments: [paid('2026-12-01')] }), '2026-12-02').state).toBe('active');
  });

  it('is completed when all is paid, early too', () => {
    expect(standing(plan({ payments: [paid('2027-02-01', 60_000)] }), '2027-02-02')).toMatchObject({ state: 'completed', leftCents: 0, next: null, missed: [0] });
  });

  it('may be declared broken after two missed in a row, and is broken only by a person', () => {
    expect(standing(plan(), '2027-02-15')).toMatchObject({ state: 'late', missed: [0], mayBeBroken: false, overdueCents: 20_000 });
    expect(standing(plan(), '2027-02-16')).toMatchObject({ state: 'late', missed: [0, 1], mayBeBroken: true });
    expect(standing(plan({ brokenOn: day('2027-02-20') }), '2027-02-20')).toMatchObject({ state: 'broken', mayBeBroken: false, next: null });
    expect(standing(plan({ brokenOn: day('2027-02-20'), payments: [paid('2027-03-01', 60_000)] }), '2027-03-01').state).toBe('completed');
  });

  it('may be declared broken after three missed in all, though each was paid late', () => {
    const payments = [paid('2027-01-20'), paid('2027-02-09'), paid('2027-03-20'), paid('2027-04-10'), paid('2027-05-20')];
    expect(standing(plan({ payments }), '2027-05-20')).toMatchObject({ state: 'active', missed: [0, 2, 4], mayBeBroken: true });
  });

  it('is cancelled for good', () => {
    expect(standing(plan({ cancelledOn: day('2027-01-05'), payments: [paid('2027-01-02')] }), '2027-06-01')).toMatchObject({ state: 'cancelled', mayBeBroken: false, next: null });
  });

  it('says what is due next, with what is missing of it', () => {
    expect(standing(plan({ payments: [paid('2027-01-10', 14_000)] }), '2027-01-12')).toMatchObject({ paidCents: 14_000, leftCents: 46_000, next: { dueOn: '2027-02-10', amountCents: 6_000 } });
  });

  it('loses no cent, and the more is paid the fewer are missed', () => {
    const payments = fc.array(fc.record({ on: fc.integer({ min: 0, max: 300 }).map((days) => addDays(day('2026-11-20'), days)), amountCents: fc.integer({ min: 1, max: 20_000 }) }), { maxLength: 10 });
    fc.assert(fc.property(payments, fc.integer({ min: 0, max: 300 }), (made, days) => {
      const today = addDays(day('2026-11-20'), days);
      const [less, more] = [planStanding(plan({ payments: made.slice(1) }), limits, today), planStanding(plan({ payments: made }), limits, today)];
      expect(more.paidCents + more.leftCents).toBe(60_000);
      expect(more.missed.length).toBeLessThanOrEqual(less.missed.length);
      expect(more.paidCents).toBeGreaterThanOrEqual(less.paidCents);
      expect(more.overdueCents).toBeLessThanOrEqual(more.leftCents);
    }));
  });
});
