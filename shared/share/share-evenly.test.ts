import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerId, UserId } from '../id.ts';
import type { CustomerMove, SharedCustomer, SharingPeople } from './share-evenly.ts';
import { shareEvenly } from './share-evenly.ts';

const people = ['anna', 'bruno', 'carla', 'dino', 'elsa'] as UserId[];
const isOneOf = (userIds: readonly UserId[], userId: UserId | null): boolean => userId === null || userIds.includes(userId);

/** Each person shares, gives or keeps. */
const someSharing = fc.array(fc.constantFrom('share', 'give', 'keep'), { minLength: people.length, maxLength: people.length })
  .map((parts): SharingPeople => ({ sharing: people.filter((_, place) => parts[place] === 'share'), giving: people.filter((_, place) => parts[place] === 'give') }));
const someCustomers = fc.array(fc.record({
  holderId: fc.constantFrom(...people, null), cents: fc.integer({ min: 1, max: 1_000_000 }), mayMove: fc.boolean(),
}), { maxLength: 60 }).map((rows): SharedCustomer[] => rows.map((row, place) => ({ ...row, mayMove: row.mayMove || row.holderId === null, customerId: `c${String(place).padStart(2, '0')}` as CustomerId })));

/** Who has what in the end. */
function after(customers: readonly SharedCustomer[], moves: readonly CustomerMove[]): SharedCustomer[] {
  return customers.map((customer) => ({ ...customer, holderId: moves.find(({ customerId }) => customerId === customer.customerId)?.ownerId ?? customer.holderId }));
}
function countOf(customers: readonly SharedCustomer[], userId: UserId, accepts: (customer: SharedCustomer) => boolean = () => true): number {
  return customers.filter((customer) => customer.holderId === userId && accepts(customer)).length;
}

/** The fewest moves by trying every way to give so many to so many. */
function fewestMoves(customers: readonly SharedCustomer[], { sharing, giving }: SharingPeople): number {
  const own = sharing.map((userId) => countOf(customers, userId, ({ mayMove }) => mayMove));
  const fixed = sharing.map((userId) => countOf(customers, userId, ({ mayMove }) => !mayMove));
  const free = customers.filter(({ holderId, mayMove }) => mayMove && (holderId === null || giving.includes(holderId))).length;
  const total = free + own.reduce((sum, count) => sum + count, 0);
  let best = Infinity;
  const tryFrom = (place: number, left: number, quotas: number[]): void => {
    if (place === sharing.length) {
      if (left === 0 && isEven(quotas, fixed)) best = Math.min(best, free + quotas.reduce((sum, quota, at) => sum + Math.max(0, (own[at] ?? 0) - quota), 0));
      return;
    }
    for (let quota = 0; quota <= left; quota += 1) tryFrom(place + 1, left - quota, [...quotas, quota]);
  };
  tryFrom(0, total, []);
  return best;
}
function isEven(quotas: readonly number[], fixed: readonly number[]): boolean {
  const ends = quotas.map((quota, place) => quota + (fixed[place] ?? 0));
  return quotas.every((quota, place) => quota === 0 || ends.every((end) => (ends[place] ?? 0) <= end + 1));
}

describe('a queue that is shared', () => {
  it('is even: nobody with something that may move has more than one more than another; whoever gives keeps only what cannot move', () => {
    fc.assert(fc.property(someCustomers, someSharing, (customers, who) => {
      fc.pre(who.sharing.length > 0);
      const then = after(customers, shareEvenly(customers, who));
      expect(isEven(who.sharing.map((userId) => countOf(then, userId, ({ mayMove }) => mayMove)), who.sharing.map((userId) => countOf(then, userId, ({ mayMove }) => !mayMove)))).toBe(true);
      for (const userId of who.giving) expect(countOf(then, userId, ({ mayMove }) => mayMove)).toBe(0);
      expect(then.filter(({ holderId }) => holderId === null)).toEqual([]);
    }));
  });

  it('loses and doubles nobody, moves no one who may not move or is not concerned, and nobody to where they are', () => {
    fc.assert(fc.property(someCustomers, someSharing, (customers, who) => {
      const moves = shareEvenly(customers, who);
      expect(new Set(moves.map(({ customerId }) => customerId)).size).toBe(moves.length);
      for (const { customerId, ownerId } of moves) {
        const moved = customers.find((customer) => customer.customerId === customerId);
        expect(moved?.mayMove).toBe(true);
        expect(isOneOf([...who.sharing, ...who.giving], moved?.holderId ?? null)).toBe(true);
        expect(ownerId).not.toBe(moved?.holderId);
        expect(who.sharing).toContain(ownerId);
      }
    }));
  });

  it('moves no more than it takes, and a second time nothing', () => {
    fc.assert(fc.property(someCustomers.filter(({ length }) => length < 13), someSharing, (customers, who) => {
      fc.pre(who.sharing.length > 0);
      const moves = shareEvenly(customers, who);
      expect(moves.length).toBe(fewestMoves(customers, who));
      expect(shareEvenly(after(customers, moves), who)).toEqual([]);
    }));
  });

  it('comes out the same in whatever order customers and people come in', () => {
    const shuffled = someCustomers.chain((customers) => fc.tuple(fc.constant(customers), fc.shuffledSubarray(customers, { minLength: customers.length })));
    fc.assert(fc.property(shuffled, someSharing, ([customers, others], who) => {
      const turned = { sharing: [...who.sharing].reverse(), giving: [...who.giving].reverse() };
      expect(shareEvenly(others, turned)).toEqual(shareEvenly(customers, who));
    }));
  });

  it('spreads the debts: of a queue that nobody had, the sums differ by the largest debt at most', () => {
    fc.assert(fc.property(someCustomers, fc.subarray(people, { minLength: 1 }), fc.integer({ min: 1, max: 12 }), (drawn, sharing, each) => {
      const customers = drawn.slice(0, each * sharing.length).map((customer) => ({ ...customer, holderId: null, mayMove: true }));
      fc.pre(customers.length === each * sharing.length);
      const then = after(customers, shareEvenly(customers, { sharing, giving: [] }));
      const sums = sharing.map((userId) => then.filter(({ holderId }) => holderId === userId).reduce((sum, { cents }) => sum + cents, 0));
      expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(Math.max(...customers.map(({ cents }) => cents)));
    }), { numRuns: 500 });
  });

  it('takes from whoever has too many a sample from the largest debt to the smallest', () => {
    const customers = Array.from({ length: 8 }, (_, place): SharedCustomer => ({ customerId: `c${String(place)}` as CustomerId, holderId: people[0] ?? null, cents: 800 - place * 100, mayMove: true }));
    expect(shareEvenly(customers, { sharing: people.slice(0, 2), giving: [] }).map(({ customerId }) => customerId)).toEqual(['c1', 'c3', 'c5', 'c7']);
  });

  it('goes to nobody where nobody shares', () => {
    expect(shareEvenly([{ customerId: 'c' as CustomerId, holderId: null, cents: 1, mayMove: true }], { sharing: [], giving: people })).toEqual([]);
  });
});
