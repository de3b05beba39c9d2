/**
 * Shares the customers of a queue between people: who goes to whom.
 *
 * Invariants: of those who share nobody has more than one more than another, unless by what cannot move; what counts and cannot move counts for whoever
 * has it; nobody else's customers move; each moves once at most, never to whoever has it already, and no fewer moves make it even; the order of
 * what comes in changes nothing.
 *
 * Debts: whoever has too many gives away an even sample of theirs, from the largest to the smallest, so what stays and what goes is alike; what
 * goes is dealt from the largest down, each to the one with the smallest sum so far.
 */
import type { CustomerId, UserId } from '../id.ts';

/** `holderId` null: nobody has it. `mayMove` false: it counts for its holder and stays. */
export interface SharedCustomer { customerId: CustomerId; holderId: UserId | null; cents: number; mayMove: boolean }

/** `sharing` have the same number afterwards, `giving` nothing that may move; who stands in neither keeps what they have. */
export interface SharingPeople { sharing: readonly UserId[]; giving: readonly UserId[] }

export interface CustomerMove { customerId: CustomerId; ownerId: UserId }

interface Share { userId: UserId; fixed: number; own: SharedCustomer[]; cents: number; room: number }

export function shareEvenly(customers: readonly SharedCustomer[], { sharing, giving }: SharingPeople): CustomerMove[] {
  if (sharing.length === 0) return [];
  const sorted = [...customers].sort(byDebt);
  const heldBy = (userId: UserId | null): SharedCustomer[] => sorted.filter(({ holderId }) => holderId === userId);
  const shares = [...new Set(sharing)].sort().map((userId): Share => {
    const held = heldBy(userId);
    return { userId, fixed: held.filter(({ mayMove }) => !mayMove).length, own: held.filter(({ mayMove }) => mayMove), cents: sumOf(held), room: 0 };
  });
  const dealt = [null, ...new Set(giving)].flatMap(heldBy).filter(({ mayMove }) => mayMove);
  const quotas = quotasOf(shares, dealt.length + shares.reduce((sum, { own }) => sum + own.length, 0));
  for (const [place, share] of shares.entries()) {
    const quota = quotas[place] ?? 0;
    const surplus = sampleOf(share.own, Math.max(0, share.own.length - quota));
    dealt.push(...surplus);
    share.cents -= sumOf(surplus);
    share.room = quota - (share.own.length - surplus.length);
  }
  return dealt.sort(byDebt).map(({ customerId, cents }) => {
    const taker = poorestWithRoom(shares);
    taker.room -= 1;
    taker.cents += cents;
    return { customerId, ownerId: taker.userId };
  });
}

/** How many of those that may move each one has in the end: all on one level, and the few beyond it where most are already. */
function quotasOf(shares: readonly Share[], movable: number): number[] {
  const needed = (level: number): number => shares.reduce((sum, { fixed }) => sum + Math.max(0, level - fixed), 0);
  let level = 0;
  while (needed(level + 1) <= movable) level += 1;
  const quotas = shares.map(({ fixed }) => Math.max(0, level - fixed));
  const over = (place: number): number => (shares[place]?.own.length ?? 0) - (quotas[place] ?? 0);
  const places = [...shares.keys()].filter((place) => (shares[place]?.fixed ?? 0) <= level).sort((a, b) => over(b) - over(a) || a - b);
  for (const place of places.slice(0, movable - needed(level))) quotas[place] = (quotas[place] ?? 0) + 1;
  return quotas;
}

/** So many of them, evenly from the first to the last. */
function sampleOf(held: readonly SharedCustomer[], count: number): SharedCustomer[] {
  return Array.from({ length: count }, (_, place) => held[Math.floor(((place + 0.5) * held.length) / count)]).filter((customer) => customer !== undefined);
}

function poorestWithRoom(shares: readonly Share[]): Share {
  let found: Share | null = null;
  for (const share of shares) if (share.room > 0 && (found === null || share.cents < found.cents)) found = share;
  if (found === null) throw new Error('more customers than room for them');
  return found;
}

/** The largest first; of equals always in the same order. */
function byDebt(a: SharedCustomer, b: SharedCustomer): number {
  return b.cents - a.cents || (a.customerId < b.customerId ? -1 : 1);
}

function sumOf(customers: readonly SharedCustomer[]): number {
  return customers.reduce((sum, { cents }) => sum + cents, 0);
}
