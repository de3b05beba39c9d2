/** Deals out every customer that nobody has, and sends their cases; answers how many found an owner. */
import type { Clock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';
import { createDealer, insertAssignments } from './assign-customers.ts';
import { publishChangedCases } from './publish-changed-cases.ts';

const BATCH = 200;

export async function assignUnassigned(store: HubStore, clock: Clock): Promise<number> {
  let assigned = 0;
  for (;;) {
    const count = await store.write(async (tx) => {
      const collectors = await tx.selectFrom('users').select('user_id').where('role', '=', 'collector').limit(1).execute();
      if (collectors.length === 0) return 0;
      const rows = await tx
        .selectFrom('customers')
        .leftJoin('assignments', 'assignments.customer_id', 'customers.customer_id')
        .select('customers.customer_id')
        .where('assignments.owner_id', 'is', null)
        .orderBy('customers.customer_id')
        .limit(BATCH)
        .execute();
      const customerIds = rows.map((row) => row.customer_id);
      if (customerIds.length === 0) return 0;
      await insertAssignments(tx, clock.nowMs(), customerIds, await createDealer(tx));
      await tx.updateTable('cases').set({ needs_publish: 1 }).where('customer_id', 'in', customerIds).execute();
      return customerIds.length;
    });
    assigned += count;
    if (count < BATCH) break;
  }
  await publishChangedCases(store, clock);
  return assigned;
}
