import { describe, expect, it } from 'vitest';
import type { CreditorId, FactId } from '../id.ts';
import { newId } from '../id.ts';
import type { PriorityEntity } from '../protocol/feed-protocol.ts';
import type { PlainDate } from '../time.ts';
import { standardHouse } from './contact-rules.ts';
import { findPriority } from './find-priority.ts';
import { orderOfPlacement, orderClasses, placesOfClass } from './place-case.ts';

const day = (text: string): PlainDate => text as PlainDate;
const creditorId = newId<CreditorId>();
const today = day('2026-11-20');
const own = (until: string): Parameters<typeof findPriority>[0]['priorities'][number] => ({ queue: null, until: day(until), reason: 'chiede il committente', factId: newId<FactId>(), at: 1 });
const queue = (until: string, parts: Partial<PriorityEntity> = {}): PriorityEntity => (
  { priorityId: newId<FactId>(), creditorId, creditorName: 'Acque', tone: 'reminder', until: day(until), reason: 'chiusura del mese', at: 1, ...parts });
const held = { creditorId, tone: 'reminder', lateFrom: null } as const;
const find = (priorities: Parameters<typeof findPriority>[0]['priorities'], queues: PriorityEntity[], of: Parameters<typeof findPriority>[2] = held): ReturnType<typeof findPriority> =>
  findPriority({ priorities }, { ...standardHouse, priorities: queues }, of, today);

describe('findPriority', () => {
  it('holds through its last day, and turns on the next', () => {
    expect(find([own('2026-11-20')], [])).toEqual({ priority: { until: '2026-11-20', reason: 'chiede il committente' }, turnsOn: '2026-11-21' });
    expect(find([own('2026-11-19')], [])).toEqual({ priority: null, turnsOn: null });
  });

  it('is of the queue in which the case is: creditor and tone; the case’s own word comes before', () => {
    expect(find([], [queue('2026-11-30')]).priority?.reason).toBe('chiusura del mese');
    expect(find([], [queue('2026-11-30', { creditorId: newId<CreditorId>() })])).toEqual({ priority: null, turnsOn: null });
    expect(find([], [queue('2026-11-30', { tone: 'recovery' })]).priority).toBeNull();
    expect(find([own('2026-11-25')], [queue('2026-11-30')]).priority?.reason).toBe('chiede il committente');
  });

  it('turns when the case may come into another queue, and never on a day that has passed', () => {
    expect(find([], [queue('2026-11-30')], { ...held, tone: 'courtesy', lateFrom: day('2026-11-24') })).toEqual({ priority: null, turnsOn: '2026-11-24' });
    expect(find([], [queue('2026-11-30')], { ...held, lateFrom: day('2026-11-18') }).turnsOn).toBe('2026-12-01');
    expect(find([], [], { ...held, lateFrom: day('2026-11-24') }).turnsOn).toBeNull();
  });
});

describe('the order', () => {
  it('puts what is first behind the callbacks and before all else, in the usual order within', () => {
    const first = (['promise-broken', 'payment-check', 'recovery', 'due-date'] as const).map((orderClass) => orderOfPlacement({ orderClass, isPrioritised: true }));
    expect(first).toEqual(first.toSorted((a, b) => a - b));
    expect(Math.min(...first)).toBeGreaterThan(orderClasses.callback);
    expect(Math.max(...first)).toBeLessThan(orderClasses['promise-broken']);
    for (const orderClass of ['callback', 'never'] as const) expect(placesOfClass(orderClass)).toEqual([orderClasses[orderClass]]);
  });
});
