/**
 * Who works whom. Assignment is exclusive and per person: all cases of one customer go to one operator.
 *
 * Invariant: nobody who has an owner gets another one here; new customers go to the collector with the fewest, ties by
 * user name, so the same file on the same hub always gives the same shares.
 */
import type { CustomerId, UserId } from '../../shared/id.ts';
import type { Tx } from '../store/tables.ts';

/** Gives out customers one by one; none when there is no collector. */
export interface Dealer {
  next(): UserId | null;
  /** What the collectors have after what was given out: for the dealer of the next batch, which need not count again. */
  counts(): readonly CollectorCount[];
}

export interface CollectorCount { user_id: UserId; username: string; count: number }

/** Counts what the collectors have now, unless an earlier batch of the same import knows it. */
export async function createDealer(tx: Tx, known: readonly CollectorCount[] | null = null): Promise<Dealer> {
  const collectors = known?.map((collector) => ({ ...collector })) ?? await countCollectors(tx);
  return {
    next: () => {
      let chosen = collectors[0];
      if (chosen === undefined) return null;
      for (const collector of collectors) if (collector.count < chosen.count) chosen = collector;
      chosen.count += 1;
      return chosen.user_id;
    },
    counts: () => collectors,
  };
}

function countCollectors(tx: Tx): Promise<CollectorCount[]> {
  return tx
    .selectFrom('users')
    .leftJoin('assignments', 'assignments.owner_id', 'users.user_id')
    .select(['users.user_id', 'users.username'])
    .select((eb) => eb.fn.count<number>('assignments.customer_id').as('count'))
    .where('users.role', '=', 'collector')
    .groupBy(['users.user_id', 'users.username'])
    .orderBy('users.username')
    .execute();
}

/** Writes first owners; a customer that has one keeps it. */
export async function insertAssignments(tx: Tx, nowMs: number, customerIds: readonly CustomerId[], dealer: Dealer): Promise<void> {
  const rows = customerIds.flatMap((customerId) => {
    const ownerId = dealer.next();
    return ownerId === null ? [] : [{ customer_id: customerId, owner_id: ownerId, assigned_at: nowMs }];
  });
  if (rows.length === 0) return;
  await tx.insertInto('assignments').values(rows).onConflict((oc) => oc.column('customer_id').doNothing()).execute();
}
